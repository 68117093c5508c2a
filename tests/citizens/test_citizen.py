"""A citizen writes to the municipality about a child: named or anonymous, without a login, a cookie or a script."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.clocks import Clock, due
from app.concerns.citizen_form import PUBLIC_IDS
from app.dates import today
from app.text import text
from tests.citizens.passer_by import FORM, ID, RECEIVED, START, WORRY, Street, is_sent
from tests.village import BY_KEY

KEPT = """select source, anonymous, person_id, notifier_name, notifier_contact, relation, child_name, child_details,
  area, words, parents_told, received_at, assess_due_at, receipt_due_on from concerns"""
RECEIVER = (
    "select p.name from concerns c join employments e on e.id = c.receiver_id join persons p on p.id = e.person_id"
)


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


async def test_what_was_taken_out_is_sent_twice_and_stays_out(street: Street) -> None:
    """The same form again is thanked for as before; other words are asked for once more, and come as one more."""
    somebody = street.somebody()
    written = WORRY | await somebody.opens_form()
    await somebody.sends(written)
    street.takes_out("caseworker")
    assert is_sent(await somebody.sends(written))
    assert street.rows("select words, notifier_name, anonymous from concerns") == [("", "", True)]
    refused = await somebody.sends(written | {"words": "Han blev slået igen."})
    assert (refused.status_code, "Han blev slået igen." in refused.text) == (422, True)
    assert is_sent(await somebody.sends(written | {"words": "Han blev slået igen.", "id": ID.findall(refused.text)[0]}))
    assert street.rows("select words from concerns order by received_at") == [("",), ("Han blev slået igen.",)]
    assert street.where_it_says("Thorsen") == ["public.concerns.notifier_name"], "of the second alone"


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
