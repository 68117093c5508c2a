"""What a member reads of a thread. Row level security decides what exists; the membership is joined for speed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, GUESTS, MAY, Act, Role
from app.access.models import IN_FORCE, Membership
from app.attachments.reads import attachments
from app.cases.models import Case
from app.dates import end_of
from app.errors import NotFound
from app.invitations.models import Invitation
from app.invitations.reads import open_invitations
from app.journal import Kind, lines, visible
from app.notes.reads import notes_by_id
from app.threads.above import above
from app.threads.models import Closure, Message, ReadMark, Thread

# How the doors write down that a place ended by a day, an hour or a consent (doors/worker.sql, consents.sql).
ENDED_BY_ITSELF = ("consent", "expired")


async def thread_page(db: AsyncSession, member: Member) -> dict[str, Any]:
    """Everything around a thread's lines: who is in it, what I may do, what waits.

    The circle is read before the people: should it change in between, sending is refused rather than misnamed.
    """
    thread, child_name, closure, closed_by, read_seq = (
        await db.execute(
            select(Thread, Case.child_name, Closure, Membership.name, ReadMark.seq)
            .join(Case, Case.id == Thread.case_id)
            .outerjoin(Closure, (Closure.thread_id == Thread.id) & Closure.reopened_at.is_(None))
            .outerjoin(Membership, Membership.id == Closure.closed_by)
            .outerjoin(ReadMark, (ReadMark.thread_id == Thread.id) & (ReadMark.person_id == member.person))
            .where(Thread.id == member.thread)
        )
    ).one()
    return {
        "id": thread.id,
        "case": thread.case_id,
        "child_name": child_name,
        "kind": thread.kind,
        "purpose": thread.purpose,
        "opened_at": thread.opened_at,
        "closed": closure and {"at": closure.closed_at, "by": closed_by, "reason": closure.reason},
        "seq": thread.last_seq,
        "circle": thread.circle_seq,
        "read_seq": read_seq or 0,
        "may": member.may_list(),
        "me": {"membership": member.id, "role": member.role, "capacity": member.capacity},
        "people": [_person(place, invitation, member) for place, invitation in await circle(db, member)],
        "invitations": await open_invitations(db, member),
    } | await above(db, member)


def _person(place: Membership, invitation: UUID | None, member: Member) -> dict[str, Any]:
    is_me = place.id == member.id
    ended_at = _over_since(place)
    running = ended_at is None
    may_end = member.may(Act.leave_thread) if is_me else member.may(Act.end_membership) and Role(place.role) in GUESTS
    return {
        "membership": place.id,
        "name": place.name,
        "capacity": place.capacity,
        "role": place.role,
        "since": place.starts_at,
        "until": place.ends_on,
        "ended_at": ended_at,
        "end_reason": place.end_reason if place.end_reason not in ENDED_BY_ITSELF else None,
        "is_me": is_me,
        "paused_at": place.paused_at if running else None,
        "may_end": running and may_end,
        "may_pause": running and may_pause(member, place),
        "may_prolong": running and not place.paused_at and bool(invitation) and member.may(Act.agree_to_invitation),
        "invitation": invitation,
        "history": place.history_from == 0,
    }


def _over_since(place: Membership) -> datetime | None:
    """Ended, or its last day or hour has passed: nobody is shown as a reader for the hour until that is recorded."""
    over = (place.ended_at, place.ends_at, end_of(place.ends_on) if place.ends_on else None)
    return min((moment for moment in over if moment and moment <= datetime.now(UTC)), default=None)


async def circle(db: AsyncSession, member: Member) -> list[tuple[Membership, UUID | None]]:
    """Who is in the thread now, oldest first; then those who left while this member could read, for their entries.
    Beside each place, the invitation that it came of."""
    mine = select(Membership.starts_at).where(Membership.id == member.id).scalar_subquery()
    seen_by_me = true() if member.history_from == 0 else func.coalesce(Membership.ended_at, Membership.ends_on) >= mine
    paused = and_(Membership.paused_at.is_not(None), Membership.ended_at.is_(None))
    places = await db.execute(
        select(Membership, Invitation.id)
        .outerjoin(Invitation, Invitation.place_id == Membership.id)
        .where(Membership.thread_id == member.thread, or_(IN_FORCE, paused, seen_by_me))
        .order_by(IN_FORCE.desc(), Membership.starts_at, Membership.name)
    )
    return [(place, invitation) for place, invitation in places]


def may_pause(member: Member, place: Membership) -> bool:
    """A guest's place; a child's by the caseworker, when somebody else may be using its login."""
    theirs = GUESTS | ({Role.child, Role.young_person} if member.role is Role.caseworker else set())
    return member.may(Act.pause_membership) and Role(place.role) in theirs


async def place_in_thread(db: AsyncSession, member: Member, membership: UUID, *, lock: bool = False) -> Membership:
    """A place in force in the member's thread, or paused; NotFound for any other."""
    query = select(Membership).where(
        Membership.id == membership,
        Membership.thread_id == member.thread,
        or_(IN_FORCE, and_(Membership.ended_at.is_(None), Membership.paused_at.is_not(None))),
    )
    place = await db.scalar(query.with_for_update(key_share=True) if lock else query)
    if place is None:
        raise NotFound
    return place


