"""Threads and the messages in them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by


class ThreadKind(StrEnum):
    family = "family"
    other = "other"


class Thread(Base):
    """`last_seq` counts this thread's events without gaps; `circle_seq` is the last event that changed who is in it."""

    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        Index("uq_threads_one_family_thread", "case_id", unique=True, postgresql_where=text("kind = 'family'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    purpose: Mapped[str]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seq: Mapped[int] = mapped_column(BigInteger, server_default="0")
    circle_seq: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Closure(Base):
    """A thread is closed while it has a closure that nobody has reopened."""

    __tablename__ = "closures"
    __table_args__ = (
        Index("uq_closures_one_open", "thread_id", unique=True, postgresql_where=text("reopened_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    reason: Mapped[str]
    closed_by: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    closed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    reopened_by: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    reopened_at: Mapped[datetime | None]


class Message(Base):
    """The client makes the id, so a retry is the same message. A withdrawn message has no text, anywhere.

    `words_of`: a child's place; the writer wrote down what the child said.
    """

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"]),
        UniqueConstraint("thread_id", "seq"),
    )

    # The key holds the thread: a collision can only speak of a thread that the writer is in.
    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words_of: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    text: Mapped[str | None]
    posted_at: Mapped[datetime] = mapped_column(server_default=func.now())
    corrected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    found_by = found_by("text")


class EarlierText(Base):
    """What a message said before a correction that came later than ten minutes: it stays visible."""

    __tablename__ = "earlier_texts"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "message_id"], ["messages.thread_id", "messages.id"]),
        Index("ix_earlier_texts_message_id", "thread_id", "message_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    thread_id: Mapped[UUID]
    message_id: Mapped[UUID]
    text: Mapped[str]
    until: Mapped[datetime] = mapped_column(server_default=func.now())


class ReadMark(Base):
    """How far a person has read: that person's own, and nobody else's to see."""

    __tablename__ = "read_marks"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
