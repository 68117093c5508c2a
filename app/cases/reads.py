"""A person's cases: what the threads that he or she is in belong to."""

from collections.abc import Iterable
from datetime import timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import MAY, Act, Role
from app.concerns.reads import waiting_for_me as notifications
from app.consultations.reads import waiting_for_me
from app.contacts.reads import cards, to_call
from app.dates import overdue, today
from app.hand_overs.reads import balls
from app.hand_overs.reads import waiting_for_me as hand_overs_waiting
from app.joint_concerns.reads import to_receive
from app.journal import LINES
from app.notes.reads import to_answer
from app.plans.reads import waiting
from app.stages.reads import standings
from app.summaries.reads import to_confirm

SOON = timedelta(days=14)  # before a place's last day those who agreed to it are asked for more

# One row a thread of mine, with the newest message I may see, the first line that is new to me, and whether somebody
# named me in what is new. Starts from my own places: few rows, by index.
MY_THREADS = text(r"""
    select m.id as membership, m.case_id, c.child_name, c.child_born, c.opened_at, c.opened_by, u.name as unit,
           m.role, m.capacity, t.id, t.kind, t.purpose, t.last_at, left(last.text, 120) as last_line,
           last.author as last_author,
           exists (select 1 from closures x where x.thread_id = t.id and x.reopened_at is null) as closed,
           fresh.seq is not null as unread, fresh.seq as first_new,
           fresh.seq is not null and exists (
             select 1 from (select * from messages x where x.thread_id = t.id and x.seq >= fresh.seq
                             order by x.seq desc limit 200) x -- whoever has been away for longer reads anyway
              where x.person_id <> m.person_id and position('@' || m.name in x.text) > 0
                and x.text ~ ('@' || regexp_replace(m.name, '([^\w\s])', '\\\1', 'g') || '(?!\w)')
           ) as mentioned,
           exists (select 1 from drafts d where d.thread_id = t.id and d.person_id = m.person_id) as draft,
           m.role = any(:note_writers) as writes_notes
      from memberships m
      join threads t on t.id = m.thread_id
      join cases c on c.id = m.case_id
      left join units u on u.id = c.unit_id
      left join read_marks r on r.thread_id = t.id and r.person_id = m.person_id
      left join lateral (
             select x.text, coalesce(w.name, a.name) as author from messages x
               join events e on e.thread_id = x.thread_id and e.seq = x.seq
               join memberships a on a.id = e.actor_id
               left join memberships w on w.id = x.words_of
              where x.thread_id = t.id and x.text is not null and x.seq > m.history_from
              order by x.seq desc limit 1) last on true
      left join lateral (
             select e.seq from events e left join memberships a on a.id = e.actor_id
              where e.thread_id = t.id and e.seq > greatest(r.seq, m.history_from) and e.kind = any(:lines)
                and a.person_id is distinct from m.person_id
              order by e.seq limit 1) fresh on true
     where m.person_id = :person and in_force(m)
       and (cast(:case as uuid) is null or m.case_id = :case)
     order by t.last_at desc
""")

# Invitations in my threads that nobody has an answer to yet.
PROPOSED = """
    select i.case_id, i.thread_id as thread, i.id as invitation, i.name, i.capacity
      from memberships m join invitations i on i.thread_id = m.thread_id
      join memberships p on p.id = i.proposed_by and in_force(p)
     where m.person_id = :person and in_force(m)
       and i.membership_id is null and i.ends_on >= :today
       and not exists (select 1 from invitation_steps s where s.invitation_id = i.id
                          and s.step in ('accepted', 'declined', 'refused'))
       and not exists (select 1 from closures x where x.thread_id = i.thread_id and x.reopened_at is null)
"""
TO_AGREE = text(f"{PROPOSED} and m.role = any(:roles) and m.id = any(waits_for(i, null)) order by i.proposed_at")

