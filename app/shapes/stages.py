"""Where a case is, as several rooms answer it."""

from datetime import datetime

from app.shapes import Answer, Named
from app.stages.models import Outcome, Step


class Holder(Named):
    """Whoever sees to the case."""

    is_me: bool


class Standing(Answer):
    """The last step, and when it was; what comes `next`, until when, at whom. `late`: that has passed.
    `waits_for_second`: nobody goes on until somebody who is new to the case has signed."""

    step: Step
    outcome: Outcome | None
    happened_at: datetime
    next: Step | None
    due_at: datetime | None
    late: bool
    waits_for_second: bool
    at: Holder | None
