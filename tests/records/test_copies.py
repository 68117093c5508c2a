"""Promise 13 and domain F: a copy holds what its taker may read, and not a word more."""

import threading
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.records.shapes import Copy
from tests.attachments.sharing import photo, shares
from tests.conftest import Village
from tests.looks.test_looks import looks_at, told
from tests.people_of import Place, Someone, until
from tests.records.story import Everything, data, paper, takes, words_of
from tests.records.test_paper import unpack
from tests.village import BY_KEY, CAST


def case_copy(who: Someone, place: Place) -> dict[str, Any]:
    copy: dict[str, Any] = who.did(who.get(f"/api/cases/{place.case}/export", format="json"))
    return copy


def test_it_says_what_the_screen_says(village: Village, story: Everything) -> None:
    mother = village["mother"]
    copy = data(mother, story.place)
    [thread] = copy["threads"]
    page = mother.did(mother.get(f"{story.place.path}/messages", limit=100))
    assert thread["entries"] == page["entries"]
    own = {"may_correct", "may_answer", "may_settle", "late"}  # what the reader may do now is no part of a copy
    for copied, shown in zip(thread["notes"], page["notes"], strict=True):
        assert copied.items() >= {key: it for key, it in shown.items() if key not in own | {"responses"}}.items()
        assert [it["words"] for it in copied["responses"]] == [it["words"] for it in shown["responses"]]
    shown = mother.did(mother.get(f"{story.place.path}/goals"))
    assert [it["words"] for it in thread["plan"]["goals"]] == [it["words"] for it in shown["goals"]]
    assert [it["history"] for it in thread["plan"]["actions"]] == [it["history"] for it in shown["actions"]]
    shown = mother.did(mother.get(f"{story.place.path}/progress"))
    assert thread["progress"]["evaluations"] == shown["evaluations"]
    assert thread["progress"]["scales"] == shown["scales"]
    assert thread["summaries"][0]["state"] == "rejected"
    assert {it["name"] for it in thread["people"]} == {it["name"] for it in mother.sees(story.place)["people"]}
    assert (copy["format"], copy["version"], copy["part"]) == ("rundtom-copy", 1, "thread")
    assert Copy.model_validate(copy).model_dump(mode="json") == copy, "it is the shape that the document tells"


