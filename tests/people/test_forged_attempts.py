"""What whoever drives a browser must not get away with: other people's states and codes, and ways out of here."""

import json
from typing import Any

import httpx2
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from pydantic import ValidationError

from app.settings import Settings
from tests.people.browser import SECRET_KEY, Browser, answer_of, is_refused, log_in
from tests.people.hostile import Hostile
from tests.people.provider import LOW, RealProvider

EXPIRED = "login_expired"

# The state of a login: bound to one browser, one attempt, one issuer, ten minutes, one use.


def test_another_browsers_state(browser: Browser, other_browser: Browser, hostile: Hostile) -> None:
    """Login CSRF: the attacker's own answer, brought by the victim's browser."""
    answer = answer_of(hostile, other_browser.begin())
    browser.begin()
    is_refused(browser, browser.come_back(**answer), EXPIRED)
    assert other_browser.come_back(**answer).headers["location"] == "/"


def test_a_state_is_used_once(browser: Browser, hostile: Hostile) -> None:
    answer = answer_of(hostile, browser.begin())
    assert browser.come_back(**answer).headers["location"] == "/"
    assert browser.come_back(**answer).headers["location"] == f"/login?error={EXPIRED}"


def test_one_attempts_cookie_under_anothers_name(browser: Browser, hostile: Hostile) -> None:
    first, second = browser.begin(), browser.begin()
    names = [cookie.name for cookie in browser.cookies.jar]
    values = [browser.cookies[name] for name in names]
    for name, value in zip(names, reversed(values), strict=True):
        browser.cookies.set(name, value, domain="localhost.local")
    assert first["state"] != second["state"]
    answer = answer_of(hostile, first)
    hostile.nonce = second["nonce"]
    is_refused(browser, browser.come_back(**answer))


def test_a_cookie_that_was_changed(browser: Browser, hostile: Hostile) -> None:
    asked = browser.begin()
    (cookie,) = browser.cookies.jar
    browser.cookies.set(cookie.name, f"A{cookie.value}", domain="localhost.local")
    is_refused(browser, browser.come_back(**answer_of(hostile, asked)), EXPIRED)


@pytest.mark.parametrize(("age", "location"), [(500, "/"), (601, f"/login?error={EXPIRED}")])
def test_a_login_takes_ten_minutes_at_most(browser: Browser, hostile: Hostile, age: int, location: str) -> None:
    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - age

    asked = browser.begin()
    (cookie,) = browser.cookies.jar
    known = URLSafeTimedSerializer(SECRET_KEY, salt="login attempt")
    older = URLSafeTimedSerializer(SECRET_KEY, salt="login attempt", signer=Earlier)
    browser.cookies.set(cookie.name, older.dumps(known.loads(cookie.value or "")), domain="localhost.local")
    assert browser.come_back(**answer_of(hostile, asked)).headers["location"] == location


def test_an_answer_at_another_issuers_door(browser: Browser, hostile: Hostile) -> None:
    """Started at one key, finished at another of the same provider: each answer belongs to its own attempt."""
    answer = answer_of(hostile, browser.begin())
    is_refused(browser, browser.come_back("other", **answer))
    answer = answer_of(hostile, browser.begin("other"))
    assert browser.come_back("other", **answer).headers["location"] == "/"


def test_one_provider_at_two_levels_is_no_configuration(issuers: str) -> None:
    """The identity is the same by either key, so the laxer one would be the way in."""
    known = json.loads(issuers)
    lax = {**known[0], "key": "lax", "acr": [LOW]}
    with pytest.raises(ValidationError, match="different levels"):
        Settings(issuers=[*known, lax])
    plain = {**known[0], "key": "plain", "url": "http://idp.example"}
    with pytest.raises(ValidationError, match="https"):
        Settings(issuers=[plain])


# The real provider: it must refuse too, and what it refuses must not log in.


