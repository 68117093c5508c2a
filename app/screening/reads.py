from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.journal import refusals

READ = text("select read_screenings(:case)")


async def screenings(db: AsyncSession, member: Member) -> dict[str, Any]:
    """What was ticked and assessed, newest first, and which invitations wait for it. Leaves a look behind the wall."""
    with refusals():
        found: dict[str, Any] = (await db.execute(READ, {"case": member.case})).scalar_one()
    return found
