from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from app.notes.models import Box, ChildView, ResponseKind, Template
from app.shapes import Body, Seq, Words, WordsOrNone

MOST_HEARD = 12
TOLD = (ChildView.own_words, ChildView.summary)


class NoteWords(Body):
    """Resources may not be empty: a note that only lists trouble is not published. What the child said stands there
    only as the child lets it. `heard`: places of adults of the family whose view is in the note."""

    challenges: WordsOrNone = ""
    resources: Words
    proposals: WordsOrNone = ""
    child_view: WordsOrNone = ""
    child_view_choice: ChildView = ChildView.none
    heard: list[UUID] = Field(default=[], max_length=MOST_HEARD)
    circle: Seq | None = None

    @model_validator(mode="after")
    def the_child_decides(self) -> "NoteWords":
        if bool(self.child_view) != (self.child_view_choice in TOLD):
            raise ValueError("what the child said, and how much of it may be told, belong together")
        return self


class NewNote(NoteWords):
    id: UUID
    template: Template = Template.free


class NoteCorrection(NoteWords):
    """`version`: the one that is corrected."""

    version: Annotated[int, Field(ge=1, le=9999)]


class NewResponse(Body):
    """`version`: of the note, as it was read."""

    id: UUID
    kind: ResponseKind
    box: Box
    version: Annotated[int, Field(ge=1, le=9999)]
    words: WordsOrNone = ""
    circle: Seq | None = None

    @model_validator(mode="after")
    def says_what(self) -> "NewResponse":
        if not self.words and self.kind is not ResponseKind.agree:
            raise ValueError("say what is not right, or missing")
        return self


class NewAnswer(Body):
    words: Words
    circle: Seq | None = None
