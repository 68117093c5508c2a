"""Where we are now, as several rooms answer it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from app.shapes import Answer, Author


class SummaryOut(Answer):
    """`state`: waiting for the family; confirmed; rejected; overtaken by a newer proposal before anybody settled it.
    `settled_words`: why it was rejected."""

    id: UUID
    words: str
    author: Author
    at: datetime
    state: Literal["waiting", "confirmed", "rejected", "overtaken"]
    settled_by: Author | None
    settled_at: datetime | None
    settled_words: str
    may_settle: bool


class Pinned(Answer):
    """What stands above a thread: what was confirmed last, and a newer proposal that waits."""

    confirmed: SummaryOut | None
    waiting: SummaryOut | None
