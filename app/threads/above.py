"""What stands above a thread's lines, of every room: one more of these is one more line here."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.contacts.reads import pinned as contact_pinned
from app.drafts.reads import drafts_in
from app.hand_overs.reads import ball_in
from app.plans.reads import pinned as plan_pinned
from app.stages.reads import standing
from app.summaries.reads import pinned


async def above(db: AsyncSession, member: Member) -> dict[str, Any]:
    return (
        {
            "summary": await pinned(db, member),
            "standing": await standing(db, member),
            "plan": await plan_pinned(db, member),
            "drafts": await drafts_in(db, member.person, member.thread),
        }
        | await contact_pinned(db, member)
        | await ball_in(db, member)
    )
