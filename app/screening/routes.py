from fastapi import APIRouter

from app.access.screener import Screener
from app.db import Db
from app.screening import actions, reads
from app.screening.shapes import ScreeningsOut, Signature, Signs

router = APIRouter(tags=["screening"])
SCREENING = "/api/cases/{case}/screening"


@router.get(SCREENING)
async def get_screening(member: Screener, db: Db) -> ScreeningsOut:
    return ScreeningsOut.model_validate(await reads.screenings(db, member))


@router.post(SCREENING, status_code=204)
async def tick_signs(member: Screener, db: Db, body: Signs) -> None:
    await actions.tick_signs(db, member, body.signs)


@router.post(SCREENING + "/signature", status_code=204)
async def sign_screening(member: Screener, db: Db, body: Signature) -> None:
    await actions.sign_screening(db, member, body.assessment, body.not_to_invite)
