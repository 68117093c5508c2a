from datetime import date, datetime
from enum import StrEnum

from app.shapes import Answer
from app.shapes.stages import NextStep


class WaitingKind(StrEnum):
    """What somebody waits for: a call that was asked for; an answer to what was said to a note; the second signature of
    somebody who is new to the case; the next step of a case, which is late."""

    callback = "callback"
    response = "response"
    signature = "signature"
    stage = "stage"


class Waiting(Answer):
    """What somebody of a leader's unit owes a family. No child, no family, no words: `reference` is how the case is
    called where its child is not named. `name`: none when nobody is left who could do it; for a step, whoever has the
    ball. `step`: which one."""

    kind: WaitingKind
    reference: str
    name: str | None
    title: str
    asked_at: datetime
    due_on: date
    late: bool
    step: NextStep | None


class WaitingList(Answer):
    waiting: list[Waiting]
