from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer, FreshViewer
from app.db import Db
from app.duty import actions, reads
from app.duty.shapes import Admitted, DutyAccesses, NewDutyAccess
from app.rates import DutyRate
from app.shapes import Empty

router = APIRouter(tags=["duty"])


@router.get("/api/duty-accesses")
async def list_duty_accesses(viewer: CurrentViewer, db: Db) -> DutyAccesses:
    return DutyAccesses.model_validate({"accesses": await reads.accesses(db, viewer.person)})


@router.post("/api/duty-accesses", status_code=201, dependencies=[DutyRate])
async def open_duty_access(viewer: FreshViewer, db: Db, body: NewDutyAccess) -> Admitted:
    return Admitted.model_validate(await actions.open_duty_access(db, body))


@router.post("/api/duty-accesses/{access}/sight", status_code=204)
async def sight_duty_access(viewer: CurrentViewer, db: Db, access: UUID, body: Empty) -> None:
    await actions.sight_duty_access(db, access)
