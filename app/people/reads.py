from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.dates import today
from app.people.models import Employment, EmploymentRole, Unit


async def running_employment(db: AsyncSession, person: UUID, employment: UUID) -> Employment | None:
    """One of the person's own employments, if it still runs."""
    mine = select(Employment).where(Employment.id == employment, Employment.person_id == person, _runs())
    found: Employment | None = await db.scalar(mine)
    return found


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
    EmploymentRole.caseworker: ("open_duty_access",),
    EmploymentRole.leader: ("open_duty_access",),
}


def may_at_work(employments: list[dict[str, Any]]) -> list[str]:
    return sorted({act for job in employments for act in AT_WORK.get(EmploymentRole(job["role"]), ())})


def _runs() -> Any:
    return or_(Employment.ended_on.is_(None), Employment.ended_on >= today())


async def cases_without_caseworker(db: AsyncSession) -> list[tuple[UUID, str]]:
    """Cases of a family department that nobody there has a place in any more, and the unit. As owner only."""
    query = text("""
        select c.id, u.name from cases c join units u on u.id = c.unit_id and u.kind = 'family_department'
         where exists (select 1 from memberships m where m.case_id = c.id and in_force(m))
           and not exists (select 1 from memberships m where m.case_id = c.id and m.role = 'caseworker' and in_force(m))
         order by u.name, c.opened_at
    """)
    return [(case, unit) for case, unit in await db.execute(query)]
