from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.custody.models import Change, Outcome
from app.shapes import Answer, Body, Email, Line, Sentence


class EndedCustody(Body):
    """`membership`: the custody holder's place, in a thread of the caseworker's. `basis`: what it follows from.
    `id` is made by the client: the same change again is the same change."""

    id: UUID | None = None
    change: Literal[Change.ended]
    membership: UUID
    basis: Sentence


class GrantedCustody(Body):
    """Who is to have custody. Nothing happens before a second person of the unit has approved it."""

    id: UUID | None = None
    change: Literal[Change.granted]
    name: Line
    email: Email
    capacity: Line
    basis: Sentence


NewChange = Annotated[EndedCustody | GrantedCustody, Field(discriminator="change")]


class Asked(Answer):
    id: UUID


class ChangeOut(Answer):
    """`name` and `capacity`: whose custody it is about."""

    id: UUID
    change: Change
    name: str
    capacity: str
    basis: str
    asked_at: datetime
    settled_at: datetime | None
    outcome: Outcome | None


class ChangeList(Answer):
    changes: list[ChangeOut]


class WaitingOut(Answer):
    """What the second person decides about."""

    id: UUID
    child_name: str
    name: str
    email: str
    capacity: str
    basis: str
    asked_by: str
    asked_at: datetime


class WaitingList(Answer):
    changes: list[WaitingOut]
