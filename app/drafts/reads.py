from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.drafts.models import Draft

HERE = text("""
    select :about = :thread or exists (
      select 1 from events e where e.thread_id = :thread and e.object_id = :about and e.about > :history)
""")


async def drafts_in(db: AsyncSession, person: UUID, thread: UUID | None) -> Sequence[Draft]:
    """What somebody is writing in this thread; without one, what lies in no thread yet."""
    mine = select(Draft).where(Draft.person_id == person, Draft.thread_id.is_not_distinct_from(thread))
    return (await db.scalars(mine.order_by(Draft.saved_at))).all()


async def is_here(db: AsyncSession, member: Member, about: UUID) -> bool:
    """The thread itself, or something that has happened in it, in the member's history: what is older does not come
    into it by being corrected later."""
    values = {"thread": member.thread, "about": about, "history": member.history_from}
    found: Any = (await db.execute(HERE, values)).scalar_one()
    return bool(found)
