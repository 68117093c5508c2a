from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.rates import PostRate
from app.shapes.stages import StageOut
from app.stages import actions, reads
from app.stages.shapes import NewSignature, NewStage, StagesOut

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
