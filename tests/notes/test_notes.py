"""Promise 6: challenges, resources, proposed solutions; never without resources."""

from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.people_of import Place

NOTE = {
    "challenges": "Emil sover dårligt og kommer for sent.",
    "resources": "Emil er glad for sin lærer. Mor og far taler godt sammen.",
    "proposals": "Vi prøver en fast sengetid i tre uger.",
}


def test_the_family_reads_the_note_that_the_caseworker_published(village: Village, family: Place) -> None:
    note = village["caseworker"].did(village["caseworker"].post(f"{family.path}/notes", id=str(uuid4()), **NOTE))
    assert note["author"]["capacity"] == "rådgiver"
    page = village["mother"].did(village["mother"].get(f"{family.path}/messages"))
    assert page["entries"][-1]["kind"] == "note_published"
    mothers = village["mother"].did(village["mother"].get(f"{family.path}/notes/{note['id']}"))
    # It says the same to everybody; only what may be done with it is each reader's own.
    assert page["notes"] == [mothers] == [note | {"may_correct": False}]


@pytest.mark.parametrize("resources", ["", " \n ", None])
def test_a_note_without_resources_cannot_be_published(village: Village, family: Place, resources: str | None) -> None:
    body = NOTE | {"id": str(uuid4()), "resources": resources}
    answer = village["caseworker"].post(f"{family.path}/notes", **body)
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "resources")


def test_publishing_again_is_the_same_note(village: Village, family: Place) -> None:
    body = NOTE | {"id": str(uuid4())}
    first = village["caseworker"].post(f"{family.path}/notes", **body)
    assert village["caseworker"].post(f"{family.path}/notes", **body).content == first.content
    other = village["caseworker"].post(f"{family.path}/notes", **body | {"resources": "Andet"})
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")


def test_the_family_does_not_write_professional_notes(village: Village, family: Place) -> None:
    answer = village["mother"].post(f"{family.path}/notes", id=str(uuid4()), **NOTE)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_note_is_refused_when_the_circle_changed(village: Village, family: Place) -> None:
    circle = village["caseworker"].sees(family)["circle"]
    village.brings_in(family, "teacher")
    answer = village["caseworker"].post(f"{family.path}/notes", id=str(uuid4()), circle=circle, **NOTE)
    assert (answer.status_code, answer.json()["code"]) == (409, "circle_changed")
