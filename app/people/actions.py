"""What is kept about a person, and how the command line puts somebody to work."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import NotAllowed, NotFound
from app.people.models import Absence, Employment, EmploymentRole, Identity, Person, Routing, Unit, UnitKind

RECEIVES = text("select works_as('caseworker', 'leader')")


async def choose_language(db: AsyncSession, person: UUID, language: str) -> None:
    await db.execute(update(Person).where(Person.id == person).values(language=language))


async def end_session(db: AsyncSession, session: UUID) -> None:
    """One of the viewer's own, at once, in its open sockets too. NotFound when there is none such."""
    if not (await db.execute(text("select end_my_session(:session)"), {"session": session})).scalar_one():
        raise NotFound


async def be_away(db: AsyncSession, person: UUID, from_on: date, to_on: date) -> None:
    """In place of what was said before. NotAllowed: nobody is sent anything that a deputy could take."""
    if not (await db.execute(RECEIVES)).scalar_one():
        raise NotAllowed
    await db.execute(delete(Absence).where(Absence.person_id == person))
    db.add(Absence(person_id=person, from_on=from_on, to_on=to_on))
    await db.flush()


async def be_back(db: AsyncSession, person: UUID) -> None:
    """NotAllowed as above."""
    if not (await db.execute(RECEIVES)).scalar_one():
        raise NotAllowed
    await db.execute(delete(Absence).where(Absence.person_id == person))


async def know_identity(db: AsyncSession, issuer: str, subject: str, name: str, email: str | None) -> UUID:
    """The person behind (issuer, subject); made when not known yet. As owner only: the web role cannot."""
    found = await db.scalar(select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject))
    if found is not None:
        return found
    person = Person(id=uuid4(), name=name, email=email)
    db.add(person)
    await db.flush()
    db.add(Identity(issuer=issuer, subject=subject, person_id=person.id, email=email))
    await db.flush()
    return person.id


async def know_unit(db: AsyncSession, name: str, kind: UnitKind) -> UUID:
    """The unit of this name and kind; made when not known yet. As owner only."""
    found = await db.scalar(select(Unit.id).where(Unit.name == name, Unit.kind == kind))
    if found is not None:
        return found
    unit = Unit(id=uuid4(), name=name, kind=kind)
    db.add(unit)
    await db.flush()
    return unit.id


async def employ(
    db: AsyncSession, person: UUID, unit: UUID, title: str, role: EmploymentRole, *, receives_new: bool = False
) -> bool:
    """Give a person a capacity to act in; False when it runs already. As owner only.

    Access to content comes from memberships, not from this.
    """
    same = select(Employment.id).where(
        Employment.person_id == person,
        Employment.unit_id == unit,
        Employment.title == title,
        Employment.role == role,
        Employment.ended_on.is_(None),
    )
    if await db.scalar(same) is not None:
        return False
    db.add(Employment(id=uuid4(), person_id=person, unit_id=unit, title=title, role=role, receives_new=receives_new))
    await db.flush()
    return True


async def route(db: AsyncSession, unit: UUID, caseworker: UUID, deputy: UUID | None, part_of: UUID | None) -> None:
    """Whoever receives from a unit, in place of who did; and the larger unit whose rule counts where this one has none.
    What has been received already stays with whoever received it. As owner only."""
    if part_of is not None:
        await db.execute(update(Unit).where(Unit.id == unit).values(parent_id=part_of))
    await db.execute(delete(Routing).where(Routing.unit_id == unit))
    db.add(Routing(unit_id=unit, caseworker_id=caseworker, deputy_id=deputy))
    await db.flush()


async def end_employment(db: AsyncSession, issuer: str, subject: str, unit: str, last_day: date | None) -> int | None:
    """End somebody's work in a unit at once, or after a last day, and every place held through it. As owner only.

    The number of places; None when nobody of that name works there.
    """
    works = (
        select(Employment.id)
        .join(Identity, Identity.person_id == Employment.person_id)
        .join(Unit, Unit.id == Employment.unit_id)
        .where(Identity.issuer == issuer, Identity.subject == subject, Unit.name == unit, Employment.ended_on.is_(None))
    )
    ends = text("select end_employment(:employment, :last_day, :issuer)")
    ended = [
        (await db.execute(ends, {"employment": job, "last_day": last_day, "issuer": issuer})).scalar_one()
        for job in (await db.scalars(works)).all()
    ]
    return sum(ended) if ended else None