def test_it_is_complete_however_long_it_is(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother")
    wrote = [village["mother"].writes(place, f"Nummer {number}")["seq"] for number in range(420)]
    entries = data(village["mother"], place)["threads"][0]["entries"]
    assert [it["seq"] for it in entries if it["kind"] == "message_posted"] == wrote


def test_whoever_came_without_the_history_takes_home_what_came_since(village: Village, story: Everything) -> None:
    teacher = village["teacher"]
    seen = teacher.reads(story.place, limit=100)
    [thread] = data(teacher, story.place)["threads"]
    assert thread["entries"] == seen
    before = [*story.said[:9], "Vi prøver en fast sengetid", "Emil sover hele natten", "Bogen"]
    for part in ("thread", "report", "plan"):
        found = words_of(paper(teacher, story.place, part=part))
        assert not [words for words in before if words in found]
    assert "Den sidste besked" in words_of(paper(teacher, story.place))
    assert thread["notes"] == thread["summaries"] == thread["plan"]["goals"] == thread["plan"]["actions"] == []


def test_who_looked_stands_in_the_familys_copies_alone(village: Village, story: Everything) -> None:
    for who, told_of in (("mother", True), ("father", True), ("caseworker", False), ("teacher", False)):
        for part in ("thread", "report"):
            looks = data(village[who], story.place, part=part)["threads"][0]["looks"]
            assert (looks is not None) is told_of, (who, part)
            assert ("Hvem har kigget" in words_of(paper(village[who], story.place, part=part))) is told_of
    [read] = [
        it for it in data(village["father"], story.place)["threads"][0]["looks"]
        if (it["name"], it["what"]) == ("Anders Winther", "get_thread")
    ]  # fmt: skip
    assert read["times"] >= 1


def test_the_family_is_told_that_the_caseworker_took_it_home(village: Village, family: Place) -> None:
    data(village["caseworker"], family)
    assert looks_at(village, family, "caseworker") == ["export_thread"]
    [look] = told(village, family, "mother")
    assert (look["who"], look["what"], look["purpose"]) == ("Karen Lindqvist", "export_thread", "participant")
    paper(village["father"], family)
    assert [it["who"] for it in told(village, family, "mother")] == ["Karen Lindqvist"], "a family's own is its own"


def test_a_copy_of_the_case_holds_the_threads_that_i_am_in(village: Village, family: Place) -> None:
    karen = village["mother"].place_of(family, "caseworker")["membership"]
    body = {"id": str(uuid4()), "purpose": "Kun mor og Karen", "members": [karen]}
    aside = village["mother"].did(village["mother"].post(f"/api/cases/{family.case}/threads", **body))["id"]
    village["mother"].writes(Place(family.case, aside), "Det her er mellem os")
    for who, threads in (("mother", {family.thread, aside}), ("father", {family.thread})):
        copy = case_copy(village[who], family)
        assert {it["id"] for it in copy["threads"]} == threads
        made = village[who].get(f"/api/cases/{family.case}/export").content
        assert ("Det her er mellem os" in words_of(made)) is (who == "mother")
        assert ("Samtale: Kun mor og Karen" in words_of(made)) is (who == "mother")
    case_copy(village["caseworker"], family)
    assert looks_at(village, family, "caseworker") == ["export_case", "export_case"], "one in each thread"


def test_one_parents_address_is_in_no_copy_of_the_others_nor_in_anybodys(village: Village, family: Place) -> None:
    """Scenario 6: shown to the caseworker, it is still no part of the thread."""
    mother = village["mother"]
    fact = {"kind": "address", "text": "Skovstien 7 hemmeligt"}
    kept = mother.did(mother.post(f"/api/cases/{family.case}/facts", **fact))
    karen = mother.place_of(family, "caseworker")["membership"]
    mother.did(mother.post(f"/api/cases/{family.case}/facts/{kept['id']}/grants", membership=karen))
    for who in ("mother", "father", "caseworker"):
        for path in (f"{family.path}/export", f"{family.path}/export?part=report", f"/api/cases/{family.case}/export"):
            made = village[who].get(path)
            assert made.is_success
            assert "Skovstien" not in words_of(made.content)
            assert b"Skovstien" not in unpack(made.content)
            as_data = village[who].browser.get(path + ("&" if "?" in path else "?") + "format=json")
            assert "Skovstien" not in as_data.text


def test_no_address_of_mail_and_nobodys_number_is_in_it(village: Village, story: Everything) -> None:
    persons = [str(it) for (it,) in village.rows("select id from persons")]
    for who in ("mother", "father", "caseworker", "teacher"):
        text = takes(village[who], story.place, format="json").text
        assert not [it.email for it in CAST if it.email in text]
        assert not [it for it in persons if it in text]
        assert "@" not in text.replace("@ref", "")


def test_one_note_is_taken_alone(village: Village, story: Everything) -> None:
    note = data(village["mother"], story.place)["threads"][0]["notes"][0]
    [thread] = data(village["mother"], story.place, part="note", note=note["id"])["threads"]
    assert thread["notes"] == [note]
    assert thread["entries"] is thread["people"] is thread["looks"] is None
    found = words_of(paper(village["mother"], story.place, part="note", note=note["id"]))
    assert "Tak, det retter jeg" in found
    assert "Den sidste besked" not in found
    for who, wanted in (("mother", str(uuid4())), ("teacher", note["id"])):
        answer = village[who].get(f"{story.place.path}/export", part="note", note=wanted, format="json")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    answer = village["mother"].get(f"{story.place.path}/export", part="note")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_whose_child_and_when_it_was_taken_stand_in_it(village: Village, story: Everything) -> None:
    copy = data(village["caseworker"], story.place)
    assert copy["child_name"] == "Emil"
    assert date.fromisoformat(copy["child_born"]).year > 2010
    assert copy["taken_by"] == {"name": "Karen Lindqvist", "capacity": "rådgiver"}


# -- gone means gone ---------------------------------------------------------------------------------------------------
def test_after_the_place_has_ended_there_is_nothing_to_take(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    takes(village["teacher"], family, format="json")
    village["mother"].ends(family, "teacher")
    for path in (f"{family.path}/export", f"/api/cases/{family.case}/export"):
        for form in ("pdf", "json"):
            answer = village["teacher"].get(path, format=form)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def it_takes_a_while_to_print(village: Village, place: Place) -> None:
    for _ in range(60):
        village["mother"].writes(place, "Vi har snakket længe om det her. " * 110)


@pytest.mark.parametrize("path", ["{family.path}/export", "/api/cases/{family.case}/export"])
def test_a_place_that_ends_while_it_is_printed_leaves_nothing(village: Village, family: Place, path: str) -> None:
    village.brings_in(family, "teacher")
    it_takes_a_while_to_print(village, family)
    answers: list[Any] = []
    taking = threading.Thread(target=lambda: answers.append(village["teacher"].get(path.format(family=family))))
    taking.start()
    until(lambda: {"export_thread", "export_case"} & set(looks_at(village, family, "teacher")))
    village["mother"].ends(family, "teacher")
    taking.join()
    assert (answers[0].status_code, answers[0].json()["code"]) == (404, "not_found")


def test_a_session_that_ends_while_it_is_printed_leaves_nothing(village: Village, family: Place) -> None:
    other = village.another_browser_of("father")
    it_takes_a_while_to_print(village, family)
    answers: list[Any] = []
    taking = threading.Thread(target=lambda: answers.append(other.get(f"{family.path}/export")))
    taking.start()
    until(lambda: looks_at(village, family, "father"))
    other.did(other.post("/auth/logout"))
    taking.join()
    assert (answers[0].status_code, answers[0].json()["code"]) == (401, "not_logged_in")


@pytest.mark.parametrize(("who", "role"), [("interpreter", "interpreter"), ("supporter", "support_person")])
def test_whoever_came_for_an_hour_reads_and_takes_nothing_home(
    village: Village, family: Place, who: str, role: str
) -> None:
    village.brings_in(family, who, role=role, capacity=BY_KEY[who].says, history=True)
    assert village[who].reads(family)
    for path in (f"{family.path}/export", f"/api/cases/{family.case}/export"):
        answer = village[who].get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not [it for it in looks_at(village, family, who) if it.startswith("export")]


def test_what_was_shared_is_listed_and_what_was_taken_back_has_no_name(village: Village, family: Place) -> None:
    drawing = village["mother"].did(shares(village["mother"], family, photo(), name="tegning.png", caption="Vores hus"))
    gone = village["mother"].did(shares(village["mother"], family, photo(), name="fortrudt.png"))
    village["mother"].did(village["mother"].post(f"{family.path}/attachments/{gone['id']}/withdrawal"))
    village.brings_in(family, "teacher", history=False)
    [thread] = data(village["father"], family)["threads"]
    listed = {it["id"]: (it["name"], it["caption"], it["state"]) for it in thread["files"]}
    assert listed == {
        drawing["id"]: (drawing["name"], "Vores hus", "ready"),
        gone["id"]: (None, None, "withdrawn"),
    }
    printed = words_of(paper(village["father"], family, part="report"))
    assert f"{drawing['name']} – Vores hus" in printed
    assert "fortrudt" not in printed
    assert data(village["teacher"], family)["threads"][0]["files"] == []
