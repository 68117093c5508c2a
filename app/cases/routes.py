from fastapi import APIRouter

from app.access.door import CaseMember, CurrentViewer
from app.access.looks import Showing
from app.cases import actions, reads
from app.cases.shapes import CaseList, CaseOut, NewCase, Opened
from app.db import Db
from app.rates import InviteRate

router = APIRouter(tags=["cases"])


@router.get("/api/cases")
async def list_cases(viewer: CurrentViewer, db: Db, shows: Showing) -> CaseList:
    cases = await reads.my_cases(db, viewer.person)
    await shows(reads.places(cases))
    besides = {"custody_waiting": await reads.custody_waiting(db), "advice": await reads.advice(db, viewer.person)}
    return CaseList.model_validate({"cases": cases} | besides)


@router.post("/api/cases", status_code=201, dependencies=[InviteRate])
async def open_case(viewer: CurrentViewer, db: Db, body: NewCase) -> Opened:
    case, thread = await actions.open_case(db, viewer, body)
    return Opened(id=case, thread=thread)


@router.get("/api/cases/{case}")
async def get_case(member: CaseMember, db: Db, shows: Showing) -> CaseOut:
    page = await reads.case_page(db, member)
    await shows.beside(member.id, reads.places([page]))
    return CaseOut.model_validate(page)
