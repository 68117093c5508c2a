from datetime import date, datetime
from enum import StrEnum

from app.shapes import Answer


class WaitingKind(StrEnum):
    """What somebody waits for: an answer to what was said to a note; a call that was asked for."""

    callback = "callback"
    response = "response"


class Waiting(Answer):
    """What somebody of a leader's unit owes a family. No child, no family, no words: `reference` is how the case is
    called where its child is not named. `name`: none when nobody is left who could do it."""

    kind: WaitingKind
    reference: str
    name: str | None
    title: str
    asked_at: datetime
    due_on: date
    late: bool


class WaitingList(Answer):
    waiting: list[Waiting]
