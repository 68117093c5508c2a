from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.shapes import Answer, Body, Email, Words


class Sign(StrEnum):
    honour_conflict = "honour_conflict"
    negative_social_control = "negative_social_control"


class Signs(Body):
    signs: Annotated[list[Sign], Field(min_length=1, max_length=len(Sign))]


class Signature(Body):
    """`not_to_invite`: addresses that are never invited into this case."""

    assessment: Words
    not_to_invite: Annotated[list[Email], Field(max_length=20)]


class ScreeningOut(Answer):
    id: UUID
    signs: list[Sign]
    ticked_at: datetime
    ticked_by: str
    assessment: str | None
    not_to_invite: list[str]
    signed_at: datetime | None
    signed_by: str | None


class HeldOut(Answer):
    invitation: UUID
    thread: UUID
    name: str
    capacity: str


class ScreeningsOut(Answer):
    """Newest first; the first is open while it is not signed. `held`: agreed to, and waiting for it."""

    screenings: list[ScreeningOut]
    held: list[HeldOut]
