from uuid import UUID

from fastapi import APIRouter

from app.access.door import ThreadMember
from app.db import Db
from app.notes import actions, reads
from app.notes.shapes import NewAnswer, NewNote, NewResponse, NoteCorrection
from app.rates import PostRate
from app.settings import get_settings
from app.shapes.notes import NoteOut

router = APIRouter(tags=["notes"])
THREAD = "/api/cases/{case}/threads/{thread}"
NOTES = THREAD + "/notes"


@router.post(NOTES, status_code=201, dependencies=[PostRate])
async def publish_note(member: ThreadMember, db: Db, body: NewNote) -> NoteOut:
    return NoteOut.model_validate(await reads.note(db, member, await actions.publish_note(db, member, body)))


@router.get(NOTES + "/{note}")
async def get_note(member: ThreadMember, db: Db, note: UUID) -> NoteOut:
    return NoteOut.model_validate(await reads.note(db, member, note))


@router.post(NOTES + "/{note}/versions", status_code=201, dependencies=[PostRate])
async def correct_note(member: ThreadMember, db: Db, note: UUID, body: NoteCorrection) -> NoteOut:
    await actions.correct_note(db, member, note, body)
    return NoteOut.model_validate(await reads.note(db, member, note))


@router.post(NOTES + "/{note}/responses", status_code=201, dependencies=[PostRate])
async def respond_to_note(member: ThreadMember, db: Db, note: UUID, body: NewResponse) -> NoteOut:
    await actions.respond_to_note(db, member, note, body, get_settings().note_answer_days)
    return NoteOut.model_validate(await reads.note(db, member, note))


@router.post(THREAD + "/responses/{response}/answer", status_code=201, dependencies=[PostRate])
async def answer_response(member: ThreadMember, db: Db, response: UUID, body: NewAnswer) -> NoteOut:
    return NoteOut.model_validate(
        await reads.note(db, member, await actions.answer_response(db, member, response, body))
    )
