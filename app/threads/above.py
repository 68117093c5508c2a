"""What stands above a thread's lines, of every room: one more of these is one more line here."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.drafts.reads import drafts_in
from app.plans.reads import pinned as plan_pinned
from app.stages.reads import standing
from app.summaries.reads import pinned


async def above(db: AsyncSession, member: Member) -> dict[str, Any]:
    return {
        "summary": await pinned(db, member),
        "standing": await standing(db, member),
        "plan": await plan_pinned(db, member),
        "drafts": await drafts_in(db, member.person, member.thread),
    }
