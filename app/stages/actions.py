"""Taking a case one step on, and the second signature. Each: must, change, record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.dates import now
from app.errors import Conflict, Invalid, NotAllowed
from app.journal import Kind, record
from app.stages import reads
from app.stages.growing import made
from app.stages.models import Stage, StageStep
from app.stages.shapes import NewDangerAssessed, NewSignature, NewStage
from app.stages.steps import unsigned

NOTHING: Final[dict[str, Any]] = {
    "about": None,
    "outcome": None,
    "track": None,
    "grounds": [],
    "committee": None,
    "weeks": None,
    "oral": None,
    "plan": False,
}


@dataclass(frozen=True)
class Assessed:
    """That danger was assessed, when, and in which words."""

    at: datetime
    words: str


async def move_stage(db: AsyncSession, member: Member, new: NewStage) -> UUID:
    """The same id and content again is the same step. Conflict: it does not follow now. Invalid danger_elsewhere: with
    danger nothing is kept here, not even that it was asked."""
    member.must(Act.move_stage)
    if isinstance(new, NewDangerAssessed) and new.danger:
        raise Invalid("danger_elsewhere")
    said = new.model_dump(exclude={"circle", "danger"}, exclude_none=True) | {"person_id": member.person}
    return await _step(db, member, said, new.circle)


async def take_in_notification(
    db: AsyncSession, member: Member, new_id: UUID, at: datetime, words: str, assessed: Assessed | None
) -> UUID:
    """What came from outside the case becomes its notification, on the day it came, however long ago; and what was
    assessed before it had a case is assessed in it. Whoever calls asks whether the member may. Conflict: not the family
    thread, or it does not follow now."""
    said = {"id": new_id, "step": StageStep.notified, "happened_at": at, "words": words, "person_id": member.person}
    await _step(db, member, said)
    if assessed is not None:
        said |= {"id": uuid5(new_id, "assessed"), "step": StageStep.danger_assessed}
        await _step(db, member, said | {"happened_at": assessed.at, "words": assessed.words})
    return new_id


async def _step(db: AsyncSession, member: Member, said: dict[str, Any], circle: int | None = None) -> UUID:
    if (known := await db.get(Stage, (member.thread, said["id"]))) is not None:
        return _same(known, said)
    if not await reads.is_family(db, member):
        raise Conflict("stages_elsewhere")
    step = NOTHING | {"happened_at": now()} | said
    made(await reads.history(db, member), step)
    seq = await record(db, member, Kind.stage_moved, step["id"], circle=circle)
    grown = made(await reads.history(db, member), step)  # under the thread's lock: nobody was quicker
    return await _stand(db, member, seq, grown)


async def stand_notified(db: AsyncSession, member: Member, step_id: UUID, at: datetime, words: str) -> None:
    """A notification that was written together has been sent (app/joint_concerns): its sender is who notified, and the
    clock runs from that moment. The step that it is has the id of the sending; policies.sql asks for it."""
    said = {"id": step_id, "person_id": member.person, "step": StageStep.notified, "happened_at": at, "words": words}
    seq = await record(db, member, Kind.stage_moved, step_id)
    await _stand(db, member, seq, made(await reads.way_before(db, step_id), NOTHING | said))


async def _stand(db: AsyncSession, member: Member, seq: int, grown: dict[str, Any]) -> UUID:
    stage = Stage(thread_id=member.thread, seq=seq, **grown)
    db.add(stage)
    await db.flush()
    return stage.id


async def co_sign(db: AsyncSession, member: Member, stage_id: UUID, new: NewSignature) -> UUID:
    """By somebody on duty who has not worked on the case (barnets lov § 137, stk. 1). NotAllowed not_new_here: by
    anybody else. Conflict: nothing waits for that, or no longer."""
    member.must(Act.co_sign)
    about = await reads.stage(db, member, stage_id)
    said = {
        "id": new.id,
        "about": stage_id,
        "words": new.words,
        "person_id": member.person,
        "step": StageStep.co_signed,
    }
    if (known := await db.get(Stage, (member.thread, new.id))) is not None:
        return _same(known, said)
    if not await reads.is_new_here(db, member):
        raise NotAllowed("not_new_here")
    await _check_waits(db, member, stage_id)
    seq = await record(db, member, Kind.stage_signed, new.id, about=about["seq"], circle=new.circle)
    await _check_waits(db, member, stage_id)
    db.add(Stage(thread_id=member.thread, seq=seq, happened_at=now(), **said))
    await db.flush()
    return new.id


async def _check_waits(db: AsyncSession, member: Member, stage_id: UUID) -> None:
    waiting = unsigned(await reads.history(db, member))
    if waiting is None or waiting["id"] != stage_id:
        raise Conflict


def _same(known: Stage, said: dict[str, Any]) -> UUID:
    """The same id again, with the same content. Invalid id_reused: with another."""
    if any(getattr(known, key) != value for key, value in said.items()):
        raise Invalid("id_reused")
    return known.id
