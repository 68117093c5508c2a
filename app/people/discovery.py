"""What a provider says of itself, and how far we believe it."""

import ssl
import time
from functools import cache
from typing import Any

import httpx2
from authlib.integrations.starlette_client import StarletteOAuth2App  # type: ignore[import-untyped]
from joserfc.jwk import KeySetSerialization

from app.settings import Issuer

PATIENCE_S = 5
METADATA_FRESH_S = 60
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ALGORITHMS = ("ES256", "ES384", "PS256", "PS384", "RS256", "RS384")  # signatures only the provider can make


class Client(StarletteOAuth2App):  # type: ignore[misc]
    """Authlib's client, except that discovery grows old and is believed only about the issuer we configured."""

    def __init__(self, issuer: Issuer) -> None:
        super().__init__(
            None,
            issuer.key,
            client_id=issuer.client_id,
            client_secret=issuer.client_secret.get_secret_value(),
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": PATIENCE_S,
                "verify": tls(),
            },
        )
        self.url = issuer.url
        self.server_metadata: dict[str, Any] = {}
        self._asked_at = 0.0

    async def load_server_metadata(self) -> dict[str, Any]:
        if self.server_metadata.get("_loaded_at", 0) < time.time() - METADATA_FRESH_S:
            async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=tls()) as http:
                answer = await http.get(self.url.rstrip("/") + "/.well-known/openid-configuration")
            answer.raise_for_status()
            self.server_metadata = self._believed(answer.json())
        return self.server_metadata

    async def known_keys(self) -> KeySetSerialization:
        keys: KeySetSerialization = await self.fetch_jwk_set()
        return keys

    async def newer_keys(self) -> KeySetSerialization:
        """After a change of keys. At most once a minute: anybody can send a token that names a key nobody knows."""
        anew = self._asked_at < time.time() - METADATA_FRESH_S
        self._asked_at = time.time() if anew else self._asked_at
        keys: KeySetSerialization = await self.fetch_jwk_set(force=anew)
        return keys

    def _believed(self, said: dict[str, Any]) -> dict[str, Any]:
        if said["issuer"] != self.url:
            raise ValueError("discovery speaks for another issuer")
        known = {key: said[key] for key in ENDPOINTS}
        known |= {key: said[key] for key in ("end_session_endpoint", "userinfo_endpoint") if key in said}
        if not all(url.startswith(self.url.split("//")[0]) for url in known.values()):
            raise ValueError("an endpoint is less protected than the issuer")
        offered = said.get("id_token_signing_alg_values_supported", ["RS256"])
        known["id_token_signing_alg_values_supported"] = [name for name in ALGORITHMS if name in offered]
        known["names_itself"] = bool(said.get("authorization_response_iss_parameter_supported"))
        return known | {"_loaded_at": time.time()}


@cache
def tls() -> ssl.SSLContext:
    """Loading the certificates takes longer than a login: once is enough."""
    return ssl.create_default_context()
