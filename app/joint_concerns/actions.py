"""Writing a notification together, sending it, giving it up, and the receipt. Each: must, change, record."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.clocks import Clock, due
from app.dates import now
from app.errors import Conflict, Invalid, NotAllowed
from app.jobs import SEND_NEWS, enqueue
from app.joint_concerns import reads
from app.joint_concerns.models import JointConcern, JointPart, JointStep, JointStepTaken
from app.joint_concerns.shapes import NewGivingUp, NewJointConcern, NewJointPart, NewReceipt, NewSending
from app.journal import Kind, record, refusals
from app.stages.actions import stand_notified

BRING = text("select bring_caseworker(:member, :concern, :to, :circle)")


async def begin_joint_concern(db: AsyncSession, member: Member, new: NewJointConcern) -> UUID:
    """By a professional, or by the family itself. Conflict concern_elsewhere: not in the family thread; concern_open:
    one is being written; no_notifier: nobody is here who could send it."""
    member.must(Act.begin_joint_concern)
    if (known := await db.get(JointConcern, (member.thread, new.id))) is not None:
        if (known.person_id, known.area) != (member.person, new.area):
            raise Invalid("id_reused")
        return new.id
    await _none_open(db, member)
    seq = await record(db, member, Kind.joint_concern_begun, new.id, circle=new.circle)
    await _none_open(db, member)  # under the thread's lock: nobody was quicker
    db.add(JointConcern(thread_id=member.thread, id=new.id, seq=seq, person_id=member.person, area=new.area))
    await db.flush()
    return new.id


async def write_joint_part(db: AsyncSession, member: Member, concern: UUID, new: NewJointPart) -> None:
    """One's own part, or once more; what stood there before stays to be read. Conflict concern_over: it has been sent,
    or given up."""
    member.must(Act.write_joint_part)
    said = {"words": new.words, "besides": new.besides, "child_view": new.child_view}
    if (known := await db.get(JointPart, (member.thread, new.id))) is not None:
        _same(known, said | {"concern_id": concern, "person_id": member.person})
        return
    about = (await _open(db, member, concern))["seq"]
    seq = await record(db, member, Kind.joint_concern_written, new.id, about=about, circle=new.circle)
    await _open(db, member, concern)  # under the thread's lock: nobody has sent it meanwhile
    part = {"id": new.id, "concern_id": concern, "seq": seq, "person_id": member.person}
    db.add(JointPart(thread_id=member.thread, **part, **said))
    await db.flush()


async def send_joint_concern(db: AsyncSession, member: Member, concern: UUID, new: NewSending) -> None:
    """By the notifier: it becomes the case's step `notified`, and the danger assessment's clock starts. A caseworker
    comes in by it, if none is there (doors/joint_concerns.sql).

    Conflict own_part_missing: the sender has written nothing; family_not_heard: nor has the family, and why not is not
    said; other_caseworker: somebody else comes than the page named; no_caseworker: nobody can.
    """
    member.must(Act.send_joint_concern)
    if (known := await db.get(JointStepTaken, (member.thread, new.id))) is not None:
        said = {"concern_id": concern, "person_id": member.person, "step": JointStep.sent, "words": new.words}
        _same(known, said)
        return
    about = (await _open(db, member, concern))["seq"]
    await _bring_caseworker(db, member, concern, new)
    ready = await _open(db, member, concern)  # the thread is locked by now: nobody writes, and nobody was quicker
    words = _own_words(ready)
    if not ready["family_heard"] and not new.words:
        raise Conflict("family_not_heard")
    at = now()
    seq = await record(db, member, Kind.joint_concern_sent, new.id, about=about)
    sent = {"words": new.words, "receipt_due_on": due(Clock.receipt, at).day, "taken_at": at}
    await _take(db, member, concern, JointStep.sent, new.id, seq, sent)
    await stand_notified(db, member, new.id, at, words)


async def give_up_joint_concern(db: AsyncSession, member: Member, concern: UUID, new: NewGivingUp) -> None:
    """Not sent, and why. NotAllowed: the family ends its own only; a professional any."""
    member.must(Act.give_up_joint_concern)
    if (known := await db.get(JointStepTaken, (member.thread, new.id))) is not None:
        said = {"concern_id": concern, "person_id": member.person, "step": JointStep.given_up, "words": new.words}
        _same(known, said)
        return
    found = await _open(db, member, concern)
    if Act.give_up_joint_concern not in found["may"]:
        raise NotAllowed
    seq = await record(db, member, Kind.joint_concern_given_up, new.id, about=found["seq"], circle=new.circle)
    await _open(db, member, concern)
    await _take(db, member, concern, JointStep.given_up, new.id, seq, {"words": new.words})


async def receive_joint_concern(db: AsyncSession, member: Member, concern: UUID, new: NewReceipt) -> None:
    """The receipt, for notifier and family to see. Conflict: it has not been sent, or a colleague was quicker."""
    member.must(Act.receive_joint_concern)
    if (known := await db.get(JointStepTaken, (member.thread, new.id))) is not None:
        said = {"concern_id": concern, "person_id": member.person, "step": JointStep.received, "words": new.words}
        _same(known, said)
        return
    about = await _sent(db, member, concern)
    seq = await record(db, member, Kind.joint_concern_received, new.id, about=about, circle=new.circle)
    await _sent(db, member, concern)
    await _take(db, member, concern, JointStep.received, new.id, seq, {"words": new.words})
    await enqueue(db, SEND_NEWS, person=await reads.sender(db, member, concern))


async def _none_open(db: AsyncSession, member: Member) -> None:
    if not await reads.is_family(db, member):
        raise Conflict("concern_elsewhere")
    if not await reads.has_notifier(db, member):
        raise Conflict("no_notifier")
    if not (await reads.concerns(db, member))["may_begin"]:
        raise Conflict("concern_open")


async def _open(db: AsyncSession, member: Member, concern: UUID) -> dict[str, Any]:
    found = await reads.concern(db, member, concern)
    if found["state"] != reads.WRITING:
        raise Conflict("concern_over")
    return found


async def _sent(db: AsyncSession, member: Member, concern: UUID) -> int:
    """Where the thread first speaks of it, if its receipt is still to be given."""
    found = await reads.concern(db, member, concern)
    if found["state"] != JointStep.sent:
        raise Conflict
    seq: int = found["seq"]
    return seq


def _own_words(found: dict[str, Any]) -> str:
    """What the sender has written last: the reason that the step gives."""
    own = next((part for part in found["parts"] if part["mine"]), None)
    if own is None:
        raise Conflict("own_part_missing")
    words: str = own["words"]
    return words


async def _bring_caseworker(db: AsyncSession, member: Member, concern: UUID, new: NewSending) -> None:
    values = {"member": member.id, "concern": concern, "to": new.to, "circle": new.circle}
    with refusals():
        refused = (await db.execute(BRING, values)).scalar_one()
    if refused is not None:
        raise Conflict(refused)


async def _take(
    db: AsyncSession, member: Member, concern: UUID, step: JointStep, step_id: UUID, seq: int, said: dict[str, Any]
) -> None:
    taken = {"id": step_id, "concern_id": concern, "seq": seq, "person_id": member.person, "step": step}
    db.add(JointStepTaken(thread_id=member.thread, **taken, **said))
    await db.flush()


def _same(known: JointPart | JointStepTaken, said: dict[str, Any]) -> None:
    """The same id again, with the same content. Invalid id_reused: with another."""
    if any(getattr(known, key) != value for key, value in said.items()):
        raise Invalid("id_reused")
