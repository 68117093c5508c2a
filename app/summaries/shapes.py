from uuid import UUID

from app.shapes import Answer, Body, Seq, Words
from app.shapes.summaries import SummaryOut


class NewSummary(Body):
    id: UUID
    words: Words
    circle: Seq | None = None


class Rejection(Body):
    """Why it does not say where we are. Everybody in the thread reads it."""

    words: Words
    circle: Seq | None = None


class SummaryList(Answer):
    """Every proposal that there has been, the newest first."""

    summaries: list[SummaryOut]
