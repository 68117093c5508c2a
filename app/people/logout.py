"""Logged out at the provider is logged out here: what it tells us in the back, server to server.

OpenID Connect Back-Channel Logout 1.0, section 2.6. Authlib has no verifier for it: this is ours. Whoever can make us
believe such a token can end other people's sessions, so a token is believed only when every single claim is right.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response

from app.access.sessions import hear_logout
from app.db import Db
from app.errors import BadToken
from app.people.oidc import LEEWAY_S, Provider, Refused, providers

log = logging.getLogger(__name__)
router = APIRouter()

EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST_S = 300
LONGEST = 255
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {"logout_token": {"type": "string"}}}
            }
        },
    }
}


@router.post("/auth/backchannel-logout/{issuer}", status_code=200, response_class=Response, openapi_extra=FORM)
async def hear_provider(request: Request, db: Db, issuer: str) -> Response:
    """A provider says that somebody has logged out there: 200 also when that session was over already."""
    try:
        claims = await _believed(providers().get(issuer), await _token(request))
        if not await hear_logout(db, claims["iss"], claims["jti"], claims.get("sid"), claims.get("sub")):
            raise Refused("logout_refused", "heard before")
    except Refused as refused:
        log.warning("logout token refused: %s", refused)
        raise BadToken from None
    return Response()


async def _token(request: Request) -> str:
    try:
        (token,) = parse_qs((await request.body()).decode("ascii"), strict_parsing=True)["logout_token"]
    except (ValueError, KeyError) as error:
        raise Refused("logout_refused", "no token") from error
    return token


async def _believed(provider: Provider | None, token: str) -> Mapping[str, Any]:
    """The claims of a logout token, after every check. Raises Refused with what is wrong."""
    if provider is None:
        raise Refused("logout_refused", "no such issuer")
    read = await provider.read_token(token)
    claims, issuer, now = read.claims, provider.issuer, time.time()
    events = claims.get("events")
    right = {
        "type": str(read.header.get("typ")).lower() == "logout+jwt",
        "issuer": claims.get("iss") == issuer.url,
        "audience": claims.get("aud") in (issuer.client_id, [issuer.client_id]),
        "issued at": _within(claims.get("iat"), now - OLDEST_S, now + LEEWAY_S),
        "not before": _within(claims.get("nbf", now), 0, now + LEEWAY_S),
        "expiry": _within(claims.get("exp"), now - LEEWAY_S, now + 24 * 3600),
        "identifier": _is_name(claims.get("jti")),
        "event": isinstance(events, dict) and isinstance(events.get(EVENT), dict),
        "whom": any(key in claims for key in ("sid", "sub"))
        and all(_is_name(claims[key]) for key in ("sid", "sub") if key in claims),
        "no nonce": "nonce" not in claims,  # else an ID token, which browsers carry about, would do
    }
    if wrong := [name for name, fine in right.items() if not fine]:
        raise Refused("logout_refused", ", ".join(wrong))
    return claims


def _within(when: object, earliest: float, latest: float) -> bool:
    return isinstance(when, int | float) and not isinstance(when, bool) and earliest <= when <= latest


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and 1 <= len(value) <= LONGEST
