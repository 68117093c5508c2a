from typing import Annotated

from pydantic import ConfigDict, Field

from app.consultations.models import ConsultationArea
from app.shapes import Answer, Sentence

Sentences = Annotated[list[Sentence], Field(min_length=1, max_length=12)]


class Guide(Answer):
    """What helps with one kind of worry, each in whole sentences: what to look for, what to ask the child, what to say
    to the parents, whom to involve."""

    model_config = ConfigDict(extra="forbid")

    signs: Sentences
    ask: Sentences
    parents: Sentences
    involve: Sentences


class AreaGuide(Guide):
    area: ConsultationArea


class GuidanceOut(Answer):
    """In the municipality's own words, which are Danish. `concern_phone`: whom to ring when a child is in danger.
    `protected_door`: where that is written about, if there is such a place."""

    areas: list[AreaGuide]
    concern_phone: str | None
    protected_door: str | None
