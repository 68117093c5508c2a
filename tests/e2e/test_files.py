"""A photo from a phone, a document from a desk: shared, seen, fetched and taken back, with two people looking."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.attachments.sharing import pdf, photo, shared
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.people_of import Place


@pytest.fixture
def at_hand(tmp_path: Path) -> Path:
    (tmp_path / "skovtur.jpg").write_bytes(photo(640, 480))
    (tmp_path / "referat.pdf").write_bytes(pdf())
    (tmp_path / "program.exe").write_bytes(b"MZ" + bytes(90))
    return tmp_path


def chooses(person: OnScreen, file: Path) -> None:
    person.page.get_by_label(person.says("files.choose"), exact=True).set_input_files(file)


def test_a_photo_is_shared_seen_at_once_and_taken_back(screens: Screens, family: Place, at_hand: Path) -> None:
    mother, caseworker = screens.of("mother"), screens.of("caseworker", "desktop")
    for person in (mother, caseworker):
        person.goes_to(family)
    mother.presses("files.add")
    mother.presses("files.send")
    mother.reads(mother.says("files.nothing_chosen"))
    chooses(mother, at_hand / "skovtur.jpg")
    expect(mother.page.get_by_alt_text(mother.says("files.preview"))).to_be_visible()
    mother.fills("files.caption", "Emil med en frø i hånden")
    mother.looks_right("adding")
    mother.presses("files.send")
    for person in (mother, caseworker):
        seen = person.page.get_by_alt_text("Emil med en frø i hånden")
        seen.scroll_into_view_if_needed()
        expect(seen).to_be_visible(timeout=5000)
        assert seen.evaluate("it => it.complete && it.naturalWidth > 100"), "the picture itself, not only its frame"
        person.looks_right("shared")
    with caseworker.page.expect_download() as waiting:
        caseworker.presses("files.download", name="skovtur.jpg")
    assert waiting.value.suggested_filename == "skovtur.jpg"
    with Image.open(waiting.value.path()) as fetched:
        assert (fetched.size, dict(fetched.getexif())) == ((480, 640), {})
    mother.presses("files.withdraw")
    mother.reads(mother.says("files.withdraw_sure"))
    mother.presses("files.withdraw")
    for person in (mother, caseworker):
        person.reads(person.says("files.withdrawn", name="Mette Holm"), WITHIN_A_SECOND)
        expect(person.page.get_by_alt_text("Emil med en frø i hånden")).to_have_count(0)


def test_a_file_that_is_not_taken_says_why_and_another_may_be_chosen(
    screens: Screens, family: Place, at_hand: Path
) -> None:
    father = screens.of("father")
    father.goes_to(family)
    father.presses("files.add")
    chooses(father, at_hand / "program.exe")
    father.presses("files.send")
    father.reads(father.says("error.file_type"))
    father.looks_right("refused")
    chooses(father, at_hand / "referat.pdf")
    father.does_not_read(father.says("error.file_type"))
    father.presses("files.send")
    father.reads(father.says("files.download", name="referat.pdf"))


def test_a_file_that_is_too_big_is_told_so(screens: Screens, family: Place, at_hand: Path) -> None:
    father = screens.of("father")
    father.goes_to(family)
    father.presses("files.add")
    with (at_hand / "film.pdf").open("wb") as film:
        film.truncate(21_000_000)
    chooses(father, at_hand / "film.pdf")
    father.presses("files.send")
    father.reads(father.says("error.file_too_big"), 10_000)


def test_a_bus_in_a_tunnel_sends_it_again_and_it_stands_there_once(
    village: Village, screens: Screens, family: Place, at_hand: Path
) -> None:
    """The answer is lost on its way; the same file under the same id is the same file."""
    mother = screens.of("mother")
    mother.goes_to(family)
    lost = []

    def lose(route: object) -> None:
        if not lost:
            sent = (at_hand / "skovtur.jpg").read_bytes()  # a browser shows no body that is a file
            lost.append(route.fetch(post_data=sent).status)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    mother.page.route("**/attachments?*", lose)
    mother.presses("files.add")
    chooses(mother, at_hand / "skovtur.jpg")
    mother.presses("files.send")
    mother.reads(mother.says("error.offline"))
    assert lost == [201]
    mother.presses("common.retry")
    mother.page.get_by_alt_text("skovtur.jpg").first.scroll_into_view_if_needed()
    expect(mother.page.get_by_alt_text("skovtur.jpg")).to_have_count(1)
    expect(mother.page.get_by_role("form", name=mother.says("files.form"))).to_have_count(0)
    found = village["father"].did(village["father"].get(f"{family.path}/attachments"))["attachments"]
    assert len(found) == 1


def test_nobody_new_sees_it_unseen(village: Village, screens: Screens, family: Place, at_hand: Path) -> None:
    """Somebody came while the file was chosen: first that is looked at."""
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.presses("files.add")
    chooses(mother, at_hand / "skovtur.jpg")
    village.brings_in(family, "teacher", giver="father")
    mother.reads(mother.says("circle.changed"))
    mother.presses("files.send")
    assert village["father"].did(village["father"].get(f"{family.path}/attachments"))["attachments"] == []
    mother.finds("circle.accept").last.click()
    mother.presses("files.send")
    expect(mother.page.get_by_alt_text("skovtur.jpg")).to_have_count(1)


def test_the_page_of_files_lists_them_live(village: Village, screens: Screens, family: Place) -> None:
    shared(village["mother"], family, name="skovtur.jpg", caption="Emil i skoven")
    caseworker = screens.of("caseworker", "desktop")
    father = screens.of("father")
    for person in (caseworker, father):
        person.goes_to(f"/cases/{family.case}/threads/{family.thread}/files")
        person.reads("skovtur.jpg")
        person.looks_right("list")
    shared(village["mother"], family, pdf(), "referat.pdf")
    for person in (caseworker, father):
        person.reads("referat.pdf", 3000)
