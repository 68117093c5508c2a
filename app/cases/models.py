"""A case is the child that the threads are about. It has no audience of its own: its threads have."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Case(Base):
    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    child_name: Mapped[str]
    child_born: Mapped[date | None]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
