from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.plans import actions, reads
from app.plans.shapes import ActionOut, GoalOut, NewAction, NewActionChange, NewGoal, NewGoalChange, PlanOut
from app.rates import PostRate

router = APIRouter(tags=["plan"])
THREAD = "/api/cases/{case}/threads/{thread}"
GOALS = THREAD + "/goals"
ACTIONS = THREAD + "/actions"


@router.get(GOALS)
async def get_plan(member: ThreadMember, db: Db) -> PlanOut:
    return PlanOut.model_validate(await reads.plan(db, member))


@router.post(GOALS, status_code=201, dependencies=[PostRate])
async def set_goal(member: ThreadMember, db: Db, body: NewGoal) -> GoalOut:
    goal = await actions.set_goal(db, member, body)
    return GoalOut.model_validate(await reads.one_goal(db, member, goal))


@router.post(GOALS + "/{goal}/changes", status_code=201, dependencies=[PostRate])
async def change_goal(member: ThreadMember, db: Db, goal: UUID, body: NewGoalChange) -> GoalOut:
    await actions.change_goal(db, member, goal, body)
    return GoalOut.model_validate(await reads.one_goal(db, member, goal))


@router.post(ACTIONS, status_code=201, dependencies=[PostRate])
async def plan_action(member: ThreadMember, db: Db, body: NewAction) -> ActionOut:
    action = await actions.plan_action(db, member, body)
    return ActionOut.model_validate(await reads.one_action(db, member, action))


@router.post(ACTIONS + "/{action}/changes", status_code=201, dependencies=[PostRate])
async def change_action(member: ThreadMember, db: Db, action: UUID, body: NewActionChange) -> ActionOut:
    await actions.change_action(db, member, action, body)
    return ActionOut.model_validate(await reads.one_action(db, member, action))
