from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer, ThreadMember
from app.contacts import actions, reads
from app.contacts.shapes import (
    ContactOut,
    ContactsOut,
    FirstCalls,
    MyCards,
    NewCall,
    NewCallback,
    NewCard,
    NewContact,
)
from app.db import Db
from app.rates import PostRate
from app.shapes import Empty
from app.shapes.contacts import CallbackOut

router = APIRouter(tags=["contacts"])
THREAD = "/api/cases/{case}/threads/{thread}"
CALLBACKS = THREAD + "/callbacks"
CONTACTS = THREAD + "/contacts"


@router.get("/api/me/contact-card")
async def get_my_cards(viewer: CurrentViewer, db: Db) -> MyCards:
    return MyCards.model_validate({"cards": await reads.my_cards(db, viewer.person)})


@router.put("/api/me/contact-card", status_code=204)
async def keep_card(viewer: CurrentViewer, db: Db, body: NewCard) -> None:
    await actions.keep_card(db, viewer.person, body)


@router.get(CONTACTS)
async def list_contacts(member: ThreadMember, db: Db) -> ContactsOut:
    return ContactsOut.model_validate(await reads.contacts_page(db, member))


@router.post(CONTACTS, status_code=201, dependencies=[PostRate])
async def log_contact(member: ThreadMember, db: Db, body: NewContact) -> ContactOut:
    return ContactOut.model_validate(await reads.contact(db, member, await actions.log_contact(db, member, body)))


@router.post(CONTACTS + "/{contact}/withdrawal", status_code=201, dependencies=[PostRate])
async def withdraw_contact(member: ThreadMember, db: Db, contact: UUID, body: Empty) -> ContactOut:
    await actions.withdraw_contact(db, member, contact)
    return ContactOut.model_validate(await reads.contact(db, member, contact))


@router.post(CALLBACKS, status_code=201, dependencies=[PostRate])
async def ask_for_callback(member: ThreadMember, db: Db, body: NewCallback) -> CallbackOut:
    callback = await actions.ask_for_callback(db, member, body)
    return CallbackOut.model_validate(await reads.callback(db, member, callback))


@router.post(CALLBACKS + "/{callback}/calls", status_code=201, dependencies=[PostRate])
async def answer_callback(member: ThreadMember, db: Db, callback: UUID, body: NewCall) -> CallbackOut:
    await actions.answer_callback(db, member, callback, body)
    return CallbackOut.model_validate(await reads.callback(db, member, callback))


@router.post(CALLBACKS + "/{callback}/withdrawal", status_code=201, dependencies=[PostRate])
async def withdraw_callback(member: ThreadMember, db: Db, callback: UUID, body: Empty) -> CallbackOut:
    await actions.withdraw_callback(db, member, callback)
    return CallbackOut.model_validate(await reads.callback(db, member, callback))


@router.get("/api/first-calls")
async def get_first_calls(viewer: CurrentViewer, db: Db) -> FirstCalls:
    """For leaders: how soon whoever asked was rung up, in her units. No case is shown by it."""
    return FirstCalls.model_validate(await reads.first_calls(db))
