"""What somebody is writing: nobody else's until it is sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Form(StrEnum):
    """Which form is being filled in."""

    action = "action"
    answer = "answer"
    callback = "callback"
    closure = "closure"
    contact = "contact"
    correction = "correction"
    evaluation = "evaluation"
    evaluation_day = "evaluation_day"
    goal = "goal"
    hand_over = "hand_over"
    invitation = "invitation"
    joint_closure = "joint_closure"
    joint_part = "joint_part"
    joint_receipt = "joint_receipt"
    joint_sending = "joint_sending"
    message = "message"
    new_case = "new_case"
    note = "note"
    note_correction = "note_correction"
    plan_declined = "plan_declined"
    plan_dropped = "plan_dropped"
    plan_handed = "plan_handed"
    plan_moved = "plan_moved"
    plan_reached = "plan_reached"
    plan_reworded = "plan_reworded"
    response = "response"
    scale = "scale"
    signature = "signature"
    stage = "stage"
    summary = "summary"
    wellbeing = "wellbeing"


class Draft(Base):
    """One for each person, form, thread, and what the form is about: the thread, or something in it; the person, for
    what lies in no thread yet. `text` is whatever the form made of its fields.

    `id`: what it becomes when it is sent (a message, a note), or what it is about, if it becomes nothing of its own.
    Whatever is recorded under this id takes the draft away with it (record_event in doors/journal.sql): what is sent is
    no draft any more, anywhere. `writer`: the tab that kept it last. `version`: when, in milliseconds; it never goes
    back, also when the draft before was dropped.

    The thread is part of the key: ids are made by clients, so two threads may hold the same one, and words meant for
    one circle must never turn up in another."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("person_id", "form", "thread_id", "about", postgresql_nulls_not_distinct=True),)
    __mapper_args__ = {"primary_key": ["person_id", "form", "thread_id", "about"]}  # noqa: RUF012

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    form: Mapped[str]
    about: Mapped[UUID]
    thread_id: Mapped[UUID | None] = mapped_column(ForeignKey("threads.id"), index=True)
    id: Mapped[UUID]
    writer: Mapped[UUID]
    text: Mapped[str]
    version: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime] = mapped_column(server_default=func.now())
