"""A notification that notifier and family write together, in the thread that they share. Each writes a part of one's
own; everybody in the thread reads all of it at once. Sent, it is the case's step `notified` (app/stages), and nothing
in it changes any more."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by


class JointStep(StrEnum):
    """What became of it. `received`: the receipt, by a caseworker."""

    given_up = "given_up"
    received = "received"
    sent = "sent"


class JointConcern(Base):
    """What it is about; the words stand in its parts."""

    __tablename__ = "joint_concerns"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_concerns_seq"),
        UniqueConstraint("thread_id", "seq"),
        # The kinds of worry of app/consultations.
        CheckConstraint("area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')", name="area"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    area: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(server_default=func.now())


class JointPart(Base):
    """What one person says: each writing is a row, and the newest counts. `words`: how it looks from here. `besides`:
    what works, or what is wished for. `child_view`: what the child says about it."""

    __tablename__ = "joint_parts"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "concern_id"], ["joint_concerns.thread_id", "joint_concerns.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_parts_seq"),
        Index("ix_joint_parts_concern_id", "thread_id", "concern_id"),
        UniqueConstraint("thread_id", "seq"),
        CheckConstraint(r"words ~ '\S'", name="says_something"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str]
    besides: Mapped[str] = mapped_column(server_default="")
    child_view: Mapped[str] = mapped_column(server_default="")
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words", "besides", "child_view")


class JointStepTaken(Base):
    """Each at most once, and sent or given up. `words`: why it was sent before the family had its say, or given up; or
    what the caseworker says with the receipt. `receipt_due_on`: the last day for it, fixed at the sending."""

    __tablename__ = "joint_steps"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "concern_id"], ["joint_concerns.thread_id", "joint_concerns.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_steps_seq"),
        UniqueConstraint("thread_id", "seq"),
        UniqueConstraint("thread_id", "concern_id", "step"),
        Index(
            "uq_joint_steps_ended_once", "thread_id", "concern_id", unique=True,
            postgresql_where=text("step in ('given_up', 'sent')"),
        ),
        CheckConstraint("step in ('given_up', 'received', 'sent')", name="step"),
        CheckConstraint("(step = 'sent') = (receipt_due_on is not null)", name="a_receipt_is_due_when_sent"),
        CheckConstraint(r"step <> 'given_up' or words ~ '\S'", name="says_why"),
    )  # fmt: skip

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    step: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    receipt_due_on: Mapped[date | None]
    taken_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words")
