"""Promise 7: beside every note the family can say that it is not right; its author must answer; both stay."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.dates import today
from tests.conftest import Village
from tests.notes.noting import answers, asked, on_home, publishes, reads_note, responds
from tests.people_of import Place
from tests.village import BY_KEY


def in_a_week() -> str:
    return (today() + timedelta(days=7)).isoformat()


def is_late(village: Village, response: str) -> None:
    """As if it had been said more than a week ago."""
    village.rows("update responses set due_on = current_date - 2 where id = %s returning id", response)


def test_a_mother_says_that_it_is_not_right_and_gets_an_answer_that_stands_beside_it(
    village: Village, family: Place
) -> None:
    note = publishes(village["caseworker"], family)
    with village["father"].listens(family, after=village["father"].sees(family)["seq"]) as ear:
        said = asked(village["mother"], family, note)
        assert (said["kind"], said["box"], said["due_on"], said["answer"]) == (
            "not_right",
            "challenges",
            in_a_week(),
            None,
        )
        [waits] = on_home(village["caseworker"], family)["to_answer"]
        assert (waits["response"], waits["name"], waits["late"]) == (said["id"], BY_KEY["mother"].name, False)
        village["caseworker"].did(answers(village["caseworker"], family, said))
        village["mother"].writes(family, "Tak")
        ear.hears("Tak")
    told = [entry["kind"] for frame in ear.frames for entry in frame["entries"]]
    assert told == ["note_responded", "note_answered", "message_posted"]
    for who in ("mother", "father", "caseworker"):
        [stands] = reads_note(village[who], family, note)["responses"]
        assert (stands["words"], stands["answer"]["words"]) == ("Han kommer til tiden.", "Det retter jeg.")
        assert stands["answer"]["author"]["name"] == BY_KEY["caseworker"].name
        [page] = village[who].did(village[who].get(f"{family.path}/messages"))["notes"]
        assert page["responses"] == [stands], "wherever the note stands"
    assert on_home(village["caseworker"], family)["to_answer"] == []


def test_agreement_asks_for_no_answer(village: Village, family: Place) -> None:
    note = publishes(village["caseworker"], family)
    said = asked(village["father"], family, note, kind="agree", box="whole", words="")
    assert said["due_on"] is None
    assert on_home(village["caseworker"], family)["to_answer"] == []
    assert answers(village["caseworker"], family, said).status_code == 403


@pytest.mark.parametrize("kind", ["not_right", "missing"])
def test_what_is_not_right_has_words(village: Village, family: Place, kind: str) -> None:
    note = publishes(village["caseworker"], family)
    for nothing in (" \n ", "\u200b", "\u2800"):
        assert responds(village["mother"], family, note, kind=kind, words=nothing).status_code == 422
    assert reads_note(village["mother"], family, note)["responses"] == []


def test_a_late_answer_shows_on_the_workers_list_on_the_familys_page_and_to_the_leader(
    village: Village, family: Place
) -> None:
    note = publishes(village["caseworker"], family)
    said = asked(village["mother"], family, note)
    is_late(village, said["id"])
    [waits] = on_home(village["caseworker"], family)["to_answer"]
    assert waits["late"]
    for who in ("mother", "father", "caseworker"):
        assert reads_note(village[who], family, note)["responses"][0]["late"]
        coming = on_home(village[who], family)["next"]
        assert (coming["what"], coming["name"], coming["late"]) == ("answer", BY_KEY["caseworker"].name, True)
    of_case = [it for it in waiting(village, "leader") if it["reference"] == family.case[:8]]
    assert [(it["name"], it["title"], it["late"]) for it in of_case] == [("Karen Lindqvist", "rådgiver", True)]
    assert set(of_case[0]) == {"kind", "reference", "name", "title", "asked_at", "due_on", "late", "step"}, "no child"
    assert of_case[0]["step"] is None, "and no words"
    village["caseworker"].did(answers(village["caseworker"], family, said))
    assert not [it for it in waiting(village, "leader") if it["reference"] == family.case[:8]]


def waiting(village: Village, who: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = village[who].did(village[who].get("/api/waiting"))["waiting"]
    return found


def test_the_leaders_list_is_empty_for_everybody_else(village: Village, family: Place) -> None:
    asked(village["mother"], family, publishes(village["caseworker"], family))
    assert waiting(village, "leader")
    for who in ("mother", "caseworker", "colleague", "teacher", "neighbour", "admin", "auditor", "outsider"):
        assert waiting(village, who) == [], who


def test_only_the_author_answers_and_the_caseworker_after_him(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    note = publishes(village["teacher"], family)
    said = asked(village["mother"], family, note)
    for who in ("caseworker", "mother"):
        assert answers(village[who], family, said).status_code == 403
    assert not reads_note(village["caseworker"], family, note)["responses"][0]["may_answer"]
    assert on_home(village["caseworker"], family)["to_answer"] == []
    village["mother"].ends(family, "teacher")
    [waits] = on_home(village["caseworker"], family)["to_answer"]
    assert waits["response"] == said["id"]
    assert on_home(village["mother"], family)["next"]["name"] == BY_KEY["caseworker"].name
    assert {it["name"] for it in waiting(village, "leader") if it["reference"] == family.case[:8]} == {
        "Karen Lindqvist"
    }
    village["caseworker"].did(answers(village["caseworker"], family, said))
    assert answers(village["teacher"], family, said).status_code == 404


@pytest.mark.parametrize("changes", [{"history": False}, {"history": True, "role": "support_person"}])
def test_an_author_who_comes_back_and_cannot_answer_keeps_nobody_from_it(
    village: Village, family: Place, changes: dict[str, Any]
) -> None:
    village.brings_in(family, "teacher", history=True)
    said = asked(village["mother"], family, publishes(village["teacher"], family))
    village["mother"].ends(family, "teacher")
    village.brings_in(family, "teacher", **changes)
    assert answers(village["teacher"], family, said).status_code in (403, 404)
    [waits] = on_home(village["caseworker"], family)["to_answer"]
    assert waits["response"] == said["id"]
    assert on_home(village["mother"], family)["next"]["name"] == BY_KEY["caseworker"].name
    assert {it["name"] for it in waiting(village, "leader") if it["reference"] == family.case[:8]} == {
        "Karen Lindqvist"
    }
    village["caseworker"].did(answers(village["caseworker"], family, said))


def test_the_leader_sees_what_nobody_is_left_to_answer(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother")
    asked(village["mother"], place, publishes(village["caseworker"], place))
    gone = "update memberships set ended_at = now() where thread_id = %s and role = 'caseworker' returning id"
    village.rows(gone, place.thread)
    [waits] = [it for it in waiting(village, "leader") if it["reference"] == place.case[:8]]
    assert (waits["name"], waits["title"]) == (None, "")


def test_there_is_one_answer_and_it_is_not_changed(village: Village, family: Place) -> None:
    note = publishes(village["caseworker"], family)
    said = asked(village["mother"], family, note)
    first = answers(village["caseworker"], family, said)
    assert answers(village["caseworker"], family, said).content == first.content, "sent again after a bad line"
    other = answers(village["caseworker"], family, said, "Noget andet")
    assert (other.status_code, other.json()["code"]) == (409, "already_settled")


def test_responding_again_is_the_same_response(village: Village, family: Place) -> None:
    note, same = publishes(village["caseworker"], family), str(uuid4())
    first = responds(village["mother"], family, note, id=same)
    assert responds(village["mother"], family, note, id=same).content == first.content
    for other in ({"words": "Andet"}, {"kind": "missing"}, {"box": "whole"}):
        refused = responds(village["mother"], family, note, id=same, **other)
        assert (refused.status_code, refused.json()["code"]) == (422, "id_reused")
    refused = responds(village["father"], family, note, id=same)
    assert (refused.status_code, refused.json()["code"]) == (422, "id_reused")


def test_it_is_refused_when_the_circle_changed(village: Village, family: Place) -> None:
    note = publishes(village["caseworker"], family)
    circle = village["mother"].sees(family)["circle"]
    said = asked(village["mother"], family, note, circle=circle)
    village.brings_in(family, "teacher")
    for refused in (
        responds(village["mother"], family, note, circle=circle),
        answers(village["caseworker"], family, said, circle=circle),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "circle_changed")


def test_a_note_can_be_disputed_and_is_answered_when_the_conversation_is_closed(
    village: Village, family: Place
) -> None:
    note = publishes(village["caseworker"], family)
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Vi er færdige"))
    said = asked(village["mother"], family, note)
    village["caseworker"].did(answers(village["caseworker"], family, said))
    assert village["mother"].post(f"{family.path}/messages", id=str(uuid4()), text="x").status_code == 409


def test_a_guest_without_the_history_sees_neither_the_note_nor_what_was_said_to_it(
    village: Village, family: Place
) -> None:
    note = publishes(village["caseworker"], family)
    village.brings_in(family, "teacher", history=False)
    said = asked(village["mother"], family, note)
    village["caseworker"].did(answers(village["caseworker"], family, said))
    assert village["teacher"].get(f"{family.path}/notes/{note['id']}").status_code == 404
    page = village["teacher"].get(f"{family.path}/messages").text
    assert said["words"] not in page
    assert "Det retter jeg." not in page
    assert on_home(village["teacher"], family)["next"]["what"] == "place_ends", "no answer that he cannot know of"
    assert responds(village["teacher"], family, note).status_code == 403
    village.rows(
        "update memberships set role = 'relative' where id = %s returning id",
        village["teacher"].sees(family)["me"]["membership"],
    )
    assert responds(village["teacher"], family, note).status_code == 404


def test_days_to_answer_are_the_municipalitys_to_set(village: Village, family: Place) -> None:
    """Each response keeps the last day it was given."""
    from app.settings import Settings

    assert Settings().note_answer_days == 7
    for wrong in (0, 61):
        with pytest.raises(ValueError, match="note_answer_days"):
            Settings(note_answer_days=wrong)
