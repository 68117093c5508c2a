"""Who looked at what of my family's cases. Never the family's own reading, which is shown to nobody."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, PRIVATE_READERS, Act

DAYS = 7  # days with looks on one page
ALL_DAYS = 2**31 - 1
NEWEST = 4  # on the home page
# Opening a conversation is several reads: shown as the one thing that it is to people. Of a case's pages that some of
# the family must not be put on the scent of (custody being decided, somebody's address) all look the same here.
ONE_VISIT = {
    "get_attachment": "get_thread",
    "get_ball": "get_thread",
    "get_changes": "get_thread",
    "get_facts": "get_case",
    "get_progress": "get_plan",
    "get_thumbnail": "get_thread",
    "list_contacts": "get_thread",
    "list_summaries": "get_thread",
    "list_custody_changes": "get_case",
    "list_waiting_custody_changes": "get_case",
    "list_messages": "get_thread",
    "live": "get_thread",
}

# One row a day, person, place, kind and reason. `times` counts visits: reads less than ten minutes apart are one.
# A custody holder who got custody later is not told of looks from before: custody grants nothing old.
# With :newest only the newest of each person in each case: home is no log.
LOOKS = text("""
    with mine as materialized (
        select m.id, m.thread_id, m.history_from, m.starts_at from memberships m
         where m.person_id = :me and in_force(m) and m.role = any(:family)
           and (cast(:case as uuid) is null or m.case_id = :case)),
    seen as (
        select l.id, l.case_id, l.thread_id, l.person_id, l.at, (l.at at time zone 'Europe/Copenhagen')::date as day,
               mine.id as my_place, p.name, coalesce(p.capacity, looked_as(l.id)) as capacity,
               coalesce(cast(:one_visit as jsonb) ->> l.what, l.what) as what, l.purpose, l.reason
          from mine join looks l on l.thread_id = mine.thread_id left join memberships p on p.id = l.membership_id
         where l.person_id <> :me and (p.id is null or p.role <> all(:private))
           and (l.membership_id is null or p.id is not null)
           and (mine.history_from = 0 or l.at >= mine.starts_at)
           and (cast(:before as date) is null
                or l.at < cast(:before as date)::timestamp at time zone 'Europe/Copenhagen')),
    paged as (select *, dense_rank() over (order by day desc) as page from seen),
    visits as (
        select *, at - lag(at) over same_thing < interval '10 minutes' as still from paged where page <= :days
        window same_thing as (partition by day, thread_id, person_id, capacity, what, purpose, reason order by at)),
    grouped as (
        select day, case_id, thread_id, my_place, person_id, name, capacity, what, purpose, reason,
               count(*) filter (where still is not true) as times, max(at) as last,
               (array_agg(id order by at desc))[1] as look
          from visits group by day, case_id, thread_id, my_place, person_id, name, capacity, what, purpose, reason),
    ranked as (select *, row_number() over (partition by case_id, person_id order by last desc) as nth from grouped)
    select r.*, r.thread_id as thread, t.purpose as about, c.child_name
      from ranked r join threads t on t.id = r.thread_id join cases c on c.id = r.case_id
     where cast(:newest as int) is null or r.nth = 1
     order by r.last desc, r.look limit cast(:newest as int)
""")
EARLIER = text("""
    select max((l.at at time zone 'Europe/Copenhagen')::date) from memberships m
      join looks l on l.thread_id = m.thread_id left join memberships p on p.id = l.membership_id
     where m.person_id = :me and in_force(m) and m.role = any(:family) and m.case_id = :case
       and l.person_id <> :me and (l.membership_id is null or p.role <> all(:private))
       and (m.history_from = 0 or l.at >= m.starts_at)
       and l.at < cast(:before as date)::timestamp at time zone 'Europe/Copenhagen'
""")
MY_CASES = text("""
    select distinct c.id, c.child_name from memberships m join cases c on c.id = m.case_id
     where m.person_id = :me and in_force(m) and m.role = any(:family) order by c.child_name, c.id
""")
ASKED_ABOUT = text("""
    select p.person_id, p.role, coalesce(p.name, looked_as(l.id)) as name, l.at from memberships m
      join looks l on l.thread_id = m.thread_id left join memberships p on p.id = l.membership_id
     where l.id = :look and l.person_id <> :me and l.case_id = :case and m.person_id = :me and in_force(m)
       and m.role = any(:family) and (l.membership_id is null or p.role <> all(:private))
       and (m.history_from = 0 or l.at >= m.starts_at)
""")


def _values(me: UUID, case: UUID | None) -> dict[str, Any]:
    return {"me": me, "case": case, "family": list(FAMILY), "private": list(PRIVATE_READERS)}


async def _looks(
    db: AsyncSession, me: UUID, case: UUID | None, before: date | None, newest: int | None, days: int = DAYS
) -> list[Any]:
    one_visit = orjson.dumps(ONE_VISIT).decode()
    values = {"one_visit": one_visit, "days": days, "before": before, "newest": newest}
    return list((await db.execute(LOOKS, _values(me, case) | values)).mappings())


async def page(db: AsyncSession, member: Member, before: date | None) -> dict[str, Any]:
    """The newest days before a day: by day, by person, and what each of them looked at."""
    member.must(Act.see_looks)
    me, case = member.person, member.case
    days: dict[date, dict[Any, list[Any]]] = {}
    for row in await _looks(db, me, case, before, None):
        days.setdefault(row["day"], {}).setdefault((row["person_id"], row["capacity"]), []).append(row)
    found = [{"day": day, "people": [_person(lines) for lines in people.values()]} for day, people in days.items()]
    earlier = None
    if days:
        earlier = (await db.execute(EARLIER, _values(me, case) | {"before": min(days)})).scalar_one()
    return {"days": found, "earlier": min(days) if earlier else None}


def _person(lines: list[Any]) -> dict[str, Any]:
    return {"name": lines[0]["name"], "capacity": lines[0]["capacity"], "looks": lines}


async def looks_at_thread(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """Since the beginning, who looked at what of this thread, how often and when last; whoever came first stands
    first. For who may see looks: the caller asks."""
    found: dict[Any, dict[str, Any]] = {}
    for row in reversed(await _looks(db, member.person, member.case, None, None, ALL_DAYS)):
        if row["thread_id"] != member.thread:
            continue
        alike = tuple(row[key] for key in ("person_id", "name", "capacity", "what", "purpose", "reason"))
        known = found.setdefault(alike, dict(row) | {"times": 0})
        known |= {"times": known["times"] + row["times"], "last": row["last"]}
    return list(found.values())


async def newest(db: AsyncSession, viewer: UUID) -> tuple[dict[str, Any], list[UUID]]:
    """The newest of the last days, over all cases that I am in as the family; and by which places of mine."""
    cases = (await db.execute(MY_CASES, _values(viewer, None))).mappings().all()
    rows = await _looks(db, viewer, None, None, NEWEST) if cases else []
    return {"cases": cases, "looks": rows}, [row["my_place"] for row in rows]


async def asked_about(db: AsyncSession, me: UUID, case: UUID, look: UUID) -> Any | None:
    """A look that I am told of: who it was, and when."""
    return (await db.execute(ASKED_ABOUT, _values(me, case) | {"look": look})).one_or_none()
