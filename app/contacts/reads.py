"""Who is reached where, who waits to be rung up, and what took place. Whose history begins later is told of nothing
older."""

from collections.abc import Sequence
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import MAY, Act, Role
from app.contacts.models import SETTLED, CallStep, Within
from app.dates import overdue
from app.errors import NotFound
from app.journal import AUTHOR
from app.people.reads import my_employments

DAYS = 90  # that first calls are counted over

# Cards of the others in a thread, or in the threads of a case that I am in; the caseworker's first.
CARDS = text(f"""
    select * from (
        select distinct on (k.employment_id) k.phone, k.hours, k.answers_within, w.id as membership, w.name, w.capacity,
               w.role, w.starts_at
          from memberships m join memberships w on w.thread_id = m.thread_id and in_force(w)
          join contact_cards k on k.employment_id = w.employment_id
         where m.person_id = :me and in_force(m) and m.case_id = :case and w.person_id <> m.person_id
           and (cast(:thread as uuid) is null or m.thread_id = :thread)
         order by k.employment_id, w.starts_at) known
     order by role <> '{Role.caseworker}', starts_at, name
""")  # noqa: S608 put together from what stands above

MY_CARDS = text("""
    select k.employment_id as employment, k.phone, k.hours, k.answers_within from contact_cards k
     where k.employment_id = any(:mine)
""")

# Who rings: the caseworker who has been in the thread longest.
CALLER = f"""
    select w.name, w.capacity, w.employment_id from memberships w
     where w.thread_id = c.thread_id and w.role = '{Role.caseworker}' and in_force(w)
     order by w.starts_at, w.name limit 1
"""  # noqa: S608 as above
OPEN = f"""
    not exists (select 1 from callback_steps s where s.thread_id = c.thread_id and s.callback_id = c.id
                   and s.step <> '{CallStep.tried}')
"""  # noqa: S608 as above
CALLBACKS = text(f"""
    select c.id, c.seq, c.asked_at as at, c.words, c.suits, c.due_on, c.person_id, {AUTHOR.format("a")} as author,
           case when w.name is not null then jsonb_build_object('name', w.name, 'capacity', w.capacity) end as caller,
           (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'at', s.taken_at, 'by', {AUTHOR.format("b")})
                     order by s.seq), '[]')
              from callback_steps s join events f on f.thread_id = s.thread_id and f.seq = s.seq
              join memberships b on b.id = f.actor_id
             where s.thread_id = c.thread_id and s.callback_id = c.id) as steps
      from callbacks c join events e on e.thread_id = c.thread_id and e.seq = c.seq
      join memberships a on a.id = e.actor_id left join lateral ({CALLER}) w on true
     where c.thread_id = :thread and c.seq > :history and (:whole or c.id = :one or {OPEN})
     order by c.seq desc
""")  # noqa: S608 as above
TO_CALL = text(f"""
    select m.case_id, m.thread_id as thread, c.id as callback, c.seq, a.name, a.capacity, c.due_on
      from memberships m join callbacks c on c.thread_id = m.thread_id and c.seq > m.history_from
      join events e on e.thread_id = c.thread_id and e.seq = c.seq join memberships a on a.id = e.actor_id
     where m.person_id = :person and in_force(m) and m.role = any(:roles) and {OPEN}
     order by c.due_on, c.seq
""")  # noqa: S608 as above
CONTACTS = text(f"""
    select c.id, c.seq, c.kind, c.happened_at as at, c.logged_at, c.who, c.words, c.withdrawn_at,
           {AUTHOR.format("a")} as author, :may and c.person_id = :person and c.withdrawn_at is null as may_withdraw
      from contacts c join events e on e.thread_id = c.thread_id and e.seq = c.seq
      join memberships a on a.id = e.actor_id
     where c.thread_id = :thread and c.seq > :history and (cast(:one as uuid) is null or c.id = :one)
     order by c.happened_at desc, c.seq desc
""")  # noqa: S608 as above
# A number that I show to a caseworker of the thread; a professional's stands on the card.
NUMBERS = text(f"""
    select f.text from private_facts f
     where f.case_id = :case and f.owner_id = :me and f.kind = 'phone' and exists (
        select 1 from fact_grants g join memberships w on w.id = g.membership_id
         where g.fact_id = f.id and g.ended_at is null and in_force(w) and w.person_id in (
               select c.person_id from memberships c
                where c.thread_id = :thread and c.role = '{Role.caseworker}' and in_force(c)))
    union all
    select k.phone from memberships m join contact_cards k on k.employment_id = m.employment_id where m.id = :place
""")  # noqa: S608 as above
HAS_CASEWORKER = text(f"select 1 from (select :thread as thread_id) c join lateral ({CALLER}) w on true")  # noqa: S608


async def cards(db: AsyncSession, person: UUID, case: UUID, thread: UUID | None = None) -> list[Any]:
    """Of the others; each employment once."""
    return list((await db.execute(CARDS, {"me": person, "case": case, "thread": thread})).mappings())


