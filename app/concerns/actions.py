"""Notifying, and what is done with a notification: assessed, receipted, passed on, settled."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app import text as texts
from app.access.door import Member, Viewer, member_of
from app.access.may import Act
from app.clocks import Clock, due
from app.concerns import reads
from app.concerns.models import Concern, ConcernOutcome, ConcernSource, ConcernStep, ConcernStepKind, ReceiptWay
from app.concerns.shapes import (
    CitizensConcern,
    ConcernPassing,
    ConcernReceipt,
    ConcernSettlement,
    DangerAssessment,
    NewConcern,
)
from app.dates import now
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.people.models import EmploymentRole
from app.people.reads import my_title
from app.stages.actions import Assessed, take_in_notification

HANDLES = (EmploymentRole.caseworker, EmploymentRole.leader)
TELL = text("select tell_of_concern(:concern)")
PASS_ON = text("select pass_on_concern(:concern, :id, :to, :words)")
TAKE_OUT = text("select take_out_concern(:concern, :id, :words)")
RECEIVE = text("select receive_concern(:id, :source, cast(:said as jsonb), cast(:dates as jsonb))")


async def notify(db: AsyncSession, new: NewConcern) -> None:
    """By somebody at work, in whatever job: the duty is personal, and nobody's leave is asked (barnets lov § 133). The
    same id and content again: it has been received. Invalid danger_elsewhere: not a word of it is kept here."""
    if new.danger:
        raise Invalid("danger_elsewhere")
    said = new.model_dump(mode="json", exclude={"id", "danger", "employment"}) | {"employment_id": new.employment}
    await _receive(db, new, ConcernSource.professional, said)


async def receive_from_citizen(db: AsyncSession, new: CitizensConcern) -> None:
    """Without a login, named or anonymous. Never refused because nobody is there to receive it. Invalid id_reused."""
    said = new.model_dump(mode="json", exclude={"id", "unit"}) | {"unit_id": new.unit}
    if new.anonymous:  # the database drops it too; it does not even travel there
        said |= {"notifier_name": "", "notifier_contact": ""}
    await _receive(db, new, ConcernSource.citizen, said)


async def assess_danger(db: AsyncSession, viewer: Viewer, concern: UUID, new: DangerAssessment) -> None:
    """Within 24 hours of its coming, whatever day it is. Invalid danger_elsewhere: with danger nothing is kept here,
    not even that it was asked; it leaves by the outcome `elsewhere`."""
    await _handled(db, concern)
    if new.danger:
        raise Invalid("danger_elsewhere")
    again = await db.get(ConcernStep, (concern, new.id)) is not None
    if not again and ConcernStepKind.settled in await reads.done(db, concern, new.id):
        raise Conflict("concern_settled")
    await _do(db, viewer, concern, new.id, ConcernStepKind.danger_assessed, words=new.words)


async def send_receipt(db: AsyncSession, viewer: Viewer, concern: UUID, new: ConcernReceipt) -> None:
    """That it came. Invalid nobody_to_tell: it is anonymous, or has no page of its own for its notifier."""
    one = await _handled(db, concern)
    if one.anonymous or (new.way is ReceiptWay.here and one.person_id is None):
        raise Invalid("nobody_to_tell")
    await _do(db, viewer, concern, new.id, ConcernStepKind.receipted, way=new.way)


async def settle_concern(db: AsyncSession, viewer: Viewer, concern: UUID, new: ConcernSettlement) -> None:
    """What came of it: the only thing that takes it off the queue. Conflict danger_first: before anybody says that
    nothing more happens here, danger is assessed. NotFound: no case of mine."""
    if new.outcome is ConcernOutcome.elsewhere:
        await _take_out(db, concern, new)
        return
    one = await _handled(db, concern)
    member = await member_of(db, viewer.person, new.case) if new.case else None
    done = await reads.done(db, concern, new.id)
    said: dict[str, Any] = {
        "outcome": new.outcome,
        "words": new.words,
        "nameless_why": new.nameless_why,
        "silent_why": new.silent_why,
    }
    if member is not None:
        if not member.may(Act.move_stage):
            raise NotAllowed
        said |= {"thread_id": member.thread, "stage_id": new.id}
    assessed = done.get(ConcernStepKind.danger_assessed)
    if new.outcome in (ConcernOutcome.nothing_more, ConcernOutcome.other_municipality) and assessed is None:
        raise Conflict("danger_first")
    if ConcernStepKind.settled in done:
        raise Conflict("concern_done")
    if member is not None:
        await _into_case(db, member, one, new, assessed)
    await _do(db, viewer, concern, new.id, ConcernStepKind.settled, **said)


async def pass_on_concern(db: AsyncSession, concern: UUID, new: ConcernPassing) -> None:
    """To a colleague of the same department. The same again: it has been passed on.

    NotFound: not mine to see, or no such colleague. NotAllowed: I sent it. Conflict: nothing waits any more.
    """
    values = {"concern": concern, "id": new.id, "to": new.to, "words": new.words}
    became = (await db.execute(PASS_ON, values)).scalar_one()
    if became == "settled":
        raise Conflict("concern_settled")
    _done(became, "passed_on")


async def _take_out(db: AsyncSession, concern: UUID, new: ConcernSettlement) -> None:
    """It is dealt with outside Rundtom, and its words are taken out for good. Danger need not have been assessed: that
    there is danger is what cannot be said here. Conflict receipt_first: its notifier has not been told that it came."""
    values = {"concern": concern, "id": new.id, "words": new.words}
    became = (await db.execute(TAKE_OUT, values)).scalar_one()
    if became == "settled":
        raise Conflict("concern_done")
    if became == "receipt_first":
        raise Conflict("receipt_first")
    _done(became, "taken_out")


def _done(became: str, what: str) -> None:
    """What a door answered when it did not do it."""
    if became == "not_allowed":
        raise NotAllowed
    if became == "id_reused":
        raise Invalid("id_reused")
    if became != what:
        raise NotFound


async def _into_case(
    db: AsyncSession, member: Member, one: Concern, new: ConcernSettlement, assessed: ConcernStep | None
) -> None:
    """It is the case's notification from now on, and so is what was assessed. Whoever notified is named to the family
    as a rule; never whoever stayed anonymous, and not against a decisive reason."""
    by = "anonymous" if one.anonymous else "nameless" if new.nameless_why else "named"
    who = ", ".join(filter(None, (one.notifier_name, one.notifier_title)))
    words = f"{new.words}\n\n{texts.text(f'concern.by_{by}', who=who)}"
    known = Assessed(assessed.done_at, assessed.words) if assessed else None
    await take_in_notification(db, member, new.id, one.received_at, words, known)


async def _handled(db: AsyncSession, concern: UUID) -> Concern:
    """NotAllowed: I sent it."""
    one, handles = await reads.seen(db, concern)
    if one is None:
        raise NotFound
    if not handles:
        raise NotAllowed
    return one


async def _do(db: AsyncSession, viewer: Viewer, concern: UUID, id_: UUID, step: ConcernStepKind, **said: Any) -> None:
    """The same id and content again is the same step. Conflict: somebody was quicker, or took its words out."""
    if (known := await db.get(ConcernStep, (concern, id_))) is not None:
        if any(
            getattr(known, key) != value for key, value in {**said, "step": step, "person_id": viewer.person}.items()
        ):
            raise Invalid("id_reused")
        return
    by = {"person_id": viewer.person, "name": viewer.name, "title": await my_title(db, viewer.person, HANDLES)}
    row = {"concern_id": concern, "id": id_, "step": step, "done_at": now()} | by | said
    made = insert(ConcernStep).values(row).on_conflict_do_nothing().returning(ConcernStep.id)
    if await db.scalar(made) is None:
        raise Conflict("concern_done")
    if not await db.scalar(TELL, {"concern": concern}):
        raise Conflict("concern_settled")


async def _receive(
    db: AsyncSession, new: NewConcern | CitizensConcern, source: ConcernSource, said: dict[str, Any]
) -> None:
    values = {"id": new.id, "source": source, "said": _json(said), "dates": _json(dates_from(now()))}
    became = (await db.execute(RECEIVE, values)).scalar_one()
    if became == "not_allowed":
        raise NotAllowed
    if became != "received":
        raise Invalid("id_reused")


def dates_from(at: datetime) -> dict[str, Any]:
    """When it came, and the last moments that begin then, fixed as the clocks are now."""
    assessed = due(Clock.danger_assessment, at)
    return {
        "received_at": at,
        "assess_red_at": assessed.red_at or assessed.at,
        "assess_due_at": assessed.at,
        "receipt_due_on": due(Clock.receipt, at).day,
        "settle_due_on": due(Clock.screening, at).day,
    }


def _json(values: dict[str, Any]) -> str:
    return orjson.dumps(values).decode()
