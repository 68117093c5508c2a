"""Asking for advice, in the words of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx2

from tests.conftest import Village
from tests.people_of import Someone
from tests.village import UNITS

KINDERGARTEN = UNITS["kindergarten"][0]
ASKER, ANSWERER = "kindergarten", "caseworker"
WORRY = "Et barn i børnehaven trækker sig, når det bliver hentet. Hvad kan jeg spørge om?"


def job(who: Someone) -> str:
    jobs = who.did(who.get("/api/me"))["employments"]
    return str(jobs[0]["id"]) if jobs else str(uuid4())


def asks(who: Someone, **changes: Any) -> httpx2.Response:
    body = {"id": str(uuid4()), "employment": job(who), "area": "wellbeing", "words": WORRY}
    return who.post("/api/consultations", **body | changes)


def asked(who: Someone, **changes: Any) -> Any:
    return who.did(asks(who, **changes))


def says(who: Someone, asked: Any, words: str, id_: str | None = None) -> httpx2.Response:
    return who.post(f"/api/consultations/{asked['id']}/lines", id=id_ or str(uuid4()), words=words)


def closes(who: Someone, asked: Any, outcome: str = "advice_enough", words: str = "") -> httpx2.Response:
    return who.post(f"/api/consultations/{asked['id']}/closure", outcome=outcome, words=words)


def reads(who: Someone, asked: Any) -> Any:
    return who.did(who.get(f"/api/consultations/{asked['id']}"))


def sees(who: Someone, asked: Any) -> bool:
    """By the list and by its address alike."""
    listed = [it["id"] for it in who.did(who.get("/api/consultations"))["consultations"]]
    opened = who.get(f"/api/consultations/{asked['id']}").status_code == 200
    assert (asked["id"] in listed) == opened
    return opened


def on_home(who: Someone, asked: Any) -> list[str]:
    return [it["what"] for it in who.did(who.get("/api/cases"))["advice"] if it["id"] == asked["id"]]


def passes_on(who: Someone, asked: Any, to: str, id_: str | None = None) -> httpx2.Response:
    return who.post(f"/api/consultations/{asked['id']}/passing-on", id=id_ or str(uuid4()), to=to)


def employment_of(village: Village, who: str) -> str:
    query = "select e.id::text from employments e join identities i using (person_id) where i.subject = %s"
    [(found,)] = village.rows(query, who)
    return str(found)


@contextmanager
def routed(village: Village, unit: str, caseworker: str, deputy: str | None = None) -> Iterator[None]:
    """The municipality's list says so, for as long as this lasts."""
    query = "insert into routings (unit_id, caseworker_id, deputy_id) select id, %s, %s from units where name = %s"
    people = (employment_of(village, caseworker), deputy and employment_of(village, deputy))
    village.rows(f"{query} returning unit_id", *people, unit)
    try:
        yield
    finally:
        query = "delete from routings r using units u where u.id = r.unit_id and u.name = %s returning r.unit_id"
        village.rows(query, unit)


@contextmanager
def away(village: Village, who: str) -> Iterator[None]:
    """Says so, for today."""
    person = village[who]
    day = village.rows("select (now() at time zone 'Europe/Copenhagen')::date::text")[0][0]
    person.did(person.put("/api/me/absence", from_on=day, to_on=day))
    try:
        yield
    finally:
        person.did(person.browser.delete("/api/me/absence"))


def left(village: Village, who: str, day: str = "current_date - 1") -> None:
    query = f"update employments set ended_on = {day} where id = %s returning id"
    village.rows(query, employment_of(village, who))
