"""Who looked: one row for every read, in the same request; told to the family of the thread, and to nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from app.text import LANGUAGES, catalogue
from tests.attachments.sharing import shared
from tests.conftest import Village
from tests.people_of import Place
from tests.test_contract import ROUTES
from tests.village import BY_KEY

CASE = "/api/cases/{case}"
SEVERAL = {
    "list_audit_looks",
    "list_caseload",
    "list_cases",
    "list_recent_looks",
    "list_waiting_custody_changes",
}  # what shows several cases at once
READS = {route.name: name.removeprefix("GET ") for name, route in ROUTES.items()
         if name.startswith(f"GET {CASE}") or route.name in SEVERAL}  # fmt: skip
ELSEWHERE = {"get_screening"}  # whose looks are kept in the other house


def looks_at(village: Village, place: Place, who: str) -> list[str]:
    query = "select l.what from looks l join persons p on p.id = l.person_id where l.case_id = %s and p.name = %s"
    return [what for (what,) in village.rows(query + " order by l.at, l.what", place.case, BY_KEY[who].name)]


def told(village: Village, place: Place, who: str, **query: Any) -> list[dict[str, Any]]:
    """What somebody of the family is told: day by day, flat."""
    page = village[who].did(village[who].get(f"/api/cases/{place.case}/looks", **query))
    return [
        look | {"who": person["name"], "capacity": person["capacity"], "day": day["day"]}
        for day in page["days"]
        for person in day["people"]
        for look in person["looks"]
    ]


@pytest.fixture
def read_by_caseworker(village: Village, family: Place) -> dict[str, str]:
    """Something to read at every address."""
    note = str(uuid4())
    boxes = {"challenges": "", "resources": "Emil griner meget.", "proposals": ""}
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/notes", id=note, **boxes))
    invitation = village["caseworker"].proposes(family, "teacher")["id"]
    # Nobody here could send one: as if somebody had been.
    begun = (
        "insert into joint_concerns (thread_id, id, seq, person_id, area)"
        " select t.id, gen_random_uuid(), 1, t.opened_by, 'home' from threads t where t.id = %s returning id"
    )
    [(concern,)] = village.rows(begun, family.thread)
    there = {
        "concern": str(concern),
        "attachment": shared(village["mother"], family)["id"],
        "note": note,
        "invitation": invitation,
    }
    return there | {"case": family.case, "thread": family.thread}


@pytest.mark.parametrize("name", sorted(set(READS) - SEVERAL - ELSEWHERE - {"list_looks"}))
def test_every_read_of_a_case_leaves_one_look(
    village: Village, family: Place, read_by_caseworker: dict[str, str], name: str
) -> None:
    before = looks_at(village, family, "caseworker")
    query: dict[str, Any] = {"after": 0} if name == "get_changes" else {}
    query |= {"format": "json"} if name.startswith("export_") else {}
    answer = village["caseworker"].get(READS[name].format(**read_by_caseworker), **query)
    assert answer.is_success, answer.text
    after = looks_at(village, family, "caseworker")
    assert sorted(after) == sorted([*before, name])


def test_reading_who_looked_leaves_a_look_too(village: Village, family: Place) -> None:
    told(village, family, "mother")
    assert looks_at(village, family, "mother") == ["list_looks"]


def test_the_list_of_cases_leaves_one_look_in_each_thread_that_it_shows(village: Village) -> None:
    first, second = (village["caseworker"].opens_dialogue("mother") for _ in range(2))
    me = village["caseworker"].sees(first)["me"]["membership"]
    body = {
        "id": str(uuid4()),
        "purpose": "Kun os to",
        "members": [village["caseworker"].place_of(first, "mother")["membership"]],
    }
    village["caseworker"].did(village["caseworker"].post(f"/api/cases/{first.case}/threads", **body))
    cases = village["caseworker"].did(village["caseworker"].get("/api/cases"))["cases"]
    shown = {case["id"]: len(case["threads"]) for case in cases}
    assert (shown[first.case], shown[second.case], bool(me)) == (2, 1, True)
    for place, times in ((first, 2), (second, 1)):
        assert looks_at(village, place, "caseworker").count("list_cases") == times


def test_an_open_page_leaves_a_look_and_an_outsiders_none(village: Village, family: Place) -> None:
    with village["father"].listens(family), village["outsider"].listens(family):
        assert looks_at(village, family, "father") == ["live"]
        assert looks_at(village, family, "outsider") == []


def test_what_was_not_answered_leaves_no_look(village: Village, family: Place) -> None:
    for path in (family.path, f"/api/cases/{family.case}", f"/api/cases/{family.case}/looks"):
        assert village["outsider"].get(path).status_code == 404
    assert village["caseworker"].get(f"/api/cases/{family.case}/looks").status_code == 403
    assert village["caseworker"].get(f"{family.path}/notes/{uuid4()}").status_code == 404
    assert looks_at(village, family, "outsider") == looks_at(village, family, "caseworker") == []


# -- what the family is told -------------------------------------------------------------------------------------------
def test_the_mother_is_told_who_looked_at_what_and_how_often(village: Village, family: Place) -> None:
    assert told(village, family, "mother") == []
    for _ in range(3):
        village["caseworker"].sees(family)
        village["caseworker"].reads(family)
    [look] = told(village, family, "mother")
    assert (look["who"], look["capacity"], look["what"]) == ("Karen Lindqvist", "rådgiver", "get_thread")
    assert (look["times"], look["purpose"], look["reason"]) == (1, "participant", None), (
        "reads close together: one visit"
    )


def test_reads_further_apart_are_several_visits_and_days_stand_apart(village: Village, family: Place) -> None:
    for minutes in (0, 5, 30, 24 * 60 * 3):
        village["caseworker"].sees(family)
        village.rows(
            "update looks set at = date_trunc('day', now()) - interval '1 day' + interval '9 hours'"
            " - make_interval(mins => %s) where case_id = %s and at > now() - interval '1 minute' returning id",
            minutes, family.case,
        )  # fmt: skip
    assert [look["times"] for look in told(village, family, "mother")] == [2, 1]
    older = told(village, family, "mother", before=told(village, family, "mother")[0]["day"])
    assert [look["times"] for look in older] == [1]


def test_the_familys_own_reading_is_shown_to_nobody(village: Village, family: Place) -> None:
    village.brings_in(family, "grandmother", role="relative", capacity="mormor")
    for who in ("mother", "father", "grandmother", "caseworker"):
        village[who].sees(family)
    for who in ("mother", "father"):
        assert {look["who"] for look in told(village, family, who)} == {"Karen Lindqvist"}
    for who in ("caseworker", "grandmother"):
        assert village[who].get(f"/api/cases/{family.case}/looks").status_code == 403


def test_a_father_is_told_of_his_own_circle_only(village: Village, family: Place) -> None:
    karen = village["mother"].place_of(family, "caseworker")["membership"]
    body = {"id": str(uuid4()), "purpose": "Kun mor og Karen", "members": [karen]}
    aside = village["mother"].did(village["mother"].post(f"/api/cases/{family.case}/threads", **body))["id"]
    village["caseworker"].sees(Place(family.case, aside))
    assert {look["thread"] for look in told(village, family, "mother")} == {aside}
    assert told(village, family, "father") == []
    home = village["father"].did(village["father"].get("/api/looks"))
    assert family.case in {case["id"] for case in home["cases"]}
    assert aside not in {look["thread"] for look in home["looks"]}


def test_home_shows_the_newest_of_each_person_and_leaves_its_looks(village: Village, family: Place) -> None:
    village["caseworker"].sees(family)
    home = village["mother"].did(village["mother"].get("/api/looks"))
    assert next((it["name"], it["case_id"]) for it in home["looks"]) == ("Karen Lindqvist", family.case)
    assert len(home["looks"]) <= 4
    assert "list_recent_looks" in looks_at(village, family, "mother")
    assert village["caseworker"].did(village["caseworker"].get("/api/looks")) == {"cases": [], "looks": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_looked_at_has_its_words(language: str) -> None:
    names = (set(READS) | {"live"}) - ELSEWHERE
    assert {f"looks.what.{name}" for name in names} - catalogue(language).keys() == set()


# -- asking why --------------------------------------------------------------------------------------------------------
def asks(village: Village, place: Place, who: str, look: dict[str, Any], words: str | None = "Hvorfor?") -> Any:
    return village[who].post(f"/api/cases/{place.case}/looks/{look['look']}/question", text=words)


def test_asking_why_opens_a_conversation_with_whoever_looked(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].sees(family)
    [look] = [look for look in told(village, family, "mother") if look["who"] == "Anders Winther"]
    opened = Place(family.case, village["mother"].did(asks(village, family, "mother", look))["id"])
    assert village["teacher"].texts(opened) == ["Hvorfor?"]
    assert {it["name"] for it in village["mother"].sees(opened)["people"]} == {"Mette Holm", "Anders Winther"}
    assert village["father"].get(opened.path).status_code == 404
    again = asks(village, family, "mother", look)
    assert again.json()["id"] == opened.thread
    assert village["mother"].texts(opened) == ["Hvorfor?"], "two taps are one question"


def test_about_somebody_who_has_left_the_caseworker_is_asked(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].sees(family)
    village["mother"].ends(family, "teacher")
    [look] = [look for look in told(village, family, "mother") if look["who"] == "Anders Winther"]
    opened = Place(family.case, village["mother"].did(asks(village, family, "mother", look))["id"])
    assert village["caseworker"].texts(opened) == ["Hvorfor?"]
    assert village["teacher"].get(opened.path).status_code == 404


def test_a_child_that_asks_is_not_alone_with_a_guest(village: Village) -> None:
    girl = {"name": "Sofie Holm Krogh", "email": "girl15@demo.example", "capacity": "mig selv", "role": "child"}
    mother = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}
    place = village["caseworker"].opens_dialogue(family=[mother, girl], child_name="Sofie", child_born="2013-05-19")
    village.brings_in(place, "teacher")
    village["teacher"].sees(place)
    [look] = [look for look in told(village, place, "girl15") if look["who"] == "Anders Winther"]
    opened = Place(place.case, village["girl15"].did(asks(village, place, "girl15", look))["id"])
    people = {it["name"] for it in village["girl15"].sees(opened)["people"]}
    assert people == {"Sofie Holm Krogh", "Anders Winther", "Karen Lindqvist"}


def test_nobody_asks_about_a_look_that_one_is_not_told_of(village: Village, family: Place) -> None:
    village["mother"].sees(family)
    [(mine,)] = village.rows("select id from looks where case_id = %s", family.case)
    other = village["caseworker"].opens_dialogue("mother")
    village["caseworker"].sees(other)
    [(elsewhere,)] = village.rows("select id from looks where case_id = %s", other.case)
    for look in (mine, elsewhere, uuid4()):
        assert asks(village, family, "father", {"look": look}).status_code == 404
    assert asks(village, other, "caseworker", {"look": elsewhere}).status_code == 403


@pytest.mark.parametrize("page", ["", "/access"])
def test_a_page_of_several_threads_is_a_look_at_each(village: Village, family: Place, page: str) -> None:
    """The page of the case shows the last line of every thread of one's own: each thread's family is told."""
    mother = village["mother"].place_of(family, "caseworker")["membership"]
    opened = village["mother"].post(f"/api/cases/{family.case}/threads", purpose="Alene", members=[mother])
    alone = Place(family.case, village["mother"].did(opened)["id"])
    village["mother"].writes(alone, "Kun til Karen")
    village["caseworker"].did(village["caseworker"].get(f"/api/cases/{family.case}{page}"))
    query = "select l.thread_id::text from looks l join persons p on p.id = l.person_id where l.case_id = %s"
    looked = [it for (it,) in village.rows(query + " and p.name = %s", family.case, BY_KEY["caseworker"].name)]
    assert sorted(looked) == sorted([family.thread, alone.thread])
