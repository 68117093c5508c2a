"""The pages for whoever is not logged in. No script, no cookie, and nothing of who reads them is kept."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.concerns.citizen import FORM, RECEIVED, empty_form, take
from app.concerns.citizen_form import FIELDS, FORM_TYPE, longest
from app.errors import REFUSED
from app.html import PAGES, page
from app.settings import get_settings

A_PAGE: dict[str, Any] = {
    "description": "A page that says so",
    "content": {"text/html": {"schema": {"type": "string"}}},
}
RESPONSES: dict[int | str, dict[str, Any]] = dict.fromkeys((*REFUSED, "default"), A_PAGE)
BODY: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {name: {"type": "string", "maxLength": longest(name)} for name in FIELDS},
    "required": ["id"],
}
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": {FORM_TYPE: {"schema": BODY}}}}

router = APIRouter(tags=["concerns"], default_response_class=HTMLResponse, responses=RESPONSES)


@router.get(PAGES)
async def show_public_start(request: Request) -> Response:
    """What happens, and the first question: nobody who is in danger now is led to a form."""
    return page(request, "concern_start.html")


@router.get(f"{PAGES}/danger")
async def show_public_danger(request: Request) -> Response:
    """Whom to ring up. That somebody was here is written nowhere."""
    return page(request, "concern_danger.html", protected_door=get_settings().protected_door)


@router.get(FORM)
async def show_public_form(request: Request) -> Response:
    return empty_form(request)


@router.post(FORM, status_code=303, response_class=RedirectResponse, openapi_extra=SENT)
async def send_public_form(request: Request) -> Response:
    """On to the page that says that it came; otherwise the form again, with what was written and what is wrong."""
    return await take(request)


@router.get(RECEIVED)
async def show_public_received(request: Request) -> Response:
    return page(request, "concern_received.html")
