"""Notifications that are written together, as home answers them."""

from datetime import date
from uuid import UUID

from app.shapes import Answer


class ToReceive(Answer):
    """A notification that was written together and sent; I am to give its receipt. `name`: who sent it."""

    thread: UUID
    concern: UUID
    name: str
    capacity: str
    due_on: date
    late: bool
