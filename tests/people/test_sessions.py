"""Where one is logged in, how long it lasts, and how it ends."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from app.live.routes import MOST_SOCKETS
from app.people.login import device_of
from tests.conftest import Village
from tests.people.browser import App, Browser, running_app
from tests.people.provider import free_port
from tests.people_of import Someone, until

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = f"Mozilla/5.0 (Linux; Android 8.0.0; SM-G930F) {WEBKIT} Chrome/140 Mobile Safari/537.36"
AGENTS = {
    PHONE: "phone",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Version/18.0 Mobile/15E148": "phone",
    "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0": "phone",
    f"Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) {WEBKIT} Version/16.0 Mobile/15E148": "tablet",
    f"Mozilla/5.0 (Linux; Android 13; SM-X200) {WEBKIT} Chrome/140 Safari/537.36": "tablet",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/140 Safari/537.36": "computer",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) {WEBKIT} Safari/605": "computer",
    f"Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) {WEBKIT} Chrome/140 Safari/537": "computer",
    "python-httpx2/1.0": "other",
    "": "other",
}
MINE = "where token_hash = sha256(%s::bytea) returning id"


@pytest.mark.parametrize(("agent", "device"), AGENTS.items())
def test_a_device_is_called_what_its_owner_calls_it(agent: str, device: str) -> None:
    assert device_of(agent) == device


@pytest.fixture
def phone(app: App) -> Iterator[Browser]:
    with Browser(base_url=app.url, headers={"User-Agent": PHONE}) as one:
        yield one


def aged(app: App, browser: Browser, **columns: str) -> None:
    """As if so much time had passed since."""
    changes = ", ".join(f"{column} = now() - interval '{ago}'" for column, ago in columns.items())
    app.rows(f"update sessions set {changes} {MINE}", browser.token)


def seen(app: App, browser: Browser) -> int:
    """Minutes since the session was last used."""
    since = "select extract(epoch from now() - seen_at) / 60 from sessions where token_hash = sha256(%s::bytea)"
    return int(app.rows(since, browser.token)[0][0])


def listed(browser: Browser) -> list[dict[str, Any]]:
    sessions: list[dict[str, Any]] = browser.get("/api/me/sessions").json()["sessions"]
    return sessions


def test_my_sessions_are_told_by_device_and_time_and_nothing_else(app: App, browser: Browser, phone: Browser) -> None:
    for one in (browser, phone):
        one.log_in("healthvisitor")
    on_phone, elsewhere = sorted(listed(phone), key=lambda it: not it["here"])
    assert (on_phone["device"], on_phone["here"]) == ("phone", True)
    assert (elsewhere["device"], elsewhere["here"]) == ("other", False)
    assert on_phone.keys() == {"id", "device", "started_at", "used_at", "here"}, "no address and no place"
    browser.post("/auth/logout")
    aged(app, phone, seen_at="29 minutes")
    assert [it["here"] for it in listed(phone)] == [True], "what has ended is no longer there"


def test_ending_a_session_elsewhere_ends_it_there_at_once(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    lost, mother = village.another_browser_of("mother"), village.another_browser_of("mother")
    (there,) = [it["id"] for it in lost.did(lost.get("/api/me/sessions"))["sessions"] if it["here"]]
    with lost.listens(place) as ear, mother.listens(place) as own:
        assert mother.post(f"/api/me/sessions/{there}/ending").status_code == 204
        until(lambda: ear.closed == 4401, 1)
        village["caseworker"].writes(place, "Efter det")
        own.hears("Efter det")
        assert "Efter det" not in ear.texts
    assert lost.get("/api/me").status_code == 401
    assert mother.post(f"/api/me/sessions/{there}/ending").status_code == 404, "it has ended already"


def test_nobody_ends_anothers_session_or_learns_of_it(village: Village) -> None:
    mother, father = village["mother"], village["father"]
    mothers = mother.did(mother.get("/api/me/sessions"))["sessions"]
    theirs, never = (father.post(f"/api/me/sessions/{it}/ending") for it in (mothers[0]["id"], "0" * 32))
    assert (theirs.status_code, theirs.content) == (404, never.content)
    assert mother.get("/api/me").status_code == 200
    assert not {it["id"] for it in mothers} & {it["id"] for it in father.get("/api/me/sessions").json()["sessions"]}


@pytest.mark.parametrize(("who", "way_in", "minutes"), [("mother", "citizens", 30), ("caseworker", "staff", 15)])
def test_a_session_left_alone_ends(app: App, browser: Browser, who: str, way_in: str, minutes: int) -> None:
    browser.log_in(who, way_in)
    assert browser.session()["idle_minutes"] == minutes
    aged(app, browser, seen_at=f"{minutes - 1} minutes")
    assert browser.who()
    assert seen(app, browser) == 0, "whoever does something stays"
    aged(app, browser, seen_at=f"{minutes} minutes 1 second")
    assert browser.who() is None
    assert browser.get("/api/cases").status_code == 401


def test_no_session_lasts_longer_than_ten_hours(app: App, browser: Browser) -> None:
    browser.log_in("mother")
    (lasts,) = app.rows(
        "select extract(epoch from expires_at - created_at) / 3600 from sessions where token_hash = sha256(%s::bytea)",
        browser.token,
    )[0]
    assert lasts == 10
    aged(app, browser, expires_at="1 second")
    assert browser.who() is None
    assert browser.post("/api/me/session/renewal", json={}).status_code == 401


READS = ["/api/me", "/api/cases", "/api/me/sessions"]


@pytest.mark.parametrize("path", READS)
def test_a_page_that_follows_along_by_itself_keeps_nobody_logged_in(app: App, browser: Browser, path: str) -> None:
    browser.log_in("mother")
    aged(app, browser, seen_at="10 minutes")
    assert browser.get(path, headers={"X-Background": "1"}).status_code == 200
    assert seen(app, browser) == 10
    assert browser.get(path).status_code == 200
    assert seen(app, browser) == 0


def test_an_open_thread_and_its_socket_keep_nobody_logged_in(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    mother = village.another_browser_of("mother")
    token = mother.browser.cookies["rundtom"].encode()
    since = "select extract(epoch from now() - seen_at)::int / 60 from sessions where token_hash = sha256(%s::bytea)"
    village.rows(f"update sessions set seen_at = now() - interval '10 minutes' {MINE}", token)
    with mother.listens(place) as ear:
        village["caseworker"].writes(place, "Hej")
        ear.hears("Hej")
        for path in (place.path, f"{place.path}/messages", f"{place.path}/changes?after=0", f"/api/cases/{place.case}"):
            assert mother.browser.get(path, headers={"X-Background": "1"}).status_code == 200
        assert village.rows(since, token) == [(10,)]
        mother.sees(place)
        assert village.rows(since, token) == [(0,)]


def test_the_session_tells_how_long_it_lasts_and_can_be_renewed(app: App, browser: Browser) -> None:
    browser.log_in("mother")
    aged(app, browser, seen_at="26 minutes")
    left = browser.get("/api/me", headers={"X-Background": "1"}).json()["session"]
    assert 235 <= left["ends_in"] <= 240
    assert left["renewable"] is True
    renewed = browser.post("/api/me/session/renewal", json={}).json()
    assert 1795 <= renewed["ends_in"] <= 1800
    app.rows(f"update sessions set expires_at = now() + interval '4 minutes' {MINE}", browser.token)
    last = browser.post("/api/me/session/renewal", json={}).json()
    assert (235 <= last["ends_in"] <= 240, last["renewable"]) == (True, False)


def test_what_needs_a_fresh_login_says_so(village: Village) -> None:
    leader = village.another_browser_of("leader")
    token = leader.browser.cookies["rundtom"].encode()

    def asks() -> httpx2.Response:
        return leader.post("/api/duty-accesses")

    assert asks().status_code == 422, "a fresh one gets as far as the form"
    village.rows(f"update sessions set fresh_at = 'epoch' {MINE}", token)
    assert (asks().status_code, asks().json()["code"]) == (403, "step_up_needed")


def test_a_person_may_have_many_tabs_but_not_any_number(village: Village) -> None:
    """Of one person's sockets the newest is refused; another person's are not counted with them."""
    place = village["caseworker"].opens_dialogue("mother", "father")
    mother: Someone = village["mother"]
    tabs = [mother.listens(place) for _ in range(MOST_SOCKETS)]
    ears = [tab.__enter__() for tab in tabs]
    try:
        with pytest.raises((AssertionError, ConnectionClosed)), mother.listens(place):
            pass
        with village["father"].listens(place) as ear:
            village["caseworker"].writes(place, "Hej alle")
            for one in (ear, ears[0], ears[-1]):
                one.hears("Hej alle")
    finally:
        for tab in tabs:
            tab.__exit__(None, None, None)
    with mother.listens(place):
        pass


def test_what_cannot_be_read_is_not_counted_and_what_is_refused_is(app: App, issuers: str) -> None:
    """Mistyped addresses must not keep anybody from inviting for a day; wrong secrets are tries all the same."""
    port, settings = free_port(), {"ISSUERS": issuers, "POSTS_PER_MINUTE": "3"}
    with running_app(app.urls, port, **settings) as strict, Browser(base_url=strict.url) as browser:
        # What runs on another port than the one the provider knows cannot log in: the cookie is brought along.
        with Browser(base_url=app.url) as elsewhere:
            elsewhere.log_in("mother")
            browser.cookies.set("rundtom", elsewhere.token)
        unreadable = [browser.post("/api/invitations/refusal", json={"token": 1}).status_code for _ in range(5)]
        assert unreadable == [422] * 5
        tried = [browser.post("/api/invitations/refusal", json={"token": "A" * 43}) for _ in range(4)]
        assert [it.status_code for it in tried] == [410, 410, 410, 429]
        assert 0 < int(tried[-1].headers["retry-after"]) <= 61
