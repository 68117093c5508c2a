from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.access.looks import Showing
from app.caseload import reads
from app.caseload.shapes import Caseload
from app.db import Db
from app.settings import get_settings

router = APIRouter(tags=["caseload"])


@router.get("/api/caseload")
async def list_caseload(viewer: CurrentViewer, db: Db, shows: Showing) -> Caseload:
    """The cases whose ball one has, or stands in for; empty for whoever sees to none."""
    found, places = await reads.caseload(db, viewer.person, get_settings().silence_days)
    await shows(places)
    return Caseload.model_validate(found)
