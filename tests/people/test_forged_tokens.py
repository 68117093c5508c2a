"""What a provider must not get away with. A hostile one signs real tokens over real HTTP; each test changes one thing.

Every refusal is measured against its premise: the same answer, unchanged, logs in.
"""

import json
import time
from collections.abc import Callable

import pytest

from tests.people.browser import App, Browser, answer_of, is_refused, log_in
from tests.people.hostile import ABSENT, CLIENT_ID, CLIENT_SECRET, Claims, Hostile, coded
from tests.people.provider import LOW, SUBSTANTIAL

REFUSED, LEVEL, EXPIRED, DOWN = "login_refused", "login_level", "login_expired", "provider_down"
NOW = int(time.time())


def test_the_premise_the_same_provider_logs_in_when_it_tells_the_truth(browser: Browser, hostile: Hostile) -> None:
    assert log_in(browser, hostile).headers["location"] == "/"
    assert browser.who() == "Nogen Person"
    assert log_in(browser, hostile, prompt="login").headers["location"] == "/"


CLAIMS: dict[str, Claims] = {
    "nonce: another's": {"nonce": "another"},
    "nonce: missing": {"nonce": ABSENT},
    "nonce: null": {"nonce": None},
    "iss: another issuer": {"iss": "https://another.example"},
    "iss: ours with a slash": {"iss": "OURS/"},
    "iss: missing": {"iss": ABSENT},
    "iss: list": {"iss": ["OURS"]},
    "aud: another client": {"aud": "another"},
    "aud: another client, azp ours": {"aud": "another", "azp": CLIENT_ID},
    "aud: ours and another": {"aud": [CLIENT_ID, "another"], "azp": CLIENT_ID},
    "aud: missing": {"aud": ABSENT},
    "aud: empty": {"aud": []},
    "azp: another client": {"azp": "another"},
    "exp: past": {"exp": NOW - 60},
    "exp: missing": {"exp": ABSENT},
    "exp: text": {"exp": "tomorrow"},
    "iat: missing": {"iat": ABSENT},
    "iat: in the future": {"iat": NOW + 3600},
    "nbf: in the future": {"nbf": NOW + 3600},
    "sub: missing": {"sub": ABSENT},
    "sub: empty": {"sub": ""},
    "sub: number": {"sub": 17},
    "sub: too long": {"sub": "a" * 256},
    "sub: with a NUL": {"sub": "some\x00one"},
    "sub: half a character": {"sub": "some\ud800one"},
    "at_hash: of another token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


def ours(hostile: Hostile, value: object) -> object:
    """OURS stands for the issuer, whose port is not known before it runs."""
    if isinstance(value, list):
        return [ours(hostile, each) for each in value]
    return value.replace("OURS", hostile.url()) if isinstance(value, str) else value


@pytest.mark.parametrize("changes", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_claim_that_is_wrong(browser: Browser, hostile: Hostile, changes: Claims) -> None:
    hostile.changes = {key: ours(hostile, value) for key, value in changes.items()}
    is_refused(browser, log_in(browser, hostile))


LEVELS = [ABSENT, None, "", 0, 2, True, LOW, "Substantial", SUBSTANTIAL.lower(), f"{SUBSTANTIAL}/", f" {SUBSTANTIAL}"]
LEVELS += [
    [SUBSTANTIAL],
    {"value": SUBSTANTIAL},
    f"{LOW} {SUBSTANTIAL}",
    "https://data.gov.dk/concept/core/nsis/loa/High",
]


@pytest.mark.parametrize("acr", LEVELS, ids=lambda acr: "missing" if acr is ABSENT else repr(acr))
def test_a_level_that_is_not_on_the_list(browser: Browser, hostile: Hostile, acr: object) -> None:
    hostile.changes = {"acr": acr}
    is_refused(browser, log_in(browser, hostile), LEVEL)


TIMES = {
    "missing": ABSENT,
    "null": None,
    "words": "now",
    "truth": True,
    "an_hour_ago": NOW - 3600,
    "tomorrow": NOW + 24 * 3600,
    "never": float("inf"),
}


@pytest.mark.parametrize("auth_time", TIMES.values(), ids=TIMES.keys())
def test_a_new_login_that_was_not_made(browser: Browser, hostile: Hostile, auth_time: object) -> None:
    hostile.changes = {"auth_time": auth_time}
    is_refused(browser, log_in(browser, hostile, prompt="login"))


def test_an_old_login_is_fine_where_no_new_one_was_asked_for(browser: Browser, hostile: Hostile) -> None:
    hostile.changes = {"auth_time": NOW - 3600}
    assert log_in(browser, hostile).headers["location"] == "/"


def unsigned(hostile: Hostile, claims: Claims) -> str:
    return hostile.signed(claims, {"alg": "none"}).rsplit(".", 1)[0] + "."


def tampered(hostile: Hostile, claims: Claims) -> str:
    head, _, signature = hostile.signed({**claims, "sub": "nobody"}).split(".")
    return ".".join((head, coded(json.dumps(claims).encode()).decode(), signature))


def own_key(hostile: Hostile, claims: Claims) -> str:
    header = {"jwk": hostile.another_key.as_dict(private=False), "kid": "another"}
    return hostile.signed(claims, header, hostile.another_key)


SIGNATURES: dict[str, Callable[[Hostile, Claims], str | None]] = {
    "none": unsigned,
    "HS256 with the client secret": lambda h, claims: h.signed(claims, key=CLIENT_SECRET.encode()),
    "HS256 with the public key": lambda h, claims: h.signed(claims, key=h.key.as_pem(private=False)),
    "an unknown key": lambda h, claims: h.signed(claims, {"kid": "another"}, h.another_key),
    "another key under the known name": lambda h, claims: h.signed(claims, key=h.same_name_key),
    "a key that the token brings": own_key,
    "a critical header nobody knows": lambda h, claims: h.signed(claims, {"crit": ["b64x"], "b64x": 1}),
    "changed afterwards": tampered,
    "no signature": lambda h, claims: h.signed(claims).rsplit(".", 1)[0] + ".",
    "no token": lambda h, claims: None,
    "no JWT": lambda h, claims: "not a token",
    "five parts": lambda h, claims: "a.b.c.d.e",
    "the claims are a list": lambda h, claims: h.signed([claims]),
}


@pytest.mark.parametrize("sign", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_token_that_is_not_the_providers(
    browser: Browser, hostile: Hostile, sign: Callable[[Hostile, Claims], str | None]
) -> None:
    hostile.sign = lambda claims: sign(hostile, claims)
    is_refused(browser, log_in(browser, hostile))


ANSWERS: dict[str, tuple[dict[str, str], str]] = {
    "iss: another issuer": ({"iss": "https://another.example"}, REFUSED),
    "iss: missing though promised": ({"iss": ""}, REFUSED),
    "code: missing": ({"code": ""}, REFUSED),
    "state: unknown": ({"state": "another"}, EXPIRED),
    "state: missing": ({"state": ""}, EXPIRED),
    "error: denied": ({"error": "access_denied"}, REFUSED),
    "error: unknown": ({"error": "<script>"}, REFUSED),
    "error: level": ({"error": "unmet_authentication_requirements"}, LEVEL),
    "error: the provider's own": ({"error": "server_error"}, DOWN),
}


@pytest.mark.parametrize(("changes", "code"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_that_is_wrong(browser: Browser, hostile: Hostile, changes: dict[str, str], code: str) -> None:
    is_refused(browser, browser.come_back(**answer_of(hostile, browser.begin(), **changes)), code)


@pytest.mark.parametrize(("status", "code"), [(400, REFUSED), (401, REFUSED), (500, DOWN), (503, DOWN)])
def test_a_token_endpoint_in_trouble(browser: Browser, hostile: Hostile, status: int, code: str) -> None:
    hostile.token_status = status
    if status < 500:
        hostile.sign = lambda claims: None
    is_refused(browser, log_in(browser, hostile), code)


def test_userinfo_about_somebody_else(browser: Browser, hostile: Hostile) -> None:
    hostile.profile["sub"] = "somebody-else"
    is_refused(browser, log_in(browser, hostile))


@pytest.mark.parametrize("verified", [False, "true", None, 1])
def test_an_address_that_is_not_verified_is_not_kept(
    app: App, browser: Browser, hostile: Hostile, verified: object
) -> None:
    hostile.profile["email_verified"] = verified
    assert log_in(browser, hostile).headers["location"] == "/"
    assert app.rows("select email from sessions order by created_at desc limit 1") == [(None,)]


def test_userinfo_does_not_vouch_for_the_tokens_address(app: App, browser: Browser, hostile: Hostile) -> None:
    hostile.changes = {"email": "claimed@demo.example"}
    assert log_in(browser, hostile).headers["location"] == "/"
    assert app.rows("select email from sessions order by created_at desc limit 1") == [(None,)]


def test_a_name_becomes_one_line(app: App, browser: Browser, hostile: Hostile) -> None:
    hostile.changes = {"sub": "odd", "name": "  Ån\x00e\n\ud800 Æble\u202e " + "x" * 300}
    assert log_in(browser, hostile).headers["location"] == "/"
    assert browser.who() == ("Åne Æble " + "x" * 300)[:200]


def test_userinfo_does_not_raise_the_level(browser: Browser, hostile: Hostile) -> None:
    hostile.changes = {"acr": LOW}
    hostile.profile["acr"] = SUBSTANTIAL
    is_refused(browser, log_in(browser, hostile), LEVEL)
