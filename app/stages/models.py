"""The steps of a case, each with its day and its reason. Nothing is written over: a case is where its last step is.

What may follow what, and what each step needs, stands in steps.py.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by

LONGEST_WEEKS = 52


class StageStep(StrEnum):
    """Those from `complained` on stand beside a case's way: they move nothing. Each is about an earlier step, but for
    `file_asked`: a party may ask for the file whenever it likes."""

    notified = "notified"
    danger_assessed = "danger_assessed"
    screened = "screened"
    decided = "decided"
    started = "started"
    followed_up = "followed_up"
    closed = "closed"
    complained = "complained"
    reconsidered = "reconsidered"
    co_signed = "co_signed"
    provisional = "provisional"
    plan_ready = "plan_ready"
    file_asked = "file_asked"
    file_answered = "file_answered"


class StageOutcome(StrEnum):
    nothing_more = "nothing_more"
    section_19 = "section_19"
    section_20 = "section_20"
    support = "support"
    no_support = "no_support"
    other = "other"
    continues = "continues"
    changes = "changes"
    ends = "ends"
    changed = "changed"
    upheld = "upheld"


class Track(StrEnum):
    """Short notes, or the full assessment by law."""

    full = "full"
    light = "light"


class Ground(StrEnum):
    """Why a full assessment must be made (barnets lov § 20, stk. 1). One of them, and the case is serious."""

    complex = "complex"
    violence = "violence"
    after_shelter = "after_shelter"


class ViewChoice(StrEnum):
    """How the child's view comes to a decision; `none`: it is missing, and why is said."""

    none = "none"
    own_words = "own_words"
    summary = "summary"


OUTCOMES: dict[StageStep, tuple[StageOutcome, ...]] = {
    StageStep.screened: (StageOutcome.nothing_more, StageOutcome.section_19, StageOutcome.section_20),
    StageStep.decided: (StageOutcome.support, StageOutcome.no_support, StageOutcome.other),
    StageStep.followed_up: (StageOutcome.continues, StageOutcome.changes, StageOutcome.ends),
    StageStep.reconsidered: (StageOutcome.changed, StageOutcome.upheld),
}
# What each of these is about, which stands beside the way.
ABOUT: dict[StageStep, StageStep] = {
    StageStep.complained: StageStep.decided,
    StageStep.reconsidered: StageStep.complained,
    StageStep.co_signed: StageStep.danger_assessed,
    StageStep.provisional: StageStep.screened,
    StageStep.plan_ready: StageStep.decided,
    StageStep.file_answered: StageStep.file_asked,
}
BESIDE = (*ABOUT, StageStep.file_asked)
# Each is said once of what it is about; complained, again and again.
ONCE = tuple(step for step in ABOUT if step is not StageStep.complained)


def _list(*names: StrEnum) -> str:
    return ", ".join(repr(name.value) for name in names)


def _only(step: StageStep, column: str) -> str:
    return f"(step = '{step}') = ({column} is not null)"


_ENDS = " or ".join(f"step = '{step}' and outcome in ({_list(*names)})" for step, names in OUTCOMES.items())


class Stage(Base):
    """`happened_at`: when it was so; `recorded_at`: when it was written down. `words`: the reason. `due_at`: the last
    moment of what comes next, fixed as the clocks were when this began; `plan_due_at`: of the child's plan, when the
    decision chose one (§ 91). `about`: the step that it is about.
    `new_eyes`: the child has support already, so somebody who has not worked on the case signs too (§ 137)."""

    __tablename__ = "stages"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_stages_seq"),
        ForeignKeyConstraint(["thread_id", "about"], ["stages.thread_id", "stages.id"], name="fk_stages_about"),
        UniqueConstraint("thread_id", "seq"),
        Index(
            "uq_stages_once",
            "thread_id",
            "about",
            "step",
            unique=True,
            postgresql_where=text(f"step in ({_list(*ONCE)})"),
        ),
        CheckConstraint(f"step in ({_list(*StageStep)})", name="step"),
        CheckConstraint(r"words ~ '\S'", name="says_why"),
        CheckConstraint(
            f"(step in ({_list(*OUTCOMES)})) = (outcome is not null) and (outcome is null or {_ENDS})", name="outcome"
        ),
        CheckConstraint(f"(step in ({_list(*ABOUT)})) = (about is not null)", name="about_a_step"),
        CheckConstraint(f"{_only(StageStep.screened, 'track')} and track in ({_list(*Track)})", name="track"),
        CheckConstraint(
            f"grounds = '{{}}' or grounds <@ array[{_list(*Ground)}] and outcome is not distinct from 'section_20'",
            name="a_serious_case_is_assessed_in_full",
        ),
        CheckConstraint("outcome <> 'section_20' or track = 'full'", name="a_full_assessment_is_no_light_track"),
        CheckConstraint(
            f"{_only(StageStep.decided, 'child_view_choice')} and child_view_choice in ({_list(*ViewChoice)})"
            r" and (child_view_choice is null or child_view ~ '\S')",
            name="no_decision_without_the_child",
        ),
        CheckConstraint(
            f"{_only(StageStep.decided, 'committee')} and {_only(StageStep.decided, 'complain_until')}",
            name="told_how_to_complain",
        ),
        CheckConstraint(r"(step = 'started') = (measure ~ '\S')", name="what_started"),
        CheckConstraint(f"weeks between 1 and {LONGEST_WEEKS}", name="weeks"),
        CheckConstraint(_only(StageStep.complained, "oral"), name="how_complained"),
        CheckConstraint(
            "plan = (plan_due_at is not null) and (not plan or outcome is not distinct from 'support')",
            name="a_plan_of_support",
        ),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    step: Mapped[str]
    happened_at: Mapped[datetime]
    words: Mapped[str]
    about: Mapped[UUID | None]
    outcome: Mapped[str | None]
    track: Mapped[str | None]
    grounds: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    child_view_choice: Mapped[str | None]
    child_view: Mapped[str] = mapped_column(server_default="")
    involved: Mapped[str] = mapped_column(server_default="")
    committee: Mapped[bool | None] = mapped_column(Boolean)
    complain_until: Mapped[date | None]
    measure: Mapped[str] = mapped_column(server_default="")
    weeks: Mapped[int | None] = mapped_column(SmallInteger)
    oral: Mapped[bool | None] = mapped_column(Boolean)
    plan: Mapped[bool] = mapped_column(Boolean, server_default="false")
    new_eyes: Mapped[bool] = mapped_column(Boolean, server_default="false")
    due_at: Mapped[datetime | None]
    plan_due_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words", "child_view", "involved", "measure")
