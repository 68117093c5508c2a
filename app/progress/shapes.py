from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.progress.models import Colour
from app.shapes import Answer, Author, Body, Day, Seq, WordsOrNone

Step = Annotated[int, Field(ge=0, le=10)]


class _View(Body):
    """What one person sees. `words_of`: the child's place, when it was told and somebody else writes it down."""

    id: UUID
    words_of: UUID | None = None
    circle: Seq | None = None


class NewScale(_View):
    goal: UUID
    before: Step
    now: Step
    hoped: Step


class NewWellbeing(_View):
    colour: Colour
    words: WordsOrNone = ""

    @model_validator(mode="after")
    def says_what_is_seen(self) -> "NewWellbeing":
        if self.colour is not Colour.green and not self.words:
            raise ValueError("say what you see")
        return self


class NewEvaluation(Body):
    id: UUID
    due_on: Day
    circle: Seq | None = None


class NewEvaluationView(_View):
    worked: WordsOrNone = ""
    change: WordsOrNone = ""

    @model_validator(mode="after")
    def says_something(self) -> "NewEvaluationView":
        if not (self.worked or self.change):
            raise ValueError("say what has worked, or what should change")
        return self


class ViewOut(Answer):
    """`of`: whose view it is. `author`: who wrote it down."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    of: Author


class ScaleOut(ViewOut):
    goal: UUID
    before: int
    now: int
    hoped: int


class WellbeingOut(ViewOut):
    colour: Colour
    words: str


class EvaluationViewOut(ViewOut):
    worked: str
    change: str


class EvaluationOut(Answer):
    """`state`: waiting for the day or for views; held when family and professionals have said theirs; replaced by a
    newer day before that. `missing`: whose view is not there yet."""

    id: UUID
    seq: int
    due_on: date
    author: Author
    at: datetime
    state: Literal["waiting", "held", "replaced"]
    missing: list[Literal["family", "professionals"]]
    late: bool
    views: list[EvaluationViewOut]


class RoundOut(Answer):
    """Half a year. `missing`: how many professionals and parents have yet to say how the child is, of two and one."""

    starts_on: date
    professionals_missing: int
    parents_missing: int
    ratings: list[WellbeingOut]


class ProgressOut(Answer):
    """Oldest first. `rounds`: with this half-year, whether anybody has rated in it or not."""

    scales: list[ScaleOut]
    rounds: list[RoundOut]
    evaluations: list[EvaluationOut]
