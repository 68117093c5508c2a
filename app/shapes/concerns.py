"""What home tells of notifications."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.shapes import Answer


class NotificationTask(Answer):
    """A notification. `assess`, `receipt`, `settle`: mine to handle, and what comes first; `unreceipted`: I sent it,
    and should have heard by `due_on` that it came."""

    id: UUID
    what: Literal["assess", "receipt", "settle", "unreceipted"]
    area: str
    due_at: datetime
    due_on: date
    late: bool
