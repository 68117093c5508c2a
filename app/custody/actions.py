"""Custody: taken away at once by the caseworker; given only when a second person agrees, and never backwards."""

from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.custody import reads
from app.custody.shapes import EndedCustody, GrantedCustody
from app.errors import Conflict, NotFound
from app.jobs import SEND_INVITATION, SEND_NEWS, enqueue
from app.journal import refusals
from app.text import text as said

END = text("select end_custody(:member, :membership, :id, :basis, :reason)")
ASK = text("select ask_for_custody(:member, :id, :name, :email, :capacity, :basis)")
SETTLE = text("select * from settle_custody(:id, :approved)")


async def change_custody(db: AsyncSession, member: Member, new: EndedCustody | GrantedCustody) -> UUID:
    """The caseworker tells that custody has ended, which takes effect everywhere in the case when this commits; or asks
    that somebody gets it, which nobody in the case is told before a second person has agreed. The same id again: the
    same change. Invalid id_reused: the id stands for something else."""
    member.must(Act.change_custody)
    if new.id is not None and await reads.same_again(db, member, new.id, new.model_dump()):
        return new.id
    change = new.id or uuid4()
    values = {"member": member.id, **new.model_dump(exclude={"change"}), "id": change}
    if isinstance(new, GrantedCustody):
        if (await db.execute(ASK, values)).scalar_one() is None:
            raise NotFound
        return change
    with refusals():
        done = (await db.execute(END, values | {"reason": said("custody.no_family_left")})).scalar_one()
    if done is None:
        raise NotFound
    return change


async def settle_custody(db: AsyncSession, change: UUID, *, approved: bool) -> None:
    """The second person's answer. NotFound for whoever cannot be it; Conflict when somebody has answered."""
    with refusals():
        row = (await db.execute(SETTLE, {"id": change, "approved": approved})).one_or_none()
    if row is None:
        raise NotFound
    if not row.settled:
        raise Conflict("already_settled")
    if row.person is not None:
        await enqueue(db, SEND_NEWS, person=row.person)
    if row.invitation is not None:
        await enqueue(db, SEND_INVITATION, invitation=row.invitation)
