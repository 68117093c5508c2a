from typing import Any

from fastapi import APIRouter, Response

from app.access.door import CurrentViewer
from app.admin import reads
from app.admin.shapes import PermissionsOut, as_csv, as_page
from app.db import Db

router = APIRouter(tags=["admin"])
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}, "description": "For a spreadsheet"}}


@router.get("/api/admin/permissions")
async def get_permissions(viewer: CurrentViewer, db: Db) -> PermissionsOut:
    return as_page(await reads.permissions(db))


@router.get("/api/admin/permissions.csv", response_class=Response, responses=CSV)
async def get_permissions_csv(viewer: CurrentViewer, db: Db) -> Response:
    sheet = as_csv(await reads.permissions(db), viewer.language)
    headers = {"Content-Disposition": 'attachment; filename="rundtom-permissions.csv"'}
    return Response(sheet, media_type="text/csv", headers=headers)
