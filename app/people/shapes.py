from datetime import UTC, date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import model_validator

from app.access.door import Viewer
from app.people.models import EmploymentRole
from app.shapes import Answer, Body, Day


class PersonOut(Answer):
    id: UUID
    name: str
    email: str | None
    language: str


class SessionOut(Answer):
    """`ends_in`: seconds until it ends if nothing more is done, for browsers whose clock is wrong.

    `renewable`: something done would make that later; at the end of the longest time nothing does.
    """

    expires_at: datetime
    idle_minutes: int
    idle_ends_at: datetime
    ends_in: int
    renewable: bool
    fresh: bool

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        ends_at = min(viewer.idle_ends_at, viewer.expires_at)
        return cls(
            expires_at=viewer.expires_at,
            idle_minutes=viewer.idle_minutes,
            idle_ends_at=viewer.idle_ends_at,
            ends_in=max(0, int((ends_at - datetime.now(UTC)).total_seconds())),
            renewable=ends_at < viewer.expires_at,
            fresh=viewer.fresh,
        )


class OwnSession(Answer):
    """Somewhere that one is logged in. `here`: where this was asked from."""

    id: UUID
    device: Literal["computer", "other", "phone", "tablet"]
    started_at: datetime
    used_at: datetime
    here: bool


class SessionList(Answer):
    sessions: list[OwnSession]


class EmploymentOut(Answer):
    id: UUID
    title: str
    unit: str
    role: EmploymentRole


class MeOut(Answer):
    person: PersonOut
    session: SessionOut
    employments: list[EmploymentOut]
    may: list[str]


class Language(Body):
    language: Literal["da", "en"]


class NewAbsence(Body):
    """First and last day. Meanwhile the deputy receives what would come to me."""

    from_on: Day
    to_on: Day

    @model_validator(mode="after")
    def begins_before_it_ends(self) -> "NewAbsence":
        if self.to_on < self.from_on:
            raise ValueError("the last day is not before the first")
        return self


class Away(Answer):
    from_on: date
    to_on: date


class AbsenceOut(Answer):
    absence: Away | None
