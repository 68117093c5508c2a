from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.access.door import CurrentViewer, ThreadMember
from app.db import Db
from app.drafts import actions, reads
from app.drafts.models import Form
from app.drafts.shapes import DraftList, HomeForm, Keeping, Kept, ThreadForm
from app.rates import DraftRate, HomeDraftRate

router = APIRouter(tags=["drafts"])
DRAFT = "/api/cases/{case}/threads/{thread}/drafts/{form}/{about}"


@router.put(DRAFT, dependencies=[DraftRate])
async def keep_draft(member: ThreadMember, db: Db, form: ThreadForm, about: UUID, body: Keeping) -> Kept:
    kept = await actions.keep_draft(db, member, Form(form), about, body)
    return Kept(version=kept[0], saved_at=kept[1])


@router.delete(DRAFT, status_code=204, dependencies=[DraftRate])
async def drop_draft(
    member: ThreadMember, db: Db, form: ThreadForm, about: UUID, id_: Annotated[UUID, Query(alias="id")]
) -> None:
    await actions.drop_draft(db, member, Form(form), about, id_)


@router.get("/api/drafts")
async def list_home_drafts(viewer: CurrentViewer, db: Db) -> DraftList:
    """What one is writing that lies in no thread yet."""
    return DraftList.model_validate({"drafts": await reads.drafts_in(db, viewer.person, None)})


@router.put("/api/drafts/{form}", dependencies=[HomeDraftRate])
async def keep_home_draft(viewer: CurrentViewer, db: Db, form: HomeForm, body: Keeping) -> Kept:
    kept = await actions.keep_home_draft(db, viewer.person, Form(form), body)
    return Kept(version=kept[0], saved_at=kept[1])


@router.delete("/api/drafts/{form}", status_code=204, dependencies=[HomeDraftRate])
async def drop_home_draft(
    viewer: CurrentViewer, db: Db, form: HomeForm, id_: Annotated[UUID, Query(alias="id")]
) -> None:
    await actions.drop_home_draft(db, viewer.person, Form(form), id_)
