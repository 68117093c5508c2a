"""Login by the real protocol, at the demo's real provider: who gets in, what the browser keeps, how it ends."""

import json

import httpx2
import pytest

from tests.people.browser import SECURE_ORIGIN, App, Browser, running_app
from tests.people.hostile import HONEST, Hostile
from tests.people.provider import free_port, provider


def set_cookies(answer: httpx2.Response, name: str) -> list[str]:
    return [cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith(f"{name}=")]


def attempts(browser: Browser) -> list[str]:
    return [cookie.name for cookie in browser.cookies.jar if "-login-" in cookie.name]


def test_persona_lands_on_the_page_asked_for(browser: Browser) -> None:
    assert browser.who() is None
    assert browser.log_in("mother", next="/sager/1?fra=mail#nyeste") == "/sager/1?fra=mail#nyeste"
    assert browser.who() == "Mette Holm"


def test_the_first_issuer_is_the_default(browser: Browser) -> None:
    answer = browser.get("/auth/login")
    assert httpx2.URL(answer.headers["location"]).params["client_id"] == "rundtom-citizens"


def test_any_issuer_takes_any_persona(browser: Browser) -> None:
    browser.log_in("mother", "staff")
    assert browser.who() == "Mette Holm"


def test_an_unknown_person_gets_no_access(app: App, browser: Browser) -> None:
    assert app.rows("select 1 from identities where subject = 'outsider'") == []
    browser.log_in("outsider")
    assert browser.who() == "Claus Berg"
    assert browser.get("/api/cases").json() == {
        "cases": [],
        "custody_waiting": 0,
        "hand_overs_waiting": 0,
        "advice": [],
        "concerns": [],
    }
    person = "(select person_id from identities where subject = 'outsider')"
    for table in ("memberships", "employments"):
        assert app.rows(f"select 1 from {table} where person_id = {person}") == []


def test_the_second_login_is_the_same_person(app: App, browser: Browser, other_browser: Browser) -> None:
    for one in (browser, other_browser):
        one.log_in("grandmother")
    assert len(app.rows("select 1 from identities where subject = 'grandmother'")) == 1


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    answer = browser.follow("/auth/login", login_hint="mother")
    (cookie,) = set_cookies(answer, "rundtom")
    assert cookie.split("; ", 1)[1].lower().split("; ") == ["httponly", "path=/", "samesite=lax"]


def test_behind_https_the_cookies_are_host_only(app: App, issuers: str, hostile: Hostile) -> None:
    port = free_port()
    with (
        running_app(app.urls, port, ISSUERS=issuers, PUBLIC_URL=SECURE_ORIGIN) as secure,
        Browser(base_url=secure.url, headers={"Host": "rundtom.example"}) as browser,
    ):
        begun = browser.get("/auth/login", params={"issuer": HONEST})
        asked = httpx2.URL(begun.headers["location"]).params
        assert asked["redirect_uri"] == f"{SECURE_ORIGIN}/auth/callback/{HONEST}"
        hostile.nonce = asked["nonce"]
        attempt = begun.headers["set-cookie"]
        kept = {"Cookie": attempt.split(";")[0]}
        back = {"code": "c", "state": asked["state"], "iss": hostile.url()}
        done = browser.get(f"/auth/callback/{HONEST}", params=back, headers=kept)
        (session,) = set_cookies(done, "__Host-rundtom")
        for cookie in (attempt, session):
            assert cookie.startswith("__Host-rundtom")
            assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(cookie.lower().split("; "))
        assert done.headers["strict-transport-security"].startswith("max-age=")


def test_only_the_hash_of_the_token_is_stored(app: App, browser: Browser) -> None:
    browser.log_in("father")
    token = browser.cookies["rundtom"]
    assert len(token) >= 43
    (count,) = app.rows("select count(*) from sessions where token_hash = sha256(%s::bytea)", token.encode())
    assert count == (1,)
    (hits,) = app.rows("select count(*) from sessions s where s::text like %s", f"%{token}%")
    assert hits == (0,)


def test_a_new_login_ends_the_browsers_old_session(browser: Browser, other_browser: Browser) -> None:
    browser.log_in("mother")
    other_browser.cookies.set("rundtom", browser.cookies["rundtom"])
    assert other_browser.who() == "Mette Holm"
    browser.log_in("father")
    assert browser.who() == "Jonas Krogh"
    assert other_browser.who() is None


def test_two_tabs_both_finish(browser: Browser) -> None:
    first = browser.get("/auth/login", params={"issuer": "citizens", "login_hint": "mother", "next": "/et"})
    second = browser.get("/auth/login", params={"issuer": "citizens", "login_hint": "mother", "next": "/to"})
    for tab, path in ((second, "/to"), (first, "/et")):
        assert browser.follow(tab.headers["location"]).headers["location"] == path
        assert browser.who() == "Mette Holm"
    assert attempts(browser) == []


