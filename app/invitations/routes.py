from uuid import UUID

from fastapi import APIRouter

from app.access.door import CurrentViewer, ThreadMember
from app.db import Db
from app.invitations import actions, reads
from app.invitations.shapes import (
    Agreement,
    ConsentList,
    OpenedOut,
    Prolongation,
    Proposal,
    Recording,
    Redeemed,
    Token,
    the_rule,
)
from app.rates import InviteRate, PostRate, TokenRate
from app.settings import get_settings
from app.shapes import Empty
from app.shapes.invitations import ConsentOut, InvitationOut

router = APIRouter(tags=["invitations"])
THREAD = "/api/cases/{case}/threads/{thread}"
INVITATION = THREAD + "/invitations/{invitation}"


@router.post(THREAD + "/invitations", status_code=201, dependencies=[InviteRate])
async def propose_invitation(member: ThreadMember, db: Db, body: Proposal) -> InvitationOut:
    invitation = await actions.propose_invitation(db, member, body, the_rule())
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.get(INVITATION)
async def get_invitation(member: ThreadMember, db: Db, invitation: UUID) -> InvitationOut:
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/agreement", status_code=201, dependencies=[PostRate])
async def agree_to_invitation(member: ThreadMember, db: Db, invitation: UUID, body: Agreement) -> InvitationOut:
    await actions.agree_to_invitation(db, member, invitation, body.until)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/declining", status_code=201, dependencies=[PostRate])
async def decline_invitation(member: ThreadMember, db: Db, invitation: UUID, body: Empty) -> InvitationOut:
    await actions.decline_invitation(db, member, invitation)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/consents", status_code=201, dependencies=[PostRate])
async def record_consent(member: ThreadMember, db: Db, invitation: UUID, body: Recording) -> InvitationOut:
    await actions.record_consent(db, member, invitation, body)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/prolongation", status_code=201, dependencies=[PostRate])
async def prolong_membership(member: ThreadMember, db: Db, invitation: UUID, body: Prolongation) -> InvitationOut:
    await actions.prolong_membership(db, member, invitation, body.until)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/claims/{claim}/approval", status_code=201, dependencies=[PostRate])
async def approve_claim(member: ThreadMember, db: Db, invitation: UUID, claim: UUID, body: Empty) -> InvitationOut:
    await actions.settle_claim(db, member, invitation, claim, approved=True)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.post(INVITATION + "/claims/{claim}/rejection", status_code=201, dependencies=[PostRate])
async def reject_claim(member: ThreadMember, db: Db, invitation: UUID, claim: UUID, body: Empty) -> InvitationOut:
    await actions.settle_claim(db, member, invitation, claim, approved=False)
    return InvitationOut.model_validate(await reads.invitation(db, member, invitation))


@router.get(THREAD + "/consents")
async def list_consents(member: ThreadMember, db: Db) -> ConsentList:
    return ConsentList.model_validate({"consents": await reads.consents(db, member)})


@router.post(THREAD + "/consents/{consent}/withdrawal", status_code=201, dependencies=[PostRate])
async def withdraw_consent(member: ThreadMember, db: Db, consent: UUID, body: Empty) -> ConsentOut:
    await actions.withdraw_consent(db, member, consent)
    return ConsentOut.model_validate(await reads.consent(db, member, consent))


@router.post("/api/invitations/opening", dependencies=[TokenRate])
async def open_invitation(viewer: CurrentViewer, db: Db, body: Token) -> OpenedOut:
    opened = await actions.open_invitation(db, viewer, body.token)
    return OpenedOut.model_validate(opened | {"municipality": get_settings().municipality})


@router.post("/api/invitations/redemption", status_code=201, dependencies=[TokenRate])
async def redeem_invitation(viewer: CurrentViewer, db: Db, body: Token) -> Redeemed:
    member = await actions.redeem_invitation(db, viewer, body.token)
    return Redeemed(case=member.case, thread=member.thread)


@router.post("/api/invitations/refusal", status_code=204, dependencies=[TokenRate])
async def refuse_invitation(viewer: CurrentViewer, db: Db, body: Token) -> None:
    await actions.refuse_invitation(db, viewer, body.token)


@router.post("/api/invitations/renewal", status_code=204, dependencies=[TokenRate])
async def renew_invitation(viewer: CurrentViewer, db: Db, body: Token) -> None:
    """If the link was meant for you, a new one is on its way; the answer is the same if not."""
    await actions.renew_invitation(db, viewer, body.token)
