from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from app.access.door import CurrentViewer
from app.access.looks import Showing
from app.audit import reads
from app.audit.shapes import AuditLooks, Reconciliations
from app.db import Db

router = APIRouter(tags=["audit"])
Reference = Annotated[str | None, Query(pattern="^[0-9a-f]{8}$")]


@router.get("/api/audit/looks")
async def list_audit_looks(
    viewer: CurrentViewer,
    db: Db,
    shows: Showing,
    case: Reference = None,
    day: Annotated[date | None, Query()] = None,
    before: Annotated[datetime | None, Query()] = None,
    sample: Annotated[bool, Query()] = False,
) -> AuditLooks:
    found = await reads.looks(db, case, day, before, sample=sample, at=shows.at)
    shows.counted(found["cases"])
    return AuditLooks.model_validate(found)


@router.get("/api/audit/reconciliations")
async def list_reconciliations(viewer: CurrentViewer, db: Db) -> Reconciliations:
    return Reconciliations.model_validate({"days": await reads.reconciliations(db)})
