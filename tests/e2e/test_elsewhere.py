"""A notification turns out to be about danger: on a phone, from the assessment to where it is no longer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.text import text
from tests.concerns.notifying import REGISTERED, SEEN, notified
from tests.conftest import Village
from tests.consultations.asking import routed
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.village import UNITS


@pytest.fixture(autouse=True)
def _rule(village: Village) -> Iterator[None]:
    """As in test_concerns.py: neither is counted elsewhere."""
    with routed(village, UNITS["jobcentre"][0], "neighbour"):
        yield


def sends_the_form(somebody: OnScreen) -> None:
    somebody.page.locator("form").get_by_role("button", name=text("concern.elsewhere"), exact=True).click()


def test_danger_leads_out_of_the_queue_and_the_words_are_gone(village: Village, screens: Screens) -> None:
    sent = notified(village["jobadviser"])
    vibeke, bo = screens.of("neighbour", "phone"), screens.of("jobadviser", "phone")
    for one in (vibeke, bo):
        one.goes_to(f"/concerns/{sent['id']}")
        one.reads(SEEN)
    vibeke.ticks("stages.danger_yes")
    vibeke.reads(text("concern.danger_help"))
    vibeke.looks_right("danger")
    vibeke.presses("concern.elsewhere")
    expect(vibeke.page.get_by_role("heading", name=text("concern.handle"))).to_be_focused()
    vibeke.reads(text("error.receipt_first"))
    vibeke.looks_right("receipt-first")
    vibeke.page.locator("form").get_by_role("button", name=text("concern.act_receipt"), exact=True).click()
    vibeke.ticks("concern.way_here")
    vibeke.presses("concern.receipt")
    bo.reads("Vi har modtaget den og læst den.")

    vibeke.reads(text("concern.elsewhere_gone"))
    sends_the_form(vibeke)
    vibeke.reads(text("concern.elsewhere_missing"))
    vibeke.reads(text("concern.elsewhere_seen_missing"))
    vibeke.looks_right("wrong")
    vibeke.fills("concern.reason_elsewhere", REGISTERED)
    sends_the_form(vibeke)
    expect(vibeke.page.get_by_label(text("concern.elsewhere_seen"), exact=True)).to_be_focused()
    vibeke.ticks("concern.elsewhere_seen")
    vibeke.looks_right("settling")
    sends_the_form(vibeke)
    vibeke.reads(text("concern.taken_out"))
    vibeke.reads(REGISTERED)
    vibeke.does_not_read(SEEN)
    vibeke.looks_right("taken-out")

    bo.reads(text("concern.taken_out_own"))
    bo.does_not_read(SEEN)
    bo.does_not_read(REGISTERED)
    bo.looks_right("told")
    for one in (vibeke, bo):
        one.goes_to("/concerns")
        one.reads(text("concern.taken_out_head"))
        one.looks_right("list")
