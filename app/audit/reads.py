"""The log as the auditor reads it. Everything goes through doors/audit.sql: whoever is no auditor finds nothing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import NotFound

PAGE, SAMPLE = 50, 20
AUDITOR = text("select works_as('auditor')")
LOOKS = text("select audit_looks(:case, :day, :before, :sample, :limit, :at)")


async def looks(
    db: AsyncSession, case: str | None, day: date | None, before: datetime | None, *, sample: bool, at: datetime
) -> dict[str, Any]:
    """The newest looks, or a random handful of the last thirty days. `cases`: how many looks this reading wrote."""
    values = {
        "case": case,
        "day": day,
        "before": before,
        "sample": sample,
        "limit": SAMPLE if sample else PAGE,
        "at": at,
    }
    found: dict[str, Any] | None = (await db.execute(LOOKS, values)).scalar_one()
    if found is None:
        raise NotFound
    return found


async def reconciliations(db: AsyncSession) -> list[Any]:
    if not (await db.execute(AUDITOR)).scalar_one():
        raise NotFound
    return list((await db.execute(text("select * from reconciliations_of_auditor()"))).mappings())
