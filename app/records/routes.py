from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.access.door import CaseMember, ThreadMember
from app.access.looks import Showing
from app.db import Db
from app.rates import CopyRate
from app.records import reads
from app.records.delivery import Delivery
from app.records.shapes import Copy, PartWanted, Wanted

router = APIRouter(tags=["records"], dependencies=[CopyRate])
PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
COPY: dict[int | str, dict[str, Any]] = {200: {"model": Copy, "description": "A file", "content": PDF}}


@router.get("/api/cases/{case}/export", responses=COPY)
async def export_case(
    request: Request, member: CaseMember, db: Db, shows: Showing, wanted: Annotated[Wanted, Query()]
) -> Response:
    told, places = await reads.copy_of_case(db, member)
    await shows.beside(member.id, [place.id for place in places])
    return Delivery(request, places, told, wanted)


@router.get("/api/cases/{case}/threads/{thread}/export", responses=COPY)
async def export_thread(
    request: Request, member: ThreadMember, db: Db, wanted: Annotated[PartWanted, Query()]
) -> Response:
    told = await reads.copy_of_thread(db, member, wanted.part, wanted.note)
    return Delivery(request, [member], told, wanted)
