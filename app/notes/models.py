"""The short professional note, its versions, and what people answer to it. Nothing here is ever overwritten."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by


class Template(StrEnum):
    """What the note is written after."""

    assessment = "assessment"
    first_conversation = "first_conversation"
    free = "free"
    phone_call = "phone_call"
    visit = "visit"


class ChildView(StrEnum):
    """How much of what the child said stands in the note: the child decides (domain F7)."""

    kept = "kept"  # heard, and what it said is its own
    none = "none"
    own_words = "own_words"
    summary = "summary"


class Box(StrEnum):
    """What in a note a response is about."""

    challenges = "challenges"
    child_view = "child_view"
    proposals = "proposals"
    resources = "resources"
    whole = "whole"


class ResponseKind(StrEnum):
    agree = "agree"
    missing = "missing"
    not_right = "not_right"


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value.value) for value in values)})", name=column)


class Note(Base):
    """That there is a note. What it says stands in its versions."""

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"]),
        UniqueConstraint("thread_id", "seq"),
        _one_of("template", Template),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    template: Mapped[str] = mapped_column(server_default=Template.free)
    published_at: Mapped[datetime] = mapped_column(server_default=func.now())


class NoteVersion(Base):
    """What a note says, from 1 on; the highest counts, the others stay beside it. `heard`: places of the adults whose
    view is in it. `child_view` is empty unless the child lets it be told."""

    __tablename__ = "note_versions"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "note_id"], ["notes.thread_id", "notes.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_note_versions_seq"),
        CheckConstraint(r"resources ~ '\S'", name="resources_not_empty"),
        CheckConstraint(
            r"(child_view_choice in ('own_words', 'summary')) = (child_view ~ '\S')", name="child_view_as_chosen"
        ),
        _one_of("child_view_choice", ChildView),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    challenges: Mapped[str]
    resources: Mapped[str]
    proposals: Mapped[str]
    child_view: Mapped[str] = mapped_column(server_default="")
    child_view_choice: Mapped[str] = mapped_column(server_default=ChildView.none)
    heard: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("challenges", "resources", "proposals", "child_view")


class Response(Base):
    """What somebody of the family says to a note. Whoever wrote the note must answer by `due_on` (the last day, in
    Denmark), unless it is plain agreement. `version`: the one that was read."""

    __tablename__ = "responses"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "note_id", "version"], [
            "note_versions.thread_id", "note_versions.note_id", "note_versions.version"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_responses_seq"),
        Index("ix_responses_note_id", "thread_id", "note_id"),
        _one_of("kind", ResponseKind),
        _one_of("box", Box),
        CheckConstraint("(kind = 'agree') = (due_on is null)", name="due_unless_agreed"),
        CheckConstraint(r"kind = 'agree' or words ~ '\S'", name="words_unless_agreed"),
    )  # fmt: skip

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    note_id: Mapped[UUID]
    version: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    box: Mapped[str]
    words: Mapped[str]
    due_on: Mapped[date | None]
    responded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words")


class ResponseAnswer(Base):
    """The answer to a response: one, by whoever wrote the note or, when its author can no longer, the caseworker."""

    __tablename__ = "response_answers"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "response_id"], ["responses.thread_id", "responses.id"]),
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_response_answers_seq"),
        CheckConstraint(r"words ~ '\S'", name="words_not_empty"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str]
    answered_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words")
