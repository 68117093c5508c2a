"""Private facts: one's own, and what others show one. Row level security decides; the joins are for speed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.access.models import IN_FORCE, Membership
from app.cases.models import Case
from app.errors import NotFound
from app.facts.models import FactGrant, PrivateFact

MINE = text("""
    select f.id, f.kind, f.text, f.written_at,
           (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'membership', m.id, 'name', m.name,
                     'capacity', m.capacity, 'role', m.role, 'granted_at', g.granted_at) order by g.granted_at), '[]')
              from fact_grants g join memberships m on m.id = g.membership_id
             where g.fact_id = f.id and g.ended_at is null and in_force(m)) as grants,
           (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'capacity', s.capacity, 'at', s.at)
                     order by s.at desc), '[]')
              from (select m.name, m.capacity, max(l.at) as at from fact_looks l
                      join memberships m on m.id = l.membership_id
                     where l.fact_id = f.id group by m.id, m.name, m.capacity) s) as seen
      from private_facts f where f.case_id = :case and f.owner_id = :me
     order by f.written_at, f.id
""")
SHOWN = text("""
    select distinct on (f.written_at, f.id) f.id, f.kind, f.text, f.written_at,
           jsonb_build_object('name', o.name, 'capacity', o.capacity) as owner
      from memberships m
      join fact_grants g on g.membership_id = m.id and g.ended_at is null
      join private_facts f on f.id = g.fact_id
      join memberships o on o.thread_id = m.thread_id and o.person_id = f.owner_id and in_force(o)
     where m.person_id = :me and m.case_id = :case and in_force(m) and f.case_id = :case and f.owner_id <> :me
     order by f.written_at, f.id
""")


async def facts_page(db: AsyncSession, member: Member) -> dict[str, Any]:
    values = {"case": member.case, "me": member.person}
    may_keep = member.may(Act.keep_private_facts)
    return {
        "child_name": await db.scalar(select(Case.child_name).where(Case.id == member.case)),
        "mine": (await db.execute(MINE, values)).mappings().all(),
        "shown": (await db.execute(SHOWN, values)).mappings().all(),
        "people": [_author(place) for place in await to_show_to(db, member)] if may_keep else [],
        "may_keep": may_keep,
    }


def _author(place: Membership) -> dict[str, Any]:
    return {"membership": place.id, "name": place.name, "capacity": place.capacity, "role": place.role}


async def to_show_to(db: AsyncSession, member: Member) -> list[Membership]:
    """The others of the threads that one is in, each person once: by the place that is oldest."""
    mine = select(Membership.thread_id).where(
        Membership.person_id == member.person, Membership.case_id == member.case, IN_FORCE
    )
    places = await db.scalars(
        select(Membership)
        .where(Membership.thread_id.in_(mine), Membership.person_id != member.person, IN_FORCE)
        .order_by(Membership.starts_at, Membership.name, Membership.id)
    )
    each: dict[UUID, Membership] = {}
    for place in places:
        each.setdefault(place.person_id, place)
    return list(each.values())


async def my_fact(db: AsyncSession, member: Member, fact: UUID) -> PrivateFact:
    found = await db.scalar(
        select(PrivateFact).where(
            PrivateFact.id == fact, PrivateFact.case_id == member.case, PrivateFact.owner_id == member.person
        )
    )
    if found is None:
        raise NotFound
    return found


async def open_grants(db: AsyncSession, fact: PrivateFact) -> list[FactGrant]:
    return list(await db.scalars(select(FactGrant).where(FactGrant.fact_id == fact.id, FactGrant.ended_at.is_(None))))
