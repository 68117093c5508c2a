from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.db import Db
from app.waiting import reads
from app.waiting.shapes import WaitingList

router = APIRouter(tags=["waiting"])


@router.get("/api/waiting")
async def list_waiting(viewer: CurrentViewer, db: Db) -> WaitingList:
    """For leaders: who of their units owes somebody an answer or a call, and since when. No case is shown by it."""
    return WaitingList.model_validate({"waiting": await reads.waiting(db)})
