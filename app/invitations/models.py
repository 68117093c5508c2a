"""An invitation's whole life as dated rows, and the consents that it stands on. Its secret is stored only as a hash."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Step(StrEnum):
    accepted = "accepted"
    agreed = "agreed"  # every consent that is needed has been given
    bounced = "bounced"  # the mail server would not have the address
    declined = "declined"  # by the family
    opened = "opened"
    proposed = "proposed"
    refused = "refused"  # by the person invited
    reminded = "reminded"  # of the last day, or of an answer that is missing
    renewed = "renewed"  # the person invited asked for a new link
    sent = "sent"


# These can happen again; the others once.
REPEATED = (Step.bounced, Step.reminded, Step.renewed, Step.sent)


class Invitation(Base):
    """`membership_id`: a family member's place that waits for them (a welcome), else null. `place_id`: the place that
    the person invited got by it.

    `every_holder`, `young_person`: whose consent it takes, as the municipality's rule was when it was proposed:
    every custody holder of the thread (else one), and the young person of 15 or more.
    """

    __tablename__ = "invitations"
    __table_args__ = (ForeignKeyConstraint(["case_id", "thread_id"], ["threads.case_id", "threads.id"]),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID]
    thread_id: Mapped[UUID] = mapped_column(index=True)
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    capacity: Mapped[str]
    role: Mapped[str]
    purpose: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    ends_on: Mapped[date | None]
    history: Mapped[bool]
    every_holder: Mapped[bool] = mapped_column(server_default="false")
    young_person: Mapped[bool] = mapped_column(server_default="true")
    proposed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class InvitationStep(Base):
    """`by_id` is empty where the person invited did it, or the mail server."""

    __tablename__ = "invitation_steps"
    __table_args__ = (
        CheckConstraint(f"step in ({', '.join(repr(step.value) for step in Step)})", name="step"),
        Index(
            "uq_invitation_steps_once", "invitation_id", "step", unique=True,
            postgresql_where=text(f"step not in ({', '.join(repr(step.value) for step in REPEATED)})"),
        ),
        Index(
            "uq_invitation_steps_guest_answers_once", "invitation_id", unique=True,
            postgresql_where=text("step in ('accepted', 'refused')"),
        ),
        Index("ix_invitation_steps_invitation_id", "invitation_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"))
    step: Mapped[str]
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class InvitationToken(Base):
    __tablename__ = "invitation_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"), index=True)
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]


class InvitationClaim(Base):
    """Somebody else came with a good link: who it was, for those who may agree to decide. The claimant is told nothing.

    `approved`: the invitation is this person's; the link then opens for their address. Null while nobody has decided.
    """

    __tablename__ = "invitation_claims"
    __table_args__ = (
        CheckConstraint("(settled_at is null) = (approved is null)", name="settled"),
        Index("uq_invitation_claims_one_a_person", "invitation_id", "person_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"))
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str]
    email: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    approved: Mapped[bool | None]


class Consent(Base):
    """That one person may take part, for a purpose, with these kinds of information, until a day; given by one giver.

    `until`: the last day, in Denmark. `text_version`: which wording the giver was shown. `recorded_by`: the staff
    member who wrote down a consent given on paper or by phone; `given_on` is then the day it was given.
    Access exists only while every giver that is needed has one in force (domain D27; security 3.6).
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("how in ('digital', 'paper', 'phone')", name="how"),
        CheckConstraint("(how = 'digital') = (recorded_by is null)", name="recorded"),
        Index(
            "uq_consents_once", "invitation_id", "giver_id", "until", unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        Index("ix_consents_thread_id", "thread_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    recipient: Mapped[str]
    purpose: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    text_version: Mapped[str]
    how: Mapped[str]
    given_on: Mapped[date]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    until: Mapped[date]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
