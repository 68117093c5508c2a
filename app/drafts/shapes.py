from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from app.drafts.models import Form
from app.shapes import NO_NUL, Answer, Body, Seq
from app.shapes.drafts import DraftOut

LONGEST = 30_000
# Forms inside a thread, and those that lie in no thread yet.
ThreadForm = StrEnum("ThreadForm", {form.name: form.value for form in Form if form is not Form.new_case})  # type: ignore[misc]
HomeForm = StrEnum("HomeForm", {Form.new_case.name: Form.new_case.value})  # type: ignore[misc]


class Keeping(Body):
    """`text`: the fields, as the form wrote them down. `id`: what it becomes when it is sent, or what it is about.
    `version`: the one that it goes on from; 0 for a new one. `writer`: the tab, which may always go on from its own.
    `person`: who is writing, by the page's own word: somebody else may have logged in beside it."""

    id: UUID
    person: UUID
    writer: UUID
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=NO_NUL)]
    version: Seq


class Kept(Answer):
    version: int
    saved_at: datetime


class DraftList(Answer):
    drafts: list[DraftOut]
