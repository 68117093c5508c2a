"""Asking for advice without naming the child. The words lie in no thread, because no child is in them: whoever asked
and whoever answers are the whole audience (`my_consultations` in policies.sql)."""

import re
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

# Six figures that are a day of birth, and four more. A replacement number has 60 added to its day.
NUMBER = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)[ .-]?\d{4}(?!\d)")
REPLACEMENT = 60


class ConsultationArea(StrEnum):
    """What the worry is about."""

    absence = "absence"
    behaviour = "behaviour"
    development = "development"
    home = "home"
    other = "other"
    wellbeing = "wellbeing"


class ConsultationOutcome(StrEnum):
    """What came of it. Nobody empties the list but by saying so."""

    advice_enough = "advice_enough"
    other = "other"
    talk_with_parents = "talk_with_parents"


class Consultation(Base):
    """Names are as they were then. `receiver_id` changes by `pass_on_consultation` alone."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')", name="area"),
        CheckConstraint("receiver_id <> employment_id", name="somebody_else"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    employment_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"), index=True)
    name: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    area: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    due_on: Mapped[date]
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"), index=True)
    receiver_name: Mapped[str]
    receiver_title: Mapped[str]


class ConsultationLine(Base):
    """The question is the first; the first by anybody else is the answer. Nobody changes a line."""

    __tablename__ = "consultation_lines"
    __table_args__ = (CheckConstraint(r"words ~ '\S'", name="words_not_empty"),)

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str]
    title: Mapped[str]
    words: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ConsultationPassing(Base):
    """It went from one caseworker to another of the same department. Whoever asked sees it."""

    __tablename__ = "consultation_passings"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("employments.id"))
    name: Mapped[str]
    to_name: Mapped[str]
    to_title: Mapped[str]
    passed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ConsultationClosure(Base):
    """Whoever asked says what came of it, once."""

    __tablename__ = "consultation_closures"
    __table_args__ = (
        CheckConstraint("outcome in ('advice_enough', 'other', 'talk_with_parents')", name="outcome"),
        CheckConstraint(r"outcome <> 'other' or words ~ '\S'", name="something_else_says_what"),
    )

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    outcome: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    closed_at: Mapped[datetime] = mapped_column(server_default=func.now())


def names_a_child(words: str) -> bool:
    """Whether a personal number stands in it, of anybody. Names are not looked for: a list to compare them with would
    tell who is known here."""
    return any(_is_a_day(*map(int, found)) for found in NUMBER.findall(words))


def _is_a_day(day: int, month: int, year: int) -> bool:
    for century in (1900, 2000):
        try:
            date(century + year, month, day - REPLACEMENT if day > REPLACEMENT else day)
        except ValueError:
            continue
        return True
    return False
