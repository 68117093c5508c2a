"""Where one adult lives or can be met: that adult's own, and shown to others one by one (security 3.1, rule 6)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class FactKind(StrEnum):
    address = "address"
    institution = "institution"
    meeting_place = "meeting_place"
    phone = "phone"


class PrivateFact(Base):
    """In no thread: a line there would tell the others that there is something to know."""

    __tablename__ = "private_facts"
    __table_args__ = (
        CheckConstraint("kind in ('address', 'institution', 'meeting_place', 'phone')", name="kind"),
        UniqueConstraint("id", "owner_id"),
        Index("ix_private_facts_case_id", "case_id", "owner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class FactGrant(Base):
    """Shown to one place in a thread, for as long as that place is in force."""

    __tablename__ = "fact_grants"
    __table_args__ = (
        ForeignKeyConstraint(["fact_id", "owner_id"], ["private_facts.id", "private_facts.owner_id"]),
        Index(
            "uq_fact_grants_one_open", "fact_id", "membership_id", unique=True,
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_fact_grants_membership_id", "membership_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    fact_id: Mapped[UUID]
    owner_id: Mapped[UUID]
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]


class FactLook(Base):
    """Somebody who was shown it has read it: kept for the owner, and for nobody else."""

    __tablename__ = "fact_looks"
    __table_args__ = (
        ForeignKeyConstraint(["fact_id", "owner_id"], ["private_facts.id", "private_facts.owner_id"]),
        Index("ix_fact_looks_fact_id", "fact_id", "membership_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    fact_id: Mapped[UUID]
    owner_id: Mapped[UUID]
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())
