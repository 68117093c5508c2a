from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.access.door import CaseMember, CurrentViewer
from app.access.looks import Showing
from app.db import Db
from app.looks import actions, reads
from app.looks.shapes import Asked, LooksOut, Question, RecentLooks
from app.rates import InviteRate

router = APIRouter(tags=["looks"])
LOOKS = "/api/cases/{case}/looks"


@router.get(LOOKS)
async def list_looks(member: CaseMember, db: Db, before: Annotated[date | None, Query()] = None) -> LooksOut:
    return LooksOut.model_validate(await reads.page(db, member, before))


@router.get("/api/looks")
async def list_recent_looks(viewer: CurrentViewer, db: Db, shows: Showing) -> RecentLooks:
    found, places = await reads.newest(db, viewer.person)
    await shows(places)
    return RecentLooks.model_validate(found)


@router.post(LOOKS + "/{look}/question", status_code=201, dependencies=[InviteRate])
async def ask_why(member: CaseMember, db: Db, look: UUID, body: Question) -> Asked:
    return Asked(id=await actions.ask_why(db, member, look, body.text))
