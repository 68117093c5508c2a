from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from app.shapes import NO_NUL, VISIBLE, Answer, Body, Line

SHORTEST_REASON = 10


def _a_reason(words: str) -> str:
    if sum(not sign.isspace() for sign in words) < SHORTEST_REASON:
        raise ValueError("say why, in some words")
    return words


Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=SHORTEST_REASON, max_length=500, pattern=NO_NUL),
    VISIBLE,
    AfterValidator(_a_reason),
]


class NewDutyAccess(Body):
    """Which child, by exact name and birthday; in which employment of mine; and why. The family reads the reason."""

    child_name: Line
    child_born: date
    employment: UUID
    reason: Reason


class Admitted(Answer):
    id: UUID
    case: UUID
    thread: UUID
    ends_at: datetime


class DutyAccessOut(Answer):
    """`reference`: how the case is called where its child is not named. `case` only of one's own that still runs."""

    id: UUID
    name: str
    title: str
    reference: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    mine: bool
    running: bool
    case: UUID | None
    seen_at: datetime | None
    may_see: bool


class DutyAccesses(Answer):
    accesses: list[DutyAccessOut]
