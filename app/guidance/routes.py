from fastapi import APIRouter

from app.access.door import CurrentViewer
from app.guidance import reads
from app.guidance.shapes import GuidanceOut
from app.settings import get_settings

router = APIRouter(tags=["guidance"])


@router.get("/api/guidance")
async def get_guidance(viewer: CurrentViewer) -> GuidanceOut:
    """The same for everybody with a session."""
    settings = get_settings()
    doors = {"concern_phone": settings.concern_phone, "protected_door": settings.protected_door}
    return GuidanceOut.model_validate({"areas": reads.guidance(settings.guidance)} | doors)
