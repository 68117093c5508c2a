"""Who answers: the deputy meanwhile, a colleague it is passed on to, and whoever advised goes on with it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.consultations.asking import (
    ANSWERER,
    ASKER,
    asked,
    away,
    closes,
    employment_of,
    left,
    on_home,
    passes_on,
    reads,
    says,
    sees,
)
from tests.village import BY_KEY


def test_the_deputy_answers_while_the_caseworker_is_away_and_sees_nothing_afterwards(village: Village) -> None:
    lone, karen, peter = village[ASKER], village[ANSWERER], village["colleague"]
    one = asked(lone)
    assert not sees(peter, one)
    with away(village, "caseworker"):
        assert on_home(peter, one) == ["answer"]
        assert sees(karen, one), "still hers"
        new = asked(lone)
        assert new["receiver"]["name"] == BY_KEY["colleague"].name
        peter.did(says(peter, one, "Karen er syg i dag. Spørg til søvnen."))
    assert not sees(peter, one)
    assert sees(peter, new), "one caseworker all the way"
    assert [it["name"] for it in reads(lone, one)["lines"]] == [BY_KEY[ASKER].name, BY_KEY["colleague"].name]
    assert reads(karen, one)["receiver"]["name"] == BY_KEY["caseworker"].name


def test_a_deputy_sees_nothing_that_is_closed(village: Village) -> None:
    lone = village[ASKER]
    one = asked(lone)
    lone.did(closes(lone, one))
    with away(village, "caseworker"):
        assert not sees(village["colleague"], one)
        assert sees(village[ANSWERER], one)


def test_it_is_passed_on_to_a_colleague_and_the_asker_sees_to_whom(village: Village) -> None:
    lone, karen, peter = village[ASKER], village[ANSWERER], village["colleague"]
    one, id_ = asked(lone), str(uuid4())
    choices = {it["name"]: it["employment"] for it in reads(karen, one)["colleagues"]}
    assert choices.keys() >= {BY_KEY["colleague"].name, BY_KEY["leader"].name}
    assert BY_KEY["neighbour"].name not in choices
    assert BY_KEY["caseworker"].name not in choices
    assert reads(lone, one)["colleagues"] == []
    to = choices[BY_KEY["colleague"].name]
    assert passes_on(lone, one, to).status_code == 403
    assert passes_on(karen, one, employment_of(village, "neighbour")).status_code == 404
    for _ in range(2):
        karen.did(passes_on(karen, one, to, id_))
    assert passes_on(karen, one, choices[BY_KEY["leader"].name], id_).json()["code"] == "id_reused"
    assert not sees(karen, one)
    assert on_home(peter, one) == ["answer"]
    there = reads(lone, one)
    assert there["receiver"]["name"] == BY_KEY["colleague"].name
    assert [(it["name"], it["to"]["name"]) for it in there["passings"]] == [
        (BY_KEY["caseworker"].name, BY_KEY["colleague"].name)
    ]


def test_whoever_no_longer_works_there_sees_none_of_it(village: Village) -> None:
    for leaver, stays in ((ASKER, ANSWERER), (ANSWERER, ASKER)):
        one = asked(village[ASKER])
        left(village, leaver)
        try:
            assert not sees(village[leaver], one)
            assert sees(village[stays], one)
            if leaver == ANSWERER:
                assert on_home(village["colleague"], one) == ["answer"]
                village["colleague"].did(says(village["colleague"], one, "Karen er rejst. Jeg hjælper dig."))
        finally:
            village.rows("update employments set ended_on = null where id = %s returning id",
                         employment_of(village, leaver))  # fmt: skip


def test_whoever_advised_goes_on_with_it_and_nothing_tells_that_it_was_asked(village: Village) -> None:
    lone, karen = village[ASKER], village[ANSWERER]
    one = asked(lone)
    [peter] = [it for it in reads(karen, one)["colleagues"] if it["name"] == BY_KEY["colleague"].name]
    karen.did(passes_on(karen, one, peter["employment"]))
    lone.did(closes(lone, one, "talk_with_parents"))

    def caseworkers(who: str) -> list[str]:
        place = village[who].opens_dialogue("mother", with_family_department=True, consultation=one["id"])
        people = village["mother"].sees(place)
        assert one["id"] not in str(people)
        return [it["name"] for it in people["people"] if it["role"] == "caseworker"]

    assert caseworkers(ASKER) == [BY_KEY["colleague"].name]
    assert caseworkers("teacher") == [BY_KEY["caseworker"].name], "not the teacher's question: as if it was never asked"
    with away(village, "colleague"):
        assert caseworkers(ASKER) == [BY_KEY["caseworker"].name]


def test_what_is_being_closed_is_not_passed_on(village: Village) -> None:
    """Whoever would get it would read what only asker and receiver keep."""
    lone, karen = village[ASKER], village[ANSWERER]
    one = asked(lone)
    close = "insert into consultation_closures (consultation_id, outcome) values (%s, 'advice_enough')"
    with ThreadPoolExecutor(1) as apart, psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(close, [one["id"]])
        passing = apart.submit(passes_on, karen, one, employment_of(village, "colleague"))
        with pytest.raises(TimeoutError):
            passing.result(1)
        db.commit()
        assert passing.result(10).json()["code"] == "consultation_closed"
    assert not sees(village["colleague"], one)
