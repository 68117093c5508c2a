from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.access.settling import SETTLES, settles
from app.errors import NotFound
from app.journal import AUTHOR

SUMMARIES = text(f"""
    select * from (
        select s.id, s.seq, s.words, s.proposed_at as at, {AUTHOR.format("a")} as author,
               x.settled_at, coalesce(x.words, '') as settled_words,
               case when b.id is not null then {AUTHOR.format("b")} end as settled_by,
               case when x.confirmed then 'confirmed' when x.confirmed is false then 'rejected'
                    when s.seq < max(s.seq) over () then 'overtaken' else 'waiting' end as state,
               max(s.seq) filter (where x.confirmed) over () as standing
          from summaries s join events e on e.thread_id = s.thread_id and e.seq = s.seq
          join memberships a on a.id = e.actor_id
          left join summary_settlements x on x.thread_id = s.thread_id and x.summary_id = s.id
          left join events f on f.thread_id = x.thread_id and f.seq = x.seq
          left join memberships b on b.id = f.actor_id
         where s.thread_id = :thread and s.seq > :history) known
     where :whole or id = :one or state = 'waiting' or seq = standing
     order by seq desc
""")  # noqa: S608 put together from what stands above

# In my threads, the newest proposal while the family has said nothing to it.
WAITING = """
    select m.case_id, m.thread_id as thread, s.id as summary, a.name, a.capacity
      from memberships m
      join lateral (select s.* from summaries s where s.thread_id = m.thread_id order by s.seq desc limit 1) s on true
      join events e on e.thread_id = s.thread_id and e.seq = s.seq join memberships a on a.id = e.actor_id
     where m.person_id = :person and in_force(m) and s.seq > m.history_from
       and not exists (select 1 from summary_settlements x where x.thread_id = s.thread_id and x.summary_id = s.id)
       and not exists (select 1 from closures x where x.thread_id = m.thread_id and x.reopened_at is null)
"""
UNCONFIRMED = text(f"{WAITING} order by s.proposed_at")
# Those that wait for me: I am of the family, and may settle them.
TO_CONFIRM = text(f"{WAITING} and {SETTLES} order by s.proposed_at")


async def summaries(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """Every proposal in the member's history, the newest first."""
    return await _summaries(db, member, whole=True)


async def _summaries(db: AsyncSession, member: Member, *, whole: bool, one: UUID | None = None) -> list[dict[str, Any]]:
    """All of them; or the newest, the one that stands, and this one."""
    values = {"thread": member.thread, "history": member.history_from, "whole": whole, "one": one}
    rows = (await db.execute(SUMMARIES, values)).mappings().all()
    may = any(row["state"] == "waiting" for row in rows) and await settles(db, member, Act.settle_summary)
    return [dict(row) | {"may_settle": may and row["state"] == "waiting"} for row in rows]


async def pinned(db: AsyncSession, member: Member) -> dict[str, Any]:
    known = await _summaries(db, member, whole=False)
    return {state: next((it for it in known if it["state"] == state), None) for state in ("confirmed", "waiting")}


async def summary(db: AsyncSession, member: Member, summary_id: UUID) -> dict[str, Any]:
    known = await _summaries(db, member, whole=False, one=summary_id)
    found = next((it for it in known if it["id"] == summary_id), None)
    if found is None:
        raise NotFound
    return found


async def to_confirm(db: AsyncSession, person: UUID) -> list[Any]:
    return list((await db.execute(TO_CONFIRM, {"person": person})).mappings())


async def unconfirmed(db: AsyncSession, person: UUID) -> list[Any]:
    """What is proposed in my threads and waits for the family, whoever of them settles it."""
    return list((await db.execute(UNCONFIRMED, {"person": person})).mappings())
