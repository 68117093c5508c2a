"""The plan as everybody in the thread sees it: one function folds what happened, for family and municipality alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import PRIVATE_READERS, Act, Role
from app.access.settling import deciders
from app.dates import overdue
from app.errors import NotFound
from app.journal import AUTHOR
from app.plans.models import GoalKind

# Whoever wrote it is still in the thread.
HERE = (
    "exists (select 1 from memberships h where h.thread_id = {0}.thread_id and h.person_id = {0}.person_id"
    " and in_force(h)) as here"
)
GOALS = text(f"""
    select g.thread_id, g.id, g.seq, g.kind, g.area, g.words, g.set_at as at, g.person_id, {HERE.format("g")},
           {AUTHOR.format("a")} as author, case when w.id is not null then {AUTHOR.format("w")} end as words_of
      from goals g join events e on e.thread_id = g.thread_id and e.seq = g.seq join memberships a on a.id = e.actor_id
      left join memberships w on w.id = g.words_of
      join unnest(cast(:threads as uuid[]), cast(:histories as bigint[])) mine (thread, history)
        on mine.thread = g.thread_id and g.seq > mine.history
     order by g.seq
""")  # noqa: S608 put together from what stands above
ACTIONS = text(f"""
    select x.thread_id, x.id, x.seq, x.goal_id as goal, x.words, x.planned_at as at, x.person_id, x.due_on,
           x.starts_on, x.weeks, o.person_id as owner_id, {HERE.format("x")},
           {AUTHOR.format("a")} as author, {AUTHOR.format("o")} as owner
      from actions x join events e on e.thread_id = x.thread_id and e.seq = x.seq
      join memberships a on a.id = e.actor_id join memberships o on o.id = x.owner
      join unnest(cast(:threads as uuid[]), cast(:histories as bigint[])) mine (thread, history)
        on mine.thread = x.thread_id and x.seq > mine.history
     order by x.seq
""")  # noqa: S608 as above
GOAL_CHANGES = text(f"""
    select c.thread_id, c.goal_id as item, c.seq, c.step, c.words, c.changed_at as at, c.person_id,
           {HERE.format("c")}, {AUTHOR.format("a")} as "by", null as due_on, null as owner, null as owner_id
      from goal_changes c join events e on e.thread_id = c.thread_id and e.seq = c.seq
      join memberships a on a.id = e.actor_id where c.thread_id = any(:threads) order by c.seq
""")  # noqa: S608 as above
ACTION_CHANGES = text(f"""
    select c.thread_id, c.action_id as item, c.seq, c.step, c.words, c.changed_at as at, c.person_id,
           {HERE.format("c")}, {AUTHOR.format("a")} as "by", c.due_on, o.person_id as owner_id,
           case when o.id is not null then {AUTHOR.format("o")} end as owner
      from action_changes c join events e on e.thread_id = c.thread_id and e.seq = c.seq
      join memberships a on a.id = e.actor_id left join memberships o on o.id = c.owner
     where c.thread_id = any(:threads) order by c.seq
""")  # noqa: S608 as above

# What each step makes of a stage; the other steps leave it as it is.
SAID = ("agreed", "declined")
STAGES = {"done": "done", "dropped": "dropped", "reached": "reached", "reopened": "open", "resumed": "open"}


Rows = dict[Any, list[Any]]


class Steps(NamedTuple):
    """By thread and item."""

    goals: Rows
    actions: Rows


async def plan(db: AsyncSession, member: Member) -> dict[str, Any]:
    """Everything in the member's history, in the order it was set."""
    return (await plans(db, [member]))[member.thread]


