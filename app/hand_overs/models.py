"""Who has had the ball, and how it is handed over. Nobody's words stand here: the reason and the introduction are
messages in the family thread, so whoever reads there reads them, searches them and takes them home."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Outcome(StrEnum):
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"


class HandOver(Base):
    """A proposal to a colleague (`to_*`), who has no place yet. It waits while nobody has answered and `from_person`
    still has the ball. `stays`: whoever gives the ball stays as deputy. The reason is the message with the same id."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_hand_overs_seq"),
        UniqueConstraint("thread_id", "seq"),
        CheckConstraint("from_person <> to_person", name="to_another"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    from_person: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    to_person: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    to_employment: Mapped[UUID] = mapped_column(ForeignKey("employments.id"))
    to_name: Mapped[str]
    to_title: Mapped[str]
    stays: Mapped[bool] = mapped_column(Boolean)
    due_on: Mapped[date]
    proposed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class HandOverAnswer(Base):
    """The one word on a proposal. `message_id`: the introduction, when it was accepted."""

    __tablename__ = "hand_over_answers"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "hand_over_id"], ["hand_overs.thread_id", "hand_overs.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_hand_over_answers_seq"),
        ForeignKeyConstraint(
            ["thread_id", "message_id"], ["messages.thread_id", "messages.id"], name="fk_hand_over_answers_message"
        ),
        CheckConstraint("outcome in ('accepted', 'declined', 'withdrawn')", name="outcome"),
        CheckConstraint("(outcome = 'accepted') = (message_id is not null)", name="accepted_with_introduction"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    hand_over_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str]
    message_id: Mapped[UUID | None]
    answered_at: Mapped[datetime] = mapped_column(server_default=func.now())


class BallPass(Base):
    """The ball went from one to another: by a hand-over, or because the one who had it is no longer there."""

    __tablename__ = "ball_passes"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_ball_passes_seq"),
        CheckConstraint("from_person <> to_person", name="to_another"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    from_person: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    to_person: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    passed_at: Mapped[datetime] = mapped_column(server_default=func.now())
