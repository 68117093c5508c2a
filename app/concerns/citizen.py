"""A citizen's notification from the form to the caseworker, and every answer on the way: whatever goes wrong, the page
that comes back still holds what was written."""

from collections.abc import Iterable
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.concerns.actions import receive_from_citizen
from app.concerns.citizen_form import FIELDS, TRAP, CitizensForm, Faulty, longest, read, sent
from app.concerns.models import ParentsTold
from app.consultations.models import ConsultationArea
from app.db import transaction
from app.errors import PASSING, Problem, Refusal, refusal
from app.html import PAGES, asked_for, language_read, page
from app.rates import form_rate, stranger
from app.text import text

FORM, RECEIVED = f"{PAGES}/form", f"{PAGES}/received"
# As they stand on the page: what is left over comes last.
AREAS = sorted(ConsultationArea, key=lambda area: area is ConsultationArea.other)
TOLD = (ParentsTold.yes, ParentsTold.no, ParentsTold.unknown)
WHOS = ("named", "anonymous")


def empty_form(request: Request) -> Response:
    return _form(request, dict.fromkeys(FIELDS, "") | {"id": str(uuid4())})


async def take(request: Request) -> Response:
    """Kept: on to the page that says so. That page is the same for everybody, whatever is known here.

    Unsupported, Invalid: no browser sends this. TooMany: faster than anybody writes, so there are no words to save.
    """
    address = request.client.host if request.client else ""
    form_rate(address)
    fields = await sent(request)
    try:
        if not fields[TRAP]:
            await _keep(request, read(fields), address)
    except Faulty as faulty:
        return _form(request, fields, Refusal(422, "invalid"), faulty.faults)
    except PASSING as error:
        if (why := refusal(error)).status == Problem.status:
            raise
        return _again(request, fields, why)
    return RedirectResponse(RECEIVED + asked_for(request), 303)


async def _keep(request: Request, form: CitizensForm, address: str) -> None:
    """Counted inside the transaction: what is one too many is not kept."""
    async with transaction(request.app.state.engine) as db:
        with stranger(address):
            await receive_from_citizen(db, form.passed_on())


def _again(request: Request, fields: dict[str, str], why: Refusal) -> Response:
    """Words that differ from those that came under the same id are more to say: the next press sends them as such."""
    fresh = {"id": str(uuid4())} if why.code == "id_reused" else {}
    return _form(request, fields | fresh, why)


def _form(
    request: Request, fields: dict[str, str], why: Refusal | None = None, faults: dict[str, str] | None = None
) -> Response:
    language = language_read(request)
    said = {name: text(key, language, most=str(longest(name))) for name, key in (faults or {}).items()}
    return page(
        request,
        "concern_form.html",
        why.status if why else 200,
        why.headers if why else None,
        said=fields,
        faults=said,
        fault=said.get,
        longest=longest,
        trouble=_told(why.code) if why and not faults else None,
        areas=_options(language, "consult.area_{}", AREAS),
        told=_options(language, "public.told_{}", TOLD),
        whos=_options(language, "public.{}", WHOS, "public.{}_hint"),
    )


def _options(language: str, label: str, values: Iterable[str], hint: str | None = None) -> list[dict[str, str | None]]:
    return [
        {
            "value": value,
            "label": text(label.format(value), language),
            "hint": text(hint.format(value), language) if hint else None,
        }
        for value in values
    ]


def _told(code: str) -> str:
    """Two of them mean something else to somebody who cannot log in and look."""
    return f"public.{code}" if code in ("id_reused", "too_many") else f"error.{code}"
