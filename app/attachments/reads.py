"""Files of a thread. Whose history begins after one is told nothing of it; one that waits is its sharer's alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.attachments.models import Attachment, State
from app.errors import Conflict, NotFound

ATTACHMENTS = text("""
    select a.id, a.seq, a.added_at as at, a.state, a.name, a.caption, a.media, a.size, a.width, a.height, a.thumbnail,
           jsonb_build_object('membership', m.id, 'name', m.name, 'capacity', m.capacity, 'role', m.role) as author,
           :may and a.person_id = :person and a.state in ('ready', 'waiting') as may_withdraw
      from attachments a join events e on e.thread_id = a.thread_id and e.seq = a.seq
      join memberships m on m.id = e.actor_id
     where a.thread_id = :thread and a.seq > :history and (cast(:ids as uuid[]) is null or a.id = any(:ids))
     order by a.seq desc
""")


async def attachments(db: AsyncSession, member: Member, ids: Sequence[UUID] | None = None) -> list[dict[str, Any]]:
    """Every file in the member's history (or these of them), the newest first."""
    values = {"thread": member.thread, "history": member.history_from, "person": member.person}
    values |= {"ids": None if ids is None else list(ids), "may": member.may(Act.withdraw_attachment)}
    return [dict(row) for row in (await db.execute(ATTACHMENTS, values)).mappings()]


async def attachment(db: AsyncSession, member: Member, attachment_id: UUID) -> dict[str, Any]:
    found = await attachments(db, member, [attachment_id])
    if not found:
        raise NotFound
    return found[0]


async def stored(db: AsyncSession, member: Member, attachment_id: UUID) -> Attachment:
    """One whose bytes may be read. NotFound: it is not there (any more); Conflict file_waiting: not yet."""
    found = await db.get(Attachment, (member.thread, attachment_id))
    if found is None or found.seq <= member.history_from:
        raise NotFound
    if found.state == State.waiting:
        raise Conflict("file_waiting")
    if found.state != State.ready:
        raise NotFound
    return found


async def with_thumbnail(db: AsyncSession, member: Member, attachment_id: UUID) -> Attachment:
    found = await stored(db, member, attachment_id)
    if not found.thumbnail:
        raise NotFound
    return found


async def shared_bytes(db: AsyncSession, member: Member) -> int:
    """How much this person has lying in this thread. Counted per person: a sum of all would tell of the others."""
    mine = select(func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.thread_id == member.thread, Attachment.person_id == member.person, Attachment.key.is_not(None)
    )
    return int((await db.execute(mine)).scalar_one())
