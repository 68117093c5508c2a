"""Where a case is, as several rooms answer it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.shapes import Answer, Author
from app.shapes.ball import Ball
from app.stages.models import Ground, StageOutcome, StageStep, Track, ViewChoice

NextStep = Literal[
    StageStep.closed,
    StageStep.co_signed,
    StageStep.danger_assessed,
    StageStep.decided,
    StageStep.file_answered,
    StageStep.followed_up,
    StageStep.plan_ready,
    StageStep.reconsidered,
    StageStep.screened,
    StageStep.started,
]


class Standing(Answer):
    """The last step, and when it was; what comes `next`, until when (`due_on`: the last day), at whom. `late`: that
    has passed. `waits_for_second`: nobody goes on until somebody who is new to the case has signed."""

    step: StageStep
    outcome: StageOutcome | None
    happened_at: datetime
    next: NextStep | None
    due_at: datetime | None
    due_on: date | None
    late: bool
    waits_for_second: bool
    at: Ball | None


class StageOut(Answer):
    """One step. `recorded_at`: when it was written down. `in_time`: of a complaint. `due_at`: the last moment of what
    followed, as it was then; `plan_due_at`: of the child's plan."""

    id: UUID
    seq: int
    step: StageStep
    author: Author
    happened_at: datetime
    recorded_at: datetime
    words: str
    about: UUID | None
    outcome: StageOutcome | None
    track: Track | None
    grounds: list[Ground]
    child_view_choice: ViewChoice | None
    child_view: str
    involved: str
    committee: bool | None
    complain_until: date | None
    measure: str
    weeks: int | None
    oral: bool | None
    in_time: bool | None
    new_eyes: bool
    due_at: datetime | None
    plan_due_at: datetime | None
