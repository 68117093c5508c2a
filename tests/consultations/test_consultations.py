"""Scenario 2: a pedagogue asks for advice without naming the child; the same working day; no file on a child arises."""

from datetime import datetime
from uuid import uuid4

import pytest

from app.clocks import Clock, due
from app.consultations.models import names_a_child
from app.dates import DENMARK, today
from tests.conftest import Village
from tests.consultations.asking import (
    ANSWERER,
    ASKER,
    KINDERGARTEN,
    asked,
    asks,
    closes,
    employment_of,
    job,
    on_home,
    passes_on,
    reads,
    routed,
    says,
    sees,
)
from tests.village import BY_KEY, UNITS

EVERYBODY_ELSE = set(BY_KEY) - {ASKER, ANSWERER, "boy10"}


def late(village: Village, one: str) -> None:
    """As if it had been asked the week before."""
    village.rows("update consultations set due_on = current_date - 4 where id = %s returning id", one)


def test_a_pedagogue_is_answered_by_the_caseworker_of_the_kindergarten_and_says_what_came_of_it(
    village: Village,
) -> None:
    lone, karen = village[ASKER], village[ANSWERER]
    one = asked(lone)
    assert (one["receiver"]["name"], one["mine"], one["waits_for"]) == (BY_KEY["caseworker"].name, True, "receiver")
    assert one["due_on"] == due(Clock.consultation, datetime.now(DENMARK)).day.isoformat()
    there = reads(karen, one)
    assert (there["asker"], there["unit"]) == (
        {"name": BY_KEY[ASKER].name, "title": "leder af børnehave"},
        KINDERGARTEN,
    )
    assert there["may"] == ["write", "pass_on"]
    assert on_home(karen, one) == ["answer"]
    assert on_home(lone, one) == []
    karen.did(says(karen, one, "Spørg forældrene, hvordan dagen slutter derhjemme."))
    assert on_home(karen, one) == []
    assert on_home(lone, one) == ["answered"]
    answered = reads(lone, one)
    assert (answered["waits_for"], answered["late"]) == ("asker", False)
    assert answered["answered_at"] == answered["lines"][1]["at"], "the clock has stopped at the first answer"
    lone.did(says(lone, one, "Og hvis de bliver vrede?"))
    karen.did(says(karen, one, "Så ring til mig."))
    assert reads(lone, one)["answered_at"] == answered["answered_at"]
    closed = lone.did(closes(lone, one, "talk_with_parents"))
    assert (closed["closure"]["outcome"], closed["may"], closed["waits_for"]) == ("talk_with_parents", [], None)
    assert [it["mine"] for it in reads(karen, one)["lines"]] == [False, True, False, True]
    assert on_home(lone, one) == on_home(karen, one) == []


def test_no_case_no_thread_and_no_look_comes_of_it(village: Village) -> None:
    counts = "select (select count(*) from cases), (select count(*) from threads), (select count(*) from events)"
    before = village.rows(counts)
    one = asked(village[ASKER])
    village[ANSWERER].did(says(village[ANSWERER], one, "Spørg til hverdagen."))
    assert village.rows(counts) == before


@pytest.mark.parametrize("who", sorted(EVERYBODY_ELSE))
def test_nobody_else_can_tell_that_it_was_asked(village: Village, who: str) -> None:
    one, stranger = asked(village[ASKER]), village[who]
    assert not sees(stranger, one)
    for path, body in (
        ("", None),
        ("/lines", {"id": str(uuid4()), "words": "Hej"}),
        ("/closure", {"outcome": "advice_enough"}),
        ("/passing-on", {"id": str(uuid4()), "to": employment_of(village, "colleague")}),
    ):
        answers = [
            stranger.get(f"/api/consultations/{it}{path}")
            if body is None
            else stranger.post(f"/api/consultations/{it}{path}", **body)
            for it in (one["id"], str(uuid4()))
        ]
        assert answers[0].status_code == answers[1].status_code == 404
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("who", ["mother", "caseworker", "admin", "auditor", "outsider"])
def test_only_professionals_and_leaders_ask(village: Village, who: str) -> None:
    assert asks(village[who]).status_code == 403


def test_a_leader_asks_too_and_never_herself(village: Village) -> None:
    with routed(village, UNITS["families"][0], "leader", "colleague"):
        assert asked(village["leader"])["receiver"]["name"] == BY_KEY["colleague"].name


def test_nobody_asks_in_anothers_employment(village: Village) -> None:
    assert asks(village[ASKER], employment=job(village["teacher"])).status_code == 403


