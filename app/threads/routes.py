from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Response

from app.access.door import CaseMember, ThreadMember
from app.db import Db
from app.journal import changes
from app.rates import InviteRate, PostRate
from app.shapes import Empty, EntryOut, Frame, Seq
from app.threads import actions, reads
from app.threads.shapes import (
    Closing,
    Correction,
    Created,
    EndedOut,
    Ending,
    EntryPage,
    NewMessage,
    NewThread,
    NewWords,
    PausedOut,
    ReadTo,
    ThreadOut,
)

router = APIRouter(tags=["threads"])
THREAD = "/api/cases/{case}/threads/{thread}"
ENTRY: dict[int | str, dict[str, Any]] = {201: {"model": EntryOut, "description": "The entry"}}


def _created(entry: dict[str, object]) -> Response:
    return Response(orjson.dumps(entry), 201, media_type="application/json")


@router.post("/api/cases/{case}/threads", status_code=201, dependencies=[InviteRate])
async def open_thread(member: CaseMember, db: Db, body: NewThread) -> Created:
    return Created(id=await actions.open_thread(db, member, body.id, body.purpose, body.members, body.acting))


@router.get(THREAD)
async def get_thread(member: ThreadMember, db: Db) -> ThreadOut:
    return ThreadOut.model_validate(await reads.thread_page(db, member))


@router.get(THREAD + "/messages")
async def list_messages(
    member: ThreadMember,
    db: Db,
    before: Annotated[Seq | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> EntryPage:
    return EntryPage.model_validate(await reads.page_of_lines(db, member, before, limit))


@router.get(THREAD + "/changes", responses={200: {"model": Frame}})
async def get_changes(member: ThreadMember, db: Db, after: Annotated[Seq, Query()]) -> Response:
    return Response(await changes(db, member, after), media_type="application/json")


@router.post(THREAD + "/messages", status_code=201, responses=ENTRY, dependencies=[PostRate])
async def post_message(member: ThreadMember, db: Db, body: NewMessage) -> Response:
    return _created(await actions.post_message(db, member, body.id, body.text, body.circle))


@router.post(THREAD + "/words", status_code=201, responses=ENTRY, dependencies=[PostRate])
async def write_down_words(member: ThreadMember, db: Db, body: NewWords) -> Response:
    return _created(await actions.write_down_words(db, member, body.id, body.text, body.words_of, body.circle))


@router.post(THREAD + "/messages/{message}/correction", status_code=201, responses=ENTRY, dependencies=[PostRate])
async def correct_message(member: ThreadMember, db: Db, message: UUID, body: Correction) -> Response:
    return _created(await actions.correct_message(db, member, message, body.text))


@router.post(THREAD + "/messages/{message}/withdrawal", status_code=201, responses=ENTRY, dependencies=[PostRate])
async def withdraw_message(member: ThreadMember, db: Db, message: UUID, body: Empty) -> Response:
    return _created(await actions.withdraw_message(db, member, message))


@router.put(THREAD + "/read-mark", status_code=204)
async def mark_read(member: ThreadMember, db: Db, body: ReadTo) -> None:
    await actions.mark_read(db, member, body.seq)


@router.post(THREAD + "/closure", status_code=201, dependencies=[PostRate])
async def close_thread(member: ThreadMember, db: Db, body: Closing) -> Created:
    return Created(id=await actions.close_thread(db, member, body.id, body.reason))


@router.delete(THREAD + "/closure", status_code=204, dependencies=[PostRate])
async def reopen_thread(member: ThreadMember, db: Db) -> None:
    await actions.reopen_thread(db, member)


@router.post(THREAD + "/memberships/{membership}/ending", status_code=201, dependencies=[PostRate])
async def end_membership(member: ThreadMember, db: Db, membership: UUID, body: Ending) -> EndedOut:
    return EndedOut(membership=membership, ended_at=await actions.end_membership(db, member, membership, body.reason))


@router.post(THREAD + "/memberships/{membership}/pause", status_code=201, dependencies=[PostRate])
async def pause_membership(member: ThreadMember, db: Db, membership: UUID, body: Empty) -> PausedOut:
    return PausedOut(membership=membership, paused_at=await actions.pause_membership(db, member, membership))


@router.delete(THREAD + "/memberships/{membership}/pause", status_code=204, dependencies=[PostRate])
async def resume_membership(member: ThreadMember, db: Db, membership: UUID) -> None:
    await actions.resume_membership(db, member, membership)
