"""Making the plan together: what is wished for, who does what, the family's word on it. Each: must, change, record."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.access.settling import settles
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.journal import Kind, record
from app.plans import reads
from app.plans.models import Action, ActionChange, ActionStep, Goal, GoalChange, GoalStep
from app.plans.shapes import NewAction, NewActionChange, NewGoal, NewGoalChange
from app.threads.reads import check_words_of, may_own

# Far more than people need; all of it is read whenever the plan is.
MOST_ITEMS, MOST_STEPS = 300, 200
# What may be done to a thing in each of its stages.
GOAL_STEPS: dict[str, frozenset[str]] = {
    "open": frozenset(GoalStep) - {GoalStep.resumed},
    "reached": frozenset({GoalStep.resumed}),
    "dropped": frozenset({GoalStep.resumed}),
}
ACTION_STEPS: dict[str, frozenset[str]] = {
    "open": frozenset(ActionStep) - {ActionStep.reopened},
    "done": frozenset({ActionStep.reopened}),
    "dropped": frozenset({ActionStep.reopened}),
}


async def set_goal(db: AsyncSession, member: Member, new: NewGoal) -> UUID:
    """Verbatim. Written down for a child: as its words. The same id and words again is the same goal."""
    member.must(Act.make_plan)
    await check_words_of(db, member, new.words_of)
    said = new.model_dump(exclude={"circle"}) | {"person_id": member.person}
    if (known := await db.get(Goal, (member.thread, new.id))) is not None:
        return _same(known, said)
    await _check_room(db, member)
    seq = await record(db, member, Kind.goal_set, new.id, circle=new.circle)
    db.add(Goal(thread_id=member.thread, seq=seq, **said))
    await db.flush()
    return new.id


async def change_goal(db: AsyncSession, member: Member, goal_id: UUID, new: NewGoalChange) -> None:
    """Conflict: it does not fit the stage that the goal is in by now; words_changed: the yes or no was to other words.
    NotAllowed: it is not mine to say."""
    member.must(Act.settle_plan if new.step in (GoalStep.agreed, GoalStep.declined) else Act.make_plan)
    goal = await reads.one_goal(db, member, goal_id)
    said = _said(new) | {"person_id": member.person, "goal_id": goal_id}
    if (known := await db.get(GoalChange, (member.thread, new.id))) is not None:
        _same(known, said)
        return
    await _check_word(db, member, new.step)
    _check_goal(goal, new)
    seq = await record(db, member, Kind.goal_changed, new.id, about=goal["seq"], circle=new.circle)
    _check_goal(await reads.one_goal(db, member, goal_id), new)  # under the thread's lock: nobody was quicker
    db.add(GoalChange(thread_id=member.thread, seq=seq, **said))
    await db.flush()


async def plan_action(db: AsyncSession, member: Member, new: NewAction) -> UUID:
    """NotFound: a goal that is not here, or an owner who has no place here."""
    member.must(Act.make_plan)
    if new.goal is not None:
        await reads.one_goal(db, member, new.goal)
    said = new.model_dump(exclude={"circle", "goal"}) | {"goal_id": new.goal, "due_on": new.ends_on}
    said["person_id"] = member.person
    if (known := await db.get(Action, (member.thread, new.id))) is not None:
        return _same(known, said)
    if not await may_own(db, member, new.owner):
        raise NotFound
    await _check_room(db, member)
    seq = await record(db, member, Kind.action_planned, new.id, circle=new.circle)
    db.add(Action(thread_id=member.thread, seq=seq, **said))
    await db.flush()
    return new.id


async def change_action(db: AsyncSession, member: Member, action_id: UUID, new: NewActionChange) -> None:
    """As change_goal. Whoever an action belongs to says when it is done. Conflict not_agreed: the family has not said
    yes, so work on it has not begun."""
    member.must(_act(new.step))
    action = await reads.one_action(db, member, action_id)
    said = _said(new) | {"person_id": member.person, "action_id": action_id}
    if (known := await db.get(ActionChange, (member.thread, new.id))) is not None:
        _same(known, said)
        return
    await _check_word(db, member, new.step)
    if new.owner is not None and not await may_own(db, member, new.owner):
        raise NotFound
    _check_action(action, new)
    seq = await record(db, member, Kind.action_changed, new.id, about=action["seq"], circle=new.circle)
    _check_action(await reads.one_action(db, member, action_id), new)
    db.add(ActionChange(thread_id=member.thread, seq=seq, **said))
    await db.flush()


def _act(step: ActionStep) -> Act:
    if step in (ActionStep.agreed, ActionStep.declined):
        return Act.settle_plan
    return Act.do_action if step in (ActionStep.done, ActionStep.reopened) else Act.make_plan


async def _check_room(db: AsyncSession, member: Member) -> None:
    plan = await reads.plan(db, member)
    if len(plan["goals"]) + len(plan["actions"]) >= MOST_ITEMS:
        raise Conflict("plan_full")


async def _check_word(db: AsyncSession, member: Member, step: str) -> None:
    if step in ("agreed", "declined") and not await settles(db, member, Act.settle_plan):
        raise NotAllowed


def _said(new: NewGoalChange | NewActionChange) -> dict[str, Any]:
    return new.model_dump(exclude={"circle", "wording"})


def _check_wording(item: dict[str, Any], new: NewGoalChange | NewActionChange) -> None:
    if new.step in ("agreed", "declined", "reworded") and new.wording not in (None, item["wording"]):
        raise Conflict("words_changed")


def _check_goal(goal: dict[str, Any], new: NewGoalChange) -> None:
    _check_wording(goal, new)
    if new.step in (GoalStep.reworded, GoalStep.dropped) and not goal["may_word"]:
        raise NotAllowed
    if len(goal["history"]) > MOST_STEPS:
        raise Conflict("plan_full")
    if new.step not in GOAL_STEPS[goal["stage"]]:
        raise Conflict
    if new.step in (GoalStep.agreed, GoalStep.declined) and goal["kind"] == "wish":
        raise Conflict


def _check_action(action: dict[str, Any], new: NewActionChange) -> None:
    _check_wording(action, new)
    if len(action["history"]) > MOST_STEPS:
        raise Conflict("plan_full")
    if new.step not in ACTION_STEPS[action["stage"]]:
        raise Conflict
    if new.step in (ActionStep.done, ActionStep.reopened) and not action["may_do"]:
        raise NotAllowed
    if new.step is ActionStep.done and action["state"] != "agreed":
        raise Conflict("not_agreed")


def _same(known: Any, said: dict[str, Any]) -> UUID:
    """The same id again, with the same words. Invalid id_reused: with others."""
    if any(getattr(known, key) != value for key, value in said.items()):
        raise Invalid("id_reused")
    found: UUID = known.id
    return found
