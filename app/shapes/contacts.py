"""How people reach each other, as several rooms answer it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.contacts.models import CallStep, Within
from app.shapes import Answer, Author, Named


class CardOut(Author):
    """How somebody of the thread is reached at work."""

    phone: str
    hours: str
    answers_within: Within


class CallOut(Answer):
    """Somebody rang, and was answered or not; or whoever had asked needs no call any more."""

    step: CallStep
    at: datetime
    by: Author


class CallbackOut(Answer):
    """`caller`: who rings; none when no caseworker is left. `due_on`: the last day for it. `tried`: how often somebody
    has rung without an answer."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    words: str
    suits: str
    due_on: date
    state: Literal["answered", "open", "withdrawn"]
    late: bool
    caller: Named | None
    tried: int
    steps: list[CallOut]
    may_answer: bool
    may_withdraw: bool
