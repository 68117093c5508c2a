"""The plan: wishes and goals in the words of whose they are, and who does what until when.

Nothing is written over: what changes is one more row, so the history is the plan itself. Law: barnets lov § 92
(concrete goals that reflect the child's wishes)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

LONGEST_WEEKS = 52


class GoalKind(StrEnum):
    """A wish stands as it is said; a goal is worked on when the family has said yes to it."""

    goal = "goal"
    wish = "wish"


class Area(StrEnum):
    """Of everyday life."""

    family = "family"
    feelings = "feelings"
    friends = "friends"
    health = "health"
    home = "home"
    leisure = "leisure"
    school = "school"
    other = "other"


class GoalStep(StrEnum):
    agreed = "agreed"
    declined = "declined"
    dropped = "dropped"
    reached = "reached"
    resumed = "resumed"
    reworded = "reworded"


class ActionStep(StrEnum):
    agreed = "agreed"
    declined = "declined"
    done = "done"
    dropped = "dropped"
    handed = "handed"
    moved = "moved"
    reopened = "reopened"
    reworded = "reworded"


def one_of(column: str, names: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(name.value) for name in names)})"


class Goal(Base):
    """`words`: verbatim. `words_of`: the child's place whose words they are, when somebody else wrote them down."""

    __tablename__ = "goals"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_goals_seq"),
        CheckConstraint(r"words ~ '\S'", name="words_not_empty"),
        CheckConstraint(one_of("kind", GoalKind), name="kind"),
        CheckConstraint(one_of("area", Area), name="area"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words_of: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    kind: Mapped[str]
    area: Mapped[str]
    words: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(server_default=func.now())


class GoalChange(Base):
    """`words`: the new wording, why it was declined or dropped, or what was reached by."""

    __tablename__ = "goal_changes"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "goal_id"], ["goals.thread_id", "goals.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_goal_changes_seq"),
        CheckConstraint(one_of("step", GoalStep), name="step"),
        CheckConstraint(r"step not in ('declined', 'dropped', 'reworded') or words ~ '\S'", name="says_why"),
        Index("ix_goal_changes_goal_id", "thread_id", "goal_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    step: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Action(Base):
    """Who does what until when. `owner`: the place of whoever does it. A measure runs for some weeks (`starts_on`,
    `weeks`) and ends on `due_on`."""

    __tablename__ = "actions"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "goal_id"], ["goals.thread_id", "goals.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_actions_seq"),
        CheckConstraint(r"words ~ '\S'", name="words_not_empty"),
        CheckConstraint("(starts_on is null) = (weeks is null)", name="a_measure_has_both"),
        CheckConstraint(f"weeks between 1 and {LONGEST_WEEKS}", name="weeks"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID | None]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    owner: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    words: Mapped[str]
    due_on: Mapped[date]
    starts_on: Mapped[date | None]
    weeks: Mapped[int | None] = mapped_column(SmallInteger)
    planned_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ActionChange(Base):
    """A quick adjustment without a new plan: another day (`due_on`), another owner, other words; done, or not after
    all."""

    __tablename__ = "action_changes"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "action_id"], ["actions.thread_id", "actions.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_action_changes_seq"),
        CheckConstraint(one_of("step", ActionStep), name="step"),
        CheckConstraint(r"step not in ('declined', 'dropped', 'reworded') or words ~ '\S'", name="says_why"),
        CheckConstraint("(step = 'moved') = (due_on is not null)", name="moved_to_a_day"),
        CheckConstraint("(step = 'handed') = (owner is not null)", name="handed_to_somebody"),
        Index("ix_action_changes_action_id", "thread_id", "action_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    step: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[date | None]
    owner: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
