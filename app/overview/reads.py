"""Who sees what, and why: the places in the threads that the reader is in, and nothing of any other thread.

A room of its own, above those whose rows it puts together (threads, invitations, facts, custody).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.cases.models import Case

# A row a place. Who came after somebody had left is not told of him, as in the thread itself.
PLACES = text("""
    with mine as (select * from memberships m where m.person_id = :me and m.case_id = :case and in_force(m)),
    ends as (
      select p.*, case
               when p.ended_at is not null then p.ended_at
               when p.ends_at <= now() then p.ends_at
               when p.ends_on < (now() at time zone 'Europe/Copenhagen')::date
               then (p.ends_on + 1)::timestamp at time zone 'Europe/Copenhagen' end as over,
             m.starts_at as my_start, m.history_from as my_history
        from mine m join memberships p on p.thread_id = m.thread_id)
    select p.person_id, p.id as membership, p.thread_id as thread, t.purpose as thread_purpose, p.role, p.name,
           p.capacity, p.starts_at as since, p.ends_on as until, p.ends_at, p.paused_at, p.over,
           p.history_from = 0 as history, t.opened_at, t.opened_by = p.person_id as opener,
           p.starts_at <= t.opened_at as from_start,
           exists (select 1 from events e join events j on j.thread_id = e.thread_id and j.object_id = e.object_id
                    where e.thread_id = p.thread_id and e.object_id = p.id and e.kind = 'custody_changed'
                      and j.kind = 'member_joined') as by_custody,
           (select jsonb_build_object('name', o.name, 'capacity', o.capacity) from memberships o
             where o.thread_id = t.id and o.person_id = t.opened_by order by o.starts_at limit 1) as opened_by,
           case when p.role = 'on_duty' then reason_on_duty(p.id) end as reason,
           i.purpose, i.kinds, i.proposed_at,
           (select jsonb_build_object('name', x.name, 'capacity', x.capacity) from memberships x
             where x.id = i.proposed_by) as proposed_by,
           (select coalesce(jsonb_agg(jsonb_build_object('given_on', c.given_on, 'how', c.how, 'until', c.until,
                'giver', jsonb_build_object('name', g.name, 'capacity', g.capacity)) order by c.given_on, g.name), '[]')
              from consents c join memberships g on g.id = c.giver_id
             where c.invitation_id = i.id and c.withdrawn_at is null
               and c.until = (select max(n.until) from consents n where n.invitation_id = i.id
                                 and n.giver_id = c.giver_id and n.withdrawn_at is null)) as consents
      from ends p join threads t on t.id = p.thread_id
      left join invitations i on i.place_id = p.id
     where p.over is null or p.over > now() - interval '12 months' and (p.my_history = 0 or p.over >= p.my_start)
     order by p.starts_at, t.opened_at, p.name, p.id
""")

# Kinds of private facts between the reader and somebody else. What they say is read on their own page, which tells
# the owner.
SHOWN = text("""
    select o.person_id, true as to_me, array_agg(distinct f.kind order by f.kind) as kinds
      from memberships m join fact_grants g on g.membership_id = m.id and g.ended_at is null
      join private_facts f on f.id = g.fact_id and f.case_id = m.case_id and f.owner_id <> :me
      join memberships o on o.thread_id = m.thread_id and o.person_id = f.owner_id and in_force(o)
     where m.person_id = :me and m.case_id = :case and in_force(m) group by 1
    union all
    select m.person_id, false, array_agg(distinct f.kind order by f.kind)
      from private_facts f join fact_grants g on g.fact_id = f.id and g.ended_at is null
      join memberships m on m.id = g.membership_id and in_force(m)
     where f.owner_id = :me and f.case_id = :case group by 1
""")


async def access_page(db: AsyncSession, member: Member) -> dict[str, Any]:
    values = {"me": member.person, "case": member.case}
    places = (await db.execute(PLACES, values)).mappings().all()
    shown = (await db.execute(SHOWN, values)).all()
    kinds = {(row.person_id, row.to_me): row.kinds for row in shown}
    people = _by_person(member.person, kinds)
    return {
        "case": member.case,
        "child_name": await db.scalar(select(Case.child_name).where(Case.id == member.case)),
        "at": datetime.now(UTC),
        "may": member.may_list(),
        "people": people([place for place in places if place["over"] is None]),
        "ended": people([place for place in places if place["over"] is not None]),
    }


def my_places(page: dict[str, Any]) -> list[UUID]:
    """By which places of mine the page shows something: a look each."""
    return [place["membership"] for person in page["people"] if person["is_me"] for place in person["places"]]


def _by_person(me: UUID, kinds: dict[Any, list[str]]) -> Callable[[list[Any]], list[dict[str, Any]]]:
    def people(places: list[Any]) -> list[dict[str, Any]]:
        each: dict[UUID, list[Any]] = {}
        for place in places:
            each.setdefault(place["person_id"], []).append(place)
        return [
            {
                "name": theirs[0]["name"],
                "is_me": person == me,
                "places": [dict(place) | {"why": _why(place)} for place in theirs],
                "shows_me": kinds.get((person, True), []),
                "shown_by_me": kinds.get((person, False), []),
            }
            for person, theirs in each.items()
        ]

    return people


def _why(place: Any) -> dict[str, Any]:
    because, by, on = "other", None, place["since"]
    if place["role"] == "on_duty":
        because = "duty"
    elif place["proposed_at"] is not None:
        because, by, on = "invited", place["proposed_by"], place["proposed_at"]
    elif place["by_custody"]:
        because = "custody"
    elif place["from_start"]:
        because, by = ("opened", None) if place["opener"] else ("start", place["opened_by"])
    elif place["role"] == "caseworker":  # takes over, or stands in: nobody else comes later (doors/hand_overs.sql)
        because = "handed_over"
    return {
        "because": because,
        "by": by,
        "on": on,
        "purpose": place["purpose"],
        "kinds": place["kinds"] or [],
        "consents": place["consents"],
        "reason": place["reason"],
    }