def code_for(browser: Browser, persona: str) -> tuple[str, dict[str, str]]:
    """A code of the real provider's that has not been used, and what was asked for it."""
    begun = browser.get("/auth/login", params={"issuer": "citizens", "login_hint": persona})
    step = begun.next_request
    while step and not step.url.path.startswith("/auth/callback"):
        step = browser.send(step).next_request
    assert step is not None
    return step.url.params["code"], dict(httpx2.URL(begun.headers["location"]).params)


def test_a_stolen_code(browser: Browser, other_browser: Browser, real: RealProvider) -> None:
    """Code injection: the victim's code in the attacker's own attempt; the verifier is another."""
    code, _ = code_for(other_browser, "mother")
    asked = browser.begin("citizens")
    is_refused(browser, browser.come_back("citizens", code=code, state=asked["state"], iss=real.url))


def test_a_code_is_used_once(browser: Browser, other_browser: Browser, real: RealProvider) -> None:
    code, asked = code_for(browser, "mother")
    kept = dict(browser.cookies)
    used = browser.come_back("citizens", code=code, state=asked["state"], iss=real.url)
    assert used.headers["location"] == "/"
    for name, value in kept.items():
        other_browser.cookies.set(name, value)
    again = other_browser.come_back("citizens", code=code, state=asked["state"], iss=real.url)
    is_refused(other_browser, again)


@pytest.mark.parametrize("change", ["code_verifier", "client_secret", "redirect_uri", "client_id"])
def test_the_real_provider_trades_no_code_for_less(browser: Browser, real: RealProvider, change: str) -> None:
    code, asked = code_for(browser, "mother")
    client, secret = real.issuers[0]["client_id"], real.issuers[0]["client_secret"]
    form: dict[str, Any] = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked["redirect_uri"]}
    form |= {"code_verifier": "v" * 43}
    if change == "redirect_uri":
        form["redirect_uri"] += "/more"
    login = ("rundtom-staff" if change == "client_id" else client, "wrong" if change == "client_secret" else secret)
    answer = httpx2.post(f"{real.url}/token", data=form, auth=login)
    assert answer.status_code in (400, 401)
    assert "id_token" not in answer.text


@pytest.mark.parametrize("change", ["redirect_uri", "code_challenge", "client_id"])
def test_the_real_provider_starts_no_login_for_less(browser: Browser, real: RealProvider, change: str) -> None:
    asked = browser.begin("citizens", login_hint="mother")
    wrong = {"redirect_uri": "https://evil.example/", "code_challenge": "", "client_id": "another"}
    asked[change] = wrong[change]
    answer = httpx2.get(f"{real.url}/auth", params={key: value for key, value in asked.items() if value})
    if change == "code_challenge":
        assert httpx2.URL(answer.headers["location"]).params["error"] == "invalid_request"
    else:
        assert (answer.status_code, "location" in answer.headers) == (400, False)


def test_a_weaker_challenge_is_not_taken(browser: Browser, real: RealProvider) -> None:
    asked = browser.begin("citizens", login_hint="mother")
    assert asked["code_challenge_method"] == "S256"
    answer = httpx2.get(f"{real.url}/auth", params={**asked, "code_challenge_method": "plain"})
    assert httpx2.URL(answer.headers["location"]).params["error"] == "invalid_request"


ELSEWHERE = ["//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "evil"]
ELSEWHERE += ["/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b", " //evil.example", ""]
ELSEWHERE += [
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "/\x00/evil",
    "/æ",
    "/a b",
    "/" + "a" * 1001,
]
ELSEWHERE += ["/\u2028/evil.example", "@evil.example", "?x", "#x", "/ok\\..\\evil", "/\x7f"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_next_leads_nowhere_else(browser: Browser, hostile: Hostile, wanted: str) -> None:
    assert log_in(browser, hostile, next=wanted).headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/sager/1", "/sager/1?a=b&c=%2F%2Fd#x", "/invitation", "/login?next=//x"])
def test_next_leads_anywhere_here(browser: Browser, hostile: Hostile, wanted: str) -> None:
    assert log_in(browser, hostile, next=wanted).headers["location"] == wanted
