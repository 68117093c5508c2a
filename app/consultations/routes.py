from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.consultations import actions, reads
from app.consultations.shapes import (
    Closure,
    ConsultationList,
    ConsultationOut,
    NewConsultation,
    NewLine,
    PassingOn,
)
from app.db import Db
from app.rates import OutsideRate

router = APIRouter(tags=["consultations"])
CONSULTATION = "/api/consultations/{consultation}"


@router.get("/api/consultations")
async def list_consultations(viewer: CurrentViewer, db: Db) -> ConsultationList:
    mine = await reads.consultations(db, viewer.person)
    return ConsultationList.model_validate({"consultations": mine, "led": await reads.led(db)})


@router.post("/api/consultations", status_code=201, dependencies=[OutsideRate])
async def ask_for_advice(viewer: CurrentViewer, db: Db, body: NewConsultation) -> ConsultationOut:
    await actions.ask_for_advice(db, viewer, body)
    return ConsultationOut.model_validate(await reads.consultation(db, viewer.person, body.id))


@router.get(CONSULTATION)
async def get_consultation(viewer: CurrentViewer, db: Db, consultation: UUID) -> ConsultationOut:
    return ConsultationOut.model_validate(await reads.consultation(db, viewer.person, consultation))


@router.post(CONSULTATION + "/lines", status_code=201, dependencies=[OutsideRate])
async def write_line(viewer: CurrentViewer, db: Db, consultation: UUID, body: NewLine) -> ConsultationOut:
    await actions.write_line(db, viewer, consultation, body)
    return ConsultationOut.model_validate(await reads.consultation(db, viewer.person, consultation))


@router.post(CONSULTATION + "/closure", status_code=201)
async def close_consultation(viewer: CurrentViewer, db: Db, consultation: UUID, body: Closure) -> ConsultationOut:
    await actions.close_consultation(db, viewer, consultation, body)
    return ConsultationOut.model_validate(await reads.consultation(db, viewer.person, consultation))


@router.post(CONSULTATION + "/passing-on", status_code=204)
async def pass_on_consultation(viewer: CurrentViewer, db: Db, consultation: UUID, body: PassingOn) -> None:
    """It is no longer for whoever passes it on to read."""
    await actions.pass_on_consultation(db, consultation, body)
