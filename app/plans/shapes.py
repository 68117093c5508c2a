from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.plans.models import LONGEST_WEEKS, ActionStep, Area, GoalKind, GoalStep
from app.shapes import Answer, Author, Body, Day, Seq, Words, WordsOrNone


class NewGoal(Body):
    """`id` is made by the client: the same again is the same goal. `words`: as they were said. `words_of`: the child's
    place whose words they are."""

    id: UUID
    kind: GoalKind
    area: Area
    words: Words
    words_of: UUID | None = None
    circle: Seq | None = None


class _Step(Body):
    """`wording`: the words that a yes, a no or other words are about, by their `wording`; refused when they changed."""

    id: UUID
    words: WordsOrNone = ""
    wording: Seq | None = None
    circle: Seq | None = None


def _says_why(step: str, words: str) -> None:
    if step in ("declined", "dropped", "reworded") and not words:
        raise ValueError("say why, or the new words")


class NewGoalChange(_Step):
    step: GoalStep

    @model_validator(mode="after")
    def says_why(self) -> "NewGoalChange":
        _says_why(self.step, self.words)
        return self


class NewAction(Body):
    """`owner`: the place of whoever does it. A step has a last day (`due_on`); a measure runs for `weeks` weeks from
    `starts_on`."""

    id: UUID
    goal: UUID | None = None
    words: Words
    owner: UUID
    due_on: Day | None = None
    starts_on: Day | None = None
    weeks: Annotated[int, Field(ge=1, le=LONGEST_WEEKS)] | None = None
    circle: Seq | None = None

    @model_validator(mode="after")
    def has_one_end(self) -> "NewAction":
        if (self.starts_on is None) != (self.weeks is None) or (self.due_on is None) == (self.weeks is None):
            raise ValueError("a last day, or a first day and a number of weeks")
        return self

    @property
    def ends_on(self) -> date:
        if self.starts_on is None or self.weeks is None:
            assert self.due_on is not None
            return self.due_on
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)


class NewActionChange(_Step):
    step: ActionStep
    due_on: Day | None = None
    owner: UUID | None = None

    @model_validator(mode="after")
    def says_what_changes(self) -> "NewActionChange":
        _says_why(self.step, self.words)
        if (self.step is ActionStep.moved) != (self.due_on is not None):
            raise ValueError("a new day, and only when it is moved")
        if (self.step is ActionStep.handed) != (self.owner is not None):
            raise ValueError("a new owner, and only when it is handed over")
        return self


State = Literal["proposed", "agreed", "declined"]


class PlanStepOut(Answer):
    """One line of the history. `set`: how it began."""

    seq: int
    step: Literal["set"] | GoalStep | ActionStep
    words: str
    by: Author
    at: datetime
    due_on: date | None = None
    owner: Author | None = None


class PlanItem(Answer):
    """`state`: the family's word on these words; somebody's no counts for all until the words are changed, and a wish
    is nobody's to say no to. `words`: as they stand now, since `wording` (a seq); `history` has all of them.
    `may_word`: I may put other words there, or drop it."""

    id: UUID
    seq: int
    words: str
    wording: int
    author: Author
    at: datetime
    state: State
    may_word: bool
    may_settle: bool
    history: list[PlanStepOut]


class GoalOut(PlanItem):
    kind: GoalKind
    area: Area
    words_of: Author | None
    stage: Literal["open", "reached", "dropped"]


class ActionOut(PlanItem):
    """`late`: it is not done, and its last day has passed; whoever it belongs to. `goal`: the one it serves, if I may
    see that. `may_do`: it is mine to say that it is done."""

    goal: UUID | None
    owner: Author
    due_on: date
    starts_on: date | None
    weeks: int | None
    stage: Literal["open", "done", "dropped"]
    done_at: datetime | None
    late: bool
    may_do: bool


class PlanOut(Answer):
    """In the order they were set."""

    goals: list[GoalOut]
    actions: list[ActionOut]
