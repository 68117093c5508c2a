from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.access.door import CurrentViewer, ThreadMember
from app.db import Db
from app.rates import PostRate
from app.shapes.stages import StageOut
from app.stages import actions, reads
from app.stages.shapes import Intervals, NewSignature, NewStage, StagesOut

router = APIRouter(tags=["stages"])
STAGES = "/api/cases/{case}/threads/{thread}/stages"


@router.get(STAGES)
async def get_stages(member: ThreadMember, db: Db) -> StagesOut:
    return StagesOut.model_validate(await reads.stages(db, member))


@router.post(STAGES, status_code=201, dependencies=[PostRate])
async def move_stage(member: ThreadMember, db: Db, body: NewStage) -> StageOut:
    stage = await actions.move_stage(db, member, body)
    return StageOut.model_validate(await reads.stage(db, member, stage))


@router.post(STAGES + "/{stage}/signature", status_code=201, dependencies=[PostRate])
async def co_sign(member: ThreadMember, db: Db, stage: UUID, body: NewSignature) -> StageOut:
    signature = await actions.co_sign(db, member, stage, body)
    return StageOut.model_validate(await reads.stage(db, member, signature))


@router.get("/api/intervals")
async def get_intervals(
    viewer: CurrentViewer,
    db: Db,
    year: Annotated[int | None, Query(ge=2000, le=2200)] = None,
    half: Annotated[int | None, Query(ge=1, le=2)] = None,
) -> Intervals:
    """For leaders: how long it took in their units, and the list behind each number. Without a year, this one."""
    return Intervals.model_validate(await reads.intervals(db, year, half))
