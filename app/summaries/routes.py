from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.rates import PostRate
from app.shapes import Empty
from app.shapes.summaries import SummaryOut
from app.summaries import actions, reads
from app.summaries.shapes import NewSummary, Rejection, SummaryList

router = APIRouter(tags=["summaries"])
SUMMARY = "/api/cases/{case}/threads/{thread}/summary"


@router.get(SUMMARY)
async def list_summaries(member: ThreadMember, db: Db) -> SummaryList:
    return SummaryList.model_validate({"summaries": await reads.summaries(db, member)})


@router.post(SUMMARY, status_code=201, dependencies=[PostRate])
async def propose_summary(member: ThreadMember, db: Db, body: NewSummary) -> SummaryOut:
    summary = await actions.propose_summary(db, member, body.id, body.words, body.circle)
    return SummaryOut.model_validate(await reads.summary(db, member, summary))


@router.post(SUMMARY + "/{summary}/confirmation", status_code=201, dependencies=[PostRate])
async def confirm_summary(member: ThreadMember, db: Db, summary: UUID, body: Empty) -> SummaryOut:
    await actions.confirm_summary(db, member, summary)
    return SummaryOut.model_validate(await reads.summary(db, member, summary))


@router.post(SUMMARY + "/{summary}/rejection", status_code=201, dependencies=[PostRate])
async def reject_summary(member: ThreadMember, db: Db, summary: UUID, body: Rejection) -> SummaryOut:
    await actions.reject_summary(db, member, summary, body.words, body.circle)
    return SummaryOut.model_validate(await reads.summary(db, member, summary))
