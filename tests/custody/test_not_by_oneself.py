"""Custody and duty are for people who have no stake in the case: the family is never its own desk."""

from uuid import uuid4

from tests.conftest import Village
from tests.custody.test_custody import BASIS, asks_custody, ends_custody, path, waiting
from tests.looks.test_looks import looks_at
from tests.people_of import Place, Someone

COLLEAGUE = {"name": "Peter Damgaard", "email": "colleague@demo.example", "capacity": "far", "role": "custody_holder"}
MOTHER = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}


def fathers_case(village: Village, **changes: object) -> Place:
    """The father works in the department that has the case."""
    return village["caseworker"].opens_dialogue(family=[MOTHER, COLLEAGUE], **changes)


def settles(who: Someone, change: str) -> int:
    return who.post(f"/api/custody-changes/{change}/approval").status_code


def test_nobody_approves_the_own_custody(village: Village, family: Place) -> None:
    change = asks_custody(village, family, "colleague")
    himself = village.another_browser_of("colleague")
    assert change not in waiting(himself)
    assert settles(himself, change) == 404
    assert himself.get(family.path).status_code == 404
    assert change in waiting(village.another_browser_of("leader"))


def test_a_father_who_lost_custody_is_no_second_person_in_his_own_case(village: Village) -> None:
    place = fathers_case(village)
    village["caseworker"].did(ends_custody(village, place, "colleague"))
    change = asks_custody(village, place, "birthfather")
    himself = village.another_browser_of("colleague")
    assert change not in waiting(himself)
    assert settles(himself, change) == 404


def test_a_father_who_lost_custody_has_no_duty_in_his_own_case(village: Village) -> None:
    child = {"child_name": f"Emil {uuid4().hex}", "child_born": "2016-08-30"}
    place = fathers_case(village, **child)
    himself = village.another_browser_of("colleague")
    job = himself.did(himself.get("/api/me"))["employments"][0]["id"]
    reason = "Karen er syg, og mor har ringet."
    for still_in in (True, False):
        answer = himself.post("/api/duty-accesses", **child, employment=job, reason=reason)
        assert answer.status_code == (409 if still_in else 404)
        if still_in:
            village["caseworker"].did(ends_custody(village, place, "colleague"))
    assert himself.get(place.path).status_code == 404


def test_asking_twice_with_one_id_asks_once(village: Village, family: Place) -> None:
    body = {"id": str(uuid4()), "change": "granted", "name": "Dennis", "email": "d@demo.example", "capacity": "far"}
    for _ in range(2):
        answer = village["caseworker"].post(path(family), **body, basis=BASIS)
        assert (answer.status_code, answer.json()) == (201, {"id": body["id"]})
    shown = village["caseworker"].did(village["caseworker"].get(path(family)))["changes"]
    assert [it["id"] for it in shown] == [body["id"]]
    other = village["caseworker"].post(path(family), **body | {"name": "En anden"}, basis=BASIS)
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")


def test_ending_twice_with_one_id_is_the_same_ending(village: Village, family: Place) -> None:
    membership = village["caseworker"].place_of(family, "father")["membership"]
    body = {"id": str(uuid4()), "change": "ended", "membership": membership, "basis": BASIS}
    for _ in range(2):
        answer = village["caseworker"].post(path(family), **body)
        assert (answer.status_code, answer.json()) == (201, {"id": body["id"]})


def test_the_second_person_who_reads_what_waits_leaves_a_look(village: Village, family: Place) -> None:
    leader = village.another_browser_of("leader")
    change = asks_custody(village, family, "birthfather")
    assert looks_at(village, family, "leader") == []
    leader.did(leader.get("/api/cases"))
    assert looks_at(village, family, "leader") == [], "a number tells of no case"
    assert change in waiting(leader)
    assert looks_at(village, family, "leader") == ["list_waiting_custody_changes"]
    # As everything about custody that is being decided: the page of the case, and no word of custody.
    page = village["mother"].did(village["mother"].get(f"/api/cases/{family.case}/looks"))
    [looked] = [it for day in page["days"] for it in day["people"] if it["capacity"].startswith("faglig leder")]
    assert [(it["what"], it["purpose"]) for it in looked["looks"]] == [("get_case", "duty")]
    assert "custody" not in str(page)
