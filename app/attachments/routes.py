from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.access.door import ThreadMember
from app.attachments import actions, reads
from app.attachments.receiving import BODY, FileStore, Receiving
from app.attachments.serving import BYTES, Send
from app.attachments.shapes import AttachmentList, NewAttachment
from app.db import Db
from app.rates import PostRate
from app.settings import get_settings
from app.shapes import Empty
from app.shapes.attachments import AttachmentOut

router = APIRouter(tags=["attachments"])
ATTACHMENTS = "/api/cases/{case}/threads/{thread}/attachments"
ATTACHMENT = ATTACHMENTS + "/{attachment}"


# `received` stands first: the file is here before the transaction of the others begins.
@router.post(ATTACHMENTS, status_code=201, openapi_extra=BODY)
async def add_attachment(
    received: Receiving, member: ThreadMember, db: Db, new: Annotated[NewAttachment, Depends()]
) -> AttachmentOut:
    scanned = get_settings().clamav_socket is not None
    added = await actions.add_attachment(db, member, new, received, scanned=scanned)
    return AttachmentOut.model_validate(await reads.attachment(db, member, added))


@router.get(ATTACHMENTS)
async def list_attachments(member: ThreadMember, db: Db) -> AttachmentList:
    known = await reads.attachments(db, member)
    return AttachmentList.model_validate({"attachments": known, "largest": get_settings().file_bytes})


@router.get(ATTACHMENT)
async def get_attachment(member: ThreadMember, db: Db, attachment: UUID) -> AttachmentOut:
    return AttachmentOut.model_validate(await reads.attachment(db, member, attachment))


@router.head(ATTACHMENT + "/file", include_in_schema=False)
@router.get(ATTACHMENT + "/file", responses=BYTES, response_class=Response)
async def get_file(member: ThreadMember, db: Db, store: FileStore, attachment: UUID, send: Send) -> Response:
    return await send.file(store, await reads.stored(db, member, attachment), member)


@router.head(ATTACHMENT + "/thumbnail", include_in_schema=False)
@router.get(ATTACHMENT + "/thumbnail", responses=BYTES, response_class=Response)
async def get_thumbnail(member: ThreadMember, db: Db, store: FileStore, attachment: UUID, send: Send) -> Response:
    return await send.thumbnail(store, await reads.with_thumbnail(db, member, attachment), member)


@router.post(ATTACHMENT + "/withdrawal", status_code=201, dependencies=[PostRate])
async def withdraw_attachment(member: ThreadMember, db: Db, attachment: UUID, body: Empty) -> AttachmentOut:
    withdrawn = await actions.withdraw_attachment(db, member, attachment)
    return AttachmentOut.model_validate(await reads.attachment(db, member, withdrawn))
