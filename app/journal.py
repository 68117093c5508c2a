"""What happened: the audit log and the sync feed are the same rows. Never any prose.

An event is a fact with a pointer. What people see comes from one read, `changes`: a thread's new entries together
with who is a member at this instant. A GET and a live frame are the same bytes from that same read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson
from psycopg import Error as DriverError
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.access.door import Member
from app.db import Base
from app.errors import Conflict, Invalid, NotFound, Problem

LIMIT = 200  # entries in one answer or frame
# How a place (an alias) stands beside what somebody wrote, in a statement: the shape Author.
AUTHOR = "jsonb_build_object('membership', {0}.id, 'name', {0}.name, 'capacity', {0}.capacity, 'role', {0}.role)"

Entry = dict[str, Any]


class Kind(StrEnum):
    action_changed = "action_changed"
    action_planned = "action_planned"
    attachment_added = "attachment_added"
    attachment_checked = "attachment_checked"
    attachment_withdrawn = "attachment_withdrawn"
    ball_passed = "ball_passed"
    callback_answered = "callback_answered"
    callback_asked = "callback_asked"
    callback_tried = "callback_tried"
    callback_withdrawn = "callback_withdrawn"
    child_turned_10 = "child_turned_10"
    child_turned_15 = "child_turned_15"
    consent_given = "consent_given"
    consent_withdrawn = "consent_withdrawn"
    contact_logged = "contact_logged"
    contact_withdrawn = "contact_withdrawn"
    custody_changed = "custody_changed"
    deputy_named = "deputy_named"
    evaluation_given = "evaluation_given"
    evaluation_planned = "evaluation_planned"
    goal_changed = "goal_changed"
    goal_set = "goal_set"
    hand_over_accepted = "hand_over_accepted"
    hand_over_declined = "hand_over_declined"
    hand_over_proposed = "hand_over_proposed"
    hand_over_withdrawn = "hand_over_withdrawn"
    invitation_agreed = "invitation_agreed"
    invitation_bounced = "invitation_bounced"
    invitation_claimed = "invitation_claimed"
    invitation_declined = "invitation_declined"
    invitation_opened = "invitation_opened"
    invitation_proposed = "invitation_proposed"
    invitation_refused = "invitation_refused"
    invitation_renewed = "invitation_renewed"
    invitation_sent = "invitation_sent"
    joint_concern_begun = "joint_concern_begun"
    joint_concern_given_up = "joint_concern_given_up"
    joint_concern_received = "joint_concern_received"
    joint_concern_sent = "joint_concern_sent"
    joint_concern_written = "joint_concern_written"
    member_joined = "member_joined"
    member_left = "member_left"
    member_paused = "member_paused"
    member_prolonged = "member_prolonged"
    member_resumed = "member_resumed"
    message_corrected = "message_corrected"
    message_posted = "message_posted"
    message_withdrawn = "message_withdrawn"
    note_answered = "note_answered"
    note_corrected = "note_corrected"
    note_published = "note_published"
    note_responded = "note_responded"
    scale_given = "scale_given"
    stage_moved = "stage_moved"
    stage_signed = "stage_signed"
    summary_confirmed = "summary_confirmed"
    summary_proposed = "summary_proposed"
    summary_rejected = "summary_rejected"
    thread_closed = "thread_closed"
    thread_opened = "thread_opened"
    thread_reopened = "thread_reopened"
    wellbeing_rated = "wellbeing_rated"


# These only tell the page to refresh something that stands there already; every other kind stands as a line.
QUIET = frozenset(
    {
        Kind.attachment_checked,
        Kind.attachment_withdrawn,
        Kind.consent_given,
        Kind.consent_withdrawn,
        Kind.contact_withdrawn,
        Kind.invitation_agreed,
        Kind.invitation_bounced,
        Kind.invitation_claimed,
        Kind.invitation_declined,
        Kind.invitation_opened,
        Kind.invitation_refused,
        Kind.invitation_renewed,
        Kind.invitation_sent,
        Kind.message_corrected,
        Kind.message_withdrawn,
    }
)
LINES = tuple(kind for kind in Kind if kind not in QUIET)


class Event(Base):
    """`about` is the seq of the first event on the same object. `actor_id` is empty for a guest who is not in yet."""

    __tablename__ = "events"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "thread_id"], ["threads.case_id", "threads.id"]),
        Index("ix_events_object_id", "object_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[UUID]
    kind: Mapped[str]
    object_id: Mapped[UUID]
    about: Mapped[int] = mapped_column(BigInteger)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


RECORD = text("select record_event(:thread, :member, :kind, :object, :about, :circle)")
REFUSALS: dict[str, Problem] = {
    "RD404": NotFound(),
    "RD409": Conflict("circle_changed"),
    "RD410": Conflict(),
    "RD422": Invalid("id_reused"),
    "RD423": Conflict("thread_closed"),
}


@contextmanager
def refusals() -> Iterator[None]:
    """What the database refuses by a code of ours becomes the problem of that name."""
    try:
        yield
    except (DBAPIError, DriverError) as error:
        if refusal := REFUSALS.get(getattr(getattr(error, "orig", error), "sqlstate", None) or ""):
            raise type(refusal)(refusal.code) from None
        raise


async def record(
    db: AsyncSession,
    member: Member,
    kind: Kind,
    object_id: UUID,
    *,
    about: int | None = None,
    circle: int | None = None,
) -> int:
    """Append one event in this transaction and ring the bell; answers its seq in the thread (gapless, from 1).

    The member's place is locked while it is written: nothing is recorded after the place has ended (NotFound).
    With `circle` given, the thread's circle must still be that one (Conflict circle_changed).
    """
    values = {
        "thread": member.thread,
        "member": member.id,
        "kind": kind.value,
        "object": object_id,
        "about": about,
        "circle": circle,
    }
    with refusals():
        seq: int = (await db.execute(RECORD, values)).scalar_one()
    return seq


@dataclass(frozen=True)
class Changes:
    """What `changes` answers. `members` maps each person in force to where that person's history begins."""

    thread: UUID
    seq: int
    entries: list[Entry]
    members: dict[str, int]

    def frame(self, history_from: int, after: int = 0) -> bytes:
        """The bytes that a member with this history gets, by GET or by socket."""
        entries = [visible(entry, history_from) for entry in self.entries if entry["seq"] > max(after, history_from)]
        return orjson.dumps({"thread": str(self.thread), "entries": entries, "seq": self.seq})


