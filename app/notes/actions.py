"""Publishing a short note into a thread, correcting it, and what is answered to it. Each: must, change, record."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.dates import today
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.journal import Kind, record
from app.notes import reads
from app.notes.models import Note, NoteVersion, Response, ResponseAnswer, ResponseKind
from app.notes.shapes import NewAnswer, NewNote, NewResponse, NoteCorrection, NoteWords


async def publish_note(db: AsyncSession, member: Member, new: NewNote) -> UUID:
    """Publish once: the same id and words again is the same note."""
    member.must(Act.publish_note)
    if (known := await db.get(Note, (member.thread, new.id))) is not None:
        first = await reads.version(db, member, new.id, 1)
        same = (known.person_id, known.template) == (member.person, new.template)
        if not same or first is None or not _says(first, new):
            raise Invalid("id_reused")
        return new.id
    await _check_heard(db, member, new)
    seq = await record(db, member, Kind.note_published, new.id, circle=new.circle)
    db.add(Note(thread_id=member.thread, id=new.id, seq=seq, person_id=member.person, template=new.template))
    await db.flush()
    await _write(db, member, new.id, 1, seq, new)
    return new.id


async def correct_note(db: AsyncSession, member: Member, note_id: UUID, new: NoteCorrection) -> None:
    """A new version; what stood before stays beside it. The same again is the same version.

    Conflict note_changed: it has been corrected meanwhile. NotAllowed: somebody else wrote it.
    """
    member.must(Act.correct_note)
    note = await _note(db, member, note_id)
    if note.person_id != member.person:
        raise NotAllowed
    newest = await reads.newest_version(db, member, note_id)
    if newest.version == new.version + 1 and _says(newest, new):
        return
    if newest.version != new.version:
        raise Conflict("note_changed")
    await _check_heard(db, member, new)
    seq = await record(db, member, Kind.note_corrected, note_id, about=note.seq, circle=new.circle)
    await _write(db, member, note_id, new.version + 1, seq, new)


async def respond_to_note(db: AsyncSession, member: Member, note_id: UUID, new: NewResponse, days: int) -> UUID:
    """Say that it is right, not right, or that something is missing. Whoever wrote it answers within `days` days."""
    member.must(Act.respond_to_note)
    note = await _note(db, member, note_id)
    if (known := await db.get(Response, (member.thread, new.id))) is not None:
        said = (known.person_id, known.note_id, known.kind, known.box, known.words)
        if said != (member.person, note_id, new.kind, new.box, new.words):
            raise Invalid("id_reused")
        return new.id
    if await reads.version(db, member, note_id, new.version) is None:
        raise NotFound
    seq = await record(db, member, Kind.note_responded, new.id, about=note.seq, circle=new.circle)
    due_on = None if new.kind is ResponseKind.agree else today() + timedelta(days=days)
    said_now = new.model_dump(exclude={"circle"}) | {"seq": seq, "due_on": due_on}
    db.add(Response(thread_id=member.thread, note_id=note_id, person_id=member.person, **said_now))
    await db.flush()
    return new.id


async def answer_response(db: AsyncSession, member: Member, response_id: UUID, new: NewAnswer) -> UUID:
    """Answer once; answers the note. NotAllowed: it is not mine to answer. Conflict: it has been answered."""
    member.must(Act.answer_response)
    response = await db.get(Response, (member.thread, response_id))
    if response is None:
        raise NotFound
    note = await _note(db, member, response.note_id)
    if response.due_on is None or not await reads.is_mine_to_answer(db, member, note):
        raise NotAllowed
    if (known := await db.get(ResponseAnswer, (member.thread, response_id))) is not None:
        if (known.person_id, known.words) != (member.person, new.words):
            raise Conflict
        return note.id
    seq = await record(db, member, Kind.note_answered, response_id, about=note.seq, circle=new.circle)
    answer = {"response_id": response_id, "seq": seq, "person_id": member.person, "words": new.words}
    db.add(ResponseAnswer(thread_id=member.thread, **answer))
    await db.flush()
    return note.id


async def _note(db: AsyncSession, member: Member, note_id: UUID) -> Note:
    note = await db.get(Note, (member.thread, note_id))
    if note is None or note.seq <= member.history_from:
        raise NotFound
    return note


async def _check_heard(db: AsyncSession, member: Member, new: NoteWords) -> None:
    if not await reads.are_adults_here(db, member, new.heard):
        raise NotFound


async def _write(db: AsyncSession, member: Member, note_id: UUID, version: int, seq: int, new: NoteWords) -> None:
    words = {key: getattr(new, key) for key in reads.WORDS}
    db.add(NoteVersion(thread_id=member.thread, note_id=note_id, version=version, seq=seq, **words))
    await db.flush()


def _says(version: NoteVersion, new: NoteWords) -> bool:
    return all(getattr(version, key) == getattr(new, key) for key in reads.WORDS)