async def plans(db: AsyncSession, members: Sequence[Member]) -> dict[UUID, dict[str, Any]]:
    """The plan in each thread that one person is a member of."""
    threads = [it.thread for it in members]
    values = {"threads": threads, "histories": [it.history_from for it in members]}
    goals, actions = await _by(db, GOALS, values, "thread_id"), await _by(db, ACTIONS, values, "thread_id")
    # Ids are made by clients: in another thread the same one may stand for something else.
    # A goal and an action may have the same one, too.
    steps = Steps(
        await _by(db, GOAL_CHANGES, values, "thread_id", "item"),
        await _by(db, ACTION_CHANGES, values, "thread_id", "item"),
    )
    whose = await deciders(db, threads)
    return {
        it.thread: _plan(it, goals.get((it.thread,), []), actions.get((it.thread,), []), steps, whose) for it in members
    }


async def _by(db: AsyncSession, query: TextClause, values: dict[str, Any], *keys: str) -> Rows:
    found: Rows = {}
    for row in (await db.execute(query, values)).mappings():
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


def _plan(member: Member, goals: list[Any], actions: list[Any], steps: Steps, whose: Any) -> dict[str, Any]:
    roles = whose[member.thread]
    set_goals = [goal(member, row, steps.goals.get((member.thread, row["id"]), []), roles) for row in goals]
    planned = [action(member, row, steps.actions.get((member.thread, row["id"]), []), roles) for row in actions]
    known = {it["id"] for it in set_goals}
    return {
        "goals": set_goals,
        "actions": [it | {"goal": it["goal"] if it["goal"] in known else None} for it in planned],
    }


def goal(member: Member, row: Any, changes: list[Any], roles: frozenset[Role]) -> dict[str, Any]:
    item = _folded(member, row, changes, roles)
    if row["kind"] == GoalKind.wish:
        item |= {"state": "agreed", "may_settle": False}
    return item


def action(member: Member, row: Any, changes: list[Any], roles: frozenset[Role]) -> dict[str, Any]:
    item = _folded(member, row, changes, roles)
    moved = [change for change in changes if change["step"] == "moved"]
    handed = [change for change in changes if change["step"] == "handed"]
    due_on = moved[-1]["due_on"] if moved else row["due_on"]
    owner_id = handed[-1]["owner_id"] if handed else row["owner_id"]
    done = item["stage"] == "done" and [change["at"] for change in changes if change["step"] == "done"]
    mine = owner_id == member.person or member.may(Act.make_plan)
    return item | {
        "due_on": due_on,
        "owner": handed[-1]["owner"] if handed else row["owner"],
        "owner_id": owner_id,
        "done_at": done[-1] if done else None,
        "late": is_late(item["stage"], item["state"], due_on),
        "may_do": member.may(Act.do_action) and mine,
    }


def verbatim(row: Any) -> bool:
    """A wish, and what a child has said, stands as it was said: nobody else puts other words there, or drops it."""
    return row.get("words_of") is not None or row.get("kind") == GoalKind.wish


def is_late(stage: str, state: str, due_on: date) -> bool:
    """The one answer to whether a part of the plan is late. Work on it begins with the family's yes."""
    return stage == "open" and state == "agreed" and overdue(due_on)


def _folded(member: Member, row: Any, changes: list[Any], roles: frozenset[Role]) -> dict[str, Any]:
    """What a goal or an action is by now."""
    began = {key: row[key] for key in ("seq", "words", "at", "person_id", "here")}
    began |= {"step": "set", "by": row["author"]}
    history = [began, *(dict(change) for change in changes)]
    wording = next(step for step in reversed(history) if step["step"] in ("set", "reworded"))
    stage = next((STAGES[step["step"]] for step in reversed(history) if step["step"] in STAGES), "open")
    said = _said(wording, row, history, roles)
    state = "declined" if "declined" in said.values() else "agreed" if "agreed" in said.values() else "proposed"
    asked = stage == "open" and member.role in roles and said.get(member.person) != "agreed"
    return dict(row) | {
        "words": wording["words"],
        "wording": wording["seq"],
        "stage": stage,
        "state": state,
        "may_word": member.may(Act.make_plan) and (not verbatim(row) or row["person_id"] == member.person),
        "may_settle": asked and member.may(Act.settle_plan),
        "history": history,
    }


