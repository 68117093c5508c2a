"""Asking a caseworker for advice without naming the child, answering, passing it on, and saying what came of it."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Viewer
from app.clocks import Clock, due
from app.consultations import reads
from app.consultations.models import Consultation, ConsultationClosure, ConsultationLine, names_a_child
from app.consultations.shapes import Closure, NewConsultation, NewLine, PassingOn
from app.dates import now
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.people.models import EmploymentRole
from app.people.reads import caseworker_for, my_title, running_employment

ASKS, ANSWERS = (EmploymentRole.leader, EmploymentRole.professional), (EmploymentRole.caseworker, EmploymentRole.leader)
TELL = text("select tell_of_consultation(:consultation)")
PASS_ON = text("select pass_on_consultation(:consultation, :id, :to)")


async def ask_for_advice(db: AsyncSession, viewer: Viewer, new: NewConsultation) -> None:
    """It goes to the caseworker of one's unit, who has until the end of the working day. The same again: nothing more.

    NotAllowed: no such employment, or not one that asks. Conflict no_caseworker: nobody is there to ask.
    """
    _without_a_number(new.words)
    if (known := await reads.seen(db, new.id)) is not None:
        first = await db.get_one(ConsultationLine, (new.id, new.id))
        if (known.employment_id, known.area, first.words) != (new.employment, new.area, new.words):
            raise Invalid("id_reused")
        return
    job = await running_employment(db, viewer.person, new.employment)
    if job is None or job.role not in ASKS:
        raise NotAllowed
    receiver = await caseworker_for(db, job.unit_id, viewer.person)
    if receiver is None:
        raise Conflict("no_caseworker")
    asked = Consultation(
        id=new.id,
        person_id=viewer.person,
        employment_id=job.id,
        name=viewer.name,
        title=job.title,
        unit_id=job.unit_id,
        area=new.area,
        due_on=due(Clock.consultation, now()).day,
        receiver_id=receiver.employment_id,
        receiver_name=receiver.name,
        receiver_title=receiver.title,
    )
    db.add(asked)
    await db.flush()
    await _say(db, viewer, asked, NewLine(id=new.id, words=new.words))


async def write_line(db: AsyncSession, viewer: Viewer, consultation: UUID, new: NewLine) -> None:
    """The caseworker's first one is the answer. The same id and words again: the same line."""
    _without_a_number(new.words)
    asked = await _seen(db, consultation)
    if (known := await db.get(ConsultationLine, (consultation, new.id))) is not None:
        if (known.person_id, known.words) != (viewer.person, new.words):
            raise Invalid("id_reused")
        return
    if await db.get(ConsultationClosure, consultation) is not None:
        raise Conflict("consultation_closed")
    await _say(db, viewer, asked, new)


async def close_consultation(db: AsyncSession, viewer: Viewer, consultation: UUID, new: Closure) -> None:
    """Whoever asked says what came of it. The same again: it has been said. Conflict: something else has been."""
    _without_a_number(new.words)
    if (await _seen(db, consultation)).person_id != viewer.person:
        raise NotAllowed
    if (known := await db.get(ConsultationClosure, consultation)) is not None:
        if (known.outcome, known.words) != (new.outcome, new.words):
            raise Conflict
        return
    db.add(ConsultationClosure(consultation_id=consultation, outcome=new.outcome, words=new.words))
    await db.flush()
    await db.execute(TELL, {"consultation": consultation})


async def pass_on_consultation(db: AsyncSession, consultation: UUID, new: PassingOn) -> None:
    """To a colleague of the same department; whoever asked is told. The same again: it has been passed on.

    NotFound: not mine to see, or no such colleague. NotAllowed: I asked it.
    """
    values = {"consultation": consultation, "id": new.id, "to": new.to}
    became = (await db.execute(PASS_ON, values)).scalar_one()
    if became == "not_allowed":
        raise NotAllowed
    if became == "closed":
        raise Conflict("consultation_closed")
    if became == "id_reused":
        raise Invalid("id_reused")
    if became != "passed_on":
        raise NotFound


async def _seen(db: AsyncSession, consultation: UUID) -> Consultation:
    if (found := await reads.seen(db, consultation)) is None:
        raise NotFound
    return found


async def _say(db: AsyncSession, viewer: Viewer, asked: Consultation, new: NewLine) -> None:
    asking = asked.person_id == viewer.person
    title = asked.title if asking else await my_title(db, viewer.person, ANSWERS)
    line = {"id": new.id, "person_id": viewer.person, "name": viewer.name, "title": title, "words": new.words}
    db.add(ConsultationLine(consultation_id=asked.id, **line))
    await db.flush()
    await db.execute(TELL, {"consultation": asked.id})


def _without_a_number(words: str) -> None:
    if names_a_child(words):
        raise Invalid("names_a_child")
