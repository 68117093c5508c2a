"""An invitation and its consents, as several rooms answer them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from app.access.may import Role
from app.shapes import Answer, Author, Named


class StepOut(Answer):
    step: str
    at: datetime
    by: str | None


class Information(StrEnum):
    """Kinds of information that a consent is about (domain D27)."""

    everyday = "everyday"
    family = "family"
    health = "health"
    plans = "plans"
    school = "school"
    wellbeing = "wellbeing"


class How(StrEnum):
    """How a consent was given: by the giver in the product, or told to staff, who wrote down who and how."""

    digital = "digital"
    paper = "paper"
    phone = "phone"


class ConsentOut(Answer):
    """That one giver agreed: to whom, why, about what, until when. `recorded_by`: staff, for paper and phone."""

    id: UUID
    invitation: UUID
    giver: Author
    recipient: str
    purpose: str
    kinds: list[Information]
    text_version: str
    how: How
    given_on: date
    recorded_by: Author | None
    recorded_at: datetime
    until: date
    withdrawn_at: datetime | None
    withdrawn_by: Author | None
    in_force: bool
    may_withdraw: bool


class ClaimOut(Answer):
    """Somebody else came with the link. Only those who may agree are told."""

    id: UUID
    name: str
    email: str
    at: datetime
    state: Literal["waiting", "approved", "rejected"]


class InvitationOut(Answer):
    """`email` only for who proposed it and who is to agree. `waits_for`: whose consent is missing; without
    `every_holder`, one of the custody holders among them is enough. `membership` and `until`: the place that it
    became, and that place's last day. `state`: proposed, agreed, sent, opened, bounced, expired, refused, declined,
    accepted, paused, ended."""

    id: UUID
    name: str
    capacity: str
    role: Role
    email: str | None
    purpose: str
    kinds: list[Information]
    ends_on: date | None
    history: bool
    proposed_by: Named
    state: str
    steps: list[StepOut]
    consents: list[ConsentOut]
    every_holder: bool
    waits_for: list[Author]
    claims: list[ClaimOut]
    membership: UUID | None
    until: date | None
    text_version: str
    may_agree: bool
    may_decline: bool
    may_prolong: bool
    may_record_consent: bool
