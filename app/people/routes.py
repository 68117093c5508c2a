from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.db import Db
from app.people import actions, reads
from app.people.shapes import AbsenceOut, Language, MeOut, NewAbsence, SessionList, SessionOut
from app.shapes import Empty

router = APIRouter(tags=["people"])


@router.get("/api/me")
async def get_me(viewer: CurrentViewer, db: Db) -> MeOut:
    person = {"id": viewer.person, "name": viewer.name, "email": viewer.email, "language": viewer.language}
    session = SessionOut.of(viewer)
    employments = await reads.my_employments(db, viewer.person)
    may = ["open_case", *reads.may_at_work(employments)]
    return MeOut.model_validate({"person": person, "session": session, "employments": employments, "may": may})


@router.post("/api/me/session/renewal")
async def renew_session(viewer: CurrentViewer, body: Empty) -> SessionOut:
    """Whatever a person does keeps the session; this does nothing else."""
    return SessionOut.of(viewer)


@router.get("/api/me/sessions")
async def list_sessions(viewer: CurrentViewer, db: Db) -> SessionList:
    return SessionList.model_validate({"sessions": await reads.my_sessions(db, viewer.session)})


@router.post("/api/me/sessions/{session}/ending", status_code=204)
async def end_session(viewer: CurrentViewer, db: Db, session: UUID, body: Empty) -> None:
    await actions.end_session(db, session)


@router.put("/api/me/language", status_code=204)
async def choose_language(viewer: CurrentViewer, db: Db, body: Language) -> None:
    await actions.choose_language(db, viewer.person, body.language)


@router.get("/api/me/absence")
async def get_absence(viewer: CurrentViewer, db: Db) -> AbsenceOut:
    return AbsenceOut.model_validate({"absence": await reads.absence(db, viewer.person)})


@router.put("/api/me/absence", status_code=204)
async def be_away(viewer: CurrentViewer, db: Db, body: NewAbsence) -> None:
    await actions.be_away(db, viewer.person, body.from_on, body.to_on)


@router.delete("/api/me/absence", status_code=204)
async def be_back(viewer: CurrentViewer, db: Db) -> None:
    await actions.be_back(db, viewer.person)
