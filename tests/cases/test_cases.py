"""Opening a dialogue: the family is in it from the first moment, whoever opens it."""

from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.people_of import Place, until
from tests.village import BY_KEY


def test_the_family_the_caseworker_named_is_in_at_once(village: Village, family: Place) -> None:
    people = village["mother"].sees(family)["people"]
    assert {(it["name"], it["role"]) for it in people} == {
        ("Karen Lindqvist", "caseworker"),
        ("Mette Holm", "custody_holder"),
        ("Jonas Krogh", "custody_holder"),
    }


def test_a_teacher_may_open_one_without_any_case(village: Village) -> None:
    place = village["teacher"].opens_dialogue("mother")
    village["teacher"].writes(place, "Kan vi tale om Emil?")
    assert village["mother"].texts(place) == ["Kan vi tale om Emil?"]
    assert village["caseworker"].get(place.path).status_code == 404


def test_a_parent_may_open_one_with_the_family_department(village: Village) -> None:
    place = village["mother"].opens_dialogue(capacity="mor", with_family_department=True)
    assert village["caseworker"].sees(place)["me"] | {"membership": ""} == {
        "membership": "", "role": "caseworker", "capacity": "rådgiver",
    }  # fmt: skip
    assert village["mother"].sees(place)["me"]["role"] == "custody_holder"


@pytest.mark.parametrize("who", ["teacher", "caseworker"])
def test_nobody_employed_opens_one_without_a_custody_holder(village: Village, who: str) -> None:
    job = village[who].did(village[who].get("/api/me"))["employments"][0]["id"]
    body = {"child_name": "Emil", "employment": job, "purpose": "x", "with_family_department": True}
    for family in ([], [{"name": "Bedste", "email": "b@demo.example", "capacity": "mormor", "role": "relative"}]):
        answer = village[who].post("/api/cases", **body, family=family)
        assert (answer.status_code, answer.json()["code"]) == (422, "family_missing")


def opening_at(job: str) -> dict[str, object]:
    """A dialogue with the mother, opened as somebody employed there."""
    mother = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}
    body = {"child_name": "Emil", "employment": job, "purpose": "x", "with_family_department": False}
    return body | {"family": [mother]}


def job_of(village: Village, who: str) -> str:
    return str(village[who].did(village[who].get("/api/me"))["employments"][0]["id"])


@pytest.mark.parametrize("who", ["admin", "auditor"])
def test_administrators_and_auditors_open_nothing_at_work(village: Village, who: str) -> None:
    assert village[who].post("/api/cases", **opening_at(job_of(village, who))).status_code == 403


def test_somebody_elses_employment_is_not_mine_to_act_in(village: Village) -> None:
    assert village["outsider"].post("/api/cases", **opening_at(job_of(village, "caseworker"))).status_code == 403


def test_opening_again_with_the_same_id_is_the_same_case(village: Village) -> None:
    case = str(uuid4())
    first = village["caseworker"].opens_dialogue("mother", id=case)
    assert village["caseworker"].opens_dialogue("mother", id=case) == first


def test_an_unknown_parent_is_in_from_the_start_and_logs_in_by_a_link(village: Village) -> None:
    """The parent has never been here: the place waits, the mailed link hands it over, to that address only."""
    stranger = {
        "name": "Claus B.",
        "email": BY_KEY["outsider"].email.upper(),
        "capacity": "far",
        "role": "custody_holder",
    }
    with_stranger = [{"name": "Nyt Menneske", "email": "ny@demo.example", "capacity": "mor", "role": "custody_holder"}]
    place = village["caseworker"].opens_dialogue(family=[*with_stranger, stranger])
    names = {it["name"] for it in village["caseworker"].sees(place)["people"]}
    assert names == {"Karen Lindqvist", "Nyt Menneske", "Claus B."}
    # The outsider has verified that address, so he is in as himself, at once.
    assert village["outsider"].sees(place)["me"]["role"] == "custody_holder"
    village["caseworker"].writes(place, "Velkommen begge to")
    token = village_link(village, "ny@demo.example")
    assert village["father"].post("/api/invitations/redemption", token=token).status_code == 410


