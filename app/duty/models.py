"""Access in the course of duty to a case that one is not on: for a reason typed, for three hours, told to everybody."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class DutyAccess(Base):
    """The places that it gives are memberships with the role on_duty. `seen_by`: the leader who has looked at it."""

    __tablename__ = "duty_accesses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    employment_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"))
    name: Mapped[str]  # as it was then: the leader is told who
    title: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ends_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
