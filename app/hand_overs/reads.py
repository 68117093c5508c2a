"""Who has the ball, who has had it, and what waits to be taken over. Names are told by the place that one shares."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.dates import overdue
from app.errors import NotFound
from app.plans.reads import plan
from app.summaries.reads import pinned
from app.text import text as said

# Who has the ball of each case of mine, and who stands in: by a place in a thread that I share with that person.
BALLS = text("""
    select distinct on (w.case_id, w.person_id) w.case_id, w.name, w.capacity, w.person_id = :person as is_me,
           w.person_id = c.deputy_id as stands_in
      from memberships m join cases c on c.id = m.case_id
      join memberships w on w.thread_id = m.thread_id and w.person_id in (c.holder_id, c.deputy_id) and in_force(w)
     where m.person_id = :person and in_force(m)
       and (cast(:case as uuid) is null or m.case_id = :case)
       and (cast(:thread as uuid) is null or m.thread_id = :thread)
     order by w.case_id, w.person_id, w.starts_at
""")
# One at the most in a thread, by propose_hand_over (doors/hand_overs.sql): a second is an error, not the next best.
WAITING = text("""
    select h.id, h.seq, h.to_name, h.to_title, h.stays, h.proposed_at, h.due_on,
           h.from_person = :person as may_withdraw,
           jsonb_build_object('name', a.name, 'capacity', a.capacity) as author
      from hand_overs h join events e on e.thread_id = h.thread_id and e.seq = h.seq
      join memberships a on a.id = e.actor_id
     where h.thread_id = :thread and h.seq > :history and hand_over_state(h) = 'waiting'
""")
# Each pass of the ball with who it came from and went to, as they stand in this thread.
PASSES = text("""
    select p.passed_at, f.name as from_name, f.capacity as from_capacity, t.name, t.capacity
      from ball_passes p
      join lateral (select * from memberships m where m.thread_id = p.thread_id and m.person_id = p.from_person
                     order by m.starts_at desc limit 1) f on true
      join lateral (select * from memberships m where m.thread_id = p.thread_id and m.person_id = p.to_person
                     order by m.starts_at desc limit 1) t on true
     where p.thread_id = :thread and p.seq > :history order by p.seq
""")
ANSWERS = text("""
    select 'answer' as what, n.seq, r.words, w.name, r.due_on
      from notes n join responses r on r.thread_id = n.thread_id and r.note_id = n.id and r.due_on is not null
      left join lateral (
             select * from memberships w where w.thread_id = n.thread_id and can_answer(w, n)
                and (w.person_id = n.person_id or w.role = 'caseworker')
              order by w.person_id <> n.person_id, w.starts_at, w.name limit 1) w on true
     where n.thread_id = :thread and n.seq > :history
       and not exists (select 1 from response_answers a where a.thread_id = r.thread_id and a.response_id = r.id)
""")
THREAD = text("""
    select t.opened_at, t.kind = 'family' and c.unit_id is not null as leader_told
      from threads t join cases c on c.id = t.case_id where t.id = :thread
""")
COLLEAGUES = text("select employment, name, title, deputy from colleagues(:member)")
# In all my threads, what waits for whoever is to take over.
PROPOSED = text("""
    select m.case_id, m.thread_id as thread, h.to_name as name, h.due_on
      from memberships m join hand_overs h on h.thread_id = m.thread_id and h.seq > m.history_from
     where m.person_id = :person and in_force(m) and hand_over_state(h) = 'waiting' order by h.due_on, h.seq