def village_link(village: Village, address: str) -> str:
    from tests.conftest import TOKEN
    from tests.people_of import until

    mail = until(lambda: village.mailbox.to(address), 10)[-1]
    found = TOKEN.search(village.mailbox.body(mail))
    assert found
    return found[1]


def test_the_opener_is_not_told_whether_an_address_is_known(village: Village) -> None:
    """No directory: the answer and the people shown are what was typed, for known and unknown addresses alike."""
    shown = []
    for address in (BY_KEY["father"].email, "aldrig-set@demo.example"):
        person = {"name": "Som Skrevet", "email": address, "capacity": "far", "role": "custody_holder"}
        place = village["teacher"].opens_dialogue(family=[person])
        sees = village["teacher"].sees(place)
        until(lambda address=address: village.mailbox.to(address))
        shown.append([(it["name"], it["capacity"], it["role"], it["history"]) for it in sees["people"]])
        shown[-1].append((sees["seq"], sees["circle"], sees["invitations"]))
    assert shown[0] == shown[1]


def test_an_outsider_cannot_tell_hidden_from_absent(village: Village, family: Place) -> None:
    premise = village["outsider"].did(village["outsider"].get("/api/cases"))["cases"]
    assert family.case not in {it["id"] for it in premise}
    hidden = [f"/api/cases/{family.case}", family.path, f"{family.path}/messages", f"{family.path}/changes?after=0"]
    for path in hidden:
        absent = path.replace(family.case, str(uuid4())).replace(family.thread, str(uuid4()))
        a, b = village["outsider"].get(path), village["outsider"].get(absent)
        assert (a.status_code, a.content) == (404, b.content)
        assert {key: a.headers[key] for key in a.headers if key != "date"} == {
            key: b.headers[key] for key in b.headers if key != "date"
        }


def test_nobody_writes_with_oneself_as_the_family(village: Village) -> None:
    """A room of professionals only is no dialogue with a family."""
    me = {"name": "Karen", "email": BY_KEY["caseworker"].email, "capacity": "mor", "role": "custody_holder"}
    job = village["caseworker"].did(village["caseworker"].get("/api/me"))["employments"][0]["id"]
    body = {"child_name": "Emil", "employment": job, "purpose": "x", "with_family_department": False, "family": [me]}
    answer = village["caseworker"].post("/api/cases", **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "family_missing")


def test_naming_an_address_twice_tells_nothing_of_it(village: Village) -> None:
    for address in (BY_KEY["father"].email, "aldrig-set-2@demo.example"):
        person = {"name": "En", "email": address, "capacity": "far", "role": "custody_holder"}
        body = {
            "child_name": "Emil",
            "employment": None,
            "capacity": "mor",
            "purpose": "x",
            "with_family_department": False,
        }
        answer = village["mother"].post("/api/cases", **body, family=[person, person | {"email": address.upper()}])
        assert answer.status_code == 422


def test_the_department_keeps_its_role_whoever_is_named(village: Village) -> None:
    karen = {"name": "Karen", "email": BY_KEY["caseworker"].email, "capacity": "mor", "role": "custody_holder"}
    place = village["mother"].opens_dialogue(capacity="mor", with_family_department=True, family=[karen])
    assert village["caseworker"].sees(place)["me"]["role"] == "caseworker"
    assert len(village["mother"].sees(place)["people"]) == 3


def test_a_grandmother_opens_one_with_a_parent_and_never_as_one(village: Village) -> None:
    place = village["grandmother"].opens_dialogue("mother", capacity="mormor", role="relative")
    assert village["grandmother"].sees(place)["me"]["role"] == "relative"
    body = {"child_name": "Emil", "employment": None, "role": "relative", "capacity": "mormor", "purpose": "x"}
    alone = village["grandmother"].post("/api/cases", **body, with_family_department=True, family=[])
    assert (alone.status_code, alone.json()["code"]) == (422, "family_missing")


def test_a_young_person_opens_one_about_herself(village: Village) -> None:
    place = village["girl15"].opens_dialogue(capacity="mig selv", role="child", with_family_department=True)
    assert village["girl15"].sees(place)["me"]["role"] == "child"
    assert village["caseworker"].sees(place)["me"]["role"] == "caseworker"
