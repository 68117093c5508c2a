"""Notifications that were written together, as somebody takes them home."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.consultations.models import ConsultationArea
from app.joint_concerns.models import JointStep
from app.shapes import Answer, Author


class JointWritingCopy(Answer):
    id: UUID
    seq: int
    author: Author
    words: str
    besides: str
    child_view: str
    at: datetime


class JointPartCopy(JointWritingCopy):
    """`earlier`: what the same person wrote before, the newest first."""

    earlier: list[JointWritingCopy]


class JointStepCopy(Answer):
    seq: int
    step: JointStep
    author: Author
    words: str
    at: datetime


class JointCopy(Answer):
    id: UUID
    seq: int
    area: ConsultationArea
    author: Author
    at: datetime
    state: Literal["given_up", "received", "sent", "writing"]
    receipt_due_on: date | None
    late: bool
    parts: list[JointPartCopy]
    steps: list[JointStepCopy]
