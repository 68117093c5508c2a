"""Proposing where we are now, and the family's word on it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.access.settling import settles
from app.errors import Conflict, Invalid, NotAllowed
from app.journal import Kind, record
from app.summaries import reads
from app.summaries.models import Summary, SummarySettlement


async def propose_summary(db: AsyncSession, member: Member, summary_id: UUID, words: str, circle: int | None) -> UUID:
    """It stands when somebody of the family confirms it. The same id and words again: the same proposal."""
    member.must(Act.propose_summary)
    if (known := await db.get(Summary, (member.thread, summary_id))) is not None:
        if (known.person_id, known.words) != (member.person, words):
            raise Invalid("id_reused")
        return summary_id
    seq = await record(db, member, Kind.summary_proposed, summary_id, circle=circle)
    db.add(Summary(thread_id=member.thread, id=summary_id, seq=seq, person_id=member.person, words=words))
    await db.flush()
    return summary_id


async def confirm_summary(db: AsyncSession, member: Member, summary_id: UUID) -> None:
    """From now on it stands above the thread. The same word again: it has been said. Conflict: somebody else has
    settled it, or a newer one has been proposed."""
    member.must(Act.settle_summary)
    if await _is_said(db, member, summary_id, confirmed=True):
        return
    about = await _waiting(db, member, summary_id)
    seq = await record(db, member, Kind.summary_confirmed, summary_id, about=about)
    await _settle(db, member, summary_id, seq, confirmed=True)


async def reject_summary(db: AsyncSession, member: Member, summary_id: UUID, words: str, circle: int | None) -> None:
    """What stood before goes on standing. The same again, and Conflict, as above."""
    member.must(Act.settle_summary)
    if await _is_said(db, member, summary_id, confirmed=False, words=words):
        return
    about = await _waiting(db, member, summary_id)
    seq = await record(db, member, Kind.summary_rejected, summary_id, about=about, circle=circle)
    await _settle(db, member, summary_id, seq, confirmed=False, words=words)


async def _is_said(db: AsyncSession, member: Member, summary_id: UUID, *, confirmed: bool, words: str = "") -> bool:
    known = await db.get(SummarySettlement, (member.thread, summary_id))
    return known is not None and (known.person_id, known.confirmed, known.words) == (member.person, confirmed, words)


async def _waiting(db: AsyncSession, member: Member, summary_id: UUID) -> int:
    """Where the thread speaks of it, if it waits and is this member's to settle."""
    summary = await reads.summary(db, member, summary_id)
    if not await settles(db, member, Act.settle_summary):
        raise NotAllowed
    if summary["state"] != "waiting":
        raise Conflict
    seq: int = summary["seq"]
    return seq


async def _settle(
    db: AsyncSession, member: Member, summary_id: UUID, seq: int, *, confirmed: bool, words: str = ""
) -> None:
    """Asked once more under the thread's lock: somebody may have proposed a newer one, or settled it, meanwhile."""
    await _waiting(db, member, summary_id)
    settled = {"summary_id": summary_id, "seq": seq, "person_id": member.person, "confirmed": confirmed, "words": words}
    db.add(SummarySettlement(thread_id=member.thread, **settled))
    await db.flush()