async def my_cards(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    """One for each of my employments, written or not."""
    jobs = await my_employments(db, person)
    rows = (await db.execute(MY_CARDS, {"mine": [job["id"] for job in jobs]})).mappings()
    known = {row["employment"]: dict(row) for row in rows}
    none = {"phone": None, "hours": "", "answers_within": Within.next_day}
    return [{**job, "employment": job["id"]} | none | known.get(job["id"], {}) for job in jobs]


async def callbacks(
    db: AsyncSession, member: Member, *, whole: bool = True, one: UUID | None = None
) -> list[dict[str, Any]]:
    """Every one in the member's history; without `whole` those that are open, and this one. The newest first."""
    values = {"thread": member.thread, "history": member.history_from, "whole": whole, "one": one}
    return [_callback(member, row) for row in (await db.execute(CALLBACKS, values)).mappings()]


def _callback(member: Member, row: Any) -> dict[str, Any]:
    steps = [it["step"] for it in row["steps"]]
    settled = next((step for step in steps if step in SETTLED), None)
    is_open = settled is None
    return dict(row) | {
        "state": {None: "open", CallStep.reached: "answered"}.get(settled, settled),
        "late": is_open and overdue(row["due_on"]),
        "tried": steps.count(CallStep.tried),
        "may_answer": is_open and member.may(Act.answer_callback),
        "may_withdraw": is_open and row["person_id"] == member.person and member.may(Act.withdraw_callback),
    }


async def callback(db: AsyncSession, member: Member, callback_id: UUID) -> dict[str, Any]:
    known = await callbacks(db, member, whole=False, one=callback_id)
    found = next((it for it in known if it["id"] == callback_id), None)
    if found is None:
        raise NotFound
    return found


async def is_anybody_to_ring(db: AsyncSession, member: Member) -> bool:
    """Whether a caseworker is in the member's thread."""
    return (await db.execute(HAS_CASEWORKER, {"thread": member.thread})).first() is not None


async def to_call(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    """Who waits for a call of mine in all my threads, the most pressing first."""
    roles = [role.value for role in Role if Act.answer_callback in MAY[role]]
    rows = (await db.execute(TO_CALL, {"person": person, "roles": roles})).mappings()
    return [dict(row) | {"late": overdue(row["due_on"])} for row in rows]


async def contacts(db: AsyncSession, member: Member, one: UUID | None = None) -> list[dict[str, Any]]:
    values = {"thread": member.thread, "history": member.history_from, "person": member.person, "one": one}
    rows = (await db.execute(CONTACTS, values | {"may": member.may(Act.withdraw_contact)})).mappings()
    return [dict(row) for row in rows]


async def contact(db: AsyncSession, member: Member, contact_id: UUID) -> dict[str, Any]:
    found = await contacts(db, member, contact_id)
    if not found:
        raise NotFound
    return found[0]


async def contacts_page(db: AsyncSession, member: Member) -> dict[str, Any]:
    values = {"case": member.case, "me": member.person, "thread": member.thread, "place": member.id}
    return {
        "cards": await cards(db, member.person, member.case, member.thread),
        "callbacks": await callbacks(db, member),
        "contacts": await contacts(db, member),
        "numbers": list((await db.execute(NUMBERS, values)).scalars()),
    }


async def pinned(db: AsyncSession, member: Member) -> dict[str, Any]:
    """What stands beside the thread: the calls that wait, and how the others are reached."""
    return {
        "callbacks": await callbacks(db, member, whole=False),
        "cards": await cards(db, member.person, member.case, member.thread),
    }


async def waiting_callbacks(db: AsyncSession) -> Sequence[dict[str, Any]]:
    """Whoever is late to ring, of a leader's units (doors/contacts.sql); empty for everybody else."""
    rows = (await db.execute(text("select * from waiting_callbacks()"))).mappings()
    return [dict(row) | {"late": True} for row in rows if overdue(row["due_on"])]


async def first_calls(db: AsyncSession) -> dict[str, Any]:
    """How soon whoever asked was rung up, in a leader's units; nothing for everybody else. Counted is what stands in
    the list: that somebody rang, or should have done by now."""
    rows = (await db.execute(text("select * from first_calls(:days)"), {"days": DAYS})).mappings()
    calls = [
        dict(row) | {"in_time": row["called_at"] is not None and not overdue(row["due_on"], row["called_at"])}
        for row in rows
        if row["called_at"] is not None or overdue(row["due_on"])
    ]
    waited = [(it["called_at"] - it["asked_at"]).total_seconds() / 60 for it in calls if it["called_at"]]
    return {
        "days": DAYS,
        "median_minutes": round(median(waited)) if waited else None,
        "in_time": sum(it["in_time"] for it in calls),
        "calls": calls,
    }
