from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from app.dates import now
from app.shapes import Answer, Body, Sentence, Seq, Words, WordsOrNone
from app.shapes.stages import StageOut, Standing
from app.stages.models import LONGEST_WEEKS, Ground, StageOutcome, StageStep, Track, ViewChoice

LONGEST_BACK = timedelta(days=31)


def _not_to_come(at: datetime) -> datetime:
    if not now() - LONGEST_BACK <= at <= now():
        raise ValueError("it has happened, and at most a month ago")
    return at


Weeks = Annotated[int, Field(ge=1, le=LONGEST_WEEKS)]


class _NewStage(Body):
    """`happened_at`: when it was so; without it, now. `words`: why, for the family to read. The same `id` and content
    again is the same step."""

    id: UUID
    happened_at: Annotated[AwareDatetime, AfterValidator(_not_to_come)] | None = None
    words: Words
    circle: Seq | None = None


class NewNotified(_NewStage):
    step: Literal[StageStep.notified]


class NewDangerAssessed(_NewStage):
    """That it was assessed. `danger`: what it came to is never kept here. Refused when there is danger: then all of it
    belongs in the protected house."""

    step: Literal[StageStep.danger_assessed]
    danger: bool


class NewScreened(_NewStage):
    """`grounds`: what makes the case serious, and a full assessment the law."""

    step: Literal[StageStep.screened]
    outcome: Literal[StageOutcome.nothing_more, StageOutcome.section_19, StageOutcome.section_20]
    track: Track
    grounds: list[Ground] = Field([], max_length=len(Ground))

    @model_validator(mode="after")
    def grave_ones_are_assessed_in_full(self) -> "NewScreened":
        if self.grounds and self.outcome is not StageOutcome.section_20:
            raise ValueError("a ground makes the full assessment the law")
        if self.outcome is StageOutcome.section_20 and self.track is not Track.full:
            raise ValueError("a full assessment is not the light track")
        if len(set(self.grounds)) < len(self.grounds):
            raise ValueError("each ground once")
        return self


class NewDecided(_NewStage):
    """`child_view`: what the child says to it, in its own words or told; or why it is missing. `involved`: who took
    part in the assessment (asked for on the full track). `committee`: decided there, so complaints go past us. `plan`:
    a child's plan is to be made of it (barnets lov § 91)."""

    step: Literal[StageStep.decided]
    outcome: Literal[StageOutcome.support, StageOutcome.no_support, StageOutcome.other]
    child_view_choice: ViewChoice
    child_view: Words
    involved: WordsOrNone = ""
    committee: bool
    plan: bool = False

    @model_validator(mode="after")
    def a_plan_is_of_support(self) -> "NewDecided":
        if self.plan and self.outcome is not StageOutcome.support:
            raise ValueError("a plan of what is not given")
        return self


class NewStarted(_NewStage):
    """`weeks`: until the first follow-up, when that is sooner than the law has it."""

    step: Literal[StageStep.started]
    measure: Sentence
    weeks: Weeks | None = None


class NewFollowedUp(_NewStage):
    """`weeks`: until the next one, unless the support ends."""

    step: Literal[StageStep.followed_up]
    outcome: Literal[StageOutcome.continues, StageOutcome.changes, StageOutcome.ends]
    weeks: Weeks | None = None

    @model_validator(mode="after")
    def goes_on_until_it_ends(self) -> "NewFollowedUp":
        if (self.outcome is StageOutcome.ends) != (self.weeks is None):
            raise ValueError("when the next one is, or that it ends")
        return self


class NewClosed(_NewStage):
    step: Literal[StageStep.closed]


class NewComplained(_NewStage):
    """`about`: the decision. `oral`: said, by phone or here; that counts as much as a letter."""

    step: Literal[StageStep.complained]
    about: UUID
    oral: bool


class NewReconsidered(_NewStage):
    """`about`: the complaint."""

    step: Literal[StageStep.reconsidered]
    about: UUID
    outcome: Literal[StageOutcome.changed, StageOutcome.upheld]


class NewProvisional(_NewStage):
    """`about`: the screening whose full assessment is not done in time; what is known so far (§ 20, stk. 3)."""

    step: Literal[StageStep.provisional]
    about: UUID


class NewPlanReady(_NewStage):
    """`about`: the decision that chose a plan."""

    step: Literal[StageStep.plan_ready]
    about: UUID


class NewFileAsked(_NewStage):
    """A party has asked to see the file, in whatever way (forvaltningsloven § 9). `words`: who, and which of it."""

    step: Literal[StageStep.file_asked]


class NewFileAnswered(_NewStage):
    """`about`: what was asked. `words`: what was given, or why not all of it."""

    step: Literal[StageStep.file_answered]
    about: UUID


NewStage = Annotated[
    NewNotified
    | NewDangerAssessed
    | NewScreened
    | NewDecided
    | NewStarted
    | NewFollowedUp
    | NewClosed
    | NewComplained
    | NewReconsidered
    | NewProvisional
    | NewPlanReady
    | NewFileAsked
    | NewFileAnswered,
    Field(discriminator="step"),
]


class NewSignature(Body):
    """What I have looked at, and that I see it so too."""

    id: UUID
    words: Words
    circle: Seq | None = None


class StagesOut(Answer):
    """`steps`: oldest first. `may_follow`: what I may record now. `serious`: the light track is closed to this case.
    `to_sign`: the assessment that waits for a second person, if I can be that."""

    standing: Standing | None
    steps: list[StageOut]
    may_follow: list[StageStep]
    serious: bool
    track: Track | None
    to_sign: UUID | None


class Span(StrEnum):
    """From a notification to the first decision; from that to the first measure; all of it."""

    to_decision = "to_decision"
    decision_to_start = "decision_to_start"
    to_start = "to_start"


class Interval(Answer):
    """In whole Danish days, of the `count` ways that have come so far; none of them, no number."""

    span: Span
    count: int
    median: float | None
    mean: float | None


class Way(Answer):
    """One way through, by its reference: no child, no family. None: it has not come so far."""

    reference: str
    notified_on: date
    to_decision: int | None
    decision_to_start: int | None
    to_start: int | None


class Intervals(Answer):
    """Of the ways that began from `first` to `last`; each number is counted from `ways`."""

    first: date
    last: date
    intervals: list[Interval]
    ways: list[Way]
