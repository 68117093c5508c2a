from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.custody.models import CustodyChange
from app.errors import Invalid
from app.text import text as said

OF_CASE = text("""
    select c.id, c.change, coalesce(c.name, m.name) as name, coalesce(c.capacity, m.capacity) as capacity, c.basis,
           c.asked_at, c.settled_at, c.outcome
      from custody_changes c left join memberships m on m.id = c.membership_id
     where c.case_id = :case and (c.membership_id is null or m.id is not null)
     order by c.asked_at desc
""")
WAITING = text("select * from read_custody_waiting(:reason, :at)")


async def changes_of_case(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """What the caseworker has asked for in this case, newest first."""
    member.must(Act.change_custody)
    return [dict(row) for row in (await db.execute(OF_CASE, {"case": member.case})).mappings()]


async def same_again(db: AsyncSession, member: Member, change: UUID, asked: dict[str, Any]) -> bool:
    """Whether this is a retry of a change that the member has asked for; Invalid when the id stands for another."""
    known = await db.get(CustodyChange, change)
    if known is None:
        return False
    as_before = (known.case_id, known.asked_by) == (member.case, member.person)
    same = all(getattr(known, "membership_id" if name == "membership" else name) == it for name, it in asked.items())
    if not (as_before and same):
        raise Invalid("id_reused")
    return True


async def waiting_for_second(db: AsyncSession, at: datetime) -> list[dict[str, Any]]:
    """Of the viewer's units, what waits for a second person that the viewer can be; nothing for anybody else. A look at
    each of these cases: the family is told of it as of the page of the case."""
    values = {"reason": said("looks.decision"), "at": at}
    return [dict(row) for row in (await db.execute(WAITING, values)).mappings()]
