"""What members do in a thread. Each: must, change, record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, GUESTS, Act, Role
from app.access.models import Membership
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.journal import Entry, Kind, entry_at, record, refusals
from app.threads import reads
from app.threads.models import Closure, EarlierText, Message, ReadMark, Thread, ThreadKind

# For so long a correction simply replaces the text; later, what stood before stays visible beside it.
QUIET_CORRECTION = timedelta(minutes=10)
POST = text("select post_message(:thread, :member, :id, :text, :circle, :words_of)")
PAUSE = text("select pause_place(:by, :place, :paused)")


async def open_thread(
    db: AsyncSession,
    member: Member,
    thread_id: UUID | None,
    purpose: str,
    members: list[UUID],
    acting: UUID | None = None,
) -> UUID:
    """A further thread with its own circle: me and the co-members named, each in the capacity that is named with them.
    `acting`: my place whose capacity I act in, when there are several in the case. The same id again: the same thread.
    """
    member = await reads.acting_in(db, member, acting)
    member.must(Act.open_thread)
    if thread_id is not None and (same := await db.get(Thread, thread_id)) is not None:
        if (same.opened_by, same.case_id, same.purpose) != (member.person, member.case, purpose):
            raise Invalid("id_reused")
        return same.id
    places = await _chosen(db, member, members)
    thread = Thread(
        id=thread_id or uuid4(), case_id=member.case, kind=ThreadKind.other, purpose=purpose, opened_by=member.person
    )
    db.add(thread)
    await db.flush()
    copies = [_same_place_in(thread.id, place) for place in places]
    db.add_all(copies)
    await db.flush()
    mine = next(copy.id for copy in copies if copy.person_id == member.person)
    await record(db, replace(member, id=mine, thread=thread.id), Kind.thread_opened, thread.id)
    return thread.id


async def _chosen(db: AsyncSession, member: Member, members: list[UUID]) -> list[Membership]:
    """Me in the place I act in, and everybody else once, in the place that was named first."""
    known = {place.id: place for place in await reads.co_members(db, member)}
    if not known.keys() >= set(members):
        raise NotFound
    chosen = {known[place].person_id: known[place] for place in reversed(members)}
    places = list((chosen | {member.person: known[member.id]}).values())
    if not await reads.held(db, places):
        raise NotFound
    _check_circle(member, {Role(place.role) for place in places})
    return places


def _check_circle(member: Member, roles: set[Role]) -> None:
    """Somebody of the family is in every thread. A guest opens one only with a custody holder in it; the caseworker
    takes guests along only where somebody is who may agree to them; a child is never alone with guests.
    Invalid family_missing."""
    needed = {Role.custody_holder, Role.caseworker}
    if member.role in GUESTS:
        needed = {Role.custody_holder}
    elif member.role is Role.caseworker and roles & GUESTS:
        needed = {Role.custody_holder, Role.young_person}
    if not (roles & FAMILY and roles & needed):
        raise Invalid("family_missing")


def _same_place_in(thread: UUID, place: Membership) -> Membership:
    return Membership(
        id=uuid4(),
        case_id=place.case_id,
        thread_id=thread,
        person_id=place.person_id,
        role=place.role,
        name=place.name,
        capacity=place.capacity,
        employment_id=place.employment_id,
        ends_on=place.ends_on,
        ends_at=place.ends_at,
    )


async def post_message(db: AsyncSession, member: Member, message_id: UUID, words: str, circle: int | None) -> Entry:
    """Post once: the same id and text again answers the same entry, after the rights were asked anew.

    Written and recorded in one statement (post_message in doors/journal.sql): this is what people wait for most often.
    """
    member.must(Act.post_message)
    return await _post(db, member, message_id, words, circle, None)


async def write_down_words(
    db: AsyncSession, member: Member, message_id: UUID, words: str, words_of: UUID, circle: int | None
) -> Entry:
    """What a child said, written down by an adult: it stands as the child's, with the name of who wrote it."""
    member.must(Act.write_down_words)
    if not await reads.is_child_here(db, member, words_of):
        raise NotFound
    return await _post(db, member, message_id, words, circle, words_of)


async def _post(
    db: AsyncSession, member: Member, message_id: UUID, words: str, circle: int | None, words_of: UUID | None
) -> Entry:
    values = {"thread": member.thread, "member": member.id, "id": message_id, "text": words}
    with refusals():
        entry: Entry = (await db.execute(POST, values | {"circle": circle, "words_of": words_of})).scalar_one()
    return entry


async def _own_message(db: AsyncSession, member: Member, message_id: UUID) -> Message:
    message = await reads.message(db, member, message_id)
    if message is None:
        raise NotFound
    if message.person_id != member.person:
        raise NotAllowed
    if message.withdrawn_at:
        raise Conflict("message_withdrawn")
    return message


