from datetime import date, datetime
from uuid import UUID

from app.access.models import Purpose
from app.shapes import Answer, Body, Words


class Question(Body):
    text: Words | None


class Asked(Answer):
    """The thread that was opened."""

    id: UUID


class LookOut(Answer):
    """`look` is the newest of them, to ask about. `what` is a line of the catalogue (looks.what.*)."""

    look: UUID
    what: str
    thread: UUID
    about: str
    times: int
    last: datetime
    purpose: Purpose
    reason: str | None


class LookerOut(Answer):
    """`name` only of who has, or had, a place in the thread; of others title and unit."""

    name: str | None
    capacity: str
    looks: list[LookOut]


class DayOut(Answer):
    day: date
    people: list[LookerOut]


class LooksOut(Answer):
    """`earlier`: ask with `before` this day for the days before."""

    days: list[DayOut]
    earlier: date | None


class CaseOfMine(Answer):
    id: UUID
    child_name: str


class RecentLook(LookOut):
    case_id: UUID
    child_name: str
    name: str | None
    capacity: str


class RecentLooks(Answer):
    """`cases`: those whose looks I am told of; none of them, and there is nothing to show."""

    cases: list[CaseOfMine]
    looks: list[RecentLook]
