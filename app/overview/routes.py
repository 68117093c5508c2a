from fastapi import APIRouter

from app.access.door import CaseMember
from app.access.looks import Showing
from app.db import Db
from app.overview import reads
from app.overview.shapes import AccessOut

router = APIRouter(tags=["overview"])


@router.get("/api/cases/{case}/access")
async def get_access(member: CaseMember, db: Db, shows: Showing) -> AccessOut:
    page = await reads.access_page(db, member)
    await shows.beside(member.id, reads.my_places(page))
    return AccessOut.model_validate(page)
