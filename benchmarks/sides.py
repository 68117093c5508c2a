"""The two sides, on one durable PostgreSQL: the product with sixty people in it, and the bare limit."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import httpx2
import psutil
import psycopg

from app import embedded
from app.embedded import Urls, conninfo
from app.migrate import migrate
from app.settings import Settings
from benchmarks import raw
from benchmarks.load import PEOPLE, ROOMS, Seat
from demo.config import GROUPS, Ports, app_environment, provider_environment
from demo.processes import Children, children
from demo.run import NODE, PROVIDER
from tests.people.provider import await_http, free_port

NAMES = [f"person{number:02}" for number in range(ROOMS * PEOPLE)]
UNLIMITED = "1000000000"


@dataclass
class Side:
    """A server that can be started again. `seats` are known once its people have come in."""

    name: str
    port: int
    command: list[str | Path]
    environment: dict[str, str]
    children: Children
    seats: list[list[Seat]]

    def start(self) -> None:
        self.children.start(self.name, self.command, self.environment)
        await_http(f"http://localhost:{self.port}/api/health/ready", self.process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    @property
    def process(self) -> Any:
        return self.children.running[self.name]


@contextmanager
def both(folder: Path) -> Iterator[tuple[Side, Side, int]]:
    """The product, the limit, and the process of the PostgreSQL that both use."""
    with ground(folder) as (started, urls, database):
        yield product(started, urls), _limit(started, urls), database


@contextmanager
def ground(folder: Path) -> Iterator[tuple[Children, Urls, int]]:
    """A durable PostgreSQL, its process, and what is started on it. Its data is gone afterwards."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    embedded.erase(folder)
    running = embedded.start(folder)
    try:
        with psycopg.connect(conninfo(running.urls.admin)) as admin:
            backend = psutil.Process(admin.info.backend_pid).parent()
        assert backend
        migrate(running.urls.owner)
        with children(folder / "log") as started:
            yield started, running.urls, backend.pid
    finally:
        running.stop()
        embedded.erase(folder)


def _limit(started: Children, urls: Urls) -> Side:
    other = urls.of_database("bare")
    with psycopg.connect(conninfo(urls.admin), autocommit=True) as admin:
        admin.execute("create database bare owner rundtom_owner")
    with psycopg.connect(conninfo(other.owner)) as owner:
        owner.execute(raw.TABLE)
    port = free_port()
    environment = {"RAW_DATABASE": conninfo(other.owner), "PORT": str(port)}
    side = Side("limit", port, [sys.executable, "-m", "benchmarks.raw"], environment, started, [])
    side.start()
    side.seats = [[Seat(thread, None, "")] * PEOPLE for thread in (str(uuid4()) for _ in range(ROOMS))]
    return side


def product(started: Children, urls: Urls, dialogues: int = 1) -> Side:
    """The real one, with its real identity provider, which is told of sixty people. Six at a time share so many."""
    ports, settings = Ports(free_port() - 1), Settings(port=free_port(), public_url="")
    known = {name: token_urlsafe(32) for name in ("app", *GROUPS)}
    people = [{"key": name, "name": name, "group": "citizens", "says": "", "email": _email(name)} for name in NAMES]
    provider = provider_environment(settings, ports, known, Path()) | {"PERSONAS": json.dumps(people), "KEYS_FILE": ""}
    started.start("provider", [NODE, PROVIDER], provider)
    await_http(f"{provider['ISSUER']}/.well-known/openid-configuration", started.running["provider"])
    environment = app_environment(settings, ports, known) | urls.as_environment()
    environment |= {"PORT": str(settings.port), "POSTS_PER_MINUTE": UNLIMITED, "LOGINS_PER_10_MINUTES": UNLIMITED}
    side = Side("product", settings.port, [sys.executable, "-m", "app.cli", "serve"], environment, started, [])
    side.start()
    with httpx2.Client(base_url=f"http://localhost:{side.port}", timeout=20, follow_redirects=True) as browser:
        groups = [NAMES[at : at + PEOPLE] for at in range(0, len(NAMES), PEOPLE)]
        cookies = {name: _log_in(browser, name) for name in NAMES}
        side.seats = [_open_dialogue(browser, names, cookies) for names in groups * dialogues]
    return side


def _email(name: str) -> str:
    return f"{name}@demo.example"


def _log_in(browser: httpx2.Client, name: str) -> str:
    """By the provider, like anybody; the cookies that the browser then holds."""
    browser.cookies.clear()
    browser.get("/auth/login", params={"login_hint": name})
    assert browser.get("/api/me").status_code == httpx2.codes.OK, f"{name} could not log in"
    return "; ".join(f"{key}={value}" for key, value in browser.cookies.items())


def _open_dialogue(browser: httpx2.Client, names: list[str], cookies: dict[str, str]) -> list[Seat]:
    """The first one opens a dialogue with the others, who are known by their addresses and in it at once."""
    family = [
        {"name": name, "email": _email(name), "capacity": "familie", "role": "custody_holder"} for name in names[1:]
    ]
    case = {"child_name": "Emil", "purpose": "Hvordan går det?", "family": family, "with_family_department": False}
    case |= {"employment": None, "capacity": "mor"}
    browser.cookies.clear()
    opened = browser.post("/api/cases", json=case, headers={"Cookie": cookies[names[0]]})
    place = opened.raise_for_status().json()
    path = f"/api/cases/{place['id']}/threads/{place['thread']}/messages"
    return [Seat(place["thread"], path, f"Cookie: {cookies[name]}\r\n") for name in names]