# Places that end soon, for who agreed to them and has not agreed to a later day yet.
TO_RENEW = text("""
    select i.case_id, i.thread_id as thread, i.id as invitation, p.id as membership, p.name, p.capacity, p.ends_on
      from memberships m join invitations i on i.thread_id = m.thread_id
      join memberships p on p.id = i.place_id and in_force(p) and p.ends_on <= :soon
     where m.person_id = :person and in_force(m) and m.role = any(:roles)
       and exists (select 1 from consents c where c.invitation_id = i.id and c.giver_id = m.id
                      and c.withdrawn_at is null)
       and not exists (select 1 from consents c where c.invitation_id = i.id and c.giver_id = m.id
                          and c.withdrawn_at is null and c.until > p.ends_on)
       and not exists (select 1 from closures x where x.thread_id = i.thread_id and x.reopened_at is null)
     order by p.ends_on, p.name
""")

# The dates that are coming in my cases: an answer that is due (from whoever wrote the note; from the caseworker, when
# its author can no longer answer), a call that was promised, a place that ends.
DATES = """
    with mine as materialized (
        select m.case_id, m.thread_id, m.history_from from memberships m where m.person_id = :person and in_force(m)),
    dates as (
        select mine.case_id, mine.thread_id as thread, 'answer' as what, r.due_on as "on", w.name, w.capacity,
               n.seq
          from mine join notes n on n.thread_id = mine.thread_id and n.seq > mine.history_from
          join responses r on r.thread_id = n.thread_id and r.note_id = n.id and r.due_on is not null
          join lateral (
                 select * from memberships w where w.thread_id = n.thread_id and can_answer(w, n)
                    and (w.person_id = n.person_id or w.role = 'caseworker')
                  order by w.person_id <> n.person_id, w.starts_at, w.name limit 1) w on true
         where not exists (select 1 from response_answers a where a.thread_id = r.thread_id and a.response_id = r.id)
        union all
        select mine.case_id, mine.thread_id, 'callback', c.due_on, w.name, w.capacity, c.seq
          from mine join callbacks c on c.thread_id = mine.thread_id and c.seq > mine.history_from
          join lateral (
                 select * from memberships w where w.thread_id = c.thread_id and w.role = 'caseworker' and in_force(w)
                  order by w.starts_at, w.name limit 1) w on true
         where not exists (select 1 from callback_steps s where s.thread_id = c.thread_id and s.callback_id = c.id
                              and s.step <> 'tried')
        union all
        select mine.case_id, mine.thread_id, 'place_ends', p.ends_on, p.name, p.capacity, null
          from mine join memberships p on p.thread_id = mine.thread_id and in_force(p) and p.ends_on is not null)
"""
# The first one in each case: late ones come first.
NEXT_DATES = text(f'{DATES} select distinct on (case_id) * from dates order by case_id, "on", what, name')  # noqa: S608

PEOPLE = text("""
    select p.thread_id, p.id as membership, p.name, p.capacity, p.role, p.person_id
      from memberships m join memberships p on p.thread_id = m.thread_id and in_force(p)
     where m.case_id = :case and m.person_id = :person and in_force(m)
     order by p.starts_at, p.name
""")


