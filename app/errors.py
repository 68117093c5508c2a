"""What can go wrong, named after what happened. One renderer makes problem+json (RFC 9457) with a stable `code`."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg import Error as DriverError
from psycopg import OperationalError as DriverDown
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from app.html import is_page, trouble
from app.text import language_of, text

log = logging.getLogger(__name__)


class Problem(Exception):
    status: ClassVar[int] = 500
    code: str = "internal"
    # Whether what was written before this refusal stays. As a rule nothing does.
    keeps: ClassVar[bool] = False

    def __init__(
        self, code: str | None = None, *, retry_after: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.code = code or self.code
        self.headers = dict(headers or {}) | ({"Retry-After": str(retry_after)} if retry_after else {})
        super().__init__(self.code)


class BadToken(Problem):
    status, code = 400, "logout_refused"


class NotLoggedIn(Problem):
    status, code = 401, "not_logged_in"


class NotAllowed(Problem):
    status, code = 403, "not_allowed"


class NotFound(Problem):
    """Absent and hidden alike: the answer is the same to the byte."""

    status, code = 404, "not_found"


class Conflict(Problem):
    status, code = 409, "already_settled"


class Gone(Problem):
    """One answer to every link that does not open. That somebody else came with a good one is written down."""

    status, code, keeps = 410, "invitation_unusable", True


class TooBig(Problem):
    status, code = 413, "file_too_big"


class Unsupported(Problem):
    status, code = 415, "file_type"


class NoSuchRange(Problem):
    status, code = 416, "file_range"


class Invalid(Problem):
    status, code = 422, "invalid"


class TooMany(Problem):
    status, code = 429, "too_many"


class Busy(Problem):
    """Not now: what people wait for comes first."""

    status, code = 503, "busy"


@dataclass(frozen=True)
class Refusal:
    status: int
    code: str
    headers: Mapping[str, str] = field(default_factory=dict)


DATABASE = (DBAPIError, PoolTimeout, DriverError, ConnectionError)
PASSING = (Problem, *DATABASE)  # what an answer can be made of; anything else is a fault of ours
REFUSED = (401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 503)  # what any route may answer
UNIQUE = "23505"  # the same thing is being done twice at this moment
BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def render(
    status: int,
    code: str,
    language: str,
    headers: Mapping[str, str] | None = None,
    fields: list[dict[str, str]] | None = None,
) -> Response:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": text(f"error.{code}", language),
        "status": status,
        "code": code,
    }
    if fields:
        body["fields"] = fields
    return Response(orjson.dumps(body), status, dict(headers or {}), media_type="application/problem+json")


def refuse(
    request: Request,
    status: int,
    code: str,
    headers: Mapping[str, str] | None = None,
    fields: list[dict[str, str]] | None = None,
) -> Response:
    """A problem for programs; a browser on its way through login is shown the login page, which says the same. Whoever
    reads the pages without script is told on one."""
    if is_page(request.scope["path"]):
        return trouble(request, status, code, headers)
    if request.scope["path"].startswith("/auth/") and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/login?error={code}", 303)
    return render(status, code, language_of(request.headers.get("accept-language")), headers, fields)


async def _problem(request: Request, error: Problem) -> Response:
    return refuse(request, error.status, error.code, error.headers)


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    # Only where and what kind: never the value that was sent.
    fields = [{"field": ".".join(str(part) for part in e["loc"][1:]), "code": e["type"]} for e in error.errors()]
    if any(e["loc"][0] == "path" for e in error.errors()):
        return refuse(request, 404, "not_found")
    return refuse(request, 422, "invalid", fields=fields)


async def _http(request: Request, error: HTTPException) -> Response:
    status = 422 if error.status_code == 400 else error.status_code  # a body that cannot even be read is invalid too
    code = BY_STATUS.get(status, "invalid" if status < 500 else "internal")
    return refuse(request, status, code, error.headers)


async def _database(request: Request, error: Exception) -> Response:
    found = refusal(error)
    if found.status == Problem.status:
        return await _unexpected(request, error)
    return refuse(request, found.status, found.code, found.headers)


def refusal(error: Exception) -> Refusal:
    """What is answered to one of PASSING."""
    if isinstance(error, Problem):
        return Refusal(error.status, error.code, error.headers)
    if getattr(getattr(error, "orig", error), "sqlstate", None) == UNIQUE:
        return Refusal(409, "in_flight", {"Retry-After": "1"})
    if isinstance(error, DBAPIError) and not (error.connection_invalidated or isinstance(error, OperationalError)):
        return Refusal(Problem.status, Problem.code)
    if isinstance(error, DriverError) and not isinstance(error, DriverDown):
        return Refusal(Problem.status, Problem.code)
    log.warning("database unavailable: %s", type(error).__name__)
    return Refusal(503, "database_down", {"Retry-After": "3"})


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected %s at %s", type(error).__name__, request.scope.get("route"), exc_info=error)
    return refuse(request, 500, "internal")


def install(app: FastAPI) -> None:
    for error in DATABASE:
        app.exception_handler(error)(_database)
    app.exception_handler(Problem)(_problem)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Exception)(_unexpected)