def test_two_tabs_with_two_people(browser: Browser) -> None:
    tabs = [browser.get("/auth/login", params={"login_hint": hint}) for hint in ("mother", "father")]
    waiting = [browser.get(tab.headers["location"]).next_request for tab in tabs]  # both at the provider's own step
    for step, name in zip(waiting, ("Mette Holm", "Jonas Krogh"), strict=True):
        assert step is not None
        browser.follow(str(step.url))
        assert browser.who() == name


def test_a_browser_keeps_five_attempts(browser: Browser) -> None:
    begun = [browser.begin() for _ in range(7)]
    assert len(attempts(browser)) == 5
    assert browser.come_back(code="c", state=begun[0]["state"]).headers["location"] == "/login?error=login_expired"


def test_prompt_asks_for_a_new_login(app: App, browser: Browser) -> None:
    browser.log_in("girl15")
    asked = browser.begin("citizens", prompt="login")
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    picker = browser.follow("/auth/login", issuer="citizens", prompt="login")
    assert "Hvem vil du være?" in picker.text
    chosen = browser.post(str(picker.url), data={"persona": "girl15"})
    assert browser.follow(chosen.headers["location"]).headers["location"] == "/"
    assert browser.who() == "Sofie Holm Krogh"


def test_cancelling_comes_back(browser: Browser) -> None:
    picker = browser.follow("/auth/login", issuer="staff", next="/invitation")
    cancelled = browser.post(str(picker.url), data={"cancel": "yes"})
    answer = browser.follow(cancelled.headers["location"])
    assert answer.headers["location"] == "/login?error=login_refused&next=%2Finvitation"


def test_a_weak_login_is_refused(app: App, browser: Browser) -> None:
    assert browser.log_in("weak") == "/login?error=login_level"
    assert browser.who() is None
    assert app.rows("select 1 from identities where subject = 'weak'") == []


def test_logout_ends_the_session_here_and_at_the_provider(app: App, browser: Browser) -> None:
    browser.log_in("caseworker", "staff")
    token = browser.cookies["rundtom"]
    answer = browser.post("/auth/logout")
    assert "Max-Age=0" in set_cookies(answer, "rundtom")[0]
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert answer.headers["cache-control"] == "no-store"
    browser.cookies.set("rundtom", token, domain="localhost.local")
    assert browser.who() is None
    there = browser.get(answer.json()["redirect"])
    assert there.headers["location"] == f"{app.url}/login"
    assert "Hvem vil du være?" in browser.follow("/auth/login", issuer="staff").text


def test_logout_without_a_session_is_no_error(browser: Browser) -> None:
    assert browser.post("/auth/logout").json() == {"redirect": None}


def test_an_unknown_issuer(browser: Browser) -> None:
    assert browser.get("/auth/login?issuer=nobody").headers["location"] == "/login?error=issuer_unknown"
    assert browser.get("/auth/callback/nobody?state=s").headers["location"] == "/login?error=login_expired"


def test_issuers_are_named_in_the_language_asked_for(browser: Browser) -> None:
    danish = browser.get("/api/issuers").json()
    assert danish["issuers"][0] == {"key": "citizens", "name": "Borger"}
    english = browser.get("/api/issuers", headers={"Accept-Language": "en-GB"}).json()
    assert english["issuers"][0]["name"] == "Citizen"
    assert "secret" not in str(danish) + str(english)


@pytest.mark.parametrize("issuer", ["gone", "mute", "other-issuer", "no-keys", "not-json", "a-list"])
def test_no_usable_provider(browser: Browser, issuer: str) -> None:
    answer = browser.get("/auth/login", params={"issuer": issuer, "next": "/sag"})
    assert answer.headers["location"] == "/login?error=provider_down&next=%2Fsag"


def test_sessions_go_on_while_the_provider_is_down(app: App, issuers: str) -> None:
    port = free_port()
    url = f"http://localhost:{port}"
    with (
        provider(url) as one,
        running_app(app.urls, port, ISSUERS=json.dumps(one.issuers)),
        Browser(base_url=url) as browser,
    ):
        browser.log_in("mother")
        begun = browser.get("/auth/login", params={"issuer": "citizens", "login_hint": "mother"})
        code = browser.get(begun.headers["location"])
        one.stop()
        assert browser.who() == "Mette Holm"
        assert browser.get(code.headers["location"]).headers["location"] == "/login?error=provider_down"
        assert browser.who() == "Mette Holm"
        assert browser.post("/auth/logout").status_code == 200
        assert browser.who() is None


def test_too_many_logins_from_one_address(app: App, issuers: str) -> None:
    port = free_port()
    settings = {"ISSUERS": issuers, "LOGINS_PER_10_MINUTES": "2"}
    with running_app(app.urls, port, **settings) as strict, Browser(base_url=strict.url) as browser:
        assert [browser.get("/auth/login?issuer=nobody").status_code for _ in range(3)] == [303, 303, 429]
        problem = browser.get("/auth/login")
        assert problem.json()["code"] == "too_many"
        assert 0 < int(problem.headers["retry-after"]) <= 601
