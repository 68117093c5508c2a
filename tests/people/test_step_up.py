"""A new login in the session that is there: by the same person, at the same provider, just now. Or no session."""

import random
import time
from collections.abc import Callable

import httpx2
import pytest

from tests.people.browser import App, Browser, answer_of, is_refused, log_in
from tests.people.hostile import ABSENT, HONEST, Claims, Hostile
from tests.people.test_forged_tokens import ANSWERS, CLAIMS, LEVEL, LEVELS, SIGNATURES, TIMES, ours

SOMEONE = "Nogen Person"
LONG_AGO = (
    "update sessions set fresh_at = now() - interval '6 minutes' where token_hash = sha256(%s::bytea) returning id"
)
OPS = 400


def begin(browser: Browser) -> dict[str, str]:
    return browser.begin("staff", step_up="true")  # whatever is asked for: the session's own way in is taken


def is_cookie_of(answer: httpx2.Response, token: str) -> bool:
    return any(cookie.startswith(f"rundtom={token};") for cookie in answer.headers.get_list("set-cookie"))


@pytest.fixture
def stale(app: App, browser: Browser, hostile: Hostile) -> Browser:
    """Somebody who logged in a while ago."""
    log_in(browser, hostile)
    app.rows(LONG_AGO, browser.token)
    assert browser.session()["fresh"] is False
    return browser


def test_the_same_session_goes_on_under_a_new_token(app: App, stale: Browser, hostile: Hostile) -> None:
    old, before, known = stale.token, stale.session(), stale.get("/api/me/sessions").json()["sessions"]
    asked = begin(stale)
    assert (asked["prompt"], asked["max_age"], asked["client_id"]) == ("login", "0", "rundtom")
    answer = stale.come_back(**answer_of(hostile, asked))
    assert answer.headers["location"] == "/"
    assert stale.token != old
    assert is_cookie_of(answer, stale.token)
    after = stale.session()
    assert after["fresh"] is True
    assert {key: after[key] for key in ("expires_at", "idle_minutes")} == {
        key: before[key] for key in ("expires_at", "idle_minutes")
    }, "the longest time counts from the first login"
    assert [it["id"] for it in stale.get("/api/me/sessions").json()["sessions"]] == [it["id"] for it in known]
    with Browser(base_url=app.url) as thief:
        thief.cookies.set("rundtom", old)
        assert thief.who() is None


def test_a_login_is_fresh_by_the_providers_clock_not_by_ours(browser: Browser, hostile: Hostile) -> None:
    for auth_time, fresh in (
        (int(time.time()), True),
        (int(time.time()) - 301, False),
        (ABSENT, False),
        ("now", False),
    ):
        hostile.changes = {"auth_time": auth_time}
        log_in(browser, hostile)
        assert browser.session()["fresh"] is fresh, auth_time


def test_somebody_else_ends_both(app: App, stale: Browser, other_browser: Browser, hostile: Hostile) -> None:
    """Aula, 2019: the first one's session stayed, and the second one saw the first one's children."""
    hostile.changes = {"sub": "another"}
    log_in(other_browser, hostile)
    sessions = "select count(*) from sessions s join identities i using (person_id) where i.subject = 'another'"
    before = app.rows(sessions)
    answer = stale.come_back(**answer_of(hostile, begin(stale)))
    assert answer.headers["location"] == "/login?error=other_person"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert stale.who() is None
    assert app.rows(sessions) == before, "no session begins for the other one either"
    assert other_browser.who() == SOMEONE, "where the other one is logged in in peace, nothing happens"


def test_the_old_token_is_dead_for_a_copy_of_it_too(app: App, stale: Browser, hostile: Hostile) -> None:
    with Browser(base_url=app.url) as copy:
        copy.cookies.set("rundtom", stale.token)
        hostile.changes = {"sub": "another"}
        stale.come_back(**answer_of(hostile, begin(stale)))
        assert copy.who() is None


def test_without_a_session_there_is_nothing_to_step_up(browser: Browser) -> None:
    answer = browser.get("/auth/login", params={"step_up": "true", "next": "/duty"})
    assert answer.headers["location"] == "/login?error=not_logged_in&next=%2Fduty"


def test_a_session_that_ended_meanwhile_does_not_come_back(app: App, stale: Browser, hostile: Hostile) -> None:
    asked = begin(stale)
    app.rows("update sessions set ended_at = now() where token_hash = sha256(%s::bytea) returning id", stale.token)
    is_refused(stale, stale.come_back(**answer_of(hostile, asked)), "login_expired")


def test_an_answer_for_the_session_before_this_one(stale: Browser, hostile: Hostile) -> None:
    """Begun in one session, finished in the next one of the same browser."""
    asked = begin(stale)
    hostile.changes = {"sub": "another"}
    log_in(stale, hostile)
    token = stale.token
    hostile.changes = {}
    is_refused(stale, stale.come_back(**answer_of(hostile, asked)), "login_expired", SOMEONE)
    assert stale.token == token


