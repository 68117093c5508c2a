"""A provider that lies: a real HTTP server that signs its own tokens and changes whatever a test tells it to."""

import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import RSAKey

from tests.people.provider import SUBSTANTIAL

CLIENT_ID, CLIENT_SECRET = "rundtom", "the hostile provider knows it too, of course"
ABSENT = object()  # take this claim out
HONEST = "honest"
# What discovery says of each issuer on this server.
BROKEN_DISCOVERY = ("mute", "other-issuer", "no-keys", "not-json", "a-list")

Claims = dict[str, Any]


def coded(said: bytes) -> bytes:
    return urlsafe_b64encode(said).rstrip(b"=")


class Hostile:
    """`sign` makes the ID token out of the honest claims; `token` and `userinfo` change the whole answer."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "honest", "use": "sig", "alg": "RS256"})
        self.another_key = RSAKey.generate_key(2048, {"kid": "another", "use": "sig", "alg": "RS256"})
        self.same_name_key = RSAKey.generate_key(2048, {"kid": "honest", "use": "sig", "alg": "RS256"})
        self.tell_the_truth()

    def url(self, name: str = HONEST) -> str:
        return f"{self.base}/{name}"

    def tell_the_truth(self) -> None:
        self.changes: Claims = {}
        self.nonce = ""
        self.sign: Callable[[Claims], str | None] = self.signed
        self.token_status = 200
        self.profile: Claims = {"name": "Nogen Person", "email": "someone@demo.example", "email_verified": True}

    def signed(self, claims: object, header: Claims | None = None, key: RSAKey | bytes | None = None) -> str:
        """By hand, because a decent library signs no such things. A key of bytes makes HS256."""
        header = {"alg": "HS256" if isinstance(key, bytes) else "RS256", "kid": "honest"} | (header or {})
        said = b".".join(map(coded, (dumps(header).encode(), dumps(claims).encode())))
        if isinstance(key, bytes):
            signature = hmac.digest(key, said, "sha256")
        else:
            signature = (key or self.key).private_key.sign(said, PKCS1v15(), SHA256())
        return b".".join((said, coded(signature))).decode()

    def claims(self) -> Claims:
        now = int(time.time())
        honest = {"iss": self.url(), "sub": "someone", "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        honest |= {"nonce": self.nonce, "acr": SUBSTANTIAL, "auth_time": now, "sid": "session-at-the-provider"}
        return {key: value for key, value in (honest | self.changes).items() if value is not ABSENT}

    def answer(self, method: str, path: str) -> tuple[int, str]:
        _, name, *rest = path.split("/")
        if rest[:1] == [".well-known"]:
            return self.discovery(name)
        if rest == ["jwks"]:
            return 200, dumps({"keys": [self.key.as_dict(private=False)]})
        if rest == ["userinfo"]:
            return 200, dumps({"sub": self.claims().get("sub")} | self.profile)
        if rest == ["token"] and method == "POST":
            token = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
            id_token = self.sign(self.claims())
            return self.token_status, dumps(token if id_token is None else token | {"id_token": id_token})
        return 404, "{}"

    def discovery(self, name: str) -> tuple[int, str]:
        url = self.url(name)
        said: Claims = {"issuer": url, "authorization_response_iss_parameter_supported": True}
        said |= {f"{where}_endpoint": f"{url}/{where}" for where in ("authorization", "token", "userinfo")}
        said |= {"jwks_uri": f"{url}/jwks", "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
        if name == "no-keys":
            del said["jwks_uri"]
        if name == "other-issuer":
            said["issuer"] = self.url()
        bodies = {"not-json": "<html>", "a-list": "[]"}
        return (500 if name == "mute" else 200), bodies.get(name, dumps(said))


@contextmanager
def hostile_provider() -> Iterator[Hostile]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status, body = hostile.answer(self.command, self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET  # noqa: N815 the name http.server calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hostile = Hostile(server.server_port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield hostile
    finally:
        server.shutdown()
        server.server_close()