async def correct_message(db: AsyncSession, member: Member, message_id: UUID, words: str) -> Entry:
    member.must(Act.correct_message)
    message = await _own_message(db, member, message_id)
    seq = await record(db, member, Kind.message_corrected, message_id, about=message.seq)
    now = datetime.now(UTC)
    if now - message.posted_at > QUIET_CORRECTION and message.text is not None:
        db.add(EarlierText(thread_id=member.thread, message_id=message_id, text=message.text, until=now))
    message.text, message.corrected_at = words, now
    await db.flush()
    return await entry_at(db, member.thread, seq)


async def withdraw_message(db: AsyncSession, member: Member, message_id: UUID) -> Entry:
    """The text is erased, earlier versions too: what nobody in the thread can read is not kept. A marker stays."""
    member.must(Act.withdraw_message)
    message = await _own_message(db, member, message_id)
    seq = await record(db, member, Kind.message_withdrawn, message_id, about=message.seq)
    await db.execute(
        delete(EarlierText).where(EarlierText.thread_id == member.thread, EarlierText.message_id == message_id)
    )
    message.text, message.withdrawn_at = None, datetime.now(UTC)
    await db.flush()
    return await entry_at(db, member.thread, seq)


async def close_thread(db: AsyncSession, member: Member, closure_id: UUID | None, reason: str) -> UUID:
    member.must(Act.close_thread)
    closure = Closure(id=closure_id or uuid4(), thread_id=member.thread, reason=reason, closed_by=member.id)
    db.add(closure)
    await db.flush()
    await record(db, member, Kind.thread_closed, closure.id)
    return closure.id


async def reopen_thread(db: AsyncSession, member: Member) -> None:
    member.must(Act.reopen_thread)
    closure = await reads.open_closure(db, member)
    if closure is None:
        raise Conflict
    closure.reopened_by, closure.reopened_at = member.id, datetime.now(UTC)
    await record(db, member, Kind.thread_reopened, closure.id)


async def end_membership(db: AsyncSession, member: Member, membership: UUID, reason: str | None) -> datetime:
    """End a guest's place, or leave. Takes effect everywhere when this transaction commits."""
    # Locked before the thread is, as whoever writes does: the two of them must not wait for each other.
    if member.role in FAMILY and membership == member.id:
        await reads.lock_places(db, member)
    place = await reads.place_in_thread(db, member, membership, lock=True)
    member.must(Act.leave_thread if place.id == member.id else Act.end_membership)
    if place.id != member.id and Role(place.role) not in GUESTS:
        raise Conflict("family_stays") if Role(place.role) in FAMILY else NotAllowed
    if Role(place.role) in FAMILY and not await reads.others_of_family(db, place):
        raise Conflict("family_stays")
    # Recorded first: somebody who leaves can record nothing afterwards.
    await record(db, member, Kind.member_left, place.id)
    now = datetime.now(UTC)
    place.ended_at, place.ended_by, place.end_reason = now, member.id, reason
    await db.flush()
    if Role(place.role) in FAMILY:  # what stood on the consent of somebody who is no longer here
        await db.execute(text("select end_unconsented(:thread)"), {"thread": member.thread})
    return now


async def pause_membership(db: AsyncSession, member: Member, membership: UUID) -> datetime:
    """A guest's place opens nothing until it is resumed; a caseworker also freezes a child's. At once, like an end."""
    member.must(Act.pause_membership)
    paused_at = await _set_paused(db, member, membership, paused=True)
    await record(db, member, Kind.member_paused, membership)
    return paused_at


async def resume_membership(db: AsyncSession, member: Member, membership: UUID) -> None:
    member.must(Act.pause_membership)
    await _set_paused(db, member, membership, paused=False)
    await record(db, member, Kind.member_resumed, membership)


async def _set_paused(db: AsyncSession, member: Member, membership: UUID, *, paused: bool) -> datetime:
    """NotAllowed for a place that is not one's to pause; Conflict when it is so already."""
    place = await reads.place_in_thread(db, member, membership, lock=True)
    if not reads.may_pause(member, place):
        raise NotAllowed
    values = {"by": member.id, "place": place.id, "paused": paused}
    at: datetime | None = (await db.execute(PAUSE, values)).scalar_one()
    if at is None:
        raise Conflict("already_settled")
    return at


async def mark_read(db: AsyncSession, member: Member, seq: int) -> None:
    """How far I have read, never backwards: mine alone, so neither a right nor an event."""
    mark = insert(ReadMark).values(person_id=member.person, thread_id=member.thread, seq=seq)
    await db.execute(
        mark.on_conflict_do_update(
            index_elements=["person_id", "thread_id"], set_={"seq": func.greatest(ReadMark.seq, mark.excluded.seq)}
        )
    )