async def my_cases(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    """Every case that one is in some thread of, the most recently touched first."""
    threads = (await db.execute(MY_THREADS, _whose(person, None))).mappings().all()
    roles = [role.value for role in Role if Act.agree_to_invitation in MAY[role]]
    who = {"person": person, "roles": roles}
    to_agree = (await db.execute(TO_AGREE, who | {"today": today()})).mappings().all()
    to_renew = (await db.execute(TO_RENEW, who | {"soon": today() + SOON})).mappings().all()
    cases: dict[UUID, list[Any]] = {}
    for thread in threads:
        cases.setdefault(thread["case_id"], []).append(thread)
    waits = {"to_agree": to_agree, "to_renew": to_renew, "to_confirm": await to_confirm(db, person)}
    answering = [role.value for role in Role if Act.answer_response in MAY[role]]
    waits["to_answer"] = await to_answer(db, person, answering)
    waits["to_call"] = await to_call(db, person)
    waits["to_receive"] = await to_receive(db, person)
    plans = await waiting(db, person)
    waits |= {"to_settle": plans["to_settle"], "to_do": plans["to_do"]}
    dates = _first_days((await db.execute(NEXT_DATES, {"person": person})).mappings(), plans["days"])
    seen_to = await balls(db, person)
    stood = await standings(db, person)
    return [
        _head(mine)
        | {"threads": mine}
        | {what: _of(case, rows) for what, rows in waits.items()}
        | {"ball": (ball := seen_to.get(case, {}).get("ball")), "next": next(iter(_of(case, dates)), None)}
        | {"standing": next((it | {"at": ball} for it in _of(case, stood)), None)}
        for case, mine in cases.items()
    ]


def _first_days(known: Iterable[Any], planned: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of each case, whichever it is."""
    days = [dict(row) | {"late": overdue(row["on"])} for row in known] + [
        day | {"what": "action", "on": day["due_on"]} for day in planned
    ]
    return sorted(days, key=lambda day: (day["on"], day["what"], day["name"]))


def _whose(person: UUID, case: UUID | None) -> dict[str, Any]:
    writers = [role.value for role in Role if Act.publish_note in MAY[role]]
    return {"person": person, "case": case, "lines": [kind.value for kind in LINES], "note_writers": writers}


def places(cases: list[dict[str, Any]]) -> list[UUID]:
    """By which places of mine this list shows something: a look each."""
    return [thread["membership"] for case in cases for thread in case["threads"]]


def _of(case: UUID, rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row["case_id"] == case]


def _head(threads: list[Any]) -> dict[str, Any]:
    first = min(threads, key=lambda thread: (thread["kind"] != "family", thread["last_at"]))
    return {
        "id": first["case_id"],
        "child_name": first["child_name"],
        "child_born": first["child_born"],
        "unit": first["unit"],
        "opened_at": first["opened_at"],
        "last_at": max(map(itemgetter("last_at"), threads)),
        "me": {"role": first["role"], "capacity": first["capacity"]},
    }


async def case_page(db: AsyncSession, member: Member) -> dict[str, Any]:
    """One case: my threads in it, who is in each, and whom a further thread can be made of."""
    threads = (await db.execute(MY_THREADS, _whose(member.person, member.case))).mappings().all()
    people = (await db.execute(PEOPLE, {"case": member.case, "person": member.person})).mappings().all()
    opener = next((place for place in people if place["person_id"] == threads[0]["opened_by"]), None)
    seen_to = (await balls(db, member.person, member.case)).get(member.case, {})
    me = {"membership": member.id, "role": member.role, "capacity": member.capacity}
    return _head(list(threads)) | {
        "me": me,
        "opened_by": opener,
        "may": member.may_list(),
        "ball": seen_to.get("ball"),
        "deputy": seen_to.get("deputy"),
        "threads": [dict(it) | {"people": [p for p in people if p["thread_id"] == it["id"]]} for it in threads],
        "people": list(_once_each(people)),
        "cards": await cards(db, member.person, member.case),
    }


def _once_each(people: Iterable[Any]) -> Iterable[Any]:
    return {place["person_id"]: place for place in reversed(list(people))}.values()


async def advice(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    """What is asked or answered without a name, and waits for the viewer; `name`: who is at the other end."""
    return [
        head | {"name": head["receiver" if head["mine"] else "asker"]["name"]}
        for head in await waiting_for_me(db, person)
    ]


async def besides(db: AsyncSession, person: UUID) -> dict[str, Any]:
    """What waits for me in cases that I am not in, and in none: changes of custody for a second person that I can be,
    cases that somebody wants to hand over to me, advice, and notifications."""
    custody: int = (await db.execute(text("select custody_waiting()"))).scalar_one()
    handed = await hand_overs_waiting(db)
    return {
        "custody_waiting": custody,
        "hand_overs_waiting": handed,
        "advice": await advice(db, person),
        "concerns": await notifications(db),
    }
