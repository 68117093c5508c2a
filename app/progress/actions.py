"""Saying how it goes: each for himself, or written down for a child. Each: must, change, record."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.errors import Conflict, Invalid
from app.journal import Kind, record
from app.plans.reads import one_goal
from app.progress import reads
from app.progress.models import Evaluation, EvaluationView, Scale, Wellbeing
from app.progress.shapes import NewEvaluation, NewEvaluationView, NewScale, NewWellbeing
from app.threads.reads import check_words_of


async def give_scale(db: AsyncSession, member: Member, new: NewScale) -> UUID:
    """How one sees a goal, from 0 to 10. Given again later, it is one more point of the line."""
    member.must(Act.give_view)
    await check_words_of(db, member, new.words_of)
    goal = await one_goal(db, member, new.goal)
    said = new.model_dump(exclude={"circle", "goal"}) | {"goal_id": new.goal, "person_id": member.person}
    if await _is_said(db, member, Scale, said):
        return new.id
    seq = await record(db, member, Kind.scale_given, new.id, about=goal["seq"], circle=new.circle)
    return await _add(db, Scale(thread_id=member.thread, seq=seq, **said))


async def rate_wellbeing(db: AsyncSession, member: Member, new: NewWellbeing) -> UUID:
    """How the child is, as one sees it."""
    member.must(Act.give_view)
    await check_words_of(db, member, new.words_of)
    said = new.model_dump(exclude={"circle"}) | {"person_id": member.person}
    if await _is_said(db, member, Wellbeing, said):
        return new.id
    seq = await record(db, member, Kind.wellbeing_rated, new.id, circle=new.circle)
    return await _add(db, Wellbeing(thread_id=member.thread, seq=seq, **said))


async def plan_evaluation(db: AsyncSession, member: Member, new: NewEvaluation) -> UUID:
    """A newer day takes the place of one that has not been held."""
    member.must(Act.make_plan)
    said = {"id": new.id, "due_on": new.due_on, "person_id": member.person}
    if await _is_said(db, member, Evaluation, said):
        return new.id
    seq = await record(db, member, Kind.evaluation_planned, new.id, circle=new.circle)
    return await _add(db, Evaluation(thread_id=member.thread, seq=seq, **said))


async def evaluate(db: AsyncSession, member: Member, evaluation: UUID, new: NewEvaluationView) -> None:
    """What one says at it. Conflict: a newer day has taken this one's place."""
    member.must(Act.give_view)
    await check_words_of(db, member, new.words_of)
    known = await reads.one(db, member, "evaluations", evaluation)
    said = new.model_dump(exclude={"circle"}) | {"evaluation_id": evaluation, "person_id": member.person}
    if await _is_said(db, member, EvaluationView, said):
        return
    if known["state"] == "replaced":
        raise Conflict
    seq = await record(db, member, Kind.evaluation_given, new.id, about=known["seq"], circle=new.circle)
    if (await reads.one(db, member, "evaluations", evaluation))["state"] == "replaced":  # under the thread's lock
        raise Conflict
    await _add(db, EvaluationView(thread_id=member.thread, seq=seq, **said))


async def _is_said(db: AsyncSession, member: Member, table: type[Any], said: dict[str, Any]) -> bool:
    """The same id and words again: it is there already. Invalid id_reused: other words."""
    known = await db.get(table, (member.thread, said["id"]))
    if known is not None and any(getattr(known, key) != value for key, value in said.items()):
        raise Invalid("id_reused")
    return known is not None


async def _add(db: AsyncSession, row: Any) -> UUID:
    db.add(row)
    await db.flush()
    added: UUID = row.id
    return added
