from uuid import UUID

from fastapi import APIRouter
from pydantic import TypeAdapter

from app.access.door import CurrentViewer
from app.concerns import actions, reads
from app.concerns.shapes import (
    ConcernList,
    ConcernOut,
    ConcernPassing,
    ConcernReceipt,
    ConcernSettlement,
    DangerAssessment,
    NewConcern,
)
from app.db import Db
from app.rates import OutsideRate

router = APIRouter(tags=["concerns"])
CONCERN = "/api/concerns/{concern}"
# Nothing, for whoever stood in until this was done.
STILL_MINE = TypeAdapter[ConcernOut | None](ConcernOut | None)


@router.get("/api/concerns")
async def list_concerns(viewer: CurrentViewer, db: Db) -> ConcernList:
    return ConcernList.model_validate({"concerns": await reads.concerns(db), "led": await reads.led(db)})


@router.post("/api/concerns", status_code=201, dependencies=[OutsideRate])
async def notify(viewer: CurrentViewer, db: Db, body: NewConcern) -> ConcernOut:
    await actions.notify(db, body)
    return ConcernOut.model_validate(await reads.concern(db, body.id))


@router.get(CONCERN)
async def get_concern(viewer: CurrentViewer, db: Db, concern: UUID) -> ConcernOut:
    return ConcernOut.model_validate(await reads.concern(db, concern))


@router.post(CONCERN + "/danger-assessment", status_code=201, dependencies=[OutsideRate])
async def assess_danger(viewer: CurrentViewer, db: Db, concern: UUID, body: DangerAssessment) -> ConcernOut:
    await actions.assess_danger(db, viewer, concern, body)
    return ConcernOut.model_validate(await reads.concern(db, concern))


@router.post(CONCERN + "/receipt", status_code=201, dependencies=[OutsideRate])
async def send_receipt(viewer: CurrentViewer, db: Db, concern: UUID, body: ConcernReceipt) -> ConcernOut | None:
    await actions.send_receipt(db, viewer, concern, body)
    return STILL_MINE.validate_python(await reads.still_mine(db, concern))


@router.post(CONCERN + "/passing-on", status_code=204, dependencies=[OutsideRate])
async def pass_on_concern(viewer: CurrentViewer, db: Db, concern: UUID, body: ConcernPassing) -> None:
    """It is no longer for whoever passes it on to read."""
    await actions.pass_on_concern(db, concern, body)


@router.post(CONCERN + "/settlement", status_code=201, dependencies=[OutsideRate])
async def settle_concern(viewer: CurrentViewer, db: Db, concern: UUID, body: ConcernSettlement) -> ConcernOut | None:
    await actions.settle_concern(db, viewer, concern, body)
    return STILL_MINE.validate_python(await reads.still_mine(db, concern))
