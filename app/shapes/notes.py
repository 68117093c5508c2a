"""A note with what was answered to it, as several rooms answer it: both stand together wherever the note stands."""

from datetime import date, datetime
from uuid import UUID

from app.notes.models import Box, ChildView, ResponseKind, Template
from app.shapes import Answer, Author


class NoteText(Answer):
    """What a note says. `child_view` is empty unless the child lets it be told; `heard`: whose view is in it."""

    version: int
    challenges: str
    resources: str
    proposals: str
    child_view: str
    child_view_choice: ChildView
    heard: list[Author]
    written_at: datetime


class ResponseAnswerOut(Answer):
    author: Author
    words: str
    at: datetime


class ResponseOut(Answer):
    """`version`: of the note, as it was read. `due_on`: the last day to answer; none for agreement. `late`: that day
    has passed and nobody has answered. `may_answer`: whether I am to."""

    id: UUID
    kind: ResponseKind
    box: Box
    version: int
    words: str
    author: Author
    at: datetime
    due_on: date | None
    late: bool
    answer: ResponseAnswerOut | None
    may_answer: bool


class NoteOut(NoteText):
    """`at`: when it was published; `earlier`: what it said before, oldest first."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    template: Template
    earlier: list[NoteText]
    responses: list[ResponseOut]
    may_correct: bool
