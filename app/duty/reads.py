from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# A leader's units; for everybody, one's own. The leader sees no case by this: a reference, no child.
ACCESSES = text("""
    select d.id, d.name, d.title, left(d.case_id::text, 8) as reference, d.reason, d.opened_at, d.ends_at,
           d.person_id = :me as mine, d.ends_at > now() as running,
           case when d.person_id = :me and d.ends_at > now() then d.case_id end as "case", d.seen_at,
           d.seen_at is null and d.person_id <> :me as may_see
      from duty_accesses d
     where d.person_id = :me or d.unit_id in (
           select e.unit_id from employments e where e.person_id = :me and e.role = 'leader'
              and (e.ended_on is null or e.ended_on >= (now() at time zone 'Europe/Copenhagen')::date))
     order by d.opened_at desc limit 100
""")


async def accesses(db: AsyncSession, person: UUID) -> list[Any]:
    return list((await db.execute(ACCESSES, {"me": person})).mappings())