async def lock_places(db: AsyncSession, member: Member) -> None:
    """Every place in the thread, in order: for whoever ends several of them."""
    query = select(Membership.id).where(Membership.thread_id == member.thread, Membership.ended_at.is_(None))
    await db.execute(query.order_by(Membership.id).with_for_update(key_share=True))


async def held(db: AsyncSession, places: list[Membership]) -> bool:
    """Hold these places until the transaction is over; False when one of them has ended. Whoever ends them waits, and
    then ends what was made of them, too."""
    query = select(Membership.id).where(Membership.id.in_([place.id for place in places]), IN_FORCE)
    kept = await db.scalars(query.order_by(Membership.id).with_for_update(read=True))
    return len(kept.all()) == len(places)


async def is_child_here(db: AsyncSession, member: Member, membership: UUID) -> bool:
    """Whether this is the place of a child in the member's thread; it may be waiting, or frozen."""
    place = select(Membership.id).where(
        Membership.id == membership,
        Membership.thread_id == member.thread,
        Membership.role == Role.child,
        Membership.ended_at.is_(None),
    )
    return await db.scalar(place) is not None


async def check_words_of(db: AsyncSession, member: Member, membership: UUID | None) -> None:
    """Words are one's own, or a child's, written down by who may do that. NotFound: no child has that place."""
    if membership is None:
        return
    member.must(Act.write_down_words)
    if not await is_child_here(db, member, membership):
        raise NotFound


async def may_own(db: AsyncSession, member: Member, membership: UUID) -> bool:
    """Whether something to do can be this place's: somebody's in the member's thread, or a child's who waits there."""
    place = select(Membership.id).where(
        Membership.id == membership,
        Membership.thread_id == member.thread,
        or_(IN_FORCE, and_(Membership.role == Role.child, Membership.ended_at.is_(None))),
        Membership.role.not_in([role for role in Role if Act.do_action not in MAY[role]]),
    )
    return await db.scalar(place) is not None


async def acting_in(db: AsyncSession, member: Member, membership: UUID | None) -> Member:
    """The member in the capacity of another own place of the case; NotFound when it is not that."""
    if membership is None or membership == member.id:
        return member
    place = await db.scalar(
        select(Membership).where(
            Membership.id == membership,
            Membership.case_id == member.case,
            Membership.person_id == member.person,
            IN_FORCE,
        )
    )
    if place is None:
        raise NotFound
    return replace(
        member,
        id=place.id,
        thread=place.thread_id,
        role=Role(place.role),
        name=place.name,
        capacity=place.capacity,
        history_from=place.history_from,
    )


async def others_of_family(db: AsyncSession, place: Membership) -> bool:
    """Whether somebody of the family stays when this place ends."""
    others = select(Membership.id).where(
        Membership.thread_id == place.thread_id,
        Membership.id != place.id,
        Membership.role.in_(FAMILY),
        IN_FORCE,
    )
    return await db.scalar(others.limit(1)) is not None


async def co_members(db: AsyncSession, member: Member) -> list[Membership]:
    """Every place in force in a thread of the case that this member is in, oldest first: somebody may have several,
    each in its own capacity. Somebody on duty came for one thread, and is taken to no other."""
    places = await db.scalars(
        select(Membership)
        .where(Membership.case_id == member.case, Membership.role != Role.on_duty, IN_FORCE)
        .order_by(Membership.starts_at, Membership.name)
    )
    return list(places)


async def message(db: AsyncSession, member: Member, message_id: UUID) -> Message | None:
    return await db.get(Message, (member.thread, message_id))


async def open_closure(db: AsyncSession, member: Member) -> Closure | None:
    found: Closure | None = await db.scalar(
        select(Closure).where(Closure.thread_id == member.thread, Closure.reopened_at.is_(None))
    )
    return found


async def page_of_lines(db: AsyncSession, member: Member, before: int | None, limit: int) -> dict[str, Any]:
    """The newest lines before a seq, with the notes and files they point at. `seq` is how far the thread has come."""
    last = (await db.execute(text("select last_seq from threads where id = :id"), {"id": member.thread})).scalar_one()
    entries, earlier = await lines(db, member.thread, before, limit)
    notes, files = (
        [UUID(entry["id"]) for entry in entries if entry["kind"] == kind]
        for kind in (Kind.note_published, Kind.attachment_added)
    )
    return {
        "entries": [visible(entry, member.history_from) for entry in entries],
        "notes": await notes_by_id(db, member, notes) if notes else [],
        "attachments": await attachments(db, member, files) if files else [],
        "earlier": earlier,
        "seq": last,
    }
