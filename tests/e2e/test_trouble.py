"""Trouble on the way: no network, a refused send, a session that ends. Nothing is lost, nothing is pretended."""

import json
import re
from uuid import uuid4

import psycopg
from playwright.sync_api import Route, expect

from app.embedded import conninfo
from app.text import text
from tests.conftest import Village
from tests.drafts.drafting import keeps
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.people_of import Place, until
from tests.village import BY_KEY


def test_a_failed_send_stays_and_can_be_sent_again_once(village: Village, screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.context.set_offline(True)
    mother.writes("Skrevet i en tunnel")
    mother.reads(text("outbox.not_sent"))
    assert village["father"].texts(family) == []
    mother.context.set_offline(False)
    mother.presses("common.retry")
    expect(mother.page.get_by_text(text("outbox.not_sent"))).to_have_count(0)  # as soon as it is on its way again
    until(lambda: village["father"].texts(family))
    assert village["father"].texts(family) == ["Skrevet i en tunnel"]


def test_what_came_while_away_is_there_when_the_network_is_back(
    village: Village, screens: Screens, family: Place
) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    expect(mother.page.get_by_label(text("composer.label"))).to_be_visible()
    mother.context.set_offline(True)
    for number in range(3):
        village["caseworker"].writes(family, f"Mens du var væk {number}")
    mother.context.set_offline(False)
    for number in range(3):
        expect(mother.page.get_by_text(f"Mens du var væk {number}")).to_have_count(1, timeout=15000)


def test_the_offline_line_comes_after_a_while_and_goes_again(screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    # The socket of an open page outlives the emulated network: a fresh page has none to keep.
    mother.context.route_web_socket("**/api/live", lambda socket: socket.close())
    mother.page.reload()
    mother.does_not_read(text("live.offline"))
    mother.reads(text("live.offline"), within=8000)


def test_a_changed_circle_holds_the_message_until_it_was_seen(
    village: Village, screens: Screens, family: Place
) -> None:
    father = screens.of("father")
    father.goes_to(family)
    father.fills("composer.label", "Kun til jer, der er her nu")
    village.brings_in(family, "teacher")
    father.reads(text("circle.changed"), WITHIN_A_SECOND)
    father.presses("composer.send")
    assert village["mother"].texts(family) == []
    father.presses("circle.accept")
    father.presses("composer.send")
    expect(father.page.get_by_text("Kun til jer, der er her nu")).to_have_count(1)
    assert village["teacher"].texts(family) == ["Kun til jer, der er her nu"]


def test_a_session_that_ends_leads_to_login_and_back(village: Village, screens: Screens, family: Place) -> None:
    father = screens.of("father")
    father.goes_to(family)
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(
            "update sessions set ended_at = now() where created_at = (select max(s.created_at) from sessions s"
            " join persons p on p.id = s.person_id where p.name = 'Jonas Krogh')"
        )
    father.writes("Efter sessionen")
    expect(father.page).to_have_url(re.compile("/login"), timeout=8000)
    assert village["mother"].texts(family) == []
    father.page.get_by_role("link", name="Borger").click()
    father.reads("Efter sessionen")
    father.reads(text("outbox.not_sent"))
    father.presses("common.retry")
    expect(father.page.get_by_text(text("outbox.not_sent"))).to_have_count(0)
    assert village["mother"].texts(family) == ["Efter sessionen"]


def test_quick_exit_leaves_nothing_behind(screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.context.route(
        "https://**", lambda route: route.fulfill(body="<title>andet</title>", content_type="text/html")
    )
    mother.presses("shell.leave")
    mother.page.wait_for_url("https://**")
    assert mother.page.evaluate("history.length") <= 3


def test_a_message_is_corrected_and_withdrawn_in_front_of_the_others(
    village: Village, screens: Screens, family: Place
) -> None:
    mother, father = screens.of("mother"), screens.of("father", "desktop")
    for person in (mother, father):
        person.goes_to(family)
    mother.writes("Kl. 8 i morgen")
    father.reads("Kl. 8 i morgen", WITHIN_A_SECOND)
    mother.presses("message.more")
    mother.presses("message.correct")
    mother.fills("message.correct_label", "Kl. 9 i morgen")
    mother.presses("message.correct_save")
    father.reads("Kl. 9 i morgen", WITHIN_A_SECOND)
    mother.presses("message.more")
    mother.presses("message.withdraw")
    mother.presses("message.withdraw_yes")
    father.reads(text("message.withdrawn"), WITHIN_A_SECOND)
    father.does_not_read("Kl. 9 i morgen")


def test_what_was_begun_in_a_thread_that_closed_can_still_be_read(
    village: Village, screens: Screens, family: Place
) -> None:
    id_ = str(uuid4())
    begun = json.dumps({"id": id_, "text": "Jeg er ikke enig.", "wordsOf": ""})
    village["mother"].did(keeps(village["mother"], family, id=id_, text=begun))
    mother = screens.of("mother")
    mother.goes_to(family)
    expect(mother.page.get_by_label(text("composer.label"))).to_have_value("Jeg er ikke enig.")
    mother.does_not_read(text("draft.unsent"))
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Det går godt nu"))
    unsent = mother.page.get_by_role("region", name=text("draft.unsent"))
    expect(unsent).to_contain_text("Jeg er ikke enig.")
    mother.looks_right("unsent")
    mother.presses("draft.delete")
    expect(unsent).to_have_count(0)
    until(lambda: village["mother"].sees(family)["drafts"] == [])


def test_without_the_words_the_page_says_that_something_is_wrong(screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.context.route("**/da-*.json", lambda route: route.abort())
    mother.context.route("**/da.*.json", lambda route: route.abort())
    mother.page.goto(f"/cases/{family.case}/threads/{family.thread}")
    mother.reads(text("error.offline"))
    mother.context.unroute_all()
    mother.goes_to(family)
    mother.reads(text("composer.label"))


def test_a_page_on_its_way_arrives_though_something_new_comes_meanwhile(
    village: Village, screens: Screens, family: Place
) -> None:
    mother = screens.of("mother")
    on_their_way: list[Route] = []
    mother.page.route("**/api/me/sessions", lambda route: on_their_way.append(route))
    mother.presses("shell.me")
    until(lambda: mother.page.wait_for_timeout(10) or on_their_way)
    village["father"].writes(family, "Skrevet mens hun skifter side")
    mother.page.wait_for_timeout(WITHIN_A_SECOND)  # by then home was told that there is something new
    for route in on_their_way:
        route.continue_()
    mother.reads(BY_KEY["mother"].email)


def test_closing_and_reopening_show_for_everybody(screens: Screens, family: Place) -> None:
    caseworker, mother = screens.of("caseworker", "desktop"), screens.of("mother")
    for person in (caseworker, mother):
        person.goes_to(family)
    caseworker.presses("thread.close")
    caseworker.fills("close.reason", "Det går godt nu")
    caseworker.presses("close.yes")
    expect(caseworker.page.locator("#closed")).to_be_focused()
    mother.reads(text("closed.title"), WITHIN_A_SECOND)
    expect(mother.page.get_by_label(text("composer.label"))).to_have_count(0)
    mother.presses("closed.reopen")
    expect(caseworker.page.get_by_label(text("composer.label"))).to_be_visible(timeout=WITHIN_A_SECOND)
