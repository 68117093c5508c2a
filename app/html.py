"""Pages that the server writes itself: for whoever comes without a login, and perhaps without JavaScript. They wear the
screens' own style sheet and take their words from the same catalogues."""

import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.settings import BUILD, get_settings
from app.text import LANGUAGES, language_of, text

PAGES = "/concerns/public"  # they stand here and below; everything else that is a page, is a screen
STYLES = re.compile(r'<link href="(/_app/[^"]+\.css)" rel="stylesheet">')

templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def is_page(path: str) -> bool:
    return f"{path}/".startswith(f"{PAGES}/")


def page(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """Everything that a template shows is escaped; none of them makes markup of what somebody has sent."""
    language, settings = language_read(request), get_settings()
    body = templates.get_template(template).render(
        t=partial(text, language=language),
        language=language,
        others=[other for other in LANGUAGES if other != language] if request.method == "GET" else [],
        query=asked_for(request),
        pages=PAGES,
        styles=style_sheet(),
        municipality=settings.municipality,
        phone=settings.concern_phone,
        **values,
    )
    return HTMLResponse(body, status, headers)


def trouble(request: Request, status: int, code: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return page(request, "trouble.html", status, headers, code=code)


def language_read(request: Request) -> str:
    """The one that was chosen on the page, else the browser's."""
    chosen = QueryParams(request.scope["query_string"]).get("lang")
    return chosen if chosen in LANGUAGES else language_of(request.headers.get("accept-language"))


def asked_for(request: Request) -> str:
    """What goes along to the next page: the language, if it was chosen. There is no cookie to keep it in."""
    return f"?lang={language_read(request)}" if "lang" in QueryParams(request.scope["query_string"]) else ""


@cache
def style_sheet() -> str | None:
    """The screens' own, by the name that the build gave it. Without a build the pages stand there plain."""
    start = BUILD / "index.html"
    found = STYLES.search(start.read_text(encoding="utf-8")) if start.exists() else None
    return found[1] if found else None