def test_an_answer_at_another_issuers_door(stale: Browser, hostile: Hostile) -> None:
    is_refused(stale, stale.come_back("other", **answer_of(hostile, begin(stale))), who=SOMEONE)


def forged(stale: Browser, hostile: Hostile, code: str = "login_refused") -> None:
    """Refused, and the session is what it was: the same token, and not fresh."""
    token = stale.token
    is_refused(stale, stale.come_back(**answer_of(hostile, begin(stale))), code, SOMEONE)
    assert stale.token == token
    assert stale.session()["fresh"] is False


@pytest.mark.parametrize("changes", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_claim_that_is_wrong(stale: Browser, hostile: Hostile, changes: Claims) -> None:
    hostile.changes = {key: ours(hostile, value) for key, value in changes.items()}
    forged(stale, hostile)


@pytest.mark.parametrize("acr", LEVELS, ids=lambda acr: "missing" if acr is ABSENT else repr(acr))
def test_a_level_that_is_not_on_the_list(stale: Browser, hostile: Hostile, acr: object) -> None:
    hostile.changes = {"acr": acr}
    forged(stale, hostile, LEVEL)


@pytest.mark.parametrize("auth_time", TIMES.values(), ids=TIMES.keys())
def test_a_new_login_that_was_not_made(stale: Browser, hostile: Hostile, auth_time: object) -> None:
    hostile.changes = {"auth_time": auth_time}
    forged(stale, hostile)


@pytest.mark.parametrize("sign", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_token_that_is_not_the_providers(
    stale: Browser, hostile: Hostile, sign: Callable[[Hostile, Claims], str | None]
) -> None:
    hostile.sign = lambda claims: sign(hostile, claims)
    forged(stale, hostile)


@pytest.mark.parametrize(("changes", "code"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_that_is_wrong(stale: Browser, hostile: Hostile, changes: dict[str, str], code: str) -> None:
    answer = stale.come_back(**answer_of(hostile, begin(stale), **changes))
    is_refused(stale, answer, code, SOMEONE)


class SharedComputer:
    """Two people, one browser, several tabs: logins and step-ups begun and finished in any order, by either."""

    def __init__(self, browser: Browser, hostile: Hostile) -> None:
        self.browser, self.hostile = browser, hostile
        self.waiting: list[tuple[dict[str, str], str | None]] = []  # what was asked, and the session it was to step up
        self.inside: str | None = None
        self.done = {"login": 0, "step-up": 0, "ended both": 0, "refused": 0}

    def here(self) -> str | None:
        answer = self.browser.get("/api/me/sessions")
        listed = answer.json()["sessions"] if answer.status_code == 200 else []
        return next((it["id"] for it in listed if it["here"]), None)

    def begins(self, step_up: bool) -> None:
        if not step_up:
            self.waiting.append((self.browser.begin(), None))
        elif session := self.here():
            self.waiting.append((begin(self.browser), session))

    def finishes(self, who: str, chance: random.Random) -> None:
        asked, session = self.waiting.pop(chance.randrange(len(self.waiting)))
        before = self.here()
        self.hostile.changes, self.hostile.profile["name"] = {"sub": who, "name": who}, who
        location = self.browser.come_back(**answer_of(self.hostile, asked)).headers["location"]
        if session is None:
            outcome, self.inside = "login", who
        elif session != before:
            outcome = "refused"
        elif self.inside == who:
            outcome = "step-up"
        else:
            outcome, self.inside = "ended both", None
        expected = {"ended both": "/login?error=other_person", "refused": "/login?error=login_expired"}
        self.done[outcome] += 1
        assert location == expected.get(outcome, "/")


def test_two_people_at_one_computer_are_never_mixed(
    browser: Browser, hostile: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(12)  # noqa: S311 the same afternoon every time
    computer = SharedComputer(browser, hostile)
    mixed = 0
    for _ in range(OPS):
        if computer.waiting and (chance.random() < 0.5 or len(computer.waiting) > 3):
            computer.finishes(chance.choice(["anne", "bo"]), chance)
        else:
            computer.begins(step_up=chance.random() < 0.6)
        mixed += browser.who() != computer.inside
    with capsys.disabled():
        print(f"\ntwo people at one computer: {computer.done}, mixed: {mixed} of {OPS}")
    assert mixed == 0
    assert min(computer.done.values()) > 10


def test_the_hostile_issuer_is_the_one_that_was_logged_in_with(stale: Browser, hostile: Hostile) -> None:
    """Premise of the above: the step-up went to the session's own provider although another was asked for."""
    answer = stale.get("/auth/login", params={"issuer": "staff", "step_up": "true"})
    assert answer.headers["location"].startswith(hostile.url(HONEST))
