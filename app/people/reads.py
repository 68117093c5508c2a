from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.dates import today
from app.people.models import Absence, Employment, EmploymentRole, Identity, Unit


async def running_employment(db: AsyncSession, person: UUID, employment: UUID) -> Employment | None:
    """One of the person's own employments, if it still runs."""
    mine = select(Employment).where(Employment.id == employment, Employment.person_id == person, _runs())
    found: Employment | None = await db.scalar(mine)
    return found


async def my_title(db: AsyncSession, person: UUID, roles: tuple[EmploymentRole, ...]) -> str:
    """What one is called at work, where one works as one of these."""
    job = select(Employment.title).where(Employment.person_id == person, Employment.role.in_(roles), _runs())
    return await db.scalar(job.order_by(Employment.started_on, Employment.id).limit(1)) or ""


async def caseworker_for(db: AsyncSession, unit: UUID | None, but: UUID | None = None) -> Row[Any] | None:
    """Who receives today what comes from a unit (none: from a family), other than a certain person. Nobody only when no
    family department has anybody else: doors/caseworkers.sql."""
    query = text("select * from caseworker_for(:unit, :but)")
    return (await db.execute(query, {"unit": unit, "but": but})).one_or_none()


async def absence(db: AsyncSession, person: UUID) -> Absence | None:
    return await db.get(Absence, person)


async def my_sessions(db: AsyncSession, here: UUID) -> list[dict[str, Any]]:
    """Where the viewer is logged in, the last used first; `here` is the session that asks."""
    rows = await db.execute(text("select id, device, started_at, used_at from my_sessions()"))
    return [{**row, "here": row["id"] == here} for row in rows.mappings()]


async def my_employments(db: AsyncSession, person: UUID) -> list[dict[str, Any]]:
    rows = await db.execute(
        select(Employment.id, Employment.title, Unit.name.label("unit"), Employment.role)
        .join(Unit, Unit.id == Employment.unit_id)
        .where(Employment.person_id == person, _runs())
        .order_by(Employment.started_on, Employment.id)
    )
    return [dict(row) for row in rows.mappings()]


# What somebody may open because of what he or she is employed as, in no case yet.
AT_WORK = {
    EmploymentRole.admin: ("see_permissions",),
    EmploymentRole.auditor: ("see_audit",),
    EmploymentRole.caseworker: ("answer_advice", "handle_concerns", "open_duty_access"),
    EmploymentRole.leader: ("answer_advice", "ask_advice", "handle_concerns", "open_duty_access"),
    EmploymentRole.professional: ("ask_advice",),
}


def may_at_work(employments: list[dict[str, Any]]) -> list[str]:
    """Whoever works may notify, whatever the job: the duty is personal (barnets lov § 133)."""
    acts = {act for job in employments for act in AT_WORK.get(EmploymentRole(job["role"]), ())}
    return sorted(acts | {"notify"} if employments else acts)


def _runs() -> Any:
    return or_(Employment.ended_on.is_(None), Employment.ended_on >= today())


async def receiving_employment(db: AsyncSession, issuer: str, subject: str) -> UUID | None:
    """The work as a caseworker (or as a leader) that somebody receives in. As owner only."""
    works = (
        select(Employment.id)
        .join(Identity, Identity.person_id == Employment.person_id)
        .where(Identity.issuer == issuer, Identity.subject == subject, _runs())
        .where(Employment.role.in_((EmploymentRole.caseworker, EmploymentRole.leader)))
        .order_by(Employment.role, Employment.started_on, Employment.id)
    )
    found: UUID | None = await db.scalar(works.limit(1))
    return found


async def cases_without_caseworker(db: AsyncSession) -> list[tuple[UUID, str]]:
    """Cases of a family department that nobody there has a place in any more, and the unit. As owner only."""
    query = text("""
        select c.id, u.name from cases c join units u on u.id = c.unit_id and u.kind = 'family_department'
         where exists (select 1 from memberships m where m.case_id = c.id and in_force(m))
           and not exists (select 1 from memberships m where m.case_id = c.id and m.role = 'caseworker' and in_force(m))
         order by u.name, c.opened_at
    """)
    return [(case, unit) for case, unit in await db.execute(query)]
