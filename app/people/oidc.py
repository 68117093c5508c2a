"""An OpenID provider that we trust, and what its answer must prove before anybody is let in.

Authlib speaks the protocol. What it leaves to its user stands here: that discovery speaks for the issuer we configured,
exact issuer and audience, the level of the login (`acr`), its age, and the `iss` of the answer (RFC 9207).
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token, decode

from app.access.sessions import Login
from app.people.discovery import Client
from app.settings import Issuer, get_settings

log = logging.getLogger(__name__)

LEEWAY_S = 30  # clocks differ
CODES = {  # what a provider may answer instead of a login; anything else: login_refused
    "server_error": "provider_down",
    "temporarily_unavailable": "provider_down",
    "unmet_authentication_requirements": "login_level",
}


class Refused(Exception):
    """The login ends here. `code` is what the login page explains; the reason is for the log and names nobody."""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        super().__init__(reason)


@dataclass(frozen=True)
class Attempt:
    """One login on its way, kept by the browser that started it.

    `fresh`: the provider was asked for a new login. `session`: the one that it is to step up.
    """

    issuer: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    next: str
    fresh: bool
    started: int
    session: str | None = None


class Provider:
    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self._client = Client(issuer)

    async def start(
        self, redirect_uri: str, next_: str, hint: str | None, fresh: bool, session: str | None = None
    ) -> tuple[str, Attempt]:
        """The address to send the browser to, and what it must bring back. Raises Refused provider_down."""
        await self._metadata()
        asked = {"acr_values": self.issuer.acr_values, "login_hint": hint}
        # max_age makes the provider tell when the person logged in (OpenID Connect Core, section 2, auth_time).
        asked |= {"prompt": "login", "max_age": "0"} if fresh else {}
        asked = {key: value for key, value in asked.items() if value}
        begun = await self._client.create_authorization_url(redirect_uri, **asked)
        attempt = Attempt(
            issuer=self.issuer.key,
            state=begun["state"],
            nonce=begun["nonce"],
            verifier=begun["code_verifier"],
            redirect_uri=redirect_uri,
            next=next_,
            fresh=fresh,
            started=int(time.time()),
            session=session,
        )
        return begun["url"], attempt

    async def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Login:
        """Trade the provider's answer for who logged in. Raises Refused."""
        self._check_answer(answer, await self._metadata())
        with _answering():
            token = await self._client.fetch_access_token(
                redirect_uri=attempt.redirect_uri, code=answer["code"], code_verifier=attempt.verifier
            )
            claims = await self._client.parse_id_token(token, attempt.nonce, self._expected(), leeway=LEEWAY_S)
            self._check_claims(claims or {}, attempt)
            name, email = await self._name_and_address(claims, token)
        return Login(
            issuer=self.issuer.url,
            subject=claims["sub"],
            name=name or claims["sub"],
            email=email,
            acr=claims["acr"],
            sid=_words(claims.get("sid")),
            id_token=token["id_token"],
            idle_minutes=self.issuer.idle_minutes,
            issuer_key=self.issuer.key,
            fresh_at=_moment(claims.get("auth_time")),
        )

    async def read_token(self, token: str) -> Token:
        """A token that this provider signed, whatever it says. Raises Refused."""
        metadata = await self._metadata()
        registry = JWSRegistry(algorithms=metadata["id_token_signing_alg_values_supported"], strict_check_header=False)
        with _answering():
            try:
                return decode(token, KeySet.import_key_set(await self._client.known_keys()), registry=registry)
            except InvalidKeyIdError:
                return decode(token, KeySet.import_key_set(await self._client.newer_keys()), registry=registry)

    async def logout_url(self, id_token: str, back: str) -> str | None:
        """Where the browser ends the provider's session too; None where that cannot be asked for."""
        try:
            metadata = await self._metadata()
        except Refused:
            return None
        if "end_session_endpoint" not in metadata:
            return None
        asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back}
        return str(httpx2.URL(metadata["end_session_endpoint"]).copy_merge_params(asked))

    async def _metadata(self) -> dict[str, Any]:
        try:
            return await self._client.load_server_metadata()
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused("provider_down", f"discovery: {type(error).__name__}") from error

    def _expected(self) -> dict[str, dict[str, object]]:
        # Without these Authlib accepts another audience as long as `azp` is ours.
        return {
            "iss": {"essential": True, "value": self.issuer.url},
            "aud": {"essential": True, "value": self.issuer.client_id},
        }

    def _check_answer(self, answer: Mapping[str, str], metadata: dict[str, Any]) -> None:
        speaker = answer.get("iss")
        if speaker != self.issuer.url and (speaker is not None or metadata["names_itself"]):
            raise Refused("login_refused", "the answer comes from another issuer")
        if "error" in answer:
            raise Refused(CODES.get(answer["error"], "login_refused"), "the provider said no")
        if "code" not in answer:
            raise Refused("login_refused", "the answer has no code")

    def _check_claims(self, claims: Mapping[str, Any], attempt: Attempt) -> None:
        if claims.get("aud") not in (self.issuer.client_id, [self.issuer.client_id]):
            raise Refused("login_refused", "the token is for others too")
        subject = claims["sub"]
        if not (subject.isascii() and subject.isprintable() and 1 <= len(subject) <= 255):
            raise Refused("login_refused", "the subject cannot be one")
        if claims.get("acr") not in self.issuer.acr:
            raise Refused("login_level", "the level is not accepted")
        if attempt.fresh:
            when = claims.get("auth_time")
            if not isinstance(when, int | float) or not attempt.started - LEEWAY_S <= when <= time.time() + LEEWAY_S:
                raise Refused("login_refused", "a new login was asked for and not made")

    async def _name_and_address(self, claims: Mapping[str, Any], token: dict[str, Any]) -> tuple[str, str | None]:
        """Some providers put them in the ID token, others at the userinfo endpoint. An address only if verified."""
        told = claims
        if not {"name", "email"} <= claims.keys() and "userinfo_endpoint" in await self._metadata():
            told = await self._client.userinfo(token=token)
            if told.get("sub") != claims["sub"]:
                raise Refused("login_refused", "userinfo speaks of somebody else")
        vouched = claims if "email" in claims else told  # the address and its being verified, from one mouth
        email = _words(vouched.get("email")) if vouched.get("email_verified") is True else None
        return _words(claims.get("name")) or _words(told.get("name")) or "", email


@contextmanager
def _answering() -> Iterator[None]:
    """No answer is the provider's trouble; an answer that proves nothing is a refusal."""
    try:
        yield
    except httpx2.HTTPError as error:
        raise Refused("provider_down", type(error).__name__) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("login_refused", type(error).__name__) from error


def _moment(seconds: object) -> datetime | None:
    """A time that the provider tells; what cannot be one, or lies ahead, is none."""
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds <= time.time() + LEEWAY_S:
        return None
    return datetime.fromtimestamp(min(seconds, time.time()), UTC)


def _words(value: object) -> str | None:
    """One line that PostgreSQL can keep."""
    said = "".join(char for char in value if char.isprintable()).strip() if isinstance(value, str) else ""
    return said[:200] or None


@cache
def providers() -> dict[str, Provider]:
    """By key, in the order of the settings: the first is the default."""
    return {issuer.key: Provider(issuer) for issuer in get_settings().issuers}
