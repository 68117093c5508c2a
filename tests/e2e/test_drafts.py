"""Promise 9 on a screen: the session ends in the middle of a sentence, and the sentence is there on another device."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.e2e.test_session import change
from tests.notes.noting import publishes
from tests.people_of import Place, until

HALF = "Emil var hos sin mormor i nat, og jeg vil gerne si"


def draft_saved(person: OnScreen) -> None:
    expect(person.page.get_by_text(re.compile(person.says("draft.saved", time=r"\d\d.\d\d")))).to_be_visible()


def in_form(person: OnScreen, key: str) -> str:
    return person.page.get_by_label(person.says(key), exact=True).first.input_value()


@pytest.mark.parametrize(
    ("who", "page", "field"),
    [
        ("mother", "", "composer.label"),
        ("caseworker", "", "composer.label"),
        ("caseworker", "/note", "write.resources"),
        ("caseworker", "/note", "write.proposals"),
        ("caseworker", "/status", "status.words"),
    ],
)
def test_a_session_that_ends_mid_sentence_loses_nothing(
    village: Village, screens: Screens, family: Place, who: str, page: str, field: str
) -> None:
    here = f"/cases/{family.case}/threads/{family.thread}{page}"
    phone = screens.of(who)
    phone.goes_to(here)
    phone.fills(field, HALF)
    draft_saved(phone)
    phone.looks_right(f"saved{page.replace('/', '-')}-{field}")
    change(village, phone, "ended_at = now()")
    phone.page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(phone.page).to_have_url(re.compile("/login"))
    desk = screens.of(who, "desktop")
    desk.goes_to(here)
    assert in_form(desk, field) == HALF
    # Another form is empty: the same in another conversation, and the composer beside a note.
    other = village["caseworker"].opens_dialogue("mother", "father")
    desk.goes_to(f"/cases/{other.case}/threads/{other.thread}{page}")
    assert in_form(desk, field) == ""
    if page:
        desk.goes_to(family)
        assert in_form(desk, "composer.label") == ""
    # And another person sees nothing of it.
    father = screens.of("father")
    father.goes_to(family)
    father.does_not_read(HALF)
    assert in_form(father, "composer.label") == ""


def test_what_was_sent_is_not_a_draft_any_more(village: Village, screens: Screens, family: Place) -> None:
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.fills("composer.label", HALF)
    draft_saved(phone)
    phone.presses("composer.send")
    phone.reads(HALF)
    until(lambda: village["mother"].sees(family)["drafts"] == [])
    phone.page.reload()
    assert in_form(phone, "composer.label") == ""
    assert village["mother"].texts(family) == [HALF]


def test_what_could_not_be_sent_is_on_the_other_device_too(village: Village, screens: Screens, family: Place) -> None:
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.fills("composer.label", HALF)
    draft_saved(phone)
    phone.context.set_offline(True)
    phone.presses("composer.send")
    phone.reads(phone.says("outbox.not_sent"))
    desk = screens.of("mother", "desktop")
    desk.goes_to(family)
    assert in_form(desk, "composer.label") == HALF
    phone.context.set_offline(False)
    phone.presses("common.retry")
    expect(phone.page.locator(".bubble-out")).to_have_count(0)
    until(lambda: village["mother"].sees(family)["drafts"] == [])


def test_two_screens_at_once_show_both_texts(village: Village, screens: Screens, family: Place) -> None:
    phone, desk = screens.of("mother"), screens.of("mother", "desktop")
    for screen in (phone, desk):
        screen.goes_to(family)
    phone.fills("composer.label", "Skrevet i bussen")
    draft_saved(phone)
    desk.fills("composer.label", "Skrevet hjemme")
    desk.reads(desk.says("draft.elsewhere"))
    desk.reads("Skrevet i bussen")
    desk.looks_right("elsewhere")
    desk.presses("draft.use_other")
    assert in_form(desk, "composer.label") == "Skrevet i bussen"
    desk.fills("composer.label", "Skrevet i bussen, og hjemme")
    draft_saved(desk)
    until(lambda: "og hjemme" in village["mother"].sees(family)["drafts"][0]["text"])


def test_a_dialogue_that_is_not_opened_yet_is_kept_across_devices(village: Village, screens: Screens) -> None:
    phone = screens.of("interpreter")
    phone.goes_to("/new")
    phone.fills("new.purpose", HALF)
    draft_saved(phone)
    desk = screens.of("interpreter", "desktop")
    desk.goes_to("/new")
    assert in_form(desk, "new.purpose") == HALF
    desk.fills("new.purpose", "")
    until(lambda: village["interpreter"].did(village["interpreter"].get("/api/drafts"))["drafts"] == [])


def test_logging_out_keeps_the_last_word_on_the_server_and_nothing_in_the_browser(
    village: Village, screens: Screens, family: Place
) -> None:
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.fills("composer.label", HALF)
    phone.presses("shell.logout")
    expect(phone.page).to_have_url(re.compile("/login|/session/end|logout"))
    [kept] = village["mother"].sees(family)["drafts"]
    assert HALF in kept["text"]
    phone.page.goto("/login")
    assert HALF not in phone.page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")


def test_home_says_where_something_is_begun(village: Village, screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.fills("composer.label", HALF)
    draft_saved(mother)
    mother.goes_to("/")
    line = mother.page.locator(f'.cases a[href$="{family.thread}"]')
    expect(line.get_by_text(mother.says("draft.tag"), exact=True)).to_be_visible()


def test_a_page_that_is_reloaded_right_after_send_does_not_offer_the_text_again(
    village: Village, screens: Screens, family: Place
) -> None:
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.fills("composer.label", HALF)
    with phone.page.expect_request("**/messages"):
        phone.presses("composer.send")
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    until(lambda: village["mother"].texts(family) == [HALF])
    phone.page.reload()
    phone.reads(HALF)
    assert in_form(phone, "composer.label") == ""
    assert village["mother"].sees(family)["drafts"] == []


def test_what_is_typed_while_a_comment_is_on_its_way_is_kept(village: Village, screens: Screens, family: Place) -> None:
    publishes(village["caseworker"], family)
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.presses("note.said_not_right")
    phone.fills("reply.not_right", "Han kom til tiden.")
    held: list[Route] = []
    phone.page.route("**/responses", lambda route: held.append(route))
    phone.presses("reply.send")
    until_held(phone, held)
    phone.fills("reply.not_right", "Han kom til tiden. Også i går.")
    held[0].continue_()
    phone.reads("Han kom til tiden.")
    expect(phone.page.get_by_label(phone.says("reply.not_right"), exact=True)).to_have_value(
        "Han kom til tiden. Også i går."
    )


def until_held(person: OnScreen, held: list[Route]) -> None:
    for _ in range(100):
        if held:
            return
        person.page.wait_for_timeout(50)
    raise AssertionError("it was not sent")


def test_logging_out_asks_before_what_is_only_here_is_lost(screens: Screens, family: Place) -> None:
    phone = screens.of("mother")
    phone.goes_to(family)
    phone.page.route("**/drafts/**", lambda route: route.abort())
    phone.fills("composer.label", HALF)
    phone.presses("shell.logout")
    phone.reads(phone.says("shell.unsaved"))
    assert in_form(phone, "composer.label") == HALF
    phone.looks_right("drafts-logout-unsaved")
    phone.page.unroute("**/drafts/**")
    phone.presses("shell.logout_anyway")
    expect(phone.page).to_have_url(re.compile("/login|/session/end|logout"))
