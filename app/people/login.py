"""Login and logout. OpenID Connect is the only door: no passwords here, and no way to log in as somebody else.

The state of a login lies in the browser that started it, signed, in a cookie of its own per attempt: two tabs cannot
disturb each other, another browser cannot finish it, and there is nothing to clean up here.
"""

import logging
import re
from dataclasses import asdict
from hashlib import sha256
from typing import Annotated, Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItemPerMinute

from app.access.door import enter
from app.access.sessions import Login, SignedOut, SteppedUp, sign_in, sign_out, step_up, way_in
from app.db import Db, transaction
from app.people.oidc import Attempt, Provider, Refused, providers
from app.rates import spend
from app.settings import get_settings
from app.shapes import Answer
from app.text import language_of

log = logging.getLogger(__name__)
router = APIRouter()

ATTEMPT_S = 600
MOST_ATTEMPTS = 5  # in one browser; the oldest go first
DEVICES = (
    ("tablet", re.compile(r"iPad|Tablet|Android(?!.*Mobile)")),
    ("phone", re.compile(r"Mobi|iPhone")),
    ("computer", re.compile(r"Windows|Macintosh|X11|CrOS|Linux")),
)
CLEAR = {"Clear-Site-Data": '"cache", "storage"'}
LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]{0,1000}")  # one slash, then visible ASCII without a backslash


class IssuerOut(Answer):
    key: str
    name: str


class IssuersOut(Answer):
    municipality: str
    issuers: list[IssuerOut]


class LogoutOut(Answer):
    redirect: str | None


@router.get("/api/issuers")
async def list_issuers(request: Request) -> IssuersOut:
    settings, language = get_settings(), language_of(request.headers.get("accept-language"))
    named = [IssuerOut(key=each.key, name=each.name.get(language) or each.name["da"]) for each in settings.issuers]
    return IssuersOut(municipality=settings.municipality, issuers=named)


@router.get("/auth/login", status_code=303, response_class=RedirectResponse)
async def start_login(
    request: Request,
    issuer: str | None = None,
    login_hint: Annotated[str | None, Query(max_length=200)] = None,
    next_: Annotated[str, Query(alias="next")] = "/",
    prompt: Literal["login"] | None = None,
    again: Annotated[bool, Query(alias="step_up")] = False,
) -> Response:
    """Send the browser to the provider; it comes back to `next`, a path of ours. `prompt=login`: a new login.

    `step_up`: a new login in the session that is there, by the same person and the same way in.
    """
    address = request.client.host if request.client else ""
    spend(RateLimitItemPerMinute(get_settings().logins_per_10_minutes, 10), "login", address)
    next_ = next_ if LOCAL_PATH.fullmatch(next_) else "/"
    try:
        session, known = await _to_step_up(request) if again else (None, "")
        provider = _provider(known or issuer or next(iter(providers()), ""))
        back = f"{_origin(request)}/auth/callback/{provider.issuer.key}"
        url, attempt = await provider.start(back, next_, login_hint, again or prompt == "login", session)
    except Refused as refused:
        return _to_login_page(refused, next_)
    answer = RedirectResponse(url, 303)
    _keep(answer, request, attempt)
    return answer


@router.get("/auth/callback/{issuer}", status_code=303, response_class=RedirectResponse)
async def finish_login(request: Request, db: Db, issuer: str) -> Response:
    """Back from the provider. Any earlier session of this browser ends, whoever it belonged to."""
    state, next_ = request.query_params.get("state", ""), "/"
    try:
        attempt = _kept(request, state)
        next_ = attempt.next
        if attempt.issuer != issuer:
            raise Refused("login_refused", "the answer came to another issuer's door")
        login = await _provider(issuer).finish(attempt, request.query_params)
        token = await _let_in(db, request, attempt, login)
    except Refused as refused:
        answer = _to_login_page(refused, next_)
    else:
        answer = RedirectResponse(next_, 303)
        _set_cookie(answer, get_settings().cookie_name, token)
    _drop_cookie(answer, _attempt_cookie(state))
    return answer


