from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints, model_validator

from app.concerns.models import ParentsTold
from app.consultations.models import ConsultationArea
from app.shapes import NO_NUL, Body, Line, Words, WordsOrNone

LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_NUL)]


class _NewConcern(Body):
    """What somebody has seen and heard. `child_details`: age, address, parents: whatever helps to find the right child.
    `child_words`: what the child says. `parents_words`: what the parents say to it, or why they do not know."""

    id: UUID
    area: ConsultationArea
    words: Words
    child_words: WordsOrNone = ""
    child_details: WordsOrNone = ""
    relation: LineOrNone = ""
    parents_words: WordsOrNone = ""


class NewConcern(_NewConcern):
    """By somebody at work, in one employment: with a name, and knowing whether the parents know. `danger`: violence,
    abuse, honour conflict or danger now is refused, and no word of it is kept."""

    employment: UUID
    danger: bool
    child_name: Line
    parents_told: Literal[ParentsTold.no, ParentsTold.yes]

    @model_validator(mode="after")
    def says_why_the_parents_do_not_know(self) -> "NewConcern":
        if self.parents_told is ParentsTold.no and not self.parents_words:
            raise ValueError("say why the parents do not know")
        return self


class CitizensConcern(_NewConcern):
    """By anybody, without a login. `anonymous`: whatever was written of the notifier is dropped before it is stored."""

    unit: UUID | None = None
    anonymous: bool
    notifier_name: LineOrNone = ""
    notifier_contact: LineOrNone = ""
    child_name: LineOrNone = ""
    parents_told: ParentsTold = ParentsTold.unknown

    @model_validator(mode="after")
    def whoever_has_a_name_can_be_reached(self) -> "CitizensConcern":
        if not self.anonymous and not (self.notifier_name and self.notifier_contact):
            raise ValueError("a name and how to reach you, or anonymous")
        return self
