"""Changes of custody: asked for by the caseworker, settled by a second person. They grant nothing old by themselves."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Change(StrEnum):
    ended = "ended"
    granted = "granted"


class Outcome(StrEnum):
    approved = "approved"
    refused = "refused"


class CustodyChange(Base):
    """`granted` names somebody (name, email, capacity) who gets a place in the family thread from now on, once a second
    person of the unit, who has no place in the case, has approved. `ended` names a custody holder's place; it takes
    effect when it is asked for, everywhere in the case, and is settled with that.
    """

    __tablename__ = "custody_changes"
    __table_args__ = (
        CheckConstraint("change in ('ended', 'granted')", name="change"),
        CheckConstraint("outcome in ('approved', 'refused')", name="outcome"),
        CheckConstraint("(settled_at is null) = (outcome is null)", name="settled"),
        CheckConstraint(
            "change = 'ended' and membership_id is not null"
            " or change = 'granted' and num_nonnulls(name, email, capacity) = 3",
            name="whom",
        ),
        Index("ix_custody_changes_unit_id", "unit_id", postgresql_where=text("settled_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    change: Mapped[str]
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    name: Mapped[str | None]
    email: Mapped[str | None]
    capacity: Mapped[str | None]
    basis: Mapped[str]  # the decision or agreement that it follows from
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
