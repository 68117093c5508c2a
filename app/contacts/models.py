"""How people reach each other outside the thread: contact cards, calls that were asked for, and what took place."""

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


class Within(StrEnum):
    """How soon somebody normally answers."""

    next_day = "next_day"  # the next working day
    same_day = "same_day"
    two_days = "two_days"  # working days
    week = "week"


class CallStep(StrEnum):
    """What became of a call that was asked for. A call that nobody took leaves it open."""

    reached = "reached"
    tried = "tried"
    withdrawn = "withdrawn"  # by whoever asked: no longer needed


class ContactKind(StrEnum):
    call = "call"
    meeting = "meeting"
    other = "other"
    visit = "visit"


SETTLED = (CallStep.reached, CallStep.withdrawn)


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value.value) for value in values)})", name=column)


class ContactCard(Base):
    """How somebody is reached at work: one for each employment, seen by whoever shares a thread with a place that is
    held through it. In no thread: it is about the job, and about no child."""

    __tablename__ = "contact_cards"
    __table_args__ = (CheckConstraint(r"phone ~ '\S'", name="phone_not_empty"), _one_of("answers_within", Within))

    employment_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"), primary_key=True)
    phone: Mapped[str]
    hours: Mapped[str] = mapped_column(server_default="")
    answers_within: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Callback(Base):
    """Somebody asks the caseworker to ring. `due_on`: the last day, as it was promised at once (Clock.callback).

    No number stands here: everybody in the thread reads it, and one adult's number may be hidden from another."""

    __tablename__ = "callbacks"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_callbacks_seq"),
        UniqueConstraint("thread_id", "seq"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str] = mapped_column(server_default="")
    suits: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words", "suits")


class CallbackStep(Base):
    """A call, or that none is needed any more. Settled once."""

    __tablename__ = "callback_steps"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "callback_id"], ["callbacks.thread_id", "callbacks.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_callback_steps_seq"),
        Index("ix_callback_steps_callback_id", "thread_id", "callback_id"),
        Index(
            "uq_callback_steps_settled_once", "thread_id", "callback_id", unique=True,
            postgresql_where=text("step <> 'tried'"),
        ),
        _one_of("step", CallStep),
    )  # fmt: skip

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    callback_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    step: Mapped[str]
    taken_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Contact(Base):
    """A visit, a call, a meeting: that it took place, and when. Of a withdrawn one the words are erased."""

    __tablename__ = "contacts"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_contacts_seq"),
        UniqueConstraint("thread_id", "seq"),
        _one_of("kind", ContactKind),
        CheckConstraint("withdrawn_at is null or (who, words) = ('', '')", name="nothing_kept_of_a_withdrawn_one"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    happened_at: Mapped[datetime]
    who: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(server_default="")
    logged_at: Mapped[datetime] = mapped_column(server_default=func.now())
    withdrawn_at: Mapped[datetime | None]
    found_by = found_by("who", "words")
