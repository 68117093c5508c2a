"""Keeping a contact card; asking for a call, ringing; writing down that something took place."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.clocks import Clock, due
from app.contacts import reads
from app.contacts.models import Callback, CallbackStep, CallStep, Contact, ContactCard
from app.contacts.shapes import NewCall, NewCallback, NewCard, NewContact
from app.dates import now
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.journal import Kind, record
from app.people.reads import running_employment

LONGEST_AGO = timedelta(days=30)
WRONG_CLOCK = timedelta(minutes=5)  # a phone's clock may be fast


async def keep_card(db: AsyncSession, person: UUID, new: NewCard) -> None:
    """One's own, for work that one does today. NotFound: no such work."""
    if await running_employment(db, person, new.employment) is None:
        raise NotFound
    card = await db.get(ContactCard, new.employment)
    if card is None:
        card = ContactCard(employment_id=new.employment)
        db.add(card)
    card.phone, card.hours, card.answers_within = new.phone, new.hours, new.answers_within
    card.written_at = datetime.now(UTC)
    await db.flush()


async def ask_for_callback(db: AsyncSession, member: Member, new: NewCallback) -> UUID:
    """Until when the caseworker rings is promised with it. Conflict nobody_to_ring: there is none in the thread."""
    member.must(Act.ask_for_callback)
    if (known := await db.get(Callback, (member.thread, new.id))) is not None:
        if (known.person_id, known.words, known.suits) != (member.person, new.words, new.suits):
            raise Invalid("id_reused")
        return new.id
    if not await reads.is_anybody_to_ring(db, member):
        raise Conflict("nobody_to_ring")
    seq = await record(db, member, Kind.callback_asked, new.id, circle=new.circle)
    said = {"words": new.words, "suits": new.suits, "due_on": due(Clock.callback, now()).day}
    db.add(Callback(thread_id=member.thread, id=new.id, seq=seq, person_id=member.person, **said))
    await db.flush()
    return new.id


async def answer_callback(db: AsyncSession, member: Member, callback_id: UUID, new: NewCall) -> None:
    """Somebody rang. Conflict: somebody else has reached the person already, or no call is needed any more."""
    member.must(Act.answer_callback)
    step = CallStep.reached if new.reached else CallStep.tried
    if (known := await db.get(CallbackStep, (member.thread, new.id))) is not None:
        if (known.person_id, known.callback_id, known.step) != (member.person, callback_id, step):
            raise Invalid("id_reused")
        return
    kind = Kind.callback_answered if new.reached else Kind.callback_tried
    about = await _open(db, member, callback_id)
    seq = await record(db, member, kind, callback_id, about=about)
    await _take(db, member, callback_id, seq, step, new.id)


async def withdraw_callback(db: AsyncSession, member: Member, callback_id: UUID) -> None:
    """No longer needed. NotAllowed: somebody else asked. Conflict: it is settled, but by this same word."""
    member.must(Act.withdraw_callback)
    found = await reads.callback(db, member, callback_id)
    if found["person_id"] != member.person:
        raise NotAllowed
    if found["state"] == "withdrawn":
        return
    about = await _open(db, member, callback_id)
    seq = await record(db, member, Kind.callback_withdrawn, callback_id, about=about)
    await _take(db, member, callback_id, seq, CallStep.withdrawn, uuid4())


async def log_contact(db: AsyncSession, member: Member, new: NewContact) -> UUID:
    """A visit, a call, a meeting that took place. Invalid contact_when: it lies ahead, or longer ago than a month."""
    member.must(Act.log_contact)
    if (known := await db.get(Contact, (member.thread, new.id))) is not None:
        same = (known.kind, known.who, known.words) == (new.kind, new.who, new.words)
        when = new.at is None or known.happened_at == new.at
        if known.person_id != member.person or not (known.withdrawn_at or (same and when)):
            raise Invalid("id_reused")
        return new.id
    at = new.at or now()
    if not now() - LONGEST_AGO <= at <= now() + WRONG_CLOCK:
        raise Invalid("contact_when")
    seq = await record(db, member, Kind.contact_logged, new.id, circle=new.circle)
    said = {"kind": new.kind, "happened_at": at, "who": new.who, "words": new.words}
    db.add(Contact(thread_id=member.thread, id=new.id, seq=seq, person_id=member.person, **said))
    await db.flush()
    return new.id


async def withdraw_contact(db: AsyncSession, member: Member, contact_id: UUID) -> None:
    """It stood there by mistake: what was written is erased; that there was one stays. Again is the same."""
    member.must(Act.withdraw_contact)
    found = await db.get(Contact, (member.thread, contact_id))
    if found is None or found.seq <= member.history_from:
        raise NotFound
    if found.person_id != member.person:
        raise NotAllowed
    if found.withdrawn_at:
        return
    await record(db, member, Kind.contact_withdrawn, contact_id, about=found.seq)
    found.who = found.words = ""
    found.withdrawn_at = datetime.now(UTC)
    await db.flush()


async def _open(db: AsyncSession, member: Member, callback_id: UUID) -> int:
    """Where the thread speaks of it, if it waits still."""
    found = await reads.callback(db, member, callback_id)
    if found["state"] != "open":
        raise Conflict
    seq: int = found["seq"]
    return seq


async def _take(db: AsyncSession, member: Member, callback_id: UUID, seq: int, step: CallStep, step_id: UUID) -> None:
    """Asked once more under the thread's lock: somebody may have rung, or withdrawn it, meanwhile."""
    await _open(db, member, callback_id)
    taken = {"callback_id": callback_id, "seq": seq, "person_id": member.person, "step": step}
    db.add(CallbackStep(thread_id=member.thread, id=step_id, **taken))
    await db.flush()