def visible(entry: Entry, history_from: int) -> Entry:
    """An entry about something from before the member's history says that it happened, and nothing else."""
    if entry["about"] > history_from:
        return entry
    return {key: value for key, value in entry.items() if key not in TEXT_KEYS}


TEXT_KEYS = ("text", "corrected_at", "withdrawn_at", "words_of", "earlier_texts")
CHANGES_SQL = "select seq, entries, members from changes({}, {}, {})"


async def changes(db: AsyncSession, member: Member, after: int) -> bytes:
    """The frame of what is new to this member after seq `after`; at most LIMIT entries."""
    start = max(after, member.history_from)
    statement = text(CHANGES_SQL.format(":thread", ":after", ":limit"))
    row = (await db.execute(statement, {"thread": member.thread, "after": start, "limit": LIMIT})).one_or_none()
    if row is None or str(member.person) not in row.members:
        raise NotFound
    return Changes(member.thread, row.seq, row.entries, row.members).frame(member.history_from)


async def entry_at(db: AsyncSession, thread: UUID, seq: int) -> Entry:
    statement = text("select body from entries where thread_id = :thread and seq = :seq")
    entry: Entry = (await db.execute(statement, {"thread": thread, "seq": seq})).scalar_one()
    return entry


async def lines(db: AsyncSession, thread: UUID, before: int | None, limit: int) -> tuple[list[Entry], bool]:
    """The newest `limit` lines before seq `before`, oldest first, and whether there are earlier ones."""
    statement = text(
        "select body from entries where thread_id = :thread and kind = any(:kinds)"
        " and (cast(:before as bigint) is null or seq < :before) order by seq desc limit :more"
    )
    values = {"thread": thread, "kinds": [kind.value for kind in LINES], "before": before, "more": limit + 1}
    rows = list((await db.execute(statement, values)).scalars())
    return rows[:limit][::-1], len(rows) > limit


async def first_seq(db: AsyncSession, thread: UUID, object_id: UUID) -> int | None:
    """Where the thread first speaks of this object."""
    return (
        await db.execute(select(func.min(Event.seq)).where(Event.thread_id == thread, Event.object_id == object_id))
    ).scalar_one()
