"""The tables that decide: who is logged in, who is a member of a thread, and who looked.

Everything with content lies in exactly one thread; membership of that thread is the only audience there is.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.access.may import Role
from app.db import Base


class Session(Base):
    """A login. Written and read only through functions in doors/sessions.sql; the token itself is never stored."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    issuer: Mapped[str]
    issuer_key: Mapped[str] = mapped_column(server_default="")  # which of the login page's buttons it came by
    email: Mapped[str | None]  # verified by the provider at this login
    acr: Mapped[str]
    sid: Mapped[str | None]
    id_token: Mapped[str]
    idle_minutes: Mapped[int]
    device: Mapped[str] = mapped_column(server_default="other")  # what kind of device, as its owner would call it
    fresh_at: Mapped[datetime] = mapped_column(server_default=func.now())  # the provider last saw the person
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LogoutToken(Base):
    """A logout that a provider has told us of (OpenID Connect back-channel logout): each is heard once."""

    __tablename__ = "logout_tokens"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    jti: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Membership(Base):
    """A place in one thread. `name` and `capacity` are how the person is presented there, to those who are there.

    `history_from`: only entries with a higher seq exist for this member (0: all of them).
    `ends_on`: the last day, in Denmark. `ends_at`: the last moment, where hours count. Ended rows stay: old entries
    need their author. `paused_at`: the place is there, and opens nothing until somebody resumes it.
    `employment_id`: held through a workplace; it ends when the work there ends.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "thread_id"], ["threads.case_id", "threads.id"]),
        CheckConstraint(f"role in ({', '.join(repr(role.value) for role in Role)})", name="role"),
        Index(
            "uq_memberships_one_open_place", "thread_id", "person_id", unique=True,
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_memberships_person_id", "person_id", "thread_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID]
    thread_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str]
    name: Mapped[str]
    capacity: Mapped[str]
    history_from: Mapped[int] = mapped_column(BigInteger, server_default="0")
    starts_at: Mapped[datetime] = mapped_column(server_default=func.now())
    employment_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"), index=True)
    ends_on: Mapped[date | None]
    ends_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    end_reason: Mapped[str | None]


IN_FORCE = func.in_force(literal_column("memberships"), type_=Boolean)
"""Whether a row of memberships counts at this moment; the rule itself stands in policies.sql."""


class Purpose(StrEnum):
    """Why somebody could look: as a member, in the course of duty without being one, or for a reason typed."""

    participant = "participant"
    duty = "duty"
    reason = "reason"


class Look(Base):
    """Somebody opened something of a case: who, in which place, when, why. Written in the same transaction.

    `thread_id`: those of the family who are in this thread are told. Who looked without a place there (an auditor, an
    administrator) has an `employment_id` instead of a `membership_id`.
    """

    __tablename__ = "looks"
    __table_args__ = (
        CheckConstraint("purpose in ('participant', 'duty', 'reason')", name="purpose"),
        CheckConstraint("num_nonnulls(membership_id, employment_id) = 1", name="one_capacity"),
        CheckConstraint("purpose = 'participant' or reason is not null", name="reason_given"),
        Index("ix_looks_thread_id", "thread_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    employment_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"))
    what: Mapped[str]
    purpose: Mapped[str] = mapped_column(server_default=Purpose.participant)
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
