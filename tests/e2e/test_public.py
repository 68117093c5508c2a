"""A citizen in front of the pages that need no login and no script: with the keyboard, on a phone and at a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.text import text
from tests.citizens.passer_by import DANGER, FORM, RECEIVED, START
from tests.concerns.notifying import assesses, receipts, settles
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen

WORDS = "Drengen på tredje sal står tit alene på trappen om aftenen."


@pytest.fixture(autouse=True)
def _handled(village: Village) -> Iterator[None]:
    """What came is settled afterwards: the caseworker's home is other tests' too."""
    yield
    caseworker = village["caseworker"]
    for (one,) in village.rows("select id::text from concerns where words = %s", WORDS):
        for answer in (
            assesses(caseworker, one),
            receipts(caseworker, one, "phone"),
            settles(caseworker, one, "nothing_more"),
        ):
            assert answer.status_code in (201, 403, 409), answer.text


class Keys:
    """Only the keyboard, and where it stands."""

    def __init__(self, screen: OnScreen) -> None:
        self.page = screen.page

    def at(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))

    def to(self, place: str) -> None:
        """By the tabulator, however far it is."""
        for _ in range(40):
            if self.at() == place:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {place}")

    def writes(self, field: str, words: str) -> None:
        self.to(field)
        self.page.keyboard.insert_text(words)

    def presses(self, key: str) -> None:
        self.to(text(key))
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_neighbour_writes_by_keyboard_without_javascript(village: Village, screens: Screens, size: str) -> None:
    gerda = screens.of(None, size, java_script_enabled=False)
    keys = Keys(gerda)
    gerda.goes_to(START)
    keys.presses("public.first_no")
    gerda.reads(text("public.form_lead"))
    keys.presses("public.send")
    gerda.reads(text("public.not_sent"))
    assert keys.at() == "faults", "whoever cannot see is told at once"
    keys.presses("public.fault_words")
    assert keys.at() == "words", "the list leads there"
    keys.page.keyboard.insert_text(WORDS)
    keys.to("parents_told")
    keys.page.keyboard.press("ArrowDown")
    expect(gerda.page.get_by_label(text("public.told_no"), exact=True)).to_be_checked()
    keys.to("who")
    keys.page.keyboard.press("Space")
    keys.writes("name", "Gerda Thorsen")
    keys.writes("contact", "12 34 56 78")
    keys.presses("public.send")
    gerda.reads(text("public.fault_child_name"))
    expect(gerda.page.locator("#words")).to_have_value(WORDS)
    keys.presses("public.fault_child_name")
    keys.writes("child_place", "Skovvej 4")
    keys.to("area")
    keys.page.keyboard.press("Space")
    keys.presses("public.send")
    gerda.reads(text("public.received_lead"))
    assert gerda.page.url.endswith(RECEIVED)

    [one] = village.rows("select id::text from concerns where words = %s order by received_at desc limit 1", WORDS)
    there = village["caseworker"].did(village["caseworker"].get(f"/api/concerns/{one[0]}"))
    assert (there["words"], there["notifier"]["name"], there["source"]) == (WORDS, "Gerda Thorsen", "citizen")
    assert there["child_details"].endswith("Skovvej 4")


@pytest.mark.parametrize("size", ["phone", "desktop", "narrow"])
def test_every_page_looks_right(screens: Screens, size: str) -> None:
    """Axe is a script: here it may run, though the pages have none."""
    somebody = screens.of(None, size)
    for name, path in {"start": START, "danger": DANGER, "form": FORM, "received": RECEIVED}.items():
        somebody.goes_to(path)
        assert somebody.page.locator("script").count() == 0
        somebody.looks_right(f"{name}-{size}")
    somebody.goes_to(FORM)
    somebody.ticks("public.named")
    somebody.fills("public.words", WORDS)
    somebody.presses("public.send")
    somebody.reads(text("public.fault_child_name"))
    somebody.looks_right(f"faults-{size}")


def test_it_is_read_in_english(screens: Screens) -> None:
    somebody = screens.of(None, "phone")
    somebody.goes_to(START)
    somebody.page.get_by_role("link", name="English").click()
    somebody.language = "en"
    somebody.reads(text("public.title", "en"))
    somebody.looks_right("start")
    somebody.presses("public.first_no")
    somebody.looks_right("form")
    somebody.presses("public.send")
    somebody.reads(text("public.not_sent", "en"))


def test_danger_is_not_written_but_said(screens: Screens) -> None:
    somebody = screens.of(None, "phone", java_script_enabled=False)
    somebody.goes_to(START)
    somebody.presses("public.first_yes")
    somebody.reads(text("public.danger_silent"))
    expect(somebody.page.get_by_role("link", name=text("public.danger_112"))).to_have_attribute("href", "tel:112")
    expect(somebody.page.locator("form")).to_have_count(0)


def test_the_way_there_stands_on_the_login_page_with_and_without_javascript(screens: Screens) -> None:
    with_script = screens.of(None, "phone")
    with_script.goes_to("/login")
    with_script.presses("login.worried_help")
    with_script.reads(text("public.lead"))
    without = screens.of(None, "phone", java_script_enabled=False)
    without.page.goto("/login")
    without.page.get_by_role("link", name="Er du bekymret for et barn?").click()
    without.reads(text("public.lead"))
