from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.access.may import Act, Role
from app.facts.models import FactKind
from app.shapes import Answer, Named
from app.shapes.invitations import How, Information


class Because(StrEnum):
    """How somebody came to have a place in a thread."""

    custody = "custody"
    duty = "duty"
    handed_over = "handed_over"  # by a colleague, or named as deputy
    invited = "invited"
    opened = "opened"
    other = "other"
    start = "start"  # named by whoever opened the thread


class AgreedOut(Answer):
    giver: Named
    given_on: date
    how: How
    until: date


class WhyOut(Answer):
    """`by`: who opened the thread or invited. `reason`: what somebody on duty typed; only the family is told."""

    because: Because
    by: Named | None
    on: datetime
    purpose: str | None
    kinds: list[Information]
    consents: list[AgreedOut]
    reason: str | None


class PlaceOut(Answer):
    """One of my threads, seen from somebody's place in it. `over`: since when it is; null while it runs."""

    membership: UUID
    thread: UUID
    thread_purpose: str
    role: Role
    capacity: str
    since: datetime
    until: date | None
    ends_at: datetime | None
    paused_at: datetime | None
    over: datetime | None
    history: bool
    why: WhyOut


class AccessPersonOut(Answer):
    """`shows_me`, `shown_by_me`: kinds of private facts between the two of us; nobody else is told of them."""

    name: str
    is_me: bool
    places: list[PlaceOut]
    shows_me: list[FactKind]
    shown_by_me: list[FactKind]


class AccessOut(Answer):
    """Who sees what of the threads that I am in. `ended`: places that ended within the last twelve months."""

    case: UUID
    child_name: str
    at: datetime
    may: list[Act]
    people: list[AccessPersonOut]
    ended: list[AccessPersonOut]
