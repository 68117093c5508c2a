"""A case is the child that the threads are about. It has no audience of its own: its threads have."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Case(Base):
    """`holder_id`: who has the ball, always exactly one; `deputy_id`: who stands in. People, not places: they
    sit in several threads. Who it is is told by the place that one shares with that person (doors/hand_overs.sql)."""

    __tablename__ = "cases"
    __table_args__ = (CheckConstraint("deputy_id <> holder_id", name="deputy_is_another"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    child_name: Mapped[str]
    child_born: Mapped[date | None]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