def _said(wording: Any, row: Any, history: list[Any], roles: frozenset[Role]) -> dict[UUID, str]:
    """Each one's last word on the words as they stand, of those who are still here. Who decides has said yes to what is
    in his own words."""
    own = wording["here"] and wording["by"]["role"] in roles and row.get("words_of") is None
    said = {wording["person_id"]: "agreed"} if own else {}
    later = (step for step in history if step["seq"] > wording["seq"] and step["step"] in SAID and step["here"])
    return said | {step["person_id"]: step["step"] for step in later}


async def one_goal(db: AsyncSession, member: Member, goal_id: UUID) -> dict[str, Any]:
    return _one((await plan(db, member))["goals"], goal_id)


async def one_action(db: AsyncSession, member: Member, action_id: UUID) -> dict[str, Any]:
    return _one((await plan(db, member))["actions"], action_id)


def _one(items: list[dict[str, Any]], wanted: UUID) -> dict[str, Any]:
    found = next((it for it in items if it["id"] == wanted), None)
    if found is None:
        raise NotFound
    return found


ANY = text("""
    select exists (select 1 from goals g where g.thread_id = :thread and g.seq > :history)
        or exists (select 1 from actions a where a.thread_id = :thread and a.seq > :history)
""")


async def pinned(db: AsyncSession, member: Member) -> dict[str, Any]:
    """What stands beside a thread's lines: the next thing to do, and how much waits for my yes or no."""
    if not await db.scalar(ANY, {"thread": member.thread, "history": member.history_from}):
        return {"next": None, "to_settle": 0}
    known = await plan(db, member)
    mine = [it for it in _proposed(member, known) if it["mine"]]
    return {"next": next(iter(_days(member, known)), None), "to_settle": len(mine)}


PLACES = text("""
    select m.id, m.person_id as person, m.case_id as "case", m.thread_id as thread, m.role, m.name, m.capacity,
           m.history_from
      from memberships m
     where m.person_id = :person and in_force(m) and (exists (select 1 from goals g where g.thread_id = m.thread_id)
         or exists (select 1 from actions a where a.thread_id = m.thread_id))
       and not exists (select 1 from closures x where x.thread_id = m.thread_id and x.reopened_at is null)
""")


async def waiting(db: AsyncSession, person: UUID) -> dict[str, list[dict[str, Any]]]:
    """`proposed`: what waits for a yes or no; `to_settle`: for mine. `days`: the last days of all that is open, whoever
    it belongs to; `to_do`: to me, the most pressing first. In threads that are open."""
    rows = (await db.execute(PLACES, {"person": person})).mappings().all()
    members = [Member(**dict(row) | {"role": Role(row["role"]), "closed": False}) for row in rows]
    known = await plans(db, members) if members else {}
    proposed = [it for member in members for it in _proposed(member, known[member.thread])]
    days = [it for member in members for it in _days(member, known[member.thread])]
    mine = {"to_settle": [it for it in proposed if it["mine"]], "to_do": [it for it in days if it["mine"]]}
    return mine | {"proposed": proposed, "days": days}


def _proposed(member: Member, plan: dict[str, Any]) -> Sequence[dict[str, Any]]:
    return [
        _at(member, it, it["author"]) | {"mine": it["may_settle"]}
        for it in plan["goals"] + plan["actions"]
        if it["stage"] == "open" and it["state"] == "proposed"
    ]


def _days(member: Member, plan: dict[str, Any]) -> Sequence[dict[str, Any]]:
    opened = [it for it in plan["actions"] if it["stage"] == "open" and it["state"] == "agreed"]
    return [
        _at(member, it, it["owner"])
        | {"mine": it["owner_id"] == member.person, "of_family": it["owner"]["role"] in PRIVATE_READERS}
        | {"due_on": it["due_on"], "late": it["late"]}
        for it in sorted(opened, key=lambda it: it["due_on"])
    ]


def _at(member: Member, item: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    where = {"case_id": member.case, "thread": member.thread, "item": item["id"], "words": item["words"]}
    return where | {"name": who["name"], "capacity": who["capacity"]}
