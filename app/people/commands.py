"""`rundtom employ`, `rundtom dismiss` and `rundtom route`: who works where, and who receives from which unit. The
municipality's own list; it gives a capacity to act in, never access, and what was held through it ends with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db import make_engine, transaction
from app.people import actions, reads
from app.people.models import EmploymentRole, UnitKind


@dataclass(frozen=True)
class Job:
    """Somebody's work, as the municipality tells it. The person is who the provider `issuer` calls `subject`."""

    issuer: str
    subject: str
    name: str
    unit: str
    kind: UnitKind
    title: str
    role: EmploymentRole
    receives_new: bool


async def put_to_work(owner_url: str, job: Job) -> bool:
    """As the database's owner: person, unit, and the employment between them; False when it runs already."""
    engine = make_engine(owner_url, size=1)
    try:
        async with transaction(engine) as db:
            person = await actions.know_identity(db, job.issuer, job.subject, job.name, None)
            unit = await actions.know_unit(db, job.unit, job.kind)
            return await actions.employ(db, person, unit, job.title, job.role, receives_new=job.receives_new)
    finally:
        await engine.dispose()


async def dismiss(
    owner_url: str, issuer: str, subject: str, unit: str, last_day: date | None
) -> tuple[int | None, list[tuple[UUID, str]]]:
    """As the database's owner: end the employment and what is held through it. How many places that were (None: no such
    employment), and the cases that are left without a caseworker."""
    engine = make_engine(owner_url, size=1)
    try:
        async with transaction(engine) as db:
            ended = await actions.end_employment(db, issuer, subject, unit, last_day)
            return ended, await reads.cases_without_caseworker(db)
    finally:
        await engine.dispose()


@dataclass(frozen=True)
class Rule:
    """Who receives from a unit: `caseworker`, and `deputy` while that person is away, as the provider `issuer` calls
    them. `part_of`: the larger unit (a district, say) that this one belongs to."""

    issuer: str
    unit: str
    kind: UnitKind
    caseworker: str
    deputy: str | None
    part_of: str | None


async def route(owner_url: str, rule: Rule) -> str | None:
    """As the database's owner. Who is no caseworker, if somebody named is none: nothing is changed then."""
    engine = make_engine(owner_url, size=1)
    try:
        async with transaction(engine) as db:
            caseworker = await reads.receiving_employment(db, rule.issuer, rule.caseworker)
            deputy = await reads.receiving_employment(db, rule.issuer, rule.deputy) if rule.deputy else None
            if caseworker is None or (rule.deputy and deputy is None):
                return rule.deputy if caseworker and rule.deputy else rule.caseworker
            unit = await actions.know_unit(db, rule.unit, rule.kind)
            above = await actions.know_unit(db, rule.part_of, UnitKind.municipality) if rule.part_of else None
            await actions.route(db, unit, caseworker, deputy, above)
            return None
    finally:
        await engine.dispose()
