from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.progress import actions, reads
from app.progress.shapes import (
    EvaluationOut,
    NewEvaluation,
    NewEvaluationView,
    NewScale,
    NewWellbeing,
    ProgressOut,
    ScaleOut,
    WellbeingOut,
)
from app.rates import PostRate

router = APIRouter(tags=["progress"])
THREAD = "/api/cases/{case}/threads/{thread}"
EVALUATIONS = THREAD + "/evaluations"


@router.get(THREAD + "/progress")
async def get_progress(member: ThreadMember, db: Db) -> ProgressOut:
    return ProgressOut.model_validate(await reads.progress(db, member))


@router.post(THREAD + "/scales", status_code=201, dependencies=[PostRate])
async def give_scale(member: ThreadMember, db: Db, body: NewScale) -> ScaleOut:
    scale = await actions.give_scale(db, member, body)
    return ScaleOut.model_validate(await reads.one(db, member, "scales", scale))


@router.post(THREAD + "/wellbeing", status_code=201, dependencies=[PostRate])
async def rate_wellbeing(member: ThreadMember, db: Db, body: NewWellbeing) -> WellbeingOut:
    rating = await actions.rate_wellbeing(db, member, body)
    return WellbeingOut.model_validate(await reads.one(db, member, "ratings", rating))


@router.post(EVALUATIONS, status_code=201, dependencies=[PostRate])
async def plan_evaluation(member: ThreadMember, db: Db, body: NewEvaluation) -> EvaluationOut:
    evaluation = await actions.plan_evaluation(db, member, body)
    return EvaluationOut.model_validate(await reads.one(db, member, "evaluations", evaluation))


@router.post(EVALUATIONS + "/{evaluation}/views", status_code=201, dependencies=[PostRate])
async def evaluate(member: ThreadMember, db: Db, evaluation: UUID, body: NewEvaluationView) -> EvaluationOut:
    await actions.evaluate(db, member, evaluation, body)
    return EvaluationOut.model_validate(await reads.one(db, member, "evaluations", evaluation))
