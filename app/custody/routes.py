from uuid import UUID

from fastapi import APIRouter

from app.access.door import CaseMember, CurrentViewer, FreshViewer
from app.access.looks import Showing
from app.custody import actions, reads
from app.custody.shapes import Asked, ChangeList, NewChange, WaitingList
from app.db import Db
from app.rates import InviteRate
from app.shapes import Empty

router = APIRouter(tags=["custody"])


@router.post("/api/cases/{case}/custody-changes", status_code=201, dependencies=[InviteRate])
async def change_custody(member: CaseMember, db: Db, body: NewChange) -> Asked:
    return Asked(id=await actions.change_custody(db, member, body))


@router.get("/api/cases/{case}/custody-changes")
async def list_custody_changes(member: CaseMember, db: Db) -> ChangeList:
    return ChangeList.model_validate({"changes": await reads.changes_of_case(db, member)})


@router.get("/api/custody-changes")
async def list_waiting_custody_changes(viewer: CurrentViewer, db: Db, shows: Showing) -> WaitingList:
    changes = await reads.waiting_for_second(db, shows.at)
    shows.counted(len(changes))
    return WaitingList.model_validate({"changes": changes})


@router.post("/api/custody-changes/{change}/approval", status_code=204)
async def approve_custody(viewer: FreshViewer, db: Db, change: UUID, body: Empty) -> None:
    await actions.settle_custody(db, change, approved=True)


@router.post("/api/custody-changes/{change}/refusal", status_code=204)
async def refuse_custody(viewer: FreshViewer, db: Db, change: UUID, body: Empty) -> None:
    await actions.settle_custody(db, change, approved=False)