""")
TO_ME = text("select * from read_hand_overs(:reason, :at)")
TAKERS = text("select * from takers(:cases)")


async def balls(db: AsyncSession, person: UUID, case: UUID | None = None) -> dict[UUID, dict[str, Any]]:
    """By case: `ball` and `deputy`."""
    return await _balls(db, person=person, case=case, thread=None)


async def ball_in(db: AsyncSession, member: Member) -> dict[str, Any]:
    """In one thread: `ball` and `deputy`."""
    found = await _balls(db, person=member.person, case=member.case, thread=member.thread)
    return found.get(member.case, {"ball": None, "deputy": None})


async def _balls(db: AsyncSession, **where: UUID | None) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for row in (await db.execute(BALLS, where)).mappings():
        known = found.setdefault(row["case_id"], {"ball": None, "deputy": None})
        known["deputy" if row["stands_in"] else "ball"] = row
    return found


async def page(db: AsyncSession, member: Member) -> dict[str, Any]:
    """What somebody who takes over reads first, and everybody else in the thread as well."""
    here = {"thread": member.thread, "history": member.history_from}
    known = await ball_in(db, member)
    thread = (await db.execute(THREAD, here)).mappings().one()
    waiting = (await db.execute(WAITING, here | {"person": member.person})).mappings().one_or_none()
    mine = bool(known["ball"] and known["ball"]["is_me"]) and member.may(Act.hand_over)
    colleagues = (await db.execute(COLLEAGUES, {"member": member.id})).mappings().all() if mine else []
    return known | {
        "waiting": waiting and dict(waiting) | {"late": overdue(waiting["due_on"])},
        "leader_told": known["ball"] is None and thread["leader_told"],
        "holders": await _holders(db, member, known["ball"], thread["opened_at"]),
        "summary": (await pinned(db, member))["confirmed"],
        "promises": await _promises(db, member),
        "may_hand_over": mine and waiting is None and bool(colleagues),
        "colleagues": colleagues,
    }


async def _holders(db: AsyncSession, member: Member, now: Any | None, opened_at: datetime) -> list[dict[str, Any]]:
    """Whoever has had the ball, the newest first; the first one has had it since the thread began."""
    passes = (await db.execute(PASSES, {"thread": member.thread, "history": member.history_from})).mappings().all()
    since = opened_at if member.history_from == 0 else None
    if not passes:
        return [{"name": now["name"], "capacity": now["capacity"], "since": since}] if now else []
    first = {"name": passes[0]["from_name"], "capacity": passes[0]["from_capacity"], "since": since}
    later = ({"name": it["name"], "capacity": it["capacity"], "since": it["passed_at"]} for it in passes)
    return [first, *later][::-1]


async def _promises(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """Open steps of the plan that the family has said yes to, and answers that are due; the most pressing first."""
    here = {"thread": member.thread, "history": member.history_from}
    answers = _late((await db.execute(ANSWERS, here)).mappings())
    steps = [
        {"what": "action", "name": it["owner"]["name"]} | {key: it[key] for key in ("seq", "words", "due_on", "late")}
        for it in (await plan(db, member))["actions"]
        if it["stage"] == "open" and it["state"] == "agreed"
    ]
    return sorted([*answers, *steps], key=lambda it: (it["due_on"], it["seq"]))


def _late(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) | {"late": overdue(row["due_on"])} for row in rows]


async def waiting_hand_over(db: AsyncSession, member: Member) -> dict[str, Any]:
    """The one that waits in the member's thread; NotFound when none does."""
    here = {"thread": member.thread, "history": member.history_from, "person": member.person}
    found = (await db.execute(WAITING, here)).mappings().one_or_none()
    if found is None:
        raise NotFound
    return dict(found) | {"late": overdue(found["due_on"])}


async def proposed(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    """Cases of mine that wait to be taken over, whoever wants to hand them over."""
    return _late((await db.execute(PROPOSED, {"person": person})).mappings())


async def to_me(db: AsyncSession, at: datetime) -> list[dict[str, Any]]:
    """What somebody wants to hand over to me: a look at each of these cases, told to the family."""
    return _late((await db.execute(TO_ME, {"reason": said("looks.hand_over"), "at": at})).mappings())


async def waiting_for_me(db: AsyncSession) -> int:
    count: int = (await db.execute(text("select hand_overs_waiting()"))).scalar_one()
    return count


async def lost_balls(db: AsyncSession) -> list[dict[str, Any]]:
    """Cases of a leader's units in which nobody has the ball, and whom each can be given to; none for anybody else."""
    lost = (await db.execute(text("select * from lost_balls()"))).mappings().all()
    takers: dict[UUID, list[RowMapping]] = {it["id"]: [] for it in lost}
    for one in (await db.execute(TAKERS, {"cases": list(takers)})).mappings():
        takers[one["case_id"]].append(one)
    return [dict(it) | {"takers": takers[it["id"]]} for it in lost]
