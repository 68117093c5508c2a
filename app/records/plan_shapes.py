"""The plan and how it goes, as somebody takes them home. What the reader may do there now is no part of a copy."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.plans.models import ActionStep, Area, GoalKind, GoalStep
from app.progress.models import Colour
from app.shapes import Answer, Author


class StepCopy(Answer):
    """`set`: how it began."""

    seq: int
    step: Literal["set"] | GoalStep | ActionStep
    words: str
    by: Author
    at: datetime
    due_on: date | None = None
    owner: Author | None = None


class _ItemCopy(Answer):
    id: UUID
    seq: int
    words: str
    author: Author
    at: datetime
    state: Literal["proposed", "agreed", "declined"]
    history: list[StepCopy]


class GoalCopy(_ItemCopy):
    kind: GoalKind
    area: Area
    words_of: Author | None
    stage: Literal["open", "reached", "dropped"]


class ActionCopy(_ItemCopy):
    goal: UUID | None
    owner: Author
    due_on: date
    starts_on: date | None
    weeks: int | None
    stage: Literal["open", "done", "dropped"]
    done_at: datetime | None
    late: bool


class PlanCopy(Answer):
    goals: list[GoalCopy]
    actions: list[ActionCopy]


class _ViewCopy(Answer):
    """`of`: whose view it is. `author`: who wrote it down."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    of: Author


class ScaleCopy(_ViewCopy):
    goal: UUID
    before: int
    now: int
    hoped: int


class RatingCopy(_ViewCopy):
    colour: Colour
    words: str


class EvaluationViewCopy(_ViewCopy):
    worked: str
    change: str


class EvaluationCopy(Answer):
    id: UUID
    seq: int
    due_on: date
    author: Author
    at: datetime
    state: Literal["waiting", "held", "replaced"]
    missing: list[Literal["family", "professionals"]]
    late: bool
    views: list[EvaluationViewCopy]


class RoundCopy(Answer):
    """Half a year."""

    starts_on: date
    ratings: list[RatingCopy]


class ProgressCopy(Answer):
    scales: list[ScaleCopy]
    rounds: list[RoundCopy]
    evaluations: list[EvaluationCopy]
