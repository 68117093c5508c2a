"""Scenario 2: a pedagogue asks for advice without naming the child, and takes the next step herself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.dates import today
from app.text import text
from tests.conftest import Village
from tests.consultations.asking import asked, routed, says
from tests.e2e.conftest import Screens
from tests.village import BY_KEY, UNITS

WORRY = "Et barn trækker sig, når det bliver hentet. Hvordan taler jeg med forældrene?"
ADVICE = "Fortæl, hvad du har set, og spørg, hvad de selv ser."


@pytest.fixture(autouse=True)
def _rule(village: Village) -> Iterator[None]:
    """The health visitors' questions go to the caseworker of another municipality: neither is counted elsewhere."""
    with routed(village, UNITS["healthvisitors"][0], "neighbour"):
        yield


def test_a_pedagogue_is_answered_the_same_day_and_opens_a_dialogue_with_the_parents(
    village: Village, screens: Screens
) -> None:
    birgit, vibeke = screens.of("healthvisitor", "phone"), screens.of("neighbour", "desktop")
    birgit.presses("consult.title")
    birgit.reads(text("consult.urgent"))
    birgit.looks_right("list")
    birgit.presses("consult.ask")
    birgit.reads(text("consult.no_name"))
    birgit.presses("consult.send")
    birgit.reads(text("consult.words_missing"))
    birgit.looks_right("ask-wrong")
    birgit.ticks("consult.area_wellbeing")
    birgit.fills("consult.words", WORRY + " 301015-1234")
    birgit.presses("consult.send")
    birgit.reads(text("error.names_a_child"))
    birgit.fills("consult.words", WORRY)
    birgit.page.reload()
    expect(birgit.page.get_by_label(text("consult.words"))).to_have_value(WORRY)
    birgit.presses("consult.send")
    birgit.reads(text("consult.at", name=BY_KEY["neighbour"].name, title="rådgiver"))
    birgit.looks_right("asked")

    vibeke.reads(f"{BY_KEY['healthvisitor'].name} spørger om råd.")
    vibeke.looks_right("home")
    vibeke.presses("home.task_look")
    vibeke.reads(WORRY)
    vibeke.page.get_by_label(text("consult.reply", name=BY_KEY["healthvisitor"].name)).fill(ADVICE)
    vibeke.presses("consult.reply_send")
    birgit.reads(ADVICE)
    vibeke.looks_right("answered")

    birgit.ticks("consult.outcome_talk_with_parents")
    birgit.presses("consult.close")
    birgit.reads(text("consult.next_help"))
    birgit.looks_right("closed")
    vibeke.reads(text("consult.outcome_talk_with_parents"))
    birgit.presses("consult.next")
    purpose = birgit.page.get_by_label(text("new.purpose"))
    expect(purpose).to_have_value(text("consult.purpose_wellbeing"))


def test_a_late_answer_stands_on_both_pages_and_on_the_leaders(village: Village, screens: Screens) -> None:
    with routed(village, UNITS["psychology"][0], "leader"):
        one = asked(village["psychologist"], words="Hvem kan hjælpe et barn, der ikke vil i skole?")
    due = today() - timedelta(days=4)
    village.rows("update consultations set due_on = %s where id = %s returning id", due, one["id"])
    for who in ("psychologist", "leader"):
        screen = screens.of(who, "phone")
        screen.goes_to("/consultations")
        screen.reads(text("note.late"))
        screen.looks_right("late")
    leader = screen
    leader.goes_to("/")
    leader.reads(text("waiting.advice_title"))
    leader.reads(text("waiting.advice", reference=one["id"][:8]))
    leader.looks_right("late-home")
    village["leader"].did(says(village["leader"], one, "Ring til PPR."))


def test_a_caseworker_who_goes_on_holiday_says_so_on_her_own_page(village: Village, screens: Screens) -> None:
    vibeke = screens.of("neighbour", "phone")
    vibeke.goes_to("/me")
    vibeke.fills("me.absence_from", "24-12-2026")
    vibeke.fills("me.absence_to", "23-12-2026")
    vibeke.presses("me.absence_save")
    vibeke.reads(text("me.absence_order"))
    vibeke.fills("me.absence_to", "2-1-2027")
    vibeke.presses("me.absence_save")
    vibeke.reads(text("me.absence_now", **{"from": "24. december 2026", "to": "2. januar 2027"}))
    vibeke.looks_right("absence")
    vibeke.presses("me.absence_end")
    vibeke.does_not_read("Du er væk fra")
    assert village["neighbour"].did(village["neighbour"].get("/api/me/absence")) == {"absence": None}
