"""What holds for every request and every answer, over real HTTP."""

import re
import socket
from collections.abc import Iterator

import httpx2
import pytest

from app.middleware import INLINE_SCRIPT
from tests.people.browser import App, Browser

EVIL = "https://evil.example"


def code(answer: httpx2.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["code"])


ADDRESSES = ["/api/issuers", "/api/me", "/auth/login", "/api/nothing", "/openapi.json", "/_app/nothing.js"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_the_security_headers(browser: Browser, address: str) -> None:
    headers = browser.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/]{43}=')*", policy["script-src"])
    assert policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "microphone=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers  # plain http, on loopback only


@pytest.mark.parametrize("address", ["/api/issuers", "/api/me", "/api/nothing", "/auth/login", "/auth/callback/x"])
def test_nothing_personal_is_cached(browser: Browser, address: str) -> None:
    assert browser.get(address).headers.get_list("cache-control") == ["no-store"]


def test_a_file_that_is_missing_is_not_cached(browser: Browser) -> None:
    answer = browser.get("/_app/immutable/missing.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-cache")


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:1", "127.0.0.1", "evil.localhost"])
def test_a_foreign_host(browser: Browser, host: str) -> None:
    answer = browser.get("/api/issuers", headers={"Host": host})
    assert (answer.status_code, code(answer)) == (421, "wrong_origin")


def test_both_names_of_loopback(browser: Browser) -> None:
    for host in ("localhost", "127.0.0.1"):
        assert browser.get("/api/issuers", headers={"Host": f"{host}:{browser.base_url.port}"}).status_code == 200


FOREIGN = [EVIL, "null", "", "http://localhost", "https://localhost:PORT", "http://localhost:PORT.evil.example"]
FOREIGN += ["http://LOCALHOST:PORT", "http://localhost:PORT/", "http://localhost:PORT http://localhost:PORT", "file://"]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_foreign_origin(browser: Browser, method: str, origin: str) -> None:
    headers = {"Origin": origin.replace("PORT", str(browser.base_url.port))}
    answer = browser.request(method, "/auth/logout", headers=headers)
    assert (answer.status_code, code(answer)) == (403, "wrong_origin")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "CROSS-SITE", "anything"])
def test_a_foreign_site(browser: Browser, site: str) -> None:
    answer = browser.post("/auth/logout", headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, code(answer)) == (403, "wrong_origin")


def test_our_own_origin(browser: Browser) -> None:
    headers = {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert browser.post("/auth/logout", headers=headers).status_code == 200


def test_a_foreign_origin_may_read_nothing_but_is_no_error(browser: Browser) -> None:
    answer = browser.get("/api/issuers", headers={"Origin": EVIL})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("method", "address"), [("PUT", "/api/me/language"), ("POST", "/auth/logout")])
def test_a_body_that_is_too_long(browser: Browser, method: str, address: str) -> None:
    """Whether or not the route reads it."""
    answer = browser.request(method, address, content=b" " * (64 * 1024 + 1))
    assert (answer.status_code, code(answer)) == (413, "too_large")


def test_a_body_that_is_too_long_and_does_not_say_so(browser: Browser) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b" " * 1024

    browser.log_in("mother")
    headers = {"Content-Type": "application/json"}
    answer = browser.put("/api/me/language", content=endless(), headers=headers)
    assert (answer.status_code, code(answer)) == (413, "too_large")


def test_a_body_at_the_limit(browser: Browser) -> None:
    browser.log_in("mother")
    body = b'{"language":"da"}'.ljust(64 * 1024)
    assert (
        browser.put("/api/me/language", content=body, headers={"Content-Type": "application/json"}).status_code == 204
    )


@pytest.mark.parametrize("length", ["-1", "x", "1e9", "99999999999999999999999"])
def test_a_length_that_is_none(app: App, length: str) -> None:
    port = httpx2.URL(app.url).port
    with socket.create_connection(("127.0.0.1", port or 0), timeout=5) as raw:
        raw.sendall(
            f"POST /auth/logout HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert re.match(rb"HTTP/1.1 4\d\d ", raw.recv(1000))


def test_the_policy_names_exactly_the_inline_scripts() -> None:
    page = (
        b'<script src="/a.js"></script><script>one()</script><script type="module">two()</script><script\n>3</script>'
    )
    assert INLINE_SCRIPT.findall(page) == [b"one()", b"two()", b"3"]
