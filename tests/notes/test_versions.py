"""Facts may be disputed, and corrected, but never overwritten; and what the child said is told as the child lets it."""

from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.notes.noting import NOTE, asked, corrects, publishes, reads_note, responds
from tests.people_of import Place
from tests.village import BY_KEY


def test_a_correction_leaves_both_versions_visible(village: Village, family: Place) -> None:
    note = publishes(village["caseworker"], family)
    with village["mother"].listens(family, after=village["mother"].sees(family)["seq"]) as ear:
        corrected = village["caseworker"].did(
            corrects(village["caseworker"], family, note, challenges="Han sover bedre.")
        )
        assert (corrected["version"], corrected["challenges"]) == (2, "Han sover bedre.")
        village["caseworker"].writes(family, "Rettet")
        ear.hears("Rettet")
    assert ear.frames[-2]["entries"][0]["kind"] == "note_corrected"
    mothers = reads_note(village["mother"], family, note)
    assert [(it["version"], it["challenges"]) for it in mothers["earlier"]] == [(1, NOTE["challenges"])]
    assert mothers["challenges"] == "Han sover bedre."


def test_a_correction_sent_twice_is_one_version_and_an_old_page_overwrites_nothing(
    village: Village, family: Place
) -> None:
    note = publishes(village["caseworker"], family)
    first = corrects(village["caseworker"], family, note, proposals="Ny plan")
    assert corrects(village["caseworker"], family, note, proposals="Ny plan").content == first.content
    refused = corrects(village["caseworker"], family, note, proposals="En tredje plan")
    assert (refused.status_code, refused.json()["code"]) == (409, "note_changed")
    assert corrects(village["caseworker"], family, note, version=99).json()["code"] == "note_changed"


def test_only_its_author_corrects_a_note(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    note = publishes(village["teacher"], family)
    assert corrects(village["caseworker"], family, note).status_code == 403
    assert corrects(village["mother"], family, note).status_code == 403
    assert [reads_note(village[who], family, note)["may_correct"] for who in ("teacher", "caseworker")] == [True, False]


def test_a_correction_does_not_take_away_what_was_said_to_the_note(village: Village, family: Place) -> None:
    note = publishes(village["caseworker"], family)
    said = asked(village["mother"], family, note)
    village["caseworker"].did(corrects(village["caseworker"], family, note, challenges="Han kommer til tiden."))
    [stands] = reads_note(village["mother"], family, note)["responses"]
    assert (stands["id"], stands["version"], stands["answer"]) == (said["id"], 1, None), "it is still to be answered"
    assert responds(village["mother"], family, note, version=3).status_code == 404


def test_the_database_itself_lets_nobody_change_what_a_note_said(village: Village, family: Place) -> None:
    publishes(village["caseworker"], family)
    with psycopg.connect(conninfo(village.urls.web)) as db:
        for table in ("notes", "note_versions", "responses", "response_answers", "summaries", "summary_settlements"):
            for verb in (f"update {table} set seq = 1", f"delete from {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(verb.encode())
                db.rollback()


@pytest.mark.parametrize("template", ["visit", "phone_call", "first_conversation", "assessment", "free"])
def test_a_note_says_what_it_was_written_after(village: Village, family: Place, template: str) -> None:
    note = publishes(village["caseworker"], family, template=template)
    assert reads_note(village["mother"], family, note)["template"] == template


@pytest.mark.parametrize(
    ("choice", "words", "status"),
    [
        ("own_words", "Jeg vil gerne sove hos mor i weekenden.", 201),
        ("summary", "Emil vil gerne være mere hos sin mor.", 201),
        ("kept", "", 201),
        ("none", "", 201),
        ("kept", "Han sagde noget alligevel", 422),
        ("none", "Han sagde noget alligevel", 422),
        ("own_words", "  ", 422),
        ("summary", "", 422),
    ],
)
def test_the_child_decides_what_is_told_of_its_view(
    village: Village, family: Place, choice: str, words: str, status: int
) -> None:
    body = NOTE | {"id": str(uuid4()), "child_view_choice": choice, "child_view": words}
    answer = village["caseworker"].post(f"{family.path}/notes", **body)
    assert answer.status_code == status
    if status == 201:
        mothers = reads_note(village["mother"], family, body)
        assert (mothers["child_view_choice"], mothers["child_view"]) == (choice, words)
    else:
        assert village["mother"].get(f"{family.path}/notes/{body['id']}").status_code == 404


def test_a_note_names_the_parents_whose_view_is_in_it(village: Village, family: Place) -> None:
    mother = village["mother"].sees(family)["me"]["membership"]
    note = publishes(village["caseworker"], family, heard=[mother])
    assert [it["name"] for it in reads_note(village["father"], family, note)["heard"]] == [BY_KEY["mother"].name]


def test_nobody_is_named_as_heard_who_is_not_an_adult_of_this_family(village: Village, family: Place) -> None:
    elsewhere = village["caseworker"].opens_dialogue("father")
    village.brings_in(family, "teacher")
    outside = (
        village["father"].sees(elsewhere)["me"]["membership"],
        village["teacher"].sees(family)["me"]["membership"],
        village["caseworker"].sees(family)["me"]["membership"],
        str(uuid4()),
    )
    mother = village["mother"].sees(family)["me"]["membership"]
    twice = NOTE | {"id": str(uuid4()), "heard": [mother, mother]}
    assert village["caseworker"].post(f"{family.path}/notes", **twice).status_code == 404
    for place in outside:
        body = NOTE | {"id": str(uuid4()), "heard": [place]}
        assert village["caseworker"].post(f"{family.path}/notes", **body).status_code == 404
