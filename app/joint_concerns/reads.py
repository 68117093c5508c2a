"""Notifications that notifier and family write together: all of it to everybody in the thread."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, Act, Role
from app.dates import overdue
from app.errors import NotFound
from app.joint_concerns.models import JointStep, JointStepTaken
from app.journal import AUTHOR

# Of my places, or of the one in :thread, what lies in my history.
MINE = """
      from memberships m join joint_concerns j on j.thread_id = m.thread_id and j.seq > m.history_from
      left join joint_steps s on s.thread_id = j.thread_id and s.concern_id = j.id and s.step = 'sent'
      left join joint_steps r on r.thread_id = j.thread_id and r.concern_id = j.id and r.step = 'received'
      left join joint_steps g on g.thread_id = j.thread_id and g.concern_id = j.id and g.step = 'given_up'
"""
HEADS = text(f"""
    select j.id, j.seq, j.area, j.person_id, j.begun_at as at, s.receipt_due_on, {AUTHOR.format("a")} as author,
           case when r.id is not null then 'received' when s.id is not null then 'sent'
                when g.id is not null then 'given_up' else 'writing' end as state
      {MINE}
      join events e on e.thread_id = j.thread_id and e.seq = j.seq join memberships a on a.id = e.actor_id
     where m.id = :place and in_force(m) and (cast(:one as uuid) is null or j.id = :one)
     order by j.seq desc
""")
PARTS = text(f"""
    select p.id, p.seq, p.person_id, p.words, p.besides, p.child_view, p.written_at as at, a.role,
           {AUTHOR.format("a")} as author
      from joint_parts p join events e on e.thread_id = p.thread_id and e.seq = p.seq
      join memberships a on a.id = e.actor_id
     where p.thread_id = :thread and p.concern_id = :one order by p.seq desc
""")  # noqa: S608 as above
STEPS = text(f"""
    select s.seq, s.step, s.words, s.taken_at as at, {AUTHOR.format("a")} as author
      from joint_steps s join events e on e.thread_id = s.thread_id and e.seq = s.seq
      join memberships a on a.id = e.actor_id
     where s.thread_id = :thread and s.concern_id = :one order by s.seq
""")  # noqa: S608 as above
COMES = text("select * from comes_by_sending(:member)")
# What waits for a caseworker's receipt in all my threads; the most pressing first.
TO_RECEIVE = text(f"""
    select m.case_id, m.thread_id as thread, j.id as concern, a.name, a.capacity, s.receipt_due_on as due_on
      {MINE}
      join events e on e.thread_id = s.thread_id and e.seq = s.seq join memberships a on a.id = e.actor_id
     where m.person_id = :person and in_force(m) and m.role = 'caseworker' and s.id is not null and r.id is null
     order by s.receipt_due_on, s.seq
""")
WRITING = "writing"


async def concerns(db: AsyncSession, member: Member) -> dict[str, Any]:
    heads = await _heads(db, member, None)
    begun = any(head["state"] == WRITING for head in heads)
    may_begin = member.may(Act.begin_joint_concern) and not begun and await is_family(db, member)
    return {"concerns": heads, "may_begin": may_begin}


async def concern(db: AsyncSession, member: Member, concern_id: UUID) -> dict[str, Any]:
    """NotFound: none such in the thread, or from before the member's history."""
    found = await _heads(db, member, concern_id)
    if not found:
        raise NotFound
    head, values = found[0], {"thread": member.thread, "one": concern_id}
    parts = _newest(member, [dict(row) for row in (await db.execute(PARTS, values)).mappings()])
    heard = any(part["role"] in FAMILY for part in parts)
    writing = head["state"] == WRITING
    return head | {
        "parts": parts,
        "steps": (await db.execute(STEPS, values)).mappings().all(),
        "family_heard": heard,
        "waits_for": _waits_for(head["state"], parts, heard=heard),
        "comes": await comes(db, member) if writing else None,
        "may": [act for act in _acts(member, head) if member.may(act)],
    }


async def comes(db: AsyncSession, member: Member) -> Any | None:
    """The caseworker who comes in by a sending. Nobody: one is there already (doors/joint_concerns.sql)."""
    return (await db.execute(COMES, {"member": member.id})).mappings().one_or_none()


async def is_family(db: AsyncSession, member: Member) -> bool:
    """Whether this is the case's family thread."""
    kind = text("select kind = 'family' from threads where id = :thread")
    return bool((await db.execute(kind, {"thread": member.thread})).scalar_one())


async def has_notifier(db: AsyncSession, member: Member) -> bool:
    """Whether somebody is in the thread who could send it."""
    query = text("select 1 from memberships m where m.thread_id = :thread and m.role = :role and in_force(m) limit 1")
    values = {"thread": member.thread, "role": Role.professional.value}
    return (await db.execute(query, values)).first() is not None


async def sender(db: AsyncSession, member: Member, concern_id: UUID) -> UUID:
    mine = select(JointStepTaken.person_id).where(
        JointStepTaken.thread_id == member.thread,
        JointStepTaken.concern_id == concern_id,
        JointStepTaken.step == JointStep.sent,
    )
    return (await db.execute(mine)).scalar_one()


async def to_receive(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    rows = (await db.execute(TO_RECEIVE, {"person": person})).mappings()
    return [dict(row) | {"late": overdue(row["due_on"])} for row in rows]


async def _heads(db: AsyncSession, member: Member, one: UUID | None) -> list[dict[str, Any]]:
    rows = (await db.execute(HEADS, {"place": member.id, "one": one})).mappings()
    return [dict(row) | {"late": row["state"] == JointStep.sent and overdue(row["receipt_due_on"])} for row in rows]


def _newest(member: Member, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One part a person, in the order in which they first wrote; the newest writing, with those before it."""
    of: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        told = row | {"mine": row["person_id"] == member.person}
        if (known := of.get(row["person_id"])) is None:
            of[row["person_id"]] = told | {"earlier": []}
        else:
            known["earlier"].append(told)
    return sorted(of.values(), key=lambda part: (part["earlier"][-1:] or [part])[0]["seq"])


def _waits_for(state: str, parts: list[dict[str, Any]], *, heard: bool) -> str | None:
    """The notifier writes first; then the family has its say; then it is sent, and the receipt is due."""
    if state == JointStep.sent:
        return "caseworker"
    if state != WRITING:
        return None
    told = any(part["role"] == Role.professional for part in parts)
    return "family" if told and not heard else "notifier"


def _acts(member: Member, head: dict[str, Any]) -> list[Act]:
    if head["state"] == JointStep.sent:
        return [Act.receive_joint_concern]
    if head["state"] != WRITING:
        return []
    mine = head["person_id"] == member.person or member.role is Role.professional
    return [Act.give_up_joint_concern] * mine + [Act.send_joint_concern, Act.write_joint_part]
