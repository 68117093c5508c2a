"""Custody: taken away at once and everywhere; given by two people, from now on."""

from typing import Any

import httpx2
import pytest

from tests.conftest import Village
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY

BASIS = "Afgørelse fra Familieretshuset"


def path(place: Place) -> str:
    return f"/api/cases/{place.case}/custody-changes"


def ends_custody(village: Village, place: Place, who: str) -> httpx2.Response:
    membership = village["caseworker"].place_of(place, who)["membership"]
    return village["caseworker"].post(path(place), change="ended", membership=membership, basis=BASIS)


def asks_custody(village: Village, place: Place, who: str, **changes: Any) -> str:
    named = {"name": BY_KEY[who].name, "email": BY_KEY[who].email, "capacity": "far"}
    asked = village["caseworker"].post(path(place), change="granted", basis=BASIS, **named | changes)
    return str(village["caseworker"].did(asked)["id"])


def waiting(who: Someone) -> list[str]:
    return [it["id"] for it in who.did(who.get("/api/custody-changes"))["changes"]]


def thread_of(village: Village, place: Place, opener: str, *members: str) -> Place:
    ids = [village[opener].place_of(place, member)["membership"] for member in members]
    opened = village[opener].post(f"/api/cases/{place.case}/threads", purpose="En mere", members=ids)
    return Place(place.case, village[opener].did(opened)["id"])


# -- taken away --------------------------------------------------------------------------------------------------------
def test_custody_that_ends_ends_everywhere_at_once(village: Village, family: Place) -> None:
    without_karen = thread_of(village, family, "mother", "father")
    father = village["father"]
    with father.listens(family, without_karen) as ear:
        village["caseworker"].did(ends_custody(village, family, "father"))
        until(lambda: ear.closed == 4403, 2)
        assert {frame["thread"] for frame in ear.frames if frame.get("gone")}
    for place in (family, without_karen):
        assert father.get(place.path).status_code == 404
        assert father.post(f"{place.path}/messages", id=family.case, text="Hej").status_code == 404
    assert father.get(f"/api/cases/{family.case}").status_code == 404
    assert family.case not in {it["id"] for it in father.did(father.get("/api/cases"))["cases"]}
    kinds = [entry["kind"] for entry in village["mother"].reads(family)]
    assert kinds == ["thread_opened", "member_left", "custody_changed"]
    assert [entry["kind"] for entry in village["mother"].reads(without_karen)] == ["thread_opened", "member_left"]


def test_what_stood_on_the_consent_of_the_one_who_lost_custody_ends(village: Village, family: Place) -> None:
    proposed = village["caseworker"].proposes(family, "teacher")
    village["father"].agrees(family, proposed)
    village["teacher"].accepts(village.link_for("teacher"))
    assert village["teacher"].get(family.path).status_code == 200
    village["caseworker"].did(ends_custody(village, family, "father"))
    assert village["teacher"].get(family.path).status_code == 404


def test_invitations_by_the_one_who_lost_custody_are_dead(village: Village, family: Place) -> None:
    village["father"].proposes(family, "psychologist")
    link = village.link_for("psychologist")
    village["caseworker"].did(ends_custody(village, family, "father"))
    answer = village["psychologist"].post("/api/invitations/redemption", token=link)
    assert (answer.status_code, answer.json()["code"]) == (410, "invitation_unusable")
    assert village["mother"].sees(family)["invitations"] == []


def test_a_thread_that_is_left_without_family_closes(village: Village, family: Place) -> None:
    own = thread_of(village, family, "caseworker", "father")
    village["caseworker"].did(ends_custody(village, family, "father"))
    closed = village["caseworker"].sees(own)["closed"]
    assert closed["reason"] == "Der er ikke længere nogen fra familien med i samtalen."
    assert village["caseworker"].sees(family)["closed"] is None, "the mother is still there"


