"""A citizen writes to the municipality about a child: named or anonymous, without a login, a cookie or a script."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx2
import pytest

from app.clocks import Clock, due
from app.concerns.citizen_form import PUBLIC_IDS
from app.dates import today
from app.db import make_engine
from app.main import create_app
from app.settings import get_settings
from app.text import text
from tests.citizens.passer_by import DANGER, FORM, ID, RECEIVED, START, WORRY, PasserBy, Street
from tests.village import BY_KEY

KEPT = """select source, anonymous, person_id, notifier_name, notifier_contact, relation, child_name, child_details,
  area, words, parents_told, received_at, assess_due_at, receipt_due_on from concerns"""
RECEIVER = (
    "select p.name from concerns c join employments e on e.id = c.receiver_id join persons p on p.id = e.person_id"
)
PAGES = (START, DANGER, FORM, RECEIVED)


def is_sent(answer: httpx2.Response) -> bool:
    return (answer.status_code, answer.headers.get("location")) == (303, RECEIVED)


async def test_gerda_writes_with_her_name_and_it_goes_to_the_caseworker_who_receives(street: Street) -> None:
    assert is_sent(await street.somebody().worries())
    [row] = street.rows(KEPT)
    details = "Alder: 6 år\nHer kan barnet findes: Solbæk Skole"
    assert row[:4] == ("citizen", False, None, "Gerda Thorsen")
    assert row[4:9] == ("12 34 56 78", "nabo", "Emil", details, "home")
    assert row[9:11] == ("Han går alene hjem hver dag.\n\nHan fryser.", "no")
    received_at, assess_due_at, receipt_due_on = row[11:]
    assert assess_due_at - received_at == timedelta(hours=24)
    assert receipt_due_on == due(Clock.receipt, received_at).day
    assert street.rows(RECEIVER) == [(BY_KEY["caseworker"].name,)]
    assert street.where_it_says("Gerda Thorsen") == ["public.concerns.notifier_name"]


async def test_an_anonymous_notifier_stands_nowhere(street: Street) -> None:
    """Also whoever writes a name first and then chooses not to give it: it is dropped before it is kept or shown."""
    somebody = street.somebody()
    assert is_sent(await somebody.worries(who="anonymous", child_place="Kvarteret"))
    assert street.rows("select anonymous, notifier_name, notifier_contact from concerns") == [(True, "", "")]
    assert street.where_it_says("Kvarteret"), "the search finds what is there"
    for words in ("Gerda", "Thorsen", "12 34 56 78", "192.0.2.1"):
        assert street.where_it_says(words) == [], words
    refused = await somebody.worries(who="anonymous", words="")
    assert refused.status_code == 422
    assert "Gerda" not in refused.text


async def test_a_name_that_nobody_knows_and_a_child_that_nobody_can_find_are_asked_for(street: Street) -> None:
    """Everything at once, beside the field and in a list that leads there; and what was written still stands."""
    somebody = street.somebody()
    wrong = {"child_name": "", "child_place": "", "area": "", "parents_told": "", "contact": "", "words": " \r\n "}
    answer = await somebody.worries(**wrong)
    assert answer.status_code == 422
    for field in ("child_name", "area", "words", "parents_told", "contact"):
        said = text(f"public.fault_{field}")
        assert f'<a href="#{field}">{said}</a>' in answer.text
        assert f'id="{field}-fault">{said}<' in answer.text
        assert f'id="{field}"' in answer.text
    assert 'value="Gerda Thorsen"' in answer.text
    assert 'value="nabo"' in answer.text
    assert 'value="named" checked' in answer.text
    assert 'tabindex="-1" autofocus' in answer.text
    assert street.kept() == 0
    again = WORRY | {"id": ID.findall(answer.text)[0]}
    assert is_sent(await somebody.sends(again))
    assert street.kept() == 1


@pytest.mark.parametrize("field", ["child_name", "child_age", "child_place", "relation", "name", "contact", "words"])
async def test_what_is_too_long_is_said_and_kept_to_be_shortened(street: Street, field: str) -> None:
    most = 4000 if field == "words" else 200
    answer = await street.somebody().worries(**{field: "å" * (most + 1)})
    assert answer.status_code == 422
    assert text("public.fault_long", most=str(most)) in answer.text
    assert "å" * (most + 1) in answer.text
    assert street.kept() == 0
    assert is_sent(await street.somebody().worries(**{field: "å" * most}))


async def test_lines_that_a_browser_counts_as_one_sign_count_as_one(street: Street) -> None:
    assert is_sent(await street.somebody().worries(words="a\r\n" * 1999 + "aa"))
    assert len(street.rows("select words from concerns")[0][0]) == 4000


async def test_it_is_all_said_in_english_too(street: Street) -> None:
    somebody = street.somebody()
    asked = await somebody.reads(START, **{"Accept-Language": "en-GB,en;q=0.9"})
    assert (text("public.title", "en") in asked.text, 'lang="en"' in asked.text) == (True, True)
    chosen = await somebody.reads(f"{START}?lang=en")
    assert f'href="{FORM}?lang=en"' in chosen.text, "no cookie remembers it: it goes along"
    answer = await somebody.sends({"id": str(uuid4())}, f"{FORM}?lang=en")
    assert text("public.fault_words", "en") in answer.text
    sent = await somebody.sends(WORRY | {"id": str(uuid4())}, f"{FORM}?lang=en")
    assert sent.headers["location"] == f"{RECEIVED}?lang=en"
    assert text("public.title") in (await somebody.reads(f"{START}?lang=xx")).text


async def test_twice_is_once_and_other_words_are_one_more(street: Street) -> None:
    """A double click, a slow line: the same again changes nothing. Whoever goes back and writes more is told, and the
    next press sends it."""
    somebody = street.somebody()
    written = WORRY | await somebody.opens_form()
    assert is_sent(await somebody.sends(written))
    assert is_sent(await somebody.sends(written))
    assert street.kept() == 1
    more = written | {"words": "Han var der igen i dag."}
    refused = await somebody.sends(more)
    assert (refused.status_code, text("public.id_reused") in refused.text) == (422, True)
    assert "Han var der igen i dag." in refused.text
    fresh = ID.findall(refused.text)[0]
    assert fresh != written["id"]
    assert is_sent(await somebody.sends(more | {"id": fresh}))
    assert street.kept() == 2


async def test_nobody_learns_by_sending_whether_something_is_known_here(street: Street) -> None:
    """The id of what is kept, the name of a child that is known: every answer is the same to the byte."""
    somebody = street.somebody()
    first = await somebody.worries()
    [(known,)] = street.rows("select id from concerns")
    answers = {
        (answer.status_code, answer.text.replace(id_, "ID"), str(answer.headers.multi_items()))
        for id_, child in ((str(known), "Emil"), (str(uuid4()), "Emil"), (str(uuid4()), "Findes Ikke"))
        for answer in [await somebody.sends(WORRY | {"id": id_, "child_name": child})]
    }
    assert answers == {(303, first.text, str(first.headers.multi_items()))}
    assert street.kept() == 4
    refused = {
        answer.text.replace(id_, "ID")
        for id_ in (str(known), str(uuid4()))
        for answer in [await somebody.sends(WORRY | {"id": id_, "area": ""})]
    }
    assert len(refused) == 1
    assert UUID(str(known)).version == PUBLIC_IDS.version + 1, "made from the form's, never taken from it"


async def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(street: Street) -> None:
    somebody = street.somebody()
    honest, program = await somebody.worries(), await somebody.worries(subject="Buy now")
    assert (program.status_code, program.headers.multi_items()) == (honest.status_code, honest.headers.multi_items())
    assert street.kept() == 1


async def test_it_is_kept_although_nobody_is_there_to_receive_it(street: Street) -> None:
    leave = "update employments set ended_on = %s where role = 'caseworker' returning id"
    street.rows(leave, today() - timedelta(days=1))
    try:
        assert is_sent(await street.somebody().worries())
        assert street.rows("select receiver_id from concerns") == [(None,)]
    finally:
        street.rows(leave, None)


# -- what nobody can do ------------------------------------------------------------------------------------------------
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
