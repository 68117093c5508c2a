"""Work that ends: `rundtom dismiss`, and everything that was held through it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.dates import today
from tests.conftest import Village
from tests.people.provider import RealProvider
from tests.people_of import Place, Someone, until


@pytest.fixture
def at_work(village: Village, idp: RealProvider) -> Iterator[Someone]:
    """Somebody of the village starts as a caseworker in the family department, and in the job centre besides."""
    for unit, kind, title, role in (FAMILIES, JOBS):
        run(village, "employ", idp.url, "--name", "Jørgen Dahl", "--unit", unit, "--kind", kind, "--title", title,
            "--role", role)  # fmt: skip
    village._known.pop("scoutleader", None)
    yield village["scoutleader"]
    for unit in (FAMILIES[0], JOBS[0]):
        run(village, "dismiss", idp.url, "--unit", unit, may_fail=True)
    village._known.pop("scoutleader", None)


FAMILIES = ("Familieafdelingen", "family_department", "rådgiver", "caseworker")
JOBS = ("Jobcenter Solbæk", "job_centre", "jobrådgiver", "professional")


def run(village: Village, verb: str, issuer: str, *more: str, may_fail: bool = False) -> str:
    command = [sys.executable, "-m", "app.cli", verb, "--issuer", issuer, "--subject", "scoutleader", *more]
    done = subprocess.run(command, env=os.environ | village.environment, capture_output=True, text=True, check=False)
    assert may_fail or done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def opens_at(village: Village, who: Someone, title: str) -> Place:
    jobs = {it["title"]: it["id"] for it in who.did(who.get("/api/me"))["employments"]}
    mother = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}
    return who.opens_dialogue(employment=jobs[title], family=[mother])


def test_who_is_dismissed_is_out_at_once_and_the_case_is_listed(
    village: Village, idp: RealProvider, at_work: Someone
) -> None:
    place, other = (opens_at(village, at_work, title) for title in ("rådgiver", "jobrådgiver"))
    with at_work.listens(place) as ear, village["mother"].listens(place) as mother:
        said = run(village, "dismiss", idp.url, "--unit", FAMILIES[0])
        until(lambda: ear.closed == 4403, 2)
        until(lambda: any(it["kind"] == "member_left" for frame in mother.frames for it in frame["entries"]))
    assert at_work.get(place.path).status_code == 404
    assert at_work.get(other.path).status_code == 200, "held through the other work"
    assert "1 places end with it." in said
    assert place.case in said
    [gone] = [it for it in village["mother"].sees(place)["people"] if it["ended_at"]]
    assert gone["name"] == "Jørgen Dahl"


def test_with_the_last_work_the_sessions_end(village: Village, idp: RealProvider, at_work: Someone) -> None:
    run(village, "dismiss", idp.url, "--unit", FAMILIES[0])
    assert at_work.get("/api/me").status_code == 200
    with at_work.listens() as ear:
        run(village, "dismiss", idp.url, "--unit", JOBS[0])
        until(lambda: ear.closed == 4401, 2)
    assert at_work.get("/api/me").status_code == 401


def test_with_a_last_day_the_place_lasts_until_then(village: Village, idp: RealProvider, at_work: Someone) -> None:
    place, last = opens_at(village, at_work, "rådgiver"), today() + timedelta(days=3)
    run(village, "dismiss", idp.url, "--unit", FAMILIES[0], "--last-day", last.isoformat())
    assert at_work.get(place.path).status_code == 200
    [me] = [it for it in village["mother"].sees(place)["people"] if it["role"] == "caseworker"]
    assert me["until"] == last.isoformat()
    village.rows("update memberships set ends_on = current_date - 1 where id = %s returning id", me["membership"])
    assert at_work.get(place.path).status_code == 404


def test_whoever_does_not_work_there_cannot_be_dismissed(village: Village, idp: RealProvider) -> None:
    assert "does not work" in run(village, "dismiss", idp.url, "--unit", "Familieafdelingen", may_fail=True)


def test_a_link_that_came_before_the_dismissal_opens_nothing_after_it(
    village: Village, idp: RealProvider, at_work: Someone, family: Place
) -> None:
    # Work of the other tests that has a last day in front of it.
    village.rows("update employments set ended_on = current_date - 9 where ended_on > current_date returning id")
    village["mother"].agrees(family, village["caseworker"].proposes(family, "scoutleader", capacity="jobrådgiver"))
    link = village.link_for("scoutleader")
    run(village, "dismiss", idp.url, "--unit", FAMILIES[0])
    run(village, "dismiss", idp.url, "--unit", JOBS[0])
    again = village.another_browser_of("scoutleader")
    answer = again.post("/api/invitations/redemption", token=link)
    assert (answer.status_code, answer.json()["code"]) == (410, "invitation_unusable")
    assert again.get(family.path).status_code == 404
