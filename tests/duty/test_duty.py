"""Reading in the course of duty: for a reason typed, for three hours, and everybody is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.looks.test_looks import told
from tests.people_of import Place, Someone, until

REASON = "Karen er syg, og mor har ringet om i morgen."
BORN = "2016-08-30"


@pytest.fixture
def child(village: Village) -> tuple[str, Place]:
    """A child that nobody else is called like, and its family's conversation."""
    name = f"Emil {uuid4().hex}"
    return name, village["caseworker"].opens_dialogue("mother", "father", child_name=name, child_born=BORN)


@pytest.fixture
def colleague(village: Village) -> Iterator[Someone]:
    """Just logged in: this asks for it."""
    somebody = village.another_browser_of("colleague")
    yield somebody
    somebody.browser.close()


def job(who: Someone) -> str:
    return str(who.did(who.get("/api/me"))["employments"][0]["id"])


def comes(who: Someone, name: str, **changes: Any) -> httpx2.Response:
    body = {"child_name": name, "child_born": BORN, "employment": job(who), "reason": REASON}
    return who.post("/api/duty-accesses", **body | changes)


def test_a_colleague_reads_for_three_hours_and_writes_nothing(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    village["caseworker"].writes(place, "Vi ses i morgen kl. 9.")
    assert colleague.get(place.path).status_code == 404
    given = colleague.did(comes(colleague, f"  {name.upper()} "))
    assert (given["case"], given["thread"]) == (place.case, place.thread)
    left = datetime.fromisoformat(given["ends_at"]) - datetime.now().astimezone()
    assert timedelta(hours=2, minutes=59) < left <= timedelta(hours=3)
    assert colleague.texts(place) == ["Vi ses i morgen kl. 9."]
    assert colleague.sees(place)["me"]["role"] == "on_duty"
    assert colleague.sees(place)["may"] == ["co_sign", "leave_thread"]
    assert colleague.post(f"{place.path}/messages", id=str(uuid4()), text="Hej").status_code == 403


def test_the_thread_the_family_and_the_leader_are_told(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    before = {who: village.mails_to(who) for who in ("mother", "father", "leader")}
    circle = village["mother"].sees(place)["circle"]
    colleague.did(comes(colleague, name))
    assert village["mother"].place_of(place, "colleague")["role"] == "on_duty"
    refused = village["mother"].post(f"{place.path}/messages", id=str(uuid4()), text="x", circle=circle)
    assert refused.json()["code"] == "circle_changed", "the composer names who reads along"
    assert [it["kind"] for it in village["father"].reads(place)][-1] == "member_joined"
    for who, mails in before.items():
        until(lambda who=who, mails=mails: len(village.mailbox.to(f"{who}@demo.example")) > mails, 15)


def test_the_family_reads_the_reason_in_the_colleagues_own_words(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    colleague.did(comes(colleague, name))
    colleague.sees(place)
    [look] = told(village, place, "mother")
    assert (look["who"], look["purpose"], look["reason"]) == ("Peter Damgaard", "reason", REASON)
    asked = village["mother"].post(f"/api/cases/{place.case}/looks/{look['look']}/question", text="Hvorfor?")
    opened = Place(place.case, village["mother"].did(asked)["id"])
    assert village["caseworker"].texts(opened) == ["Hvorfor?"], "who only reads cannot answer"


def test_only_threads_that_a_caseworker_is_in_are_opened(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    karen, jonas = (village["mother"].place_of(place, who)["membership"] for who in ("caseworker", "father"))
    others = {}
    for label, member in (("with", karen), ("without", jonas)):
        body = {"id": str(uuid4()), "purpose": label, "members": [member]}
        made = village["mother"].did(village["mother"].post(f"/api/cases/{place.case}/threads", **body))
        others[label] = Place(place.case, made["id"])
    village["caseworker"].did(village["caseworker"].post(f"{others['with'].path}/closure", reason="Færdig"))
    colleague.did(comes(colleague, name))
    assert colleague.get(others["with"].path).status_code == 200, "closed, and still for reading"
    assert colleague.get(others["without"].path).status_code == 404


def expire(village: Village, place: Place) -> None:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        late = "update memberships set ends_at = now() - interval '1 second' where case_id = %s and role = 'on_duty'"
        db.execute(late, [place.case])
        db.execute("update duty_accesses set ends_at = now() - interval '1 second' where case_id = %s", [place.case])


def test_it_ends_on_the_second_and_the_place_is_ended_after(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    colleague.did(comes(colleague, name))
    expire(village, place)
    assert colleague.get(place.path).status_code == 404
    assert place.case not in {it["id"] for it in colleague.did(colleague.get("/api/cases"))["cases"]}
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        queued = "select scheduled_at - now() from jobs.procrastinate_jobs where task_name = 'clock:end_duty_places'"
        assert all(timedelta(hours=2) < wait <= timedelta(hours=3) for (wait,) in db.execute(queued))
    with psycopg.connect(conninfo(village.urls.worker)) as worker:
        worker.execute("select end_duty_places()")
    assert [it["kind"] for it in village["mother"].reads(place)][-1] == "member_left"
    assert comes(colleague, name).status_code == 201, "a new reason opens it anew"


def test_every_wrong_name_day_unit_or_job_is_the_same_not_found(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    nowhere = comes(colleague, f"Ingen {uuid4()}")
    neighbour = village.another_browser_of("neighbour")
    teacher = village.another_browser_of("teacher")
    tries = {
        "another day": comes(colleague, name, child_born="2016-08-31"),
        "part of the name": comes(colleague, name[:-1]),
        "another municipality": comes(neighbour, name),
        "a teacher": comes(teacher, name),
        "somebody else's job": comes(colleague, name, employment=job(village["caseworker"])),
    }
    for label, answer in tries.items():
        assert (answer.status_code, answer.content) == (404, nowhere.content), label
    assert village.rows("select 1 from duty_accesses where case_id = %s", place.case) == []


def test_whoever_is_on_the_case_or_was_paused_there_gets_no_second_place(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    karen = village.another_browser_of("caseworker")
    assert (comes(karen, name).status_code, comes(karen, name).json()["code"]) == (409, "already_settled")
    colleague.did(comes(colleague, name))
    assert comes(colleague, name).status_code == 409
    village.rows(
        "update memberships set paused_at = now() where case_id = %s and role = 'on_duty' returning id", place.case
    )
    assert comes(colleague, name).status_code == 409, "a pause is not walked around"


@pytest.mark.parametrize("reason", ["", "x", "Travlt", ". . . . . . . .", " \u200b" * 20])
def test_a_reason_has_words(child: tuple[str, Place], colleague: Someone, reason: str) -> None:
    assert comes(colleague, child[0], reason=reason).status_code == 422


def test_an_old_login_is_asked_to_log_in_again(village: Village, child: tuple[str, Place], colleague: Someone) -> None:
    village.rows(
        "update sessions set fresh_at = now() - interval '6 minutes' where created_at ="
        " (select max(s.created_at) from sessions s join persons p on p.id = s.person_id"
        " where p.name = 'Peter Damgaard')"
        " returning id"
    )
    answer = comes(colleague, child[0])
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_needed")


# -- the leader --------------------------------------------------------------------------------------------------------
def of(who: Someone, access: str) -> list[dict[str, Any]]:
    return [it for it in who.did(who.get("/api/duty-accesses"))["accesses"] if it["id"] == access]


def test_the_leader_sees_who_and_why_without_the_child(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    name, place = child
    access = colleague.did(comes(colleague, name))["id"]
    [seen] = of(village["leader"], access)
    assert (seen["name"], seen["reason"], seen["reference"]) == ("Peter Damgaard", REASON, place.case[:8])
    assert (seen["case"], seen["may_see"], seen["seen_at"]) == (None, True, None)
    [own] = of(colleague, access)
    assert (own["case"], own["mine"], own["may_see"]) == (place.case, True, False)
    for who in ("caseworker", "mother", "neighbour", "admin", "auditor"):
        assert of(village[who], access) == []
    assert village["leader"].get(f"/api/cases/{place.case}").status_code == 404, "no content comes with it"


def test_the_leader_says_once_that_it_was_looked_at(
    village: Village, child: tuple[str, Place], colleague: Someone
) -> None:
    access = colleague.did(comes(colleague, child[0]))["id"]
    for who in (colleague, village["caseworker"], village["neighbour"], village["mother"]):
        assert who.post(f"/api/duty-accesses/{access}/sight").status_code == 404
    village["leader"].did(village["leader"].post(f"/api/duty-accesses/{access}/sight"))
    [seen] = of(village["leader"], access)
    assert (seen["may_see"], seen["seen_at"] is not None) == (False, True)
    assert village["leader"].post(f"/api/duty-accesses/{access}/sight").status_code == 404


def test_a_leaders_own_access_waits_for_another_leader(village: Village, child: tuple[str, Place]) -> None:
    leader = village.another_browser_of("leader")
    access = leader.did(comes(leader, child[0]))["id"]
    assert leader.post(f"/api/duty-accesses/{access}/sight").status_code == 404
    [own] = of(leader, access)
    assert own["may_see"] is False