@router.post("/auth/logout")
async def logout(request: Request, response: Response) -> LogoutOut:
    """End the session here; `redirect` is where the browser ends the provider's too."""
    # Committed before the provider is asked: a slow provider must not keep anybody logged in.
    async with transaction(request.app.state.engine) as db:
        ended = await _end_session(db, request)
    _drop_cookie(response, get_settings().cookie_name)
    response.headers.update(CLEAR)
    provider = next((each for each in providers().values() if ended and each.issuer.url == ended.issuer), None)
    if ended is None or provider is None:
        return LogoutOut(redirect=None)
    return LogoutOut(redirect=await provider.logout_url(ended.id_token, f"{_origin(request)}/login"))


async def _to_step_up(request: Request) -> tuple[str, str]:
    """The session of this browser, and the key of the issuer that it came by."""
    async with transaction(request.app.state.engine) as db:
        viewer = await enter(db, request.cookies.get(get_settings().cookie_name), active=True)
        if viewer is None:
            raise Refused("not_logged_in", "there is no session to step up")
        return str(viewer.session), await way_in(db, viewer.session)


async def _let_in(db: Db, request: Request, attempt: Attempt, login: Login) -> str:
    """The token of the session that begins, or goes on. Raises Refused; a session of somebody else has then ended."""
    if attempt.session is None:
        await _end_session(db, request)
        return await sign_in(db, login, device_of(request.headers.get("user-agent", "")))
    old = request.cookies.get(get_settings().cookie_name, "")
    outcome, token = await step_up(db, old, UUID(attempt.session), login)
    if outcome is SteppedUp.other_person:
        raise Refused("other_person", "somebody else logged in to step up")
    if outcome is SteppedUp.gone:
        raise Refused("login_expired", "the session to step up is no longer there")
    return token


def device_of(user_agent: str) -> str:
    """What kind of device, so that its owner knows it again; nothing more is kept of it."""
    return next((kind for kind, known in DEVICES if known.search(user_agent)), "other")


async def _end_session(db: Db, request: Request) -> SignedOut | None:
    token = request.cookies.get(get_settings().cookie_name)
    return await sign_out(db, token) if token else None


def _provider(key: str) -> Provider:
    if key not in providers():
        raise Refused("issuer_unknown", "no such issuer")
    return providers()[key]


def _origin(request: Request) -> str:
    """The one of our origins that the browser is at; the public one when it cannot be told."""
    origins, host = get_settings().origins, request.headers.get("host")
    return next((origin for origin in origins if urlsplit(origin).netloc == host), origins[0])


def _to_login_page(refused: Refused, next_: str) -> Response:
    log.warning("login refused: %s (%s)", refused.code, refused)
    query = {"error": refused.code} | ({"next": next_} if next_ != "/" else {})
    answer = RedirectResponse(f"/login?{urlencode(query)}", 303)
    if refused.code == "other_person":  # what the first one was writing is not for the second to find
        answer.headers.update(CLEAR)
        _drop_cookie(answer, get_settings().cookie_name)
    return answer


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_settings().secret_key.get_secret_value(), salt="login attempt")


def _attempt_cookie(state: str) -> str:
    return f"{get_settings().cookie_name}-login-{sha256(state.encode()).hexdigest()[:16]}"


def _keep(answer: Response, request: Request, attempt: Attempt) -> None:
    earlier = [name for name in request.cookies if name.startswith(f"{get_settings().cookie_name}-login-")]
    earlier.sort(key=lambda name: _started(request.cookies[name]))
    for name in earlier[: max(0, len(earlier) + 1 - MOST_ATTEMPTS)]:
        _drop_cookie(answer, name)
    _set_cookie(answer, _attempt_cookie(attempt.state), _signer().dumps(asdict(attempt)), ATTEMPT_S)


def _started(cookie: str) -> int:
    try:
        return Attempt(**_signer().loads(cookie)).started
    except (BadSignature, TypeError):
        return 0


def _kept(request: Request, state: str) -> Attempt:
    try:
        attempt = Attempt(**_signer().loads(request.cookies[_attempt_cookie(state)], max_age=ATTEMPT_S))
    except (KeyError, BadSignature, TypeError) as error:
        raise Refused("login_expired", "this browser has no such login on its way") from error
    if attempt.state != state:
        raise Refused("login_refused", "the state is another attempt's")
    return attempt


def _set_cookie(answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    answer.set_cookie(name, value, max_age, path="/", secure=get_settings().secure, httponly=True, samesite="lax")


def _drop_cookie(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=get_settings().secure, httponly=True, samesite="lax")
