"""Invited, never added: a member proposes, those who must agree do, the person invited accepts."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member, Viewer, member_of, token_hash
from app.access.may import Act
from app.dates import today
from app.errors import Conflict, Gone, Invalid
from app.invitations import reads
from app.invitations.life import text_version
from app.invitations.models import Invitation, InvitationStep, Step
from app.invitations.shapes import Proposal, Recording, Rule
from app.jobs import SEND_INVITATION, SEND_NEWS, enqueue
from app.journal import Kind, first_seq, record
from app.shapes.invitations import How

GIVE = text("select give_consent(:invitation, :giver, :by, :how, :given_on, :until, :version)")
# What came of a consent: others are waited for, the set is complete, the place lasts longer.
TOLD = {"given": Kind.consent_given, "agreed": Kind.invitation_agreed, "prolonged": Kind.member_prolonged}


async def propose_invitation(db: AsyncSession, member: Member, proposal: Proposal, rule: Rule = Rule()) -> UUID:
    """Propose somebody. The proposal of one who must agree is that consent, too; others are waited for.

    Invalid family_missing: nobody in the thread could agree. Invalid id_reused: the id stands for something else.
    """
    member.must(Act.propose_invitation)
    if (same := await _same_again(db, member, proposal)) is not None:
        return same
    if not await reads.somebody_may_agree(db, member):
        raise Invalid("family_missing")
    values = proposal.model_dump(exclude={"id"})
    it = Invitation(
        id=proposal.id or uuid4(),
        case_id=member.case,
        thread_id=member.thread,
        proposed_by=member.id,
        every_holder=rule.every_holder,
        young_person=rule.young_person,
        **values,
    )
    db.add(it)
    await db.flush()
    _step(db, member, it.id, Step.proposed)
    await record(db, member, Kind.invitation_proposed, it.id)
    await db.flush()
    if await reads.is_waited_for(db, member, it.id):
        await _consent(db, member, it.id, member.id, How.digital, today(), proposal.ends_on)
    return it.id


async def _same_again(db: AsyncSession, member: Member, proposal: Proposal) -> UUID | None:
    """A retry with the id that the client made."""
    if proposal.id is None or (it := await db.get(Invitation, proposal.id)) is None:
        return None
    values = proposal.model_dump(exclude={"id"})
    if it.proposed_by != member.id or any(getattr(it, name) != value for name, value in values.items()):
        raise Invalid("id_reused")
    return it.id


async def agree_to_invitation(db: AsyncSession, member: Member, invitation: UUID, until: date | None) -> None:
    """One's own consent. When it was the last that was missing, the link goes out with this transaction."""
    member.must(Act.agree_to_invitation)
    if not (await reads.invitation(db, member, invitation))["may_agree"]:
        raise Conflict("already_settled")
    kind, about = await _consent(db, member, invitation, member.id, How.digital, today(), until)
    await record(db, member, kind, about, about=await first_seq(db, member.thread, invitation))


async def record_consent(db: AsyncSession, member: Member, invitation: UUID, told: Recording) -> None:
    """Staff writes down a consent given on paper or by phone. The giver gets a mail, sees it, and may take it back."""
    member.must(Act.record_consent)
    await reads.invitation(db, member, invitation)
    giver = await reads.giver(db, member, told.giver)
    kind, about = await _consent(db, member, invitation, giver.id, told.how, told.given_on, told.until)
    await record(db, member, kind, about, about=await first_seq(db, member.thread, about))
    await enqueue(db, SEND_NEWS, person=giver.person_id)


async def prolong_membership(db: AsyncSession, member: Member, invitation: UUID, until: date) -> None:
    """One's own consent to a later last day. The place lasts longer when everybody who must has agreed to that."""
    member.must(Act.agree_to_invitation)
    if not (await reads.invitation(db, member, invitation))["may_prolong"]:
        raise Conflict("already_settled")
    kind, about = await _consent(db, member, invitation, member.id, How.digital, today(), until)
    await record(db, member, kind, about, about=await first_seq(db, member.thread, about))


