"""An app of its own, whose database can be taken away, and where little may be done at a time."""

import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2
import pytest
from websockets.sync.client import connect

from app import embedded
from app.access.sessions import Login, sign_in
from app.db import make_engine, transaction
from tests.conftest import running, settle
from tests.database import Server
from tests.people.provider import await_http, free_port
from tests.people_of import Ear, Place, until
from tests.test_errors import problem
from tests.village import BY_KEY


@dataclass
class Alone:
    server: Server
    mother: httpx2.Client
    url: str
    place: Place = field(default_factory=lambda: Place("", ""))

    def posts(self, text: str) -> httpx2.Response:
        return self.mother.post(f"{self.place.path}/messages", json={"id": str(uuid4()), "text": text})

    @contextmanager
    def without_database(self) -> Iterator[None]:
        self.server.running.stop()
        try:
            yield
        finally:
            self.server.running = embedded.start(self.server.folder, durable=False)


@pytest.fixture(scope="module")
async def alone() -> AsyncIterator[Alone]:
    with Server() as server:
        urls, port = server.running.urls, free_port()
        await settle(urls, "https://provider.example")
        engine = make_engine(urls.web, size=1)
        async with transaction(engine) as db:
            who = BY_KEY["mother"]
            login = Login("https://provider.example", who.key, who.name, who.email, "high", None, "jwt", 30)
            token = await sign_in(db, login)
        await engine.dispose()
        limits = {
            "POSTS_PER_MINUTE": "25",
            "SEARCHES_PER_MINUTE": "3",
            "INVITATIONS_PER_DAY": "2",
            "LOGINS_PER_10_MINUTES": "3",
            "COPIES_PER_HOUR": "2",
        }
        with running(["app.cli", "serve"], {**urls.as_environment(), "PORT": str(port), **limits}) as app:
            url = f"http://localhost:{port}"
            await_http(f"{url}/api/health/ready", app)
            mother = httpx2.Client(base_url=url, cookies={"rundtom": token}, timeout=20)
            it = Alone(server, mother, url)
            body = {"child_name": "Emil", "employment": None, "capacity": "mor", "purpose": "x", "family": []}
            opened = mother.post("/api/cases", json=body | {"with_family_department": False}).json()
            it.place = Place(opened["id"], opened["thread"])
            yield it


def test_the_database_goes_away_and_comes_back(alone: Alone) -> None:
    """Nothing is said to be stored that is not; afterwards all goes on by itself, the open socket too."""
    address = alone.url.replace("http", "ws", 1) + "/api/live"
    headers = {"Cookie": f"rundtom={alone.mother.cookies['rundtom']}"}
    with connect(address, origin=alone.url, additional_headers=headers) as ws:  # type: ignore[arg-type]
        ear = Ear(ws)
        ear.ask(thread=alone.place.thread, after=0)
        assert alone.posts("before").status_code == 201
        ear.hears("before")
        with alone.without_database():
            for answer in (alone.posts("lost"), alone.mother.get("/api/me"), alone.mother.get("/api/health/ready")):
                problem(answer, 503, "database_down")
                assert re.fullmatch(r"[1-9]\d?", answer.headers["retry-after"])
            english = alone.mother.get("/api/cases", headers={"Accept-Language": "en"})
            problem(english, 503, "database_down", "en")
            assert alone.mother.get("/api/health/live").json() == {"status": "ok"}
        until(lambda: alone.mother.get("/api/health/ready").status_code == 200, 10)
        until(lambda: alone.posts("after").status_code == 201, 10)
        until(lambda: "after" in ear.texts, 15)
        assert "lost" not in ear.texts
        assert ear.closed is None


def test_many_requests_while_it_is_away_are_all_answered(alone: Alone) -> None:
    with alone.without_database():
        answers: list[int] = []
        asking = [
            threading.Thread(target=lambda: answers.append(alone.mother.get("/api/cases").status_code))
            for _ in range(20)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert answers == [503] * 20
    until(lambda: alone.mother.get("/api/cases").status_code == 200, 10)


def wait_of(answer: httpx2.Response, at_most: int) -> None:
    problem(answer, 429, "too_many")
    assert 1 <= int(answer.headers["retry-after"]) <= at_most


def test_too_many_posts(alone: Alone) -> None:
    statuses = [(answer := alone.posts("x")).status_code for _ in range(26)]
    assert 201 in statuses
    wait_of(answer, 61)
    assert alone.mother.get(alone.place.path).status_code == 200, "reading goes on"


def test_too_many_searches(alone: Alone) -> None:
    """What cannot be read is none; and they use up nothing of what one may write."""
    words = ("x", "Emil", "Emil", "og", "Emil")
    answers = [alone.mother.post("/api/search", json={"words": it}) for it in words]
    assert [it.status_code for it in answers] == [422, 200, 200, 200, 429]
    wait_of(answers[-1], 61)
    assert alone.mother.get(alone.place.path).status_code == 200, "reading goes on"


def test_too_many_copies(alone: Alone) -> None:
    taken = [alone.mother.get(f"{alone.place.path}/export", params={"format": "json"}) for _ in range(3)]
    assert [it.status_code for it in taken] == [200, 200, 429]
    wait_of(taken[-1], 60 * 60 + 1)


def test_too_many_invitations_and_logins(alone: Alone) -> None:
    body = {"child_name": "x", "employment": None, "capacity": "mor", "purpose": "x", "family": []}
    opened = [alone.mother.post("/api/cases", json=body | {"with_family_department": False}) for _ in range(2)]
    wait_of(opened[-1], 24 * 60 * 60 + 1)
    logins = [alone.mother.get("/auth/login") for _ in range(4)]
    assert [it.status_code for it in logins] == [303, 303, 303, 429]
    wait_of(logins[-1], 601)
