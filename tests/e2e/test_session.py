"""How a session ends on a screen: with a warning, without losing a word, and in the same place after the next login."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from app.embedded import conninfo
from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.people_of import Place
from tests.village import BY_KEY

DRAFT = "Det her er ikke sendt endnu."


def change(village: Village, screen: OnScreen, what: str) -> None:
    """As if time had passed for the session of this browser."""
    (token,) = [it["value"] for it in screen.context.cookies() if it["name"] == "rundtom"]
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        done = db.execute(f"update sessions set {what} where token_hash = sha256(%s::bytea)".encode(), [token.encode()])
        assert done.rowcount == 1


def left_alone(village: Village, screen: OnScreen, minutes: int) -> None:
    """Nobody has touched the page for so long, and the server has heard of nobody."""
    change(village, screen, f"seen_at = now() - interval '{minutes} minutes 2 seconds'")
    screen.page.clock.fast_forward(f"{minutes}:02")


def writing(screens: Screens, family: Place, who: str = "mother", size: str = "phone") -> OnScreen:
    screen = screens.of(None, size)
    screen.page.clock.install()
    screen.log_in(who)
    screen.goes_to(family)
    screen.fills("composer.label", DRAFT)
    return screen


def draft(screen: OnScreen) -> str:
    return screen.page.get_by_label(text("composer.label"), exact=True).input_value()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_five_minutes_before_the_end_there_is_a_warning_and_one_press_to_stay(
    village: Village, screens: Screens, family: Place, size: str
) -> None:
    mother = writing(screens, family, size=size)
    mother.does_not_read(text("ending.title"))
    left_alone(village, mother, 26)
    mother.reads(text("ending.title"))
    timer = mother.page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"[34]\.\d\d$"))
    before = timer.inner_text()
    mother.page.clock.fast_forward("00:02")
    expect(timer).not_to_have_text(before)
    mother.looks_right(f"ending-{size}")
    mother.presses("ending.stay")
    mother.does_not_read(text("ending.title"))
    assert draft(mother) == DRAFT
    left_alone(village, mother, 24)
    mother.does_not_read(text("ending.title"))


def test_whoever_types_is_not_disturbed(village: Village, screens: Screens, family: Place) -> None:
    mother = writing(screens, family)
    change(village, mother, "seen_at = now() - interval '26 minutes'")
    mother.page.clock.fast_forward("24:30")
    mother.page.get_by_label(text("composer.label"), exact=True).press("End")
    with mother.page.expect_response("**/api/me") as asked:
        mother.page.clock.fast_forward("00:45")
    assert "x-background" not in asked.value.request.headers
    assert asked.value.json()["session"]["ends_in"] > 1700
    mother.does_not_read(text("ending.title"))


def test_at_the_end_of_the_longest_time_one_logs_in_again_and_goes_on(
    village: Village, screens: Screens, family: Place
) -> None:
    mother = writing(screens, family)
    change(village, mother, "expires_at = now() + interval '4 minutes'")
    mother.page.clock.fast_forward("25:02")
    mother.reads(text("ending.longest"))
    expect(mother.finds("ending.stay")).to_have_count(0)
    mother.presses("login.again")
    mother.page.get_by_role("link", name="Borger").click()
    expect(mother.page).to_have_url(re.compile(family.path.removeprefix("/api")))
    mother.does_not_read(text("ending.title"))
    assert draft(mother) == DRAFT


def test_a_tab_that_slept_past_the_end_wakes_at_the_login_and_loses_nothing(
    village: Village, screens: Screens, family: Place
) -> None:
    mother = writing(screens, family)
    village["caseworker"].writes(family, "Kun for os")
    mother.reads("Kun for os")
    change(village, mother, "seen_at = now() - interval '2 hours'")
    mother.page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(mother.page).to_have_url(re.compile("/login"), timeout=WITHIN_A_SECOND * 3)
    mother.does_not_read("Kun for os")
    mother.does_not_read(DRAFT)
    mother.page.get_by_role("link", name="Borger").click()
    mother.reads("Kun for os")
    assert draft(mother) == DRAFT


def test_what_she_wrote_is_not_there_for_whoever_logs_in_next(
    village: Village, screens: Screens, family: Place
) -> None:
    mother = writing(screens, family)
    change(village, mother, "ended_at = now()")
    mother.page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(mother.page).to_have_url(re.compile("/login"))
    mother.log_in("father", f"/cases/{family.case}/threads/{family.thread}")
    expect(mother.page.get_by_label(text("composer.label"), exact=True)).to_have_value("")
    assert DRAFT not in mother.page.evaluate("JSON.stringify(sessionStorage)")


def test_a_page_that_follows_along_keeps_nobody_logged_in(village: Village, screens: Screens, family: Place) -> None:
    """What is fetched because somebody else did something says so, in the thread and on the front page."""
    mother = writing(screens, family)
    change(village, mother, "seen_at = now() - interval '10 minutes'")
    mother.page.clock.fast_forward("10:00")
    asked: list[str | None] = []
    mother.page.on("request", lambda it: asked.append(it.headers.get("x-background")) if "/api/" in it.url else None)
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Det går godt"))
    mother.reads(text("closed.title"))
    village["caseworker"].did(village["caseworker"].browser.delete(f"{family.path}/closure"))
    expect(mother.page.get_by_label(text("composer.label"), exact=True)).to_be_visible()
    assert asked
    assert set(asked) == {"1"}
    (token,) = [it["value"] for it in mother.context.cookies() if it["name"] == "rundtom"]
    since = "select (extract(epoch from now() - seen_at) / 60)::int from sessions where token_hash = sha256(%s::bytea)"
    assert village.rows(since, token.encode()) == [(10,)]


def test_a_second_tab_that_logs_in_again_does_not_throw_out_the_first(screens: Screens, family: Place) -> None:
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.fills("composer.label", DRAFT)
    other_tab = mother.context.new_page()
    other_tab.goto("/auth/login?login_hint=mother")
    expect(other_tab.get_by_role("button", name=text("shell.logout"))).to_be_visible()
    mother.writes("Skrevet i den nye session")
    expect(mother.page.get_by_text("Skrevet i den nye session")).to_have_count(1)
    expect(mother.page.get_by_text(text("outbox.not_sent"))).to_have_count(0)
    assert "/login" not in mother.page.url


def test_my_sessions_are_listed_and_one_is_ended(village: Village, screens: Screens) -> None:
    elsewhere = village.another_browser_of("girl15")
    girl = screens.of("girl15")
    girl.presses("shell.me")
    girl.reads(BY_KEY["girl15"].email)
    here = text("me.here", device=text("me.device_computer"))
    expect(girl.page.get_by_text(here)).to_have_count(1)
    girl.looks_right("me-girl15-phone")
    girl.presses("me.end", device=text("me.device_other"))
    girl.reads(text("me.ended", device=text("me.device_other")))
    assert elsewhere.get("/api/me").status_code == 401
    girl.page.set_viewport_size({"width": 1280, "height": 800})
    girl.looks_right("me-girl15-desktop")
    girl.reads_in("en")
    girl.reads(text("me.sessions", "en"))
    girl.looks_right("me-girl15-desktop-en")


def test_somebody_else_at_the_step_up_ends_both(screens: Screens) -> None:
    screen = screens.of("mother")
    screen.page.goto("/auth/login?step_up=1&login_hint=father&next=/me")
    screen.reads(text("error.other_person"))
    screen.looks_right("other-person-phone")
    screen.page.goto("/")
    expect(screen.page).to_have_url(re.compile("/login"))


def test_a_step_up_by_the_same_person_comes_back_to_the_same_page(screens: Screens) -> None:
    screen = screens.of("mother")
    screen.page.goto("/auth/login?step_up=1&login_hint=mother&next=/me")
    expect(screen.page.get_by_role("heading", level=1, name=text("me.title"))).to_be_visible()


def test_what_needs_a_fresh_login_asks_for_it_and_comes_back(village: Village, screens: Screens) -> None:
    """By the way in that the session came by, although another one is the first on the login page."""
    colleague = screens.of(None, "desktop")
    colleague.page.goto("/auth/login?issuer=staff&login_hint=colleague&next=/duty")
    expect(colleague.page.get_by_role("heading", level=1, name=text("duty.title"))).to_be_visible()
    change(village, colleague, "fresh_at = 'epoch'")
    colleague.fills("duty.child", "Emil Holm Krogh")
    colleague.fills("duty.born", "30-08-2016")
    colleague.fills("duty.reason", "Vagt i nat, moren ringede")
    colleague.presses("duty.yes")
    colleague.page.get_by_role("button", name=BY_KEY["colleague"].name).click()
    expect(colleague.page).to_have_url(re.compile("/duty$"))
    reason = colleague.page.get_by_label(text("duty.reason"), exact=True)
    expect(reason).to_have_value("Vagt i nat, moren ringede")
    expect(colleague.page.get_by_role("heading", level=1, name=text("duty.title"))).to_be_visible()
    fresh = (
        "select fresh_at > now() - interval '1 minute', issuer_key from sessions where token_hash = sha256(%s::bytea)"
    )
    (token,) = [it["value"] for it in colleague.context.cookies() if it["name"] == "rundtom"]
    assert village.rows(fresh, token.encode()) == [(True, "staff")]