@pytest.mark.parametrize("number", ["301015-1234", "3010151234", "301015 1234", "Hun er 901015-1234."])
def test_a_personal_number_is_refused_wherever_it_is_written(village: Village, number: str) -> None:
    assert names_a_child(number)
    lone, karen = village[ASKER], village[ANSWERER]
    one = asked(lone)
    for answer in (
        asks(lone, words=f"Det er {number}"),
        says(lone, one, f"Det er {number}"),
        says(karen, one, f"Er det {number}?"),
        closes(lone, one, "other", f"Det er {number}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "names_a_child")
    assert len(reads(lone, one)["lines"]) == 1


@pytest.mark.parametrize("words", ["Ring på 12 34 56 78", "321399-1234", "sag 2026-1234567", "klokken 10.30 15", ""])
def test_what_is_no_personal_number_is_let_through(words: str) -> None:
    assert not names_a_child(words)


def test_sent_twice_is_asked_once(village: Village) -> None:
    lone, id_ = village[ASKER], str(uuid4())
    first, again = asked(lone, id=id_), asked(lone, id=id_)
    assert first == again
    other = asks(lone, id=id_, words="Noget andet")
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")
    assert len(village.rows("select 1 from consultation_lines where consultation_id = %s", id_)) == 1


def test_a_line_sent_twice_stands_once(village: Village) -> None:
    lone, line = village[ASKER], str(uuid4())
    one = asked(lone)
    assert lone.did(says(lone, one, "Og nu?", line)) == lone.did(says(lone, one, "Og nu?", line))
    assert says(lone, one, "Noget andet", line).json()["code"] == "id_reused"
    assert [it["words"] for it in reads(lone, one)["lines"]][1:] == ["Og nu?"]


def test_only_an_outcome_empties_the_list_and_only_the_asker_says_it(village: Village) -> None:
    lone, karen = village[ASKER], village[ANSWERER]
    one = asked(lone)
    assert closes(karen, one).status_code == 403
    assert closes(lone, one, "other").status_code == 422, "something else says what"
    assert karen.browser.delete(f"/api/consultations/{one['id']}").status_code == 405
    lone.did(closes(lone, one, "other", "Vi har en ny plan"))
    lone.did(closes(lone, one, "other", "Vi har en ny plan"))
    assert closes(lone, one, "advice_enough").status_code == 409
    for who in (lone, karen):
        assert says(who, one, "Hej").json()["code"] == "consultation_closed"
    assert passes_on(karen, one, employment_of(village, "colleague")).json()["code"] == "consultation_closed"


def test_late_stands_on_both_pages_and_on_the_leaders_list_without_words(village: Village) -> None:
    lone, karen, hanne = village[ASKER], village[ANSWERER], village["leader"]
    one = asked(lone)
    late(village, one["id"])
    assert reads(lone, one)["late"]
    assert reads(karen, one)["late"]
    assert (on_home(lone, one), on_home(karen, one)) == (["late"], ["answer"])
    told = hanne.get("/api/consultations")
    [line] = [it for it in told.json()["led"] if it["reference"] == one["id"][:8]]
    assert (line["name"], line["late"]) == (BY_KEY[ANSWERER].name, True)
    assert one["lines"][0]["words"] not in told.text
    assert BY_KEY[ASKER].name not in told.text
    karen.did(says(karen, one, "Undskyld ventetiden."))
    assert not reads(lone, one)["late"]
    assert one["id"][:8] not in hanne.get("/api/consultations").text
    assert lone.did(lone.get("/api/consultations"))["led"] == []


def test_both_get_a_mail_and_an_open_home_follows(village: Village) -> None:
    lone, karen = village[ASKER], village[ANSWERER]
    before = {who: village.mails_to(who) for who in (ASKER, ANSWERER)}
    one = asked(lone)
    assert village.mails_to(ANSWERER) == before[ANSWERER] + 1
    assert village.mails_to(ASKER) == before[ASKER]
    karen.did(says(karen, one, "Spørg til hverdagen."))
    assert village.mails_to(ASKER) == before[ASKER] + 1


@pytest.mark.parametrize(
    ("asked_at", "answered_by"),
    [
        ("2026-11-26T00:01", "2026-11-26"),  # Thursday
        ("2026-11-26T23:59", "2026-11-26"),
        ("2026-11-27T15:00", "2026-11-27"),
        ("2026-11-28T09:00", "2026-11-30"),  # a Saturday: Monday
        ("2026-12-24T09:00", "2026-12-28"),  # Christmas Eve is closed, then two holidays and a Sunday
        ("2026-12-31T09:00", "2027-01-04"),
        ("2027-03-25T09:00", "2027-03-30"),  # over Easter
    ],
)
def test_the_answer_is_due_the_same_working_day(asked_at: str, answered_by: str) -> None:
    moment = datetime.fromisoformat(asked_at).replace(tzinfo=DENMARK)
    assert due(Clock.consultation, moment).day.isoformat() == answered_by


def test_today_is_a_day_in_denmark(village: Village) -> None:
    assert asked(village[ASKER])["due_on"] >= today().isoformat()
