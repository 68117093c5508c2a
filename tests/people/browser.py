"""A browser as the login sees it, and the app as a process of its own."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import psycopg

from app.embedded import Urls, conninfo
from tests.people.hostile import HONEST, Hostile
from tests.people.provider import await_http

SECRET_KEY = "signs the login cookies of this test run"
FORGED: Counter[str] = Counter()  # what was sent, and what of it was refused: printed at the end of the run
REFUSED: Counter[str] = Counter()
SECURE_ORIGIN = "https://rundtom.example"


@dataclass
class App:
    url: str
    urls: Urls

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Straight from the database, as its superuser."""
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            return db.execute(query, values).fetchall()


class Browser(httpx2.Client):
    """Follows no redirect unless told: what comes back is what is tested."""

    def begin(self, issuer: str = HONEST, **query: str) -> dict[str, str]:
        """Start a login; what the app asked the provider for."""
        answer = self.get("/auth/login", params={"issuer": issuer, **query})
        assert answer.status_code == 303, answer.text
        return dict(httpx2.URL(answer.headers["location"]).params)

    def come_back(self, issuer: str = HONEST, **answer: str) -> httpx2.Response:
        return self.get(f"/auth/callback/{issuer}", params=answer)

    def follow(self, url: str, **query: str) -> httpx2.Response:
        """Follow redirects until a page is shown, or until the next one would be a page of the app's."""
        answer = self.get(url, params=query) if query else self.get(url)
        while (there := answer.next_request) and not self._is_page(there.url):
            answer = self.send(there)
        return answer

    def _is_page(self, url: httpx2.URL) -> bool:
        return url.port == self.base_url.port and not url.path.startswith("/auth/")

    def log_in(self, persona: str, issuer: str = "citizens", **query: str) -> str:
        """The real provider, by the real protocol: follow redirects, nothing more. Where it ends."""
        return str(self.follow("/auth/login", issuer=issuer, login_hint=persona, **query).headers["location"])

    @property
    def token(self) -> str:
        return self.cookies["rundtom"]

    def session(self) -> dict[str, Any]:
        told: dict[str, Any] = self.get("/api/me").json()["session"]
        return told

    def who(self) -> str | None:
        answer = self.get("/api/me")
        assert answer.status_code in (200, 401)
        return str(answer.json()["person"]["name"]) if answer.status_code == 200 else None


@contextmanager
def running_app(urls: Urls, port: int, **settings: str) -> Iterator[App]:
    environment = {**os.environ, **urls.as_environment(), "SECRET_KEY": SECRET_KEY, "PORT": str(port), **settings}
    command = [sys.executable, "-m", "uvicorn", "--factory", "app.main:create_app", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        await_http(f"http://localhost:{port}/api/issuers", process)
        yield App(f"http://localhost:{port}", urls)
    finally:
        process.terminate()
        process.wait(20)


def answer_of(hostile: Hostile, asked: dict[str, str], **changes: str) -> dict[str, str]:
    hostile.nonce = asked["nonce"]
    honest = {"code": "a-code", "state": asked["state"], "iss": hostile.url()}
    return {key: value for key, value in (honest | changes).items() if value}


def log_in(browser: Browser, hostile: Hostile, **query: str) -> httpx2.Response:
    return browser.come_back(**answer_of(hostile, browser.begin(**query)))


def is_refused(browser: Browser, answer: httpx2.Response, code: str = "login_refused", who: str | None = None) -> None:
    """A forged callback: said so, and the browser is logged in as `who` was before, or not at all."""
    FORGED["callbacks and levels"] += 1
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?error={code}")
    assert not [cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith("rundtom=")]
    assert browser.who() == who
    REFUSED["callbacks and levels"] += 1


def refused_in_the_back(answer: httpx2.Response, browser: Browser) -> None:
    """A forged logout token: said so, and nobody is logged out."""
    FORGED["logout tokens"] += 1
    assert (answer.status_code, answer.json()["code"]) == (400, "logout_refused")
    assert answer.headers["cache-control"] == "no-store"
    assert browser.who() == "Nogen Person"
    REFUSED["logout tokens"] += 1
