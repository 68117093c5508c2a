from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.access.looks import Showing
from app.db import Db
from app.rates import SearchRate
from app.search import reads
from app.search.shapes import Found, Search

router = APIRouter(tags=["search"])


# A POST that writes nothing but the looks: what somebody searches for stands in no address, so in no log of any server
# on the way, and in no browser's history.
@router.post("/api/search", dependencies=[SearchRate])
async def search(viewer: CurrentViewer, db: Db, body: Search, shows: Showing) -> Found:
    found, places = await reads.search(db, body.words, body.case, body.before)
    await shows(places)
    return Found.model_validate(found)
