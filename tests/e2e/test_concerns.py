"""A professional notifies, and the caseworker handles it: both in front of their screens at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.text import text
from tests.concerns.notifying import SAYS, SEEN, WHY, notified, older
from tests.conftest import Village
from tests.consultations.asking import routed
from tests.e2e.conftest import Screens
from tests.village import BY_KEY, UNITS


@pytest.fixture(autouse=True)
def _rule(village: Village) -> Iterator[None]:
    """The job centre's go to the caseworker of another municipality: neither is counted elsewhere."""
    with routed(village, UNITS["jobcentre"][0], "neighbour"):
        yield


def test_a_professional_notifies_and_hears_what_came_of_it(village: Village, screens: Screens) -> None:
    bo, vibeke = screens.of("jobadviser", "phone"), screens.of("neighbour", "desktop")
    place = village["neighbour"].opens_dialogue("outsider", child_name="Storm")
    bo.presses("concern.title")
    bo.reads(text("consult.urgent"))
    bo.looks_right("list")
    bo.presses("concern.new")
    bo.reads(text("concern.duty"))
    bo.ticks("concern.danger_yes")
    bo.reads(text("concern.danger_help"))
    expect(bo.page.get_by_label(text("concern.words"), exact=True)).to_have_count(0)
    bo.looks_right("danger")
    bo.ticks("concern.danger_no")
    bo.presses("concern.send")
    bo.reads(text("concern.child_name_missing"))
    bo.looks_right("wrong")
    bo.fills("concern.child_name", "Storm")
    bo.ticks("consult.area_wellbeing")
    bo.fills("concern.words", SEEN)
    bo.fills("concern.child_words", SAYS)
    bo.ticks("concern.told_yes")
    bo.page.reload()
    expect(bo.page.get_by_label(text("concern.words"), exact=True)).to_have_value(SEEN)
    bo.presses("concern.send")
    bo.reads(text("concern.at", name=BY_KEY["neighbour"].name, title="rådgiver"))
    bo.looks_right("sent")

    vibeke.reads("En ny underretning. Vurder fare senest")
    vibeke.looks_right("home")
    vibeke.presses("home.task_look")
    vibeke.reads(SEEN)
    vibeke.ticks("stages.danger_no")
    vibeke.fills("concern.assess_words", WHY)
    vibeke.looks_right("assessing")
    vibeke.presses("concern.assess")
    vibeke.reads(text("concern.done_danger_assessed"))
    vibeke.presses("concern.act_receipt")
    vibeke.ticks("concern.way_here")
    vibeke.presses("concern.receipt")
    bo.reads("Vi har modtaget den og læst den.")
    vibeke.ticks("concern.outcome_case")
    vibeke.page.get_by_label("Storm", exact=True).check()
    expect(vibeke.page.get_by_label(text("concern.family_reads"), exact=True)).to_have_value(SEEN)
    vibeke.looks_right("settling")
    vibeke.page.locator("form").get_by_role("button", name=text("concern.settle"), exact=True).click()
    vibeke.reads(text("concern.outcome_case"))
    bo.reads(text("concern.became_case"))
    bo.looks_right("told")
    bo.does_not_read(WHY)
    vibeke.presses("concern.to_case")
    vibeke.reads(f"Det kom fra {BY_KEY['jobadviser'].name}")
    assert village["outsider"].sees(place)["standing"]["next"] == "screened"


def test_what_is_late_stands_on_the_caseworkers_page_and_on_the_leaders(village: Village, screens: Screens) -> None:
    with routed(village, UNITS["psychology"][0], "leader"):
        sent = notified(village["psychologist"])
    older(village, sent, 25)
    leader = screens.of("leader", "phone")
    leader.goes_to("/concerns")
    leader.reads(text("note.late"))
    leader.looks_right("late")
    leader.goes_to("/")
    leader.reads(text("waiting.concern", reference=sent["id"][:8]))
    leader.looks_right("late-home")