async def _consent(
    db: AsyncSession, member: Member, invitation: UUID, giver: UUID, how: How, given_on: date, until: date | None
) -> tuple[Kind, UUID]:
    """Write the consent; what came of it, and of what that is told."""
    values = {
        "invitation": invitation,
        "giver": giver,
        "by": member.id,
        "how": how.value,
        "given_on": given_on,
        "until": until,
        "version": text_version(),
    }
    outcome = (await db.execute(GIVE, values)).scalar_one()
    if outcome is None:
        raise Conflict("already_settled")
    if outcome == "agreed":
        await enqueue(db, SEND_INVITATION, invitation=invitation)
    kind = TOLD[outcome]
    return kind, await reads.place_of(db, invitation) if kind is Kind.member_prolonged else invitation


async def decline_invitation(db: AsyncSession, member: Member, invitation: UUID) -> None:
    """One who may agree says no, or takes a yes back before it was used: the link opens nothing any more."""
    member.must(Act.agree_to_invitation)
    await db.execute(text("select lock_invitation(:invitation)"), {"invitation": invitation})
    if not (await reads.invitation(db, member, invitation))["may_decline"]:
        raise Conflict("already_settled")
    _step(db, member, invitation, Step.declined)
    await db.flush()
    await record(db, member, Kind.invitation_declined, invitation, about=await first_seq(db, member.thread, invitation))


async def withdraw_consent(db: AsyncSession, member: Member, consent: UUID) -> None:
    """Take the own consent back: what stands on it alone ends in the same transaction."""
    member.must(Act.withdraw_consent)
    if not (await reads.consent(db, member, consent))["may_withdraw"]:
        raise Conflict("already_settled")
    withdraw = text("select withdraw_consent(:consent, :by)")
    invitation = (await db.execute(withdraw, {"consent": consent, "by": member.id})).scalar_one()
    if invitation is None:
        raise Conflict("already_settled")
    about = await first_seq(db, member.thread, invitation)
    await record(db, member, Kind.consent_withdrawn, invitation, about=about)
    await db.execute(text("select end_unconsented(:thread)"), {"thread": member.thread})


async def settle_claim(db: AsyncSession, member: Member, invitation: UUID, claim: UUID, *, approved: bool) -> None:
    """Somebody else came with the link: the invitation is for that address from now on, or never for that person."""
    member.must(Act.agree_to_invitation)
    await reads.claim(db, member, invitation, claim)
    settle = text("select settle_claim(:claim, :by, :approved)")
    settled = await db.execute(settle, {"claim": claim, "by": member.id, "approved": approved})
    if settled.scalar_one() is None:
        raise Conflict("already_settled")
    kind = Kind.invitation_renewed if approved else Kind.invitation_claimed
    await record(db, member, kind, invitation, about=await first_seq(db, member.thread, invitation))
    if approved:
        await enqueue(db, SEND_INVITATION, invitation=invitation)


def _step(db: AsyncSession, member: Member, invitation: UUID, step: Step) -> None:
    db.add(InvitationStep(invitation_id=invitation, step=step, thread_id=member.thread, by_id=member.id))


async def open_invitation(db: AsyncSession, viewer: Viewer, token: str) -> dict[str, Any]:
    """What the link is about, for the person it was sent to. Everything else is one and the same Gone."""
    opened: dict[str, Any] | None = await _by_token(db, "select open_invitation(:hash, :email)", viewer, token)
    if opened is None:
        raise Gone
    return opened


async def redeem_invitation(db: AsyncSession, viewer: Viewer, token: str) -> Member:
    """Accept. The inviter's right and every consent are asked again now; the token is spent for good."""
    place = await _by_token(db, "select to_jsonb(r) from redeem_invitation(:hash, :email) r", viewer, token)
    if place is None:
        raise Gone
    member = await member_of(db, viewer.person, UUID(place["case_id"]), UUID(place["thread_id"]))
    # A family member's place was there from the first moment: nobody joins, and nobody is told of a first login.
    if not place["welcome"]:
        await record(db, member, Kind.member_joined, member.id)
    return member


async def refuse_invitation(db: AsyncSession, viewer: Viewer, token: str) -> None:
    """The person invited says no thank you."""
    if not await _by_token(db, "select refuse_invitation(:hash, :email)", viewer, token):
        raise Gone


async def renew_invitation(db: AsyncSession, viewer: Viewer, token: str) -> None:
    """Send me a new link: nobody is told whether there was anything to send."""
    await _by_token(db, "select renew_invitation(:hash, :email)", viewer, token)


async def _by_token(db: AsyncSession, statement: str, viewer: Viewer, token: str) -> Any:
    values = {"hash": token_hash(token), "email": viewer.verified_email}
    return (await db.execute(text(statement), values)).scalar_one_or_none()
