"""How it goes over time: scales from 0 to 10 by each for himself, well-being in three colours twice a year, and what
family and professionals each say at the evaluation. Law: barnets lov § 95 (follow-up)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Colour(StrEnum):
    """Well-being, as TOPI rates it."""

    green = "green"
    red = "red"
    yellow = "yellow"


class Scale(Base):
    """How one person sees a goal: before, now and hoped for. `words_of`: the child's place, when it was told."""

    __tablename__ = "scales"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "goal_id"], ["goals.thread_id", "goals.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_scales_seq"),
        CheckConstraint("before between 0 and 10 and now between 0 and 10 and hoped between 0 and 10", name="0_to_10"),
        Index("ix_scales_goal_id", "thread_id", "goal_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words_of: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    before: Mapped[int] = mapped_column(SmallInteger)
    now: Mapped[int] = mapped_column(SmallInteger)
    hoped: Mapped[int] = mapped_column(SmallInteger)
    given_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Wellbeing(Base):
    """How the child is, as one person sees it. Two professionals and the parents say so twice a year."""

    __tablename__ = "wellbeing"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_wellbeing_seq"),
        CheckConstraint("colour in ('green', 'red', 'yellow')", name="colour"),
        CheckConstraint(r"colour = 'green' or words ~ '\S'", name="says_what_is_seen"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words_of: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    colour: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    rated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Evaluation(Base):
    """The day when family and professionals say how it went. A newer one takes the place of one not yet held."""

    __tablename__ = "evaluations"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_evaluations_seq"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    due_on: Mapped[date]
    planned_at: Mapped[datetime] = mapped_column(server_default=func.now())


class EvaluationView(Base):
    """What one person says at it: what has worked, and what should change."""

    __tablename__ = "evaluation_views"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "evaluation_id"], ["evaluations.thread_id", "evaluations.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_evaluation_views_seq"),
        CheckConstraint(r"worked ~ '\S' or change ~ '\S'", name="says_something"),
        Index("ix_evaluation_views_evaluation_id", "thread_id", "evaluation_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    evaluation_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words_of: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    worked: Mapped[str] = mapped_column(server_default="")
    change: Mapped[str] = mapped_column(server_default="")
    given_at: Mapped[datetime] = mapped_column(server_default=func.now())
