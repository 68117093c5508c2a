"""Handing a case over: proposed, accepted with an introduction, and never without somebody who has the ball."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.clocks import Clock, due
from app.dates import now
from app.errors import Conflict, NotAllowed, NotFound, Problem
from app.hand_overs.shapes import NewHandOver
from app.journal import refusals

PROPOSE = text("select propose_hand_over(:member, :id, :employment, :stays, :reason, :due, :circle)")
WITHDRAW = text("select withdraw_hand_over(:member, :id)")
ANSWER = text("select * from answer_hand_over(:id, :introduction)")
DEPUTY = text("select name_deputy(:member, :employment)")
ASSIGN = text("select assign_ball(:case, :employment)")
REFUSED: dict[str, Problem] = {
    "no_colleague": NotFound(),
    "not_holder": NotAllowed(),
    "waits": Conflict("hand_over_waits"),
}


async def propose_hand_over(db: AsyncSession, member: Member, new: NewHandOver) -> None:
    """Whoever has the ball proposes to hand it to a colleague, who is written to. The same again: the same proposal.
    Conflict hand_over_waits: another one does. NotFound: no such colleague."""
    member.must(Act.hand_over)
    values = new.model_dump() | {"member": member.id, "due": due(Clock.hand_over, now()).day}
    with refusals():
        _done((await db.execute(PROPOSE, values)).scalar_one())


async def withdraw_hand_over(db: AsyncSession, member: Member, hand_over: UUID) -> None:
    """By whoever proposed it, while it waits. The same again: it has been said."""
    member.must(Act.hand_over)
    with refusals():
        state = (await db.execute(WITHDRAW, {"member": member.id, "id": hand_over})).scalar_one()
    if state is None:
        raise NotFound
    if state not in ("waiting", "withdrawn"):
        raise Conflict("already_settled")


async def accept_hand_over(db: AsyncSession, hand_over: UUID, introduction: str) -> dict[str, Any]:
    """Whoever it was proposed to sits down in every thread that the giver sits in, has the ball, and says hello to the
    family; the giver leaves, or stays as deputy. All of it, or nothing."""
    return await _answer(db, hand_over, introduction)


async def refuse_hand_over(db: AsyncSession, hand_over: UUID) -> None:
    """The ball stays where it is, and whoever has it is written to."""
    await _answer(db, hand_over, None)


async def _answer(db: AsyncSession, hand_over: UUID, introduction: str | None) -> dict[str, Any]:
    """NotFound for anybody else; Conflict when it has been settled otherwise."""
    with refusals():
        row = (await db.execute(ANSWER, {"id": hand_over, "introduction": introduction})).one_or_none()
    if row is None:
        raise NotFound
    if row.state != "waiting" and not row.again:
        raise Conflict("already_settled")
    return {"case": row.case_id, "thread": row.thread_id}


async def name_deputy(db: AsyncSession, member: Member, employment: UUID | None) -> None:
    """A colleague sits down beside whoever has the ball, and stands in; nobody: whoever did leaves."""
    member.must(Act.hand_over)
    with refusals():
        _done((await db.execute(DEPUTY, {"member": member.id, "employment": employment})).scalar_one())


async def assign_ball(db: AsyncSession, case: UUID, employment: UUID) -> None:
    """A leader gives a case that nobody has the ball in to somebody of the unit."""
    with refusals():
        if not (await db.execute(ASSIGN, {"case": case, "employment": employment})).scalar_one():
            raise NotFound


def _done(became: str) -> None:
    if (refused := REFUSED.get(became)) is not None:
        raise type(refused)(refused.code)
