"""A mother asks to be rung up and knows until when; what took place is a tap; a number is a tap away."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from app.clocks import Clock, due
from app.dates import now
from tests.conftest import Village
from tests.contacts.calling import asks, keeps_card
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.people_of import Place
from tests.village import BY_KEY

KAREN, METTE = BY_KEY["caseworker"].name, BY_KEY["mother"].name
WORDS = "Emil vil ikke i skole, og jeg ved ikke, hvad jeg skal gøre."


def promised(person: OnScreen) -> str:
    day = due(Clock.callback, now()).day
    months = person.says("paper.months").split()
    return person.says("contact.by_day", name=KAREN, date=f"{day.day}. {months[day.month - 1]} {day.year}")


def test_a_mother_on_her_phone_asks_and_karen_rings(village: Village, screens: Screens, family: Place) -> None:
    mother, caseworker = screens.of("mother"), screens.of("caseworker", "desktop")
    caseworker.goes_to(family)
    mother.goes_to(family)
    mother.presses("contact.title")
    mother.reads(mother.says("contact.number_not_here"))
    mother.fills("contact.words", WORDS)
    mother.fills("contact.suits", "efter kl. 15")
    mother.looks_right("asking")
    mother.presses("contact.ask_send", name=KAREN)
    heading = mother.page.get_by_role("heading", name=mother.says("contact.asked_me"), exact=True)
    expect(heading).to_be_focused()
    mother.reads(promised(mother))
    mother.looks_right("promised")
    asked = caseworker.page.get_by_role("region", name=caseworker.says("contact.asked_by", name=METTE))
    expect(asked).to_contain_text(promised(caseworker), timeout=WITHIN_A_SECOND)
    expect(asked).to_contain_text(WORDS)
    caseworker.looks_right("to-ring")
    caseworker.presses("contact.no_answer")
    mother.reads(mother.says("contact.tried_one"), WITHIN_A_SECOND)
    caseworker.presses("contact.reached")
    expect(asked).to_have_count(0)
    expect(heading).to_have_count(0, timeout=WITHIN_A_SECOND)
    mother.reads("og de fik talt sammen")
    mother.presses("thread.back_to")
    mother.reads(mother.says("kind.callback_answered", author=KAREN))


def test_a_late_call_reads_the_same_for_both_and_the_leader_opens_the_list_behind_the_number(
    village: Village, screens: Screens, family: Place
) -> None:
    asked = village["mother"].did(asks(village["mother"], family, WORDS))
    past = "due_on = current_date - 3, asked_at = now() - interval '4 days'"
    village.rows(f"update callbacks set {past} where id = %s returning id", asked["id"])
    said = set()
    for person in (screens.of("mother"), screens.of("caseworker")):
        person.goes_to(family)
        line = person.page.locator(".pinned .late")
        expect(line).to_contain_text(f"{KAREN} skulle have ringet")
        said.add(line.inner_text())
        person.looks_right("late")
    assert len(said) == 1, "the same words for everybody"
    leader = screens.of("leader")
    mine = leader.page.locator(".thread-line").filter(has_text=family.case[:8])
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text(leader.says("note.late"))
    figure = leader.page.get_by_role("button", name=re.compile("blev ringet op til tiden"))
    counted = int(re.findall(r"\d+", figure.inner_text())[1])
    figure.click()
    shown = leader.page.get_by_role("region", name=leader.says("first_calls.title")).locator(".thread-line")
    expect(shown).to_have_count(counted)
    expect(mine).to_have_count(2)
    leader.does_not_read(WORDS)
    leader.looks_right("leader")


def test_one_tap_writes_down_a_visit_and_one_takes_it_back(village: Village, screens: Screens, family: Place) -> None:
    mother, caseworker = screens.of("mother"), screens.of("caseworker")
    mother.goes_to(family)
    caseworker.goes_to(family)
    caseworker.presses("contact.log_visit")
    mother.reads(f"{KAREN} skrev op: besøg, i dag", WITHIN_A_SECOND)
    caseworker.looks_right("logged")
    caseworker.presses("contact.undo")
    mother.reads(mother.says("contact.withdrawn_line", author=KAREN), WITHIN_A_SECOND)
    caseworker.presses("contact.title")
    caseworker.ticks("contact.kind_meeting")
    caseworker.ticks("contact.at_earlier")
    day = (now() - timedelta(days=2)).strftime("%d-%m-%Y")
    caseworker.fills("contact.at_day", day)
    caseworker.fills("contact.at_time", "19.30")
    caseworker.fills("contact.who", "Emil og mor")
    caseworker.looks_right("log-form")
    caseworker.presses("contact.log_save")
    mother.reads(f"{KAREN} skrev op: møde med Emil og mor", WITHIN_A_SECOND)
    mother.reads("kl. 19.30")
    mother.looks_right("lines")


def test_from_home_a_call_is_one_tap_too(village: Village, screens: Screens) -> None:
    place = village["teacher"].opens_dialogue("fosterparent")
    teacher = screens.of("teacher")
    case = teacher.page.locator(".case").filter(has=teacher.page.locator(f'a[href="/cases/{place.case}"]'))
    case.get_by_role("button", name=teacher.says("contact.log_call")).click()
    expect(case).to_contain_text("Det er skrevet op: Opkald")
    assert village["fosterparent"].reads(place)[-1]["kind"] == "contact_logged"


def test_a_card_is_kept_on_ones_own_page_and_a_number_is_a_tap_away(
    village: Village, screens: Screens, family: Place
) -> None:
    village.brings_in(family, "psychologist")
    psychologist = screens.of("psychologist", "desktop")
    psychologist.goes_to("/me")
    psychologist.fills("contact.mine_phone", "ring til mig")
    psychologist.presses("contact.mine_button")
    psychologist.reads(psychologist.says("contact.mine_phone_missing"))
    psychologist.fills("contact.mine_phone", "70 22 33 44")
    psychologist.fills("contact.mine_hours", "mandag kl. 8-9")
    psychologist.presses("contact.mine_button")
    psychologist.reads(psychologist.says("contact.mine_saved"))
    psychologist.looks_right("card")
    village["caseworker"].did(keeps_card(village["caseworker"]))
    mother = screens.of("mother")
    for page in (f"/cases/{family.case}/threads/{family.thread}", f"/cases/{family.case}"):
        mother.goes_to(page)
        link = mother.page.get_by_role("link", name="70 22 33 44")
        expect(link).to_have_attribute("href", "tel:70223344")
    mother.reads(mother.says("contact.hours", hours="mandag kl. 8-9"))
    mother.looks_right("case")
