"""Invitations and the consents that they stand on. Who must agree is asked of the database (doors/consents.sql)."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, func, literal_column, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import MAY, Act, Role
from app.access.models import IN_FORCE, Membership
from app.dates import today
from app.errors import NotFound
from app.invitations.life import OF_PLACES, SETTLED, Life, consent_told
from app.invitations.models import Consent, Invitation, InvitationClaim, InvitationStep, Step
from app.journal import Event

GIVERS = tuple(role for role in Role if Act.agree_to_invitation in MAY[role])


async def somebody_may_agree(db: AsyncSession, member: Member) -> bool:
    """Whether anybody in the thread could say yes to a proposal."""
    givers = select(Membership.id).where(Membership.thread_id == member.thread, Membership.role.in_(GIVERS), IN_FORCE)
    return await db.scalar(givers.limit(1)) is not None


async def giver(db: AsyncSession, member: Member, membership: UUID) -> Membership:
    """One of the thread whose consent can be needed; NotFound for anybody else."""
    place: Membership | None = await db.scalar(
        select(Membership).where(
            Membership.id == membership, Membership.thread_id == member.thread, Membership.role.in_(GIVERS), IN_FORCE
        )
    )
    if place is None:
        raise NotFound
    return place


WAITS_FOR = func.waits_for(
    literal_column("invitations"),
    select(Membership.ends_on).where(Membership.id == Invitation.place_id).scalar_subquery(),
    type_=ARRAY(Uuid),
)


async def is_waited_for(db: AsyncSession, member: Member, invitation_id: UUID) -> bool:
    waiting = await db.scalar(select(WAITS_FOR).select_from(Invitation).where(Invitation.id == invitation_id))
    return member.id in (waiting or [])


def _told_of(member: Member) -> ColumnElement[bool]:
    """Whoever came without what was before is told of whom one has wanted here since, of who is still here, and of what
    can still be: not of those who are gone, nor of what came to nothing."""
    if member.history_from == 0:
        return true()
    since = select(Membership.starts_at).where(Membership.id == member.id).scalar_subquery()
    settled = select(InvitationStep.id).where(
        InvitationStep.invitation_id == Invitation.id, InvitationStep.step.in_(SETTLED)
    )
    still_here = select(Membership.id).where(
        Membership.id == Invitation.place_id, or_(Membership.ended_at.is_(None), Membership.ended_at >= since)
    )
    open_still = and_(~settled.exists(), Invitation.ends_on >= today())
    return or_(Invitation.proposed_at >= since, still_here.exists(), open_still)


async def place_of(db: AsyncSession, invitation_id: UUID) -> UUID:
    """The place that an invitation became."""
    query = select(Membership.id).join(Invitation, Invitation.place_id == Membership.id)
    return (await db.execute(query.where(Invitation.id == invitation_id))).scalar_one()


async def open_invitations(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """Those of the thread that nobody has settled yet, newest first."""
    settled = select(InvitationStep.id).where(
        InvitationStep.invitation_id == Invitation.id, InvitationStep.step.in_(SETTLED)
    )
    return await _invitations(db, member, ~settled.exists())


async def invitation(db: AsyncSession, member: Member, invitation_id: UUID) -> dict[str, Any]:
    found = await _invitations(db, member, Invitation.id == invitation_id)
    if not found:
        raise NotFound
    return found[0]


async def consents(db: AsyncSession, member: Member) -> list[dict[str, Any]]:
    """Every consent of the thread, newest first."""
    running = await _running(db, member)
    places = await _places(db, member)
    rows = await db.scalars(
        select(Consent)
        .join(Invitation, Invitation.id == Consent.invitation_id)
        .where(Consent.thread_id == member.thread, _told_of(member))
        .order_by(Consent.recorded_at.desc(), Consent.id)
    )
    return [consent_told(it, member, places, it.invitation_id in running) for it in rows]


async def consent(db: AsyncSession, member: Member, consent_id: UUID) -> dict[str, Any]:
    found = [it for it in await consents(db, member) if it["id"] == consent_id]
    if not found:
        raise NotFound
    return found[0]


async def claim(db: AsyncSession, member: Member, invitation_id: UUID, claim_id: UUID) -> None:
    """NotFound when there is no such claim to this invitation, for this member."""
    found = select(InvitationClaim.id).where(
        InvitationClaim.id == claim_id,
        InvitationClaim.invitation_id == invitation_id,
        InvitationClaim.thread_id == member.thread,
    )
    if await db.scalar(found) is None:
        raise NotFound


async def _places(db: AsyncSession, member: Member) -> dict[UUID, Membership]:
    """Everybody who is or was in the thread: names stand in the places."""
    places = await db.scalars(select(Membership).where(Membership.thread_id == member.thread))
    return {place.id: place for place in places}


async def _running(db: AsyncSession, member: Member) -> set[UUID]:
    """Invitations of the thread that can still be, or are, a place that runs."""
    over = select(InvitationStep.id).where(
        InvitationStep.invitation_id == Invitation.id, InvitationStep.step.in_((Step.refused, Step.declined))
    )
    ended = select(Membership.id).where(Membership.id == Invitation.place_id, Membership.ended_at.is_not(None))
    running = select(Invitation.id).where(Invitation.thread_id == member.thread, ~over.exists(), ~ended.exists())
    return set(await db.scalars(running))


async def _invitations(db: AsyncSession, member: Member, which: Any) -> list[dict[str, Any]]:
    query = (
        select(Invitation, WAITS_FOR.label("waits_for"))
        # A welcome is nobody's business: it would tell which of the family had been here before.
        .where(Invitation.thread_id == member.thread, Invitation.membership_id.is_(None), _told_of(member), which)
        .order_by(Invitation.proposed_at.desc(), Invitation.id)
    )
    found = (await db.execute(query)).all()
    if not found:
        return []
    places = await _places(db, member)
    ids = [it.id for it, _ in found]
    steps = await _by_invitation(
        db, select(InvitationStep).where(InvitationStep.invitation_id.in_(ids)).order_by(InvitationStep.at)
    )
    given = await _by_invitation(
        db, select(Consent).where(Consent.invitation_id.in_(ids)).order_by(Consent.recorded_at.desc(), Consent.id)
    )
    # Only who may agree is told who else came with the link.
    asked = ids if member.role in GIVERS else []
    claims = await _by_invitation(
        db, select(InvitationClaim).where(InvitationClaim.invitation_id.in_(asked)).order_by(InvitationClaim.at)
    )
    happened = await _of_places(db, [it.place_id for it, _ in found if it.place_id])
    return [
        Life(it, waits_for, steps[it.id], given[it.id], claims[it.id], happened[it.place_id], places, member).told()
        for it, waits_for in found
    ]


async def _by_invitation(db: AsyncSession, query: Any) -> dict[UUID, list[Any]]:
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for row in await db.scalars(query):
        rows[row.invitation_id].append(row)
    return rows


async def _of_places(db: AsyncSession, places: list[UUID]) -> dict[UUID | None, list[Event]]:
    happened: dict[UUID | None, list[Event]] = defaultdict(list)
    query = select(Event).where(Event.object_id.in_(places), Event.kind.in_(OF_PLACES)).order_by(Event.seq)
    for event in await db.scalars(query) if places else ():
        happened[event.object_id].append(event)
    return happened
