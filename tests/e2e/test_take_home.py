"""Promise 13 in a browser: a tap, and the file is on the phone. It says how to treat it, and what went wrong."""

from io import BytesIO
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Download, expect
from pypdf import PdfReader

from app.dates import today
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.notes.noting import publishes
from tests.people_of import Place
from tests.records.story import words_of


def taken(person: OnScreen, what: str, form: str = "pdf") -> Download:
    with person.page.expect_download() as found:
        person.presses(f"take_home.as_{'data' if form == 'json' else 'pdf'}", what=person.says(f"take_home.{what}"))
    assert found.value.suggested_filename == f"rundtom-{today()}.{form}"
    return found.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_the_mother_takes_the_conversation_home_from_her_phone(
    village: Village, screens: Screens, family: Place
) -> None:
    village["mother"].writes(family, "Æblet faldt ikke så langt")
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.presses("take_home.title")
    mother.reads(mother.says("take_home.care"))
    mother.looks_right("choices")
    assert "Æblet faldt ikke så langt" in words_of(content(taken(mother, "thread")))
    mother.reads(mother.says("take_home.done"))
    mother.looks_right("done")
    assert "Rapport om Emil" in words_of(content(taken(mother, "report")))
    data = orjson.loads(content(taken(mother, "thread", "json")))
    assert data["threads"][0]["entries"][-1]["text"] == "Æblet faldt ikke så langt"


def test_a_note_is_taken_home_from_where_it_stands(village: Village, screens: Screens, family: Place) -> None:
    publishes(village["caseworker"], family)
    father = screens.of("father", "desktop")
    father.goes_to(family)
    father.presses("take_home.note_link")
    father.reads(father.says("take_home.note_help"))
    father.looks_right("note")
    made = content(taken(father, "note"))
    assert "Note om Emil" in words_of(made)
    assert len(PdfReader(BytesIO(made)).pages) == 1


def test_all_conversations_are_taken_home_from_the_case(village: Village, screens: Screens, family: Place) -> None:
    caseworker = screens.of("caseworker", "desktop")
    caseworker.goes_to(f"/cases/{family.case}")
    caseworker.presses("take_home.title")
    caseworker.reads(caseworker.says("take_home.logged"))
    caseworker.looks_right("case")
    assert "Samtalerne om Emil" in words_of(content(taken(caseworker, "case")))
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/looks")
    mother.reads(mother.says("looks.what.export_case"))


@pytest.mark.parametrize(("status", "code"), [(503, "copy_busy"), (429, "too_many")])
def test_what_does_not_come_says_so_and_can_be_tried_again(
    village: Village, screens: Screens, family: Place, status: int, code: str
) -> None:
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/take-home")
    refused = {"code": code, "title": "x", "status": status, "type": "about:blank"}
    mother.page.route("**/export?*", lambda it: it.fulfill(status=status, json=refused))
    mother.presses("take_home.as_pdf", what=mother.says("take_home.thread"))
    mother.reads(mother.says(f"error.{code}"))
    mother.does_not_read(mother.says("take_home.done"))
    mother.looks_right(code)
    mother.page.unroute("**/export?*")
    assert content(taken(mother, "thread"))[:4] == b"%PDF"
    mother.does_not_read(mother.says(f"error.{code}"))


def test_whoever_may_not_is_not_offered_it(village: Village, screens: Screens, family: Place) -> None:
    village.brings_in(family, "interpreter", role="interpreter", capacity="tolk", history=True)
    interpreter = screens.of("interpreter")
    interpreter.goes_to(family)
    expect(interpreter.finds("thread.people").first).to_be_visible()
    expect(interpreter.finds("take_home.title")).to_have_count(0)
