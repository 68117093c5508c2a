"""Sharing a file with everybody in a thread, and taking it back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.attachments.models import Attachment, State
from app.attachments.shapes import NewAttachment, Received
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.files.kinds import Media
from app.files.names import clean_name
from app.jobs import ERASE_FILE, SCAN_FILE, enqueue
from app.journal import Kind, record

UNNAMED = "fil"


async def add_attachment(
    db: AsyncSession, member: Member, new: NewAttachment, received: Received, *, scanned: bool
) -> UUID:
    """Share once: the same id, bytes and words again is the same file. With a scanner it is held until that has looked
    at it."""
    member.must(Act.add_attachment)
    name = clean_name(new.name, Media(received.cleaned.media), UNNAMED)
    if (known := await db.get(Attachment, (member.thread, new.id))) is not None:
        same = (known.digest, known.name, known.caption) == (received.digest, name, new.caption)
        if known.person_id != member.person or not (same or known.key is None):
            raise Invalid("id_reused")
        return new.id
    seq = await record(db, member, Kind.attachment_added, new.id, circle=new.circle)
    db.add(_attachment(member, new, received, name, seq, State.waiting if scanned else State.ready))
    await db.flush()
    received.taken = True
    if scanned:
        await enqueue(db, SCAN_FILE, thread=member.thread, attachment=new.id)
    return new.id


def _attachment(
    member: Member, new: NewAttachment, received: Received, name: str, seq: int, state: State
) -> Attachment:
    cleaned = received.cleaned
    return Attachment(
        thread_id=member.thread,
        id=new.id,
        seq=seq,
        person_id=member.person,
        state=state,
        key=received.key,
        name=name,
        caption=new.caption,
        digest=received.digest,
        media=cleaned.media,
        size=received.size,
        width=cleaned.width,
        height=cleaned.height,
        thumbnail=cleaned.thumbnail is not None,
    )


async def withdraw_attachment(db: AsyncSession, member: Member, attachment_id: UUID) -> UUID:
    """Bytes, name and words are erased: what nobody in the thread can read is not kept. That there was one stays."""
    member.must(Act.withdraw_attachment)
    found = await db.get(Attachment, (member.thread, attachment_id))
    if found is None or found.seq <= member.history_from:
        raise NotFound
    if found.person_id != member.person:
        raise NotAllowed
    if found.key is None:
        raise Conflict
    await record(db, member, Kind.attachment_withdrawn, attachment_id, about=found.seq)
    await db.refresh(found)
    if found.key is None:  # asked once more under the thread's lock: somebody was quicker
        raise Conflict
    # Queued in this transaction: the bytes go when the row has let go of them, and not otherwise.
    await enqueue(db, ERASE_FILE, key=found.key)
    found.state = State.withdrawn
    found.key = found.name = found.caption = found.digest = None
    await db.flush()
    return attachment_id