def test_only_the_caseworker_ends_custody(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    place = village["mother"].place_of(family, "father")["membership"]
    for who in ("mother", "father", "teacher"):
        answer = village[who].post(path(family), change="ended", membership=place, basis=BASIS)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert village[who].get(path(family)).status_code == 403
    assert village["colleague"].post(path(family), change="ended", membership=place, basis=BASIS).status_code == 404
    assert village["father"].get(family.path).status_code == 200


def test_only_a_custody_holders_place_ends_by_custody(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    elsewhere = village["colleague"].opens_dialogue("grandmother")
    for who, place in (("teacher", family), ("caseworker", family), ("grandmother", elsewhere)):
        membership = village["colleague" if place is elsewhere else "mother"].place_of(place, who)["membership"]
        answer = village["caseworker"].post(path(family), change="ended", membership=membership, basis=BASIS)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


# -- given -------------------------------------------------------------------------------------------------------------
def test_custody_is_given_by_two_people_and_from_now_on(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Fra før")
    change = asks_custody(village, family, "birthfather")
    assert village["birthfather"].get(family.path).status_code == 404, "asking gives nothing"
    assert change in waiting(village["colleague"])
    approved = village["colleague"].post(f"/api/custody-changes/{change}/approval")
    assert approved.status_code == 204
    assert village["birthfather"].sees(family)["me"]["role"] == "custody_holder"
    assert village["birthfather"].texts(family) == [], "nothing old"
    village["mother"].writes(family, "Fra nu")
    assert village["birthfather"].texts(family) == ["Fra nu"]
    assert village["colleague"].post(f"/api/custody-changes/{change}/refusal").status_code == 409
    assert change not in waiting(village["colleague"])
    [shown] = village["caseworker"].did(village["caseworker"].get(path(family)))["changes"]
    assert (shown["outcome"], shown["name"]) == ("approved", BY_KEY["birthfather"].name)


def test_refused_means_that_nothing_happened(village: Village, family: Place) -> None:
    before = village["mother"].sees(family)
    change = asks_custody(village, family, "birthfather")
    village["leader"].did(village["leader"].post(f"/api/custody-changes/{change}/refusal"))
    assert village["birthfather"].get(family.path).status_code == 404
    assert village["mother"].sees(family) == before
    assert village["colleague"].post(f"/api/custody-changes/{change}/approval").status_code == 409


def test_nobody_is_the_second_person_but_an_uninvolved_one_of_the_unit(village: Village, family: Place) -> None:
    change = asks_custody(village, family, "birthfather")
    for who in ("caseworker", "mother", "teacher", "jobadviser", "neighbour", "admin", "auditor", "outsider"):
        assert change not in waiting(village[who]), who
        for verb in ("approval", "refusal"):
            answer = village[who].post(f"/api/custody-changes/{change}/{verb}")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), who
    assert village["birthfather"].get(family.path).status_code == 404


def test_somebody_in_the_case_is_no_second_person(village: Village, family: Place) -> None:
    village.brings_in(family, "colleague")
    change = asks_custody(village, family, "birthfather")
    assert change not in waiting(village["colleague"])
    assert village["colleague"].post(f"/api/custody-changes/{change}/approval").status_code == 404
    assert change in waiting(village["leader"])


def test_the_second_person_logs_in_anew_for_it(village: Village, family: Place) -> None:
    change = asks_custody(village, family, "birthfather")
    leader = village.another_browser_of("leader")
    token = leader.browser.cookies["rundtom"]
    aged = "update sessions set fresh_at = now() - interval '6 minutes' where token_hash = sha256(%s) returning id"
    assert len(village.rows(aged, token.encode())) == 1
    answer = leader.post(f"/api/custody-changes/{change}/approval")
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_needed")
    assert village["birthfather"].get(family.path).status_code == 404


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_does_not_tell_whether_an_address_is_known(village: Village, family: Place, known: bool) -> None:
    address = BY_KEY["birthfather"].email if known else f"ukendt-{family.case}@demo.example"
    change = asks_custody(village, family, "birthfather", email=address, name="Som Skrevet")
    answer = village["leader"].post(f"/api/custody-changes/{change}/approval")
    assert (answer.status_code, answer.content) == (204, b"")
    person = village["mother"].sees(family)["people"][-1]
    assert (person["name"], person["role"], person["history"]) == ("Som Skrevet", "custody_holder", False)
    until(lambda: village.mailbox.to(address), 10)


def test_a_parent_who_gets_custody_keeps_what_could_be_read_and_gets_no_more(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Fra før")
    village.brings_in(family, "birthfather", role="parent", capacity="far uden forældremyndighed")
    village["mother"].writes(family, "Mens han var gæst")
    change = asks_custody(village, family, "birthfather")
    village["leader"].did(village["leader"].post(f"/api/custody-changes/{change}/approval"))
    assert village["birthfather"].sees(family)["me"]["role"] == "custody_holder"
    assert village["birthfather"].texts(family) == ["Mens han var gæst"]
