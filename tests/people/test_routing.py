"""Straight to the caseworker of the unit: rules, deputies, days away; never nobody while the department has anybody."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from app.dates import today
from app.embedded import Urls, conninfo
from tests.conftest import Village, settle
from tests.consultations.asking import away, routed
from tests.database import Server
from tests.people.provider import RealProvider
from tests.village import BY_KEY, UNITS

SCHOOL, KINDERGARTEN, FAMILIES = (UNITS[key][0] for key in ("school", "kindergarten", "families"))
ISSUER = "https://provider.example"
Town = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
async def town(server: Server) -> Any:
    """The cast and where they work, in a database of its own; what a test changes is undone with it."""
    urls: Urls = server.clone()
    await settle(urls, ISSUER)
    with psycopg.connect(conninfo(urls.admin)) as db:
        yield db
        db.rollback()
    server.drop(urls)


def job(db: Town, who: str) -> Any:
    query = "select e.id from employments e join identities i using (person_id) where i.subject = %s"
    [(found,)] = db.execute(query, [who]).fetchall()
    return found


def rule(db: Town, unit: str, caseworker: str, deputy: str | None = None) -> None:
    values = [job(db, caseworker), deputy and job(db, deputy), unit]
    db.execute("insert into routings select id, %s, %s from units where name = %s", values)


def is_away(db: Town, who: str, first: int = 0, last: int = 0) -> None:
    days = [today() + timedelta(days=it) for it in (first, last)]
    db.execute("insert into absences select person_id, %s, %s from identities where subject = %s", [*days, who])


def has_left(db: Town, who: str, days_ago: int = 1) -> None:
    db.execute("update employments set ended_on = %s where id = %s", [today() - timedelta(days=days_ago), job(db, who)])


def receives(db: Town, unit: str | None, but: str | None = None) -> str | None:
    query = """select i.subject from caseworker_for((select id from units where name = %s),
                 (select person_id from identities where subject = %s)) r join identities i using (person_id)"""
    found = db.execute(query, [unit, but]).fetchone()
    return found and found[0]


def test_the_rule_of_the_unit_counts(town: Town) -> None:
    rule(town, KINDERGARTEN, "colleague")
    assert receives(town, KINDERGARTEN) == "colleague"
    assert receives(town, SCHOOL) == "caseworker", "no rule: whoever receives what is new"


@pytest.mark.parametrize(("first", "last", "receiver"), [
    (0, 0, "colleague"), (-3, 0, "colleague"), (0, 9, "colleague"), (1, 9, "caseworker"), (-9, -1, "caseworker"),
])  # fmt: skip
def test_the_deputy_receives_from_the_first_day_away_to_the_last(
    town: Town, first: int, last: int, receiver: str
) -> None:
    rule(town, KINDERGARTEN, "caseworker", "colleague")
    is_away(town, "caseworker", first, last)
    assert receives(town, KINDERGARTEN) == receiver


def test_the_deputy_receives_when_the_caseworker_has_left_and_not_on_the_last_day(town: Town) -> None:
    rule(town, KINDERGARTEN, "caseworker", "colleague")
    has_left(town, "caseworker", 0)
    assert receives(town, KINDERGARTEN) == "caseworker"
    has_left(town, "caseworker")
    assert receives(town, KINDERGARTEN) == "colleague"


def test_the_rule_of_the_district_counts_where_the_unit_has_none_or_nobody(town: Town) -> None:
    town.execute("update units set parent_id = (select id from units where name = %s) where name = %s",
                 [UNITS["municipality"][0], KINDERGARTEN])  # fmt: skip
    rule(town, UNITS["municipality"][0], "colleague")
    assert receives(town, KINDERGARTEN) == "colleague"
    rule(town, KINDERGARTEN, "neighbour", "leader")
    assert receives(town, KINDERGARTEN) == "neighbour"
    is_away(town, "neighbour")
    assert receives(town, KINDERGARTEN) == "leader"
    has_left(town, "leader")
    assert receives(town, KINDERGARTEN) == "colleague"


def test_units_that_are_parts_of_each_other_go_on_for_no_longer_than_that(town: Town) -> None:
    town.execute("update units u set parent_id = o.id from units o where o.id <> u.id and u.name in (%s, %s)"
                 " and o.name in (%s, %s)", [SCHOOL, KINDERGARTEN] * 2)  # fmt: skip
    rule(town, SCHOOL, "colleague")
    assert receives(town, KINDERGARTEN) == "colleague"


def test_who_is_there_receives_before_who_is_away_and_never_nobody(town: Town) -> None:
    assert receives(town, None) == "caseworker"
    is_away(town, "caseworker")
    assert receives(town, None) == "colleague"
    is_away(town, "colleague")
    assert receives(town, None) == "caseworker", "everybody is away: who receives what is new, of the own department"
    has_left(town, "caseworker")
    has_left(town, "colleague")
    assert receives(town, None) == "neighbour"
    has_left(town, "neighbour")
    assert receives(town, None) is None


def test_nobody_is_sent_the_own_question(town: Town) -> None:
    rule(town, FAMILIES, "leader", "colleague")
    assert receives(town, FAMILIES) == "leader"
    assert receives(town, FAMILIES, but="leader") == "colleague"
    assert receives(town, None, but="caseworker") == "colleague"


def test_a_district_with_a_department_of_its_own_keeps_what_comes_from_there(town: Town) -> None:
    assert receives(town, UNITS["neighbours"][0]) == "neighbour"


# -- what it is used for -----------------------------------------------------------------------------------------------
def caseworkers(village: Village, who: str, **changes: Any) -> list[str]:
    place = village[who].opens_dialogue(*changes.pop("family", ("mother",)), with_family_department=True, **changes)
    return [it["name"] for it in village["mother"].sees(place)["people"] if it["role"] == "caseworker"]


def test_a_dialogue_goes_to_the_caseworker_of_the_kindergarten_a_familys_to_the_department(village: Village) -> None:
    with routed(village, KINDERGARTEN, "colleague", "caseworker"):
        assert caseworkers(village, "kindergarten") == [BY_KEY["colleague"].name]
        assert caseworkers(village, "mother", family=()) == [BY_KEY["caseworker"].name]
        with away(village, "colleague"):
            assert caseworkers(village, "kindergarten") == [BY_KEY["caseworker"].name]


def test_only_who_receives_says_that_he_is_away(village: Village) -> None:
    day = today().isoformat()
    for who in ("mother", "kindergarten", "admin", "auditor", "outsider"):
        assert village[who].put("/api/me/absence", from_on=day, to_on=day).status_code == 403
        assert village[who].browser.delete("/api/me/absence").status_code == 403
    for first, last in ((1, 0), (0, 9999)):
        days = [(today() + timedelta(days=it)).isoformat() for it in (first, last)]
        assert village["neighbour"].put("/api/me/absence", from_on=days[0], to_on=days[1]).status_code == 422


# -- the municipality's list -------------------------------------------------------------------------------------------
@contextmanager
def forgotten(village: Village) -> Iterator[None]:
    yield
    village.rows("delete from routings where unit_id in (select id from units where name like 'Test %%') returning 1")


def run(village: Village, idp: RealProvider, unit: str, caseworker: str, *more: str) -> str:
    command = [sys.executable, "-m", "app.cli", "route", "--issuer", idp.url, "--unit", unit, "--kind", "kindergarten",
               "--caseworker", caseworker, *more]  # fmt: skip
    done = subprocess.run(command, env=os.environ | village.environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def routes(village: Village) -> list[tuple[Any, ...]]:
    return village.rows("""
        select u.name, c.title, d.title, p.name from routings r join units u on u.id = r.unit_id
          join employments c on c.id = r.caseworker_id left join employments d on d.id = r.deputy_id
          left join units p on p.id = u.parent_id where u.name like 'Test %%' order by 1""")


def test_the_municipality_tells_who_receives_and_changes_it(village: Village, idp: RealProvider) -> None:
    with forgotten(village):
        said = run(village, idp, "Test børnehave", "caseworker", "--deputy", "leader", "--part-of", "Test distrikt")
        assert "Test børnehave: caseworker; leader while away." in said
        assert routes(village) == [("Test børnehave", "rådgiver", "faglig leder", "Test distrikt")]
        run(village, idp, "Test børnehave", "leader")
        assert routes(village) == [("Test børnehave", "faglig leder", None, "Test distrikt")]
        for wrong in (("teacher",), ("caseworker", "--deputy", "mother"), ("nobody",)):
            assert "works nowhere as a caseworker" in run(village, idp, "Test børnehave", *wrong)
        assert routes(village) == [("Test børnehave", "faglig leder", None, "Test distrikt")]
