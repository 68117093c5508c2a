"""Logged out at the provider is logged out here: what it tells us in the back, and forged words of that kind."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.conftest import Village
from tests.people.browser import App, Browser, log_in, refused_in_the_back
from tests.people.hostile import ABSENT, CLIENT_ID, CLIENT_SECRET, HONEST, Claims, Hostile, coded
from tests.people.provider import RealProvider
from tests.people_of import until

EVENT = "http://schemas.openid.net/event/backchannel-logout"
NOW = int(time.time())


# The real provider


def at_the_provider(idp: RealProvider, browser: httpx2.Client) -> None:
    """The browser logs out there, by itself: no word of ours goes along."""
    page = browser.get(f"{idp.url}/session/end")
    xsrf = page.text.split('name="xsrf" value="')[1].split('"')[0]
    done = browser.post(f"{idp.url}/session/end/confirm", data={"xsrf": xsrf, "logout": "yes"})
    assert done.status_code == 303, done.text


def test_logging_out_at_the_provider_ends_the_session_and_its_open_sockets(village: Village, idp: RealProvider) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    mother, elsewhere = village.another_browser_of("mother"), village.another_browser_of("mother")
    with mother.listens(place) as ear, elsewhere.listens(place) as other_ear:
        at_the_provider(idp, mother.browser)
        until(lambda: ear.closed == 4401)
        assert mother.get("/api/me").status_code == 401
        assert other_ear.closed is None, "another session at the provider is another session here"
        assert elsewhere.get("/api/me").status_code == 200


def test_our_own_logout_there_tells_us_too_and_harms_nobody(app: App, browser: Browser) -> None:
    browser.log_in("father")
    leaving = browser.post("/auth/logout").json()["redirect"]
    assert browser.get(leaving).headers["location"] == f"{app.url}/login"
    assert browser.who() is None


# A hostile one


def word(hostile: Hostile, **changes: object) -> Claims:
    now = int(time.time())
    honest = {"iss": hostile.url(), "aud": CLIENT_ID, "iat": now, "exp": now + 120, "jti": f"jti-{time.time_ns()}"}
    honest |= {"sid": "session-at-the-provider", "sub": "someone", "events": {EVENT: {}}}
    return {key: value for key, value in (honest | changes).items() if value is not ABSENT}


def signed(hostile: Hostile, claims: object, **more: Any) -> str:
    header = {"typ": "logout+jwt"} | more.pop("header", {})
    return hostile.signed(claims, {key: value for key, value in header.items() if value is not ABSENT}, **more)


def tell(app: App, token: str, issuer: str = HONEST) -> httpx2.Response:
    return httpx2.post(f"{app.url}/auth/backchannel-logout/{issuer}", data={"logout_token": token})


def test_the_premise_an_honest_word_ends_the_session(app: App, browser: Browser, hostile: Hostile) -> None:
    log_in(browser, hostile)
    heard = tell(app, signed(hostile, word(hostile)))
    assert (heard.status_code, heard.content, heard.headers["cache-control"]) == (200, b"", "no-store")
    assert browser.who() is None


@pytest.mark.parametrize("left_out", ["sid", "sub"])
def test_either_the_session_or_the_person_is_enough(
    app: App, browser: Browser, hostile: Hostile, left_out: str
) -> None:
    log_in(browser, hostile)
    assert tell(app, signed(hostile, word(hostile, **{left_out: ABSENT}))).status_code == 200
    assert browser.who() is None


def test_a_word_about_a_person_ends_all_her_sessions_there_and_no_others(
    app: App, browser: Browser, other_browser: Browser, hostile: Hostile
) -> None:
    for one, sid in ((browser, "first"), (other_browser, "second")):
        hostile.changes = {"sid": sid}
        log_in(one, hostile)
    with Browser(base_url=app.url) as at_the_real_one:
        at_the_real_one.log_in("mother")
        assert tell(app, signed(hostile, word(hostile, sid="first"))).status_code == 200
        assert (browser.who(), other_browser.who()) == (None, "Nogen Person")
        assert tell(app, signed(hostile, word(hostile, sid=ABSENT, sub="mother"))).status_code == 200
        assert other_browser.who() == "Nogen Person"
        assert tell(app, signed(hostile, word(hostile, sid=ABSENT))).status_code == 200
        assert other_browser.who() is None
        assert at_the_real_one.who() == "Mette Holm", "the same subject at another issuer is somebody else"


def test_a_session_and_a_person_that_do_not_belong_together_end_nothing(
    app: App, browser: Browser, hostile: Hostile
) -> None:
    log_in(browser, hostile)
    assert tell(app, signed(hostile, word(hostile, sub="another"))).status_code == 200
    assert browser.who() == "Nogen Person"


def test_a_word_is_heard_once(app: App, browser: Browser, hostile: Hostile) -> None:
    token = signed(hostile, word(hostile))
    assert tell(app, token).status_code == 200
    log_in(browser, hostile)
    refused_in_the_back(tell(app, token), browser)


def test_a_word_about_nobody_we_know_is_no_error(app: App, hostile: Hostile) -> None:
    assert tell(app, signed(hostile, word(hostile, sid="unknown", sub="unknown"))).status_code == 200


def test_a_new_key_of_the_provider_is_asked_for(app: App, browser: Browser, hostile: Hostile) -> None:
    log_in(browser, hostile)
    known, hostile.key = hostile.key, hostile.another_key
    try:
        assert tell(app, signed(hostile, word(hostile), header={"kid": "another"})).status_code == 200
    finally:
        hostile.key = known
    assert browser.who() is None


WORDS: dict[str, Claims] = {
    "iss: another issuer": {"iss": "https://another.example"},
    "iss: with a slash": {"iss": "OURS/"},
    "iss: missing": {"iss": ABSENT},
    "iss: list": {"iss": ["OURS"]},
    "aud: another client": {"aud": "another"},
    "aud: missing": {"aud": ABSENT},
    "aud: empty": {"aud": []},
    "aud: ours and another": {"aud": [CLIENT_ID, "another"]},
    "iat: missing": {"iat": ABSENT},
    "iat: too old": {"iat": NOW - 3600},
    "iat: in the future": {"iat": NOW + 3600},
    "iat: text": {"iat": str(NOW)},
    "iat: true": {"iat": True},
    "exp: missing": {"exp": ABSENT},
    "exp: past": {"exp": NOW - 120},
    "exp: in a year": {"exp": NOW + 365 * 86400},
    "exp: text": {"exp": "tomorrow"},
    "nbf: in the future": {"nbf": NOW + 3600},
    "jti: missing": {"jti": ABSENT},
    "jti: empty": {"jti": ""},
    "jti: number": {"jti": 17},
    "jti: too long": {"jti": "a" * 256},
    "jti: with a NUL": {"jti": "a\x00b"},
    "events: missing": {"events": ABSENT},
    "events: empty": {"events": {}},
    "events: another": {"events": {"http://schemas.openid.net/event/other": {}}},
    "events: list": {"events": [EVENT]},
    "events: text": {"events": EVENT},
    "events: no object in it": {"events": {EVENT: "yes"}},
    "nonce: there": {"nonce": "a"},
    "nonce: null": {"nonce": None},
    "nobody named": {"sid": ABSENT, "sub": ABSENT},
    "sid: empty": {"sid": ""},
    "sid: null": {"sid": None},
    "sid: number": {"sid": 1},
    "sid: list": {"sid": ["session-at-the-provider"]},
    "sid: with a NUL": {"sid": "a\x00"},
    "sub: empty": {"sub": ""},
    "sub: object": {"sub": {"a": 1}},
    "sub: half a character": {"sub": "some\ud800one"},
}


@pytest.mark.parametrize("changes", WORDS.values(), ids=WORDS.keys())
def test_a_claim_that_is_wrong(app: App, browser: Browser, hostile: Hostile, changes: Claims) -> None:
    log_in(browser, hostile)
    ours = json.loads(json.dumps({k: v for k, v in changes.items() if v is not ABSENT}).replace("OURS", hostile.url()))
    missing = {key: ABSENT for key, value in changes.items() if value is ABSENT}
    refused_in_the_back(tell(app, signed(hostile, word(hostile, **ours, **missing))), browser)


def id_token(hostile: Hostile) -> str:
    return hostile.signed(hostile.claims(), {"typ": "logout+jwt"})


def tampered(hostile: Hostile) -> str:
    head, _, signature = signed(hostile, word(hostile, sid="another")).split(".")
    return ".".join((head, coded(json.dumps(word(hostile)).encode()).decode(), signature))


def own_key(hostile: Hostile) -> str:
    header = {"jwk": hostile.another_key.as_dict(private=False), "kid": "another"}
    return signed(hostile, word(hostile), header=header, key=hostile.another_key)


TOKENS: dict[str, Callable[[Hostile], str]] = {
    "typ: missing": lambda h: signed(h, word(h), header={"typ": ABSENT}),
    "typ: JWT": lambda h: signed(h, word(h), header={"typ": "JWT"}),
    "typ: list": lambda h: signed(h, word(h), header={"typ": ["logout+jwt"]}),
    "alg: none": lambda h: signed(h, word(h), header={"alg": "none"}).rsplit(".", 1)[0] + ".",
    "alg: HS256 with the client secret": lambda h: signed(h, word(h), key=CLIENT_SECRET.encode()),
    "alg: HS256 with the public key": lambda h: signed(h, word(h), key=h.key.as_pem(private=False)),
    "an unknown key": lambda h: signed(h, word(h), header={"kid": "another"}, key=h.another_key),
    "another key under the known name": lambda h: signed(h, word(h), key=h.same_name_key),
    "a key that the token brings": own_key,
    "a critical header nobody knows": lambda h: signed(h, word(h), header={"crit": ["b64x"], "b64x": 1}),
    "an ID token": id_token,
    "changed afterwards": tampered,
    "no signature": lambda h: signed(h, word(h)).rsplit(".", 1)[0] + ".",
    "empty": lambda h: "",
    "no JWT": lambda h: "not a token",
    "five parts": lambda h: "a.b.c.d.e",
    "the claims are a list": lambda h: signed(h, [word(h)]),
    "the claims are a word": lambda h: signed(h, "logout"),
}


@pytest.mark.parametrize("make", TOKENS.values(), ids=TOKENS.keys())
def test_a_token_that_is_not_the_providers(
    app: App, browser: Browser, hostile: Hostile, make: Callable[[Hostile], str]
) -> None:
    log_in(browser, hostile)
    refused_in_the_back(tell(app, make(hostile)), browser)


BODIES = [b"", b"logout_token", b"logout_token=", b"token=x", b"\xff\xfe", b"{}", b"logout_token=a&logout_token=b"]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_form_with_one_token(app: App, browser: Browser, hostile: Hostile, body: bytes) -> None:
    log_in(browser, hostile)
    refused_in_the_back(httpx2.post(f"{app.url}/auth/backchannel-logout/{HONEST}", content=body), browser)


@pytest.mark.parametrize("issuer", ["citizens", "gone", "mute", "nobody", "other-issuer"])
def test_another_issuers_door(app: App, browser: Browser, hostile: Hostile, issuer: str) -> None:
    log_in(browser, hostile)
    refused_in_the_back(tell(app, signed(hostile, word(hostile)), issuer), browser)


def test_a_browser_of_another_site_cannot_bring_it(app: App, browser: Browser, hostile: Hostile) -> None:
    log_in(browser, hostile)
    answer = httpx2.post(
        f"{app.url}/auth/backchannel-logout/{HONEST}",
        data={"logout_token": signed(hostile, word(hostile))},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert browser.who() == "Nogen Person"
