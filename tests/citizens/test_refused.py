"""What a stranger is refused, and how: on a page, with nothing lost that was written, and nothing told or kept."""

from uuid import uuid4

import pytest

from app.db import make_engine
from app.main import create_app
from app.settings import get_settings
from app.text import text
from tests.citizens.passer_by import DANGER, FORM, ID, RECEIVED, START, WORRY, PasserBy, Street, is_sent

PAGES = (START, DANGER, FORM, RECEIVED)


async def test_one_address_and_everybody_together_have_a_limit_and_the_words_are_not_lost(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(get_settings(), "concerns_per_hour", 2)
    monkeypatch.setattr(get_settings(), "concerns_per_hour_in_all", 5)
    monkeypatch.setattr(get_settings(), "concern_phone", "70 10 20 30")

    async def sent_from(address: str, times: int) -> list[int]:
        return [(await street.somebody(address).worries()).status_code for _ in range(times)]

    assert await sent_from("192.0.2.1", 4) == [303, 303, 429, 429]
    refused = await street.somebody("192.0.2.1").worries()
    assert "Han fryser." in refused.text
    assert text("public.too_many") in refused.text
    assert 'href="tel:70102030"' in refused.text
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert await sent_from("2001:db8::1", 1) + await sent_from("2001:db8::ffff", 2) == [303, 303, 429], "one network"
    assert await sent_from("2001:db8:0:1::1", 1) == [303]
    assert await sent_from("192.0.2.9", 1) == [429], "five in all, whoever sent them"
    assert street.kept() == 5


async def test_what_was_refused_does_not_count(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who forgets a field ten times must still be heard."""
    monkeypatch.setattr(get_settings(), "concerns_per_hour", 1)
    for _ in range(10):
        assert (await street.somebody().worries(area="")).status_code == 422
    assert is_sent(await street.somebody().worries())


async def test_however_fast_somebody_presses(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_settings(), "posts_per_minute", 3)
    answers = [await street.somebody().worries(area="") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429, 429]
    assert text("error.too_many") in answers[-1].text
    assert text("public.phone_unknown") in answers[-1].text
    assert 0 < int(answers[-1].headers["retry-after"]) <= 61


HEAD = b"id=0b5c2c5e-0000-4000-8000-000000000001&"
UNREADABLE = {
    "not-utf8": HEAD + b"words=%ff%fe",
    "raw-bytes": HEAD + b"words=\xc3\xa5",
    "nul": HEAD + b"words=a%00b",
    "twice": HEAD + b"words=a&words=b",
    "unknown-field": HEAD + b"receiver_id=1",
    "no-id": b"words=a",
    "no-such-id": b"id=1&words=a",
    "many-fields": HEAD + b"&".join(b"f%d=1" % i for i in range(500)),
    "nothing": b"",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_no_browser_sends_is_refused_on_a_page(street: Street, body: bytes) -> None:
    answer = await street.somebody().sends_raw(body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert text("error.invalid") in answer.text
    assert street.kept() == 0


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
async def test_another_kind_of_body_is_refused_on_a_page(street: Street, kind: str) -> None:
    answer = await street.somebody().sends_raw(HEAD, **{"Content-Type": kind})
    assert (answer.status_code, text("error.not_a_form") in answer.text) == (415, True)


async def test_a_body_that_is_too_long_is_refused_on_a_page(street: Street) -> None:
    answer = await street.somebody().sends_raw(HEAD + b"words=" + b"a" * 64 * 1024)
    assert (answer.status_code, text("error.too_large") in answer.text) == (413, True)


async def test_it_is_sent_from_our_own_page_only(street: Street) -> None:
    """A browser says where it comes from; whatever says nothing is none, and has no more rights than anybody."""
    somebody, written = street.somebody(), WORRY | {"id": str(uuid4())}
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await somebody.sends(written, **headers)
        assert (answer.status_code, text("error.wrong_origin") in answer.text) == (403, True), headers
    assert street.kept() == 0
    assert is_sent(await somebody.sends(written, **{"Origin": street.url, "Sec-Fetch-Site": "same-origin"}))
    assert is_sent(await somebody.sends(written))


@pytest.mark.parametrize("path", PAGES)
async def test_the_pages_carry_no_script_no_cookie_and_nothing_to_keep(street: Street, path: str) -> None:
    answer = await street.somebody().reads(path)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers.get_list("cache-control") == ["no-store"]
    # Without it a browser would send "Origin: null" with the form, and be refused.
    assert answer.headers.get_list("referrer-policy") == ["same-origin"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


# -- when it cannot be kept, and when it must not be -------------------------------------------------------------------
async def test_while_the_database_is_down_nothing_that_was_written_is_lost(street: Street) -> None:
    working, street.app.state.engine = street.app.state.engine, make_engine("postgresql+psycopg://localhost:1/none")
    answer = await street.somebody().worries()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert text("error.database_down") in answer.text
    assert "Han fryser." in answer.text
    street.app.state.engine = working
    assert is_sent(await street.somebody().sends(WORRY | {"id": ID.findall(answer.text)[0]}))


async def test_danger_is_led_to_the_phone_and_touches_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept of who was here: there is nowhere to keep it."""
    settings = get_settings()
    somebody = PasserBy(create_app(), settings.public_url, "192.0.2.1")
    start = await somebody.reads(START)
    assert f'href="{DANGER}"' in start.text
    page = (await somebody.reads(DANGER)).text
    assert 'href="tel:112"' in page
    assert "<form" not in page
    assert text("public.phone_unknown") in page
    assert text("public.danger_door") not in page
    monkeypatch.setattr(settings, "concern_phone", "+45 70 10 20 30")
    monkeypatch.setattr(settings, "protected_door", "/protected")
    page = (await somebody.reads(DANGER)).text
    assert 'href="tel:+4570102030"' in page
    assert 'href="/protected"' in page
