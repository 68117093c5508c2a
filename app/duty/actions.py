from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.duty.shapes import NewDutyAccess
from app.errors import NotFound
from app.journal import refusals

OPEN = text("select * from open_duty_access(:child, :born, :employment, :reason)")


async def open_duty_access(db: AsyncSession, new: NewDutyAccess) -> dict[str, Any]:
    """Read a case that one is not on, for three hours. Threads, family and leaders are told by the same function.

    NotFound for every child that is not in one's own department, by whatever is wrong. Conflict: in the case already.
    """
    values = {
        "child": new.child_name,
        "born": new.child_born,
        "employment": new.employment,
        "reason": new.reason,
    }
    with refusals():
        row = (await db.execute(OPEN, values)).one_or_none()
    if row is None:
        raise NotFound
    return {"id": row.id, "case": row.case_id, "thread": row.thread_id, "ends_at": row.ends_at}


async def sight_duty_access(db: AsyncSession, access: UUID) -> None:
    """A leader of the unit has looked at it. NotFound for everybody else, and the second time."""
    if not (await db.execute(text("select sight_duty_access(:access)"), {"access": access})).scalar_one():
        raise NotFound
