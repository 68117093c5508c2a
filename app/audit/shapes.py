from datetime import date, datetime
from uuid import UUID

from app.access.models import Purpose
from app.shapes import Answer


class AuditLook(Answer):
    """Metadata only: `case` is a reference, and no child, no purpose of a thread and no content stands here."""

    id: UUID
    at: datetime
    case: str
    name: str
    title: str
    unit: str | None
    what: str
    purpose: Purpose
    reason: str | None


class AuditLooks(Answer):
    looks: list[AuditLook]


class ReconciliationOut(Answer):
    day: date
    served: int
    looked: int
    missing: int


class Reconciliations(Answer):
    days: list[ReconciliationOut]
