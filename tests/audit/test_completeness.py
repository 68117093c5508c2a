"""No look is missing: what left the server is counted apart from the looks, and the two are compared day by day.

An app of its own, so that the day is whole and nobody else's.
"""

import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest

from app.access.sessions import Login, sign_in
from app.db import make_engine, transaction
from app.embedded import Urls, conninfo
from app.jobs import reconcile
from tests.conftest import running, settle
from tests.database import Server
from tests.people.provider import await_http, free_port
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY

ISSUER = "https://provider.example"
PEOPLE = ("mother", "father", "caseworker", "colleague", "auditor", "outsider")


@dataclass
class House:
    urls: Urls
    people: dict[str, Someone]

    def __getitem__(self, key: str) -> Someone:
        return self.people[key]

    def admin(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            cursor = db.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def both_books(self) -> list[tuple[Any, ...]]:
        return self.admin(
            "select what, sum(served), sum(looked) from (select what, times as served, 0 as looked from served"
            " union all select what, 0, 1 from looks) both_books group by what order by what"
        )

    async def compares(self) -> list[dict[str, Any]]:
        """The nightly job, over everything so far as if it had been yesterday; and what the auditor is shown."""
        self.admin("delete from reconciliations; update served set day = day - 1")
        self.admin("update looks set at = at - interval '1 day'")
        engine = make_engine(self.urls.worker, size=1)
        await reconcile.func(type("Context", (), {"additional_context": {"engine": engine}})(), 0)
        await engine.dispose()
        self.admin("update served set day = day + 1; update looks set at = at + interval '1 day'")
        days: list[dict[str, Any]] = self["auditor"].did(self["auditor"].get("/api/audit/reconciliations"))["days"]
        return days


async def logged_in(urls: Urls, url: str, who: str) -> Someone:
    engine = make_engine(urls.web, size=1)
    async with transaction(engine) as db:
        it = BY_KEY[who]
        token = await sign_in(
            db, Login(ISSUER, who, it.name, it.email, "high", None, "jwt", 30, fresh_at=datetime.now(UTC))
        )
    await engine.dispose()
    somebody = Someone.__new__(Someone)
    somebody.persona, somebody.url = it, url
    somebody.browser = httpx2.Client(base_url=url, cookies={"rundtom": token}, timeout=20)
    return somebody


@pytest.fixture
async def house(server: Server) -> AsyncIterator[House]:
    urls, port = server.clone(), free_port()
    await settle(urls, ISSUER)
    with running(["app.cli", "serve"], {**urls.as_environment(), "PORT": str(port)}) as app:
        url = f"http://localhost:{port}"
        await_http(f"{url}/api/health/ready", app)
        yield House(urls, {who: await logged_in(urls, url, who) for who in PEOPLE})
    server.drop(urls)


def a_lively_day(house: House) -> Place:
    """Reading of all kinds, at once and one after the other; refusals; and somebody who is shown nothing."""
    name = f"Emil {uuid4().hex}"
    place = house["caseworker"].opens_dialogue("mother", "father", child_name=name, child_born="2016-08-30")
    for who in ("mother", "father", "caseworker"):
        house[who].writes(place, f"Hej fra {who}")

    note = str(uuid4())
    house["caseworker"].did(house["caseworker"].post(f"{place.path}/notes", id=note, resources="Mormor"))

    def reads(who: str) -> None:
        for path in (place.path, f"{place.path}/messages", f"{place.path}/changes?after=0", f"/api/cases/{place.case}"):
            house[who].get(path)
        house[who].get("/api/cases")
        house[who].get("/api/looks")
        house[who].get(f"/api/cases/{place.case}/looks")  # the caseworker may not
        house[who].get(f"{place.path}/notes/{uuid4()}")  # there is none
        house[who].get(f"{place.path}/notes/{note}")
        house[who].get(f"{place.path}/summary")
        house[who].post("/api/search", words="hej")  # finds something for some of them
        house[who].get(f"{place.path}/export", format="json")  # on duty one may not
        house[who].get(f"/api/cases/{place.case}/export", format="json")
        house[who].put(f"{place.path}/drafts/message/{place.thread}", text="Hej", version=0)
        with house[who].listens(place):
            pass

    threads = [threading.Thread(target=reads, args=(who,)) for who in PEOPLE for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    body = {"child_name": name, "child_born": "2016-08-30", "reason": "Karen er syg i dag og i morgen."}
    job = house["colleague"].did(house["colleague"].get("/api/me"))["employments"][0]["id"]
    house["colleague"].did(house["colleague"].post("/api/duty-accesses", employment=job, **body))
    reads("colleague")
    house["auditor"].did(house["auditor"].get("/api/audit/looks"))
    return place


async def test_a_day_of_real_traffic_has_no_difference_and_a_look_taken_away_is_found(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    a_lively_day(house)
    until(lambda: all(served == looked for _, served, looked in house.both_books()), 10)
    read = dict.fromkeys(what for what, _, _ in house.both_books())
    assert {"get_note", "get_thread", "live", "list_cases", "list_recent_looks", "list_audit_looks"} <= read.keys()
    assert {"export_case", "export_thread", "list_looks", "list_summaries", "search"} <= read.keys()
    with caplog.at_level(logging.ERROR, logger="app.jobs"):
        [day] = await house.compares()
    assert (day["missing"], day["served"]) == (0, day["looked"])
    assert day["served"] > 50
    assert caplog.messages == []
    # A surplus elsewhere makes up for nothing.
    house.admin("delete from looks where id = (select id from looks where what = 'get_thread' limit 1)")
    house.admin("update served set times = times - 1 where what = 'list_messages'")
    with caplog.at_level(logging.ERROR, logger="app.jobs"):
        [day] = await house.compares()
    assert (day["missing"], day["served"] - day["looked"]) == (1, 0)
    assert len(caplog.messages) == 1
    assert "1 answers were served without a look" in caplog.messages[0]


async def test_an_answer_that_leaves_without_a_look_is_counted_all_the_same(house: House) -> None:
    """The count does not come from the door: whatever its door does, a read under a case's address is counted."""
    place = house["caseworker"].opens_dialogue("mother")
    house.admin(
        "create or replace function look(p_places uuid[], p_what text, p_at timestamptz) returns bigint language sql as"
        " 'select cardinality(p_places)::bigint'"
    )
    house["caseworker"].sees(place)
    until(lambda: house.both_books() == [("get_thread", 1, 0)], 10)
    [day] = await house.compares()
    assert day["missing"] == 1


async def test_what_was_counted_is_not_lost_when_the_app_stops(server: Server) -> None:
    urls, port = server.clone(), free_port()
    await settle(urls, ISSUER)
    with running(["app.cli", "serve"], {**urls.as_environment(), "PORT": str(port)}) as app:
        url = f"http://localhost:{port}"
        await_http(f"{url}/api/health/ready", app)
        caseworker = await logged_in(urls, url, "caseworker")
        place = caseworker.opens_dialogue("mother")
        caseworker.sees(place)
        caseworker.browser.close()
    assert House(urls, {}).both_books() == [("get_thread", 1, 1)]
    server.drop(urls)
