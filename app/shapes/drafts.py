"""What one is writing, as several rooms answer it: to the writer alone."""

from datetime import datetime
from uuid import UUID

from app.drafts.models import Form
from app.shapes import Answer


class DraftOut(Answer):
    """`about`: the thread, or what in it the form is about. `id`: what it becomes when it is sent, or `about` again.
    `version`: to be named when it is kept again."""

    form: Form
    about: UUID
    id: UUID
    text: str
    version: int
    saved_at: datetime
