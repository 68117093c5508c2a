"""Notifications: somebody tells the municipality that a child may need help. The words lie in no thread: there may be
no case yet, and no family is in it. Whoever is to handle it is the whole audience of the steps; the professional who
sent it reads the own words and what came back (`concerns_to_handle` in policies.sql).

Violence, abuse, honour conflict and danger never come in here: they belong in the protected house. What turns out to be
about them goes there, and its words are taken out of this one (`take_out_concern` in doors/concerns.sql).
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ConcernSource(StrEnum):
    citizen = "citizen"
    professional = "professional"


class ParentsTold(StrEnum):
    """Whether the parents know that this is being sent."""

    no = "no"
    unknown = "unknown"
    yes = "yes"


class ConcernStepKind(StrEnum):
    danger_assessed = "danger_assessed"
    passed_on = "passed_on"
    receipted = "receipted"
    settled = "settled"


class ConcernOutcome(StrEnum):
    """What came of it. Nobody empties the queue but by saying so, and no row is deleted. `elsewhere`: it is dealt with
    outside Rundtom, and its words are no longer here. Why is said nowhere: no row tells that there was danger."""

    case = "case"
    elsewhere = "elsewhere"
    not_a_notification = "not_a_notification"
    nothing_more = "nothing_more"
    other_municipality = "other_municipality"


class ReceiptWay(StrEnum):
    """How the notifier was told that it came. `here`: on the own page of it, with a mail that says only that."""

    here = "here"
    letter = "letter"
    phone = "phone"


def _list(names: type[StrEnum]) -> str:
    return ", ".join(repr(name.value) for name in names)


def _only(step: ConcernStepKind, column: str) -> str:
    return f"(step = '{step}') = ({column} is not null)"


class Concern(Base):
    """Written by `receive_concern` alone (doors/concerns.sql); nobody changes a word of it. Of an anonymous notifier
    nothing is kept. `unit_id`: where the child was noticed, if that is known. `receiver_id`: whose it is, by
    `pass_on_concern` alone; nobody's while no family department has anybody. `assess_red_at`: from when
    on the assessment of danger presses. The last moments are fixed as the clocks were when it came. `taken_out_at`:
    since when its words are no longer here, nor a citizen's name, by `take_out_concern` alone; `digest`: what the same
    again is known by then."""

    __tablename__ = "concerns"
    __table_args__ = (
        CheckConstraint(f"source in ({_list(ConcernSource)})", name="source"),
        # As in consultations: what a worry can be about.
        CheckConstraint("area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')", name="area"),
        CheckConstraint(f"parents_told in ({_list(ParentsTold)})", name="parents_told"),
        CheckConstraint(
            "num_nonnulls(person_id, employment_id) = case source when 'professional' then 2 else 0 end",
            name="who_is_known",
        ),
        # The duty is personal: whoever notifies by work has a name (barnets lov § 133).
        CheckConstraint("not anonymous or source = 'citizen'", name="by_work_with_a_name"),
        CheckConstraint(
            r"case when anonymous then notifier_name || notifier_title || notifier_contact = '' "
            r"else notifier_name ~ '\S' end",
            name="an_anonymous_notifier_is_nobody",
        ),
        CheckConstraint(
            r"case when taken_out_at is null then words ~ '\S' else child_name || child_details || words "
            r"|| child_words || parents_words || relation || notifier_contact = '' and area = 'other' "
            r"and parents_told = 'unknown' and anonymous = (source = 'citizen') end",
            name="words_or_taken_out",
        ),
        CheckConstraint("(taken_out_at is null) = (digest is null)", name="taken_out_and_known_again"),
        CheckConstraint("receiver_id <> employment_id", name="somebody_else"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source: Mapped[str]
    anonymous: Mapped[bool] = mapped_column(server_default="false")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    employment_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"), index=True)
    notifier_name: Mapped[str] = mapped_column(server_default="")
    notifier_title: Mapped[str] = mapped_column(server_default="")
    notifier_contact: Mapped[str] = mapped_column(server_default="")
    relation: Mapped[str] = mapped_column(server_default="")
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    child_name: Mapped[str] = mapped_column(server_default="")
    child_details: Mapped[str] = mapped_column(server_default="")
    area: Mapped[str]
    words: Mapped[str]
    child_words: Mapped[str] = mapped_column(server_default="")
    parents_told: Mapped[str]
    parents_words: Mapped[str] = mapped_column(server_default="")
    received_at: Mapped[datetime]
    assess_red_at: Mapped[datetime]
    assess_due_at: Mapped[datetime]
    receipt_due_on: Mapped[date]
    settle_due_on: Mapped[date]
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"), index=True)
    taken_out_at: Mapped[datetime | None]
    digest: Mapped[bytes | None]


class ConcernStep(Base):
    """What was done with it, by whom, and why. Insert-only, but that its words are taken out with the notification's:
    who and when stay. The names are as they were then.

    `thread_id`, `stage_id`: the step of the case that it became. `nameless_why`: why the family is not told who
    notified. `silent_why`: the special reason why the notifier is not told what came of it (barnets lov § 138)."""

    __tablename__ = "concern_steps"
    __table_args__ = (
        ForeignKeyConstraint(
            ["thread_id", "stage_id"], ["stages.thread_id", "stages.id"], name="fk_concern_steps_stage"
        ),
        CheckConstraint(f"step in ({_list(ConcernStepKind)})", name="step"),
        CheckConstraint(
            f"{_only(ConcernStepKind.settled, 'outcome')} and outcome in ({_list(ConcernOutcome)})", name="outcome"
        ),
        CheckConstraint(f"{_only(ConcernStepKind.receipted, 'way')} and way in ({_list(ReceiptWay)})", name="way"),
        CheckConstraint(_only(ConcernStepKind.passed_on, "to_id"), name="to_whom"),
        CheckConstraint(
            r"case when taken_out_at is null then step in ('passed_on', 'receipted') or words ~ '\S' "
            r"else step in ('danger_assessed', 'passed_on') and words = '' end",
            name="says_why",
        ),
        CheckConstraint(
            "nameless_why || silent_why = '' or (step = 'settled' and outcome <> 'elsewhere')", name="says_no_more"
        ),
        CheckConstraint(
            "(outcome is not distinct from 'case') = (thread_id is not null) and "
            "(thread_id is null) = (stage_id is null)",
            name="which_case",
        ),
        # Each is done once; it may be passed on again and again.
        Index("uq_concern_steps_once", "concern_id", "step", unique=True, postgresql_where=text("step <> 'passed_on'")),
    )

    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concerns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str]
    title: Mapped[str]
    step: Mapped[str]
    done_at: Mapped[datetime] = mapped_column(server_default=func.now())
    words: Mapped[str] = mapped_column(server_default="")
    way: Mapped[str | None]
    outcome: Mapped[str | None]
    to_id: Mapped[UUID | None] = mapped_column(ForeignKey("employments.id"))
    to_name: Mapped[str] = mapped_column(server_default="")
    to_title: Mapped[str] = mapped_column(server_default="")
    thread_id: Mapped[UUID | None]
    stage_id: Mapped[UUID | None]
    nameless_why: Mapped[str] = mapped_column(server_default="")
    silent_why: Mapped[str] = mapped_column(server_default="")
    taken_out_at: Mapped[datetime | None]
