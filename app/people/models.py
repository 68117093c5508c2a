"""People and where they work. A person's row is visible to that person only: there is no directory."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class UnitKind(StrEnum):
    family_department = "family_department"
    health_visitors = "health_visitors"
    job_centre = "job_centre"
    kindergarten = "kindergarten"
    municipality = "municipality"
    school = "school"
    school_psychology = "school_psychology"


class EmploymentRole(StrEnum):
    admin = "admin"
    auditor = "auditor"
    caseworker = "caseworker"
    leader = "leader"
    professional = "professional"


class Person(Base):
    __tablename__ = "persons"
    __table_args__ = (CheckConstraint("language in ('da', 'en')", name="language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    # Where we write to; for somebody who has not logged in yet, the address the link went to.
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="da")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Identity(Base):
    """Who a provider says somebody is: the pair (issuer, subject), never an e-mail address."""

    __tablename__ = "identities"
    __table_args__ = (Index("ix_identities_email", text("lower(email)")),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    email: Mapped[str | None]  # only when the provider says it is verified
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Unit(Base):
    __tablename__ = "units"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    kind: Mapped[str]


class Employment(Base):
    """`receives_new`: dialogues that a family or a professional opens with the family department go to this person."""

    __tablename__ = "employments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str]
    role: Mapped[str]
    receives_new: Mapped[bool] = mapped_column(server_default="false")
    started_on: Mapped[date] = mapped_column(server_default=func.current_date())
    ended_on: Mapped[date | None]


class Routing(Base):
    """Who receives what comes from a unit, and from the units below it that have no rule of their own; the deputy while
    that person is away or has left. The municipality's own list. `caseworker_for` in doors/caseworkers.sql reads it."""

    __tablename__ = "routings"
    __table_args__ = (CheckConstraint("deputy_id <> caseworker_id", name="somebody_else"),)

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    caseworker_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"))
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"))


class Absence(Base):
    """Somebody is away, first and last day included: the person, from every job. Never why."""

    __tablename__ = "absences"
    __table_args__ = (CheckConstraint("from_on <= to_on", name="begins_before_it_ends"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
