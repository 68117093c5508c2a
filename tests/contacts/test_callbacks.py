"""Whoever asks to be rung up is told at once until when; both sides see it, and the leader when it is late."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.clocks import Clock, due
from app.dates import now
from tests.conftest import Village
from tests.contacts.calling import asks, keeps_card, needs_none, page, pinned, rings
from tests.notes.noting import on_home
from tests.people_of import Place
from tests.village import BY_KEY

KAREN = BY_KEY["caseworker"].name


def is_late(village: Village, callback: dict[str, object]) -> None:
    """As if it had been asked for a week ago."""
    past = "due_on = current_date - 6, asked_at = now() - interval '7 days'"
    village.rows(f"update callbacks set {past} where id = %s returning id", callback["id"])


def waiting(village: Village, who: str, place: Place) -> list[dict[str, object]]:
    found = village[who].did(village[who].get("/api/waiting"))["waiting"]
    return [it for it in found if it["reference"] == place.case[:8]]


def test_a_mother_is_promised_a_day_at_once_and_everybody_sees_it_until_karen_has_rung(
    village: Village, family: Place
) -> None:
    with village["father"].listens(family, after=village["father"].sees(family)["seq"]) as ear:
        asked = village["mother"].did(asks(village["mother"], family, suits="efter kl. 15"))
        village["caseworker"].did(rings(village["caseworker"], family, asked, reached=False))
        for who in ("mother", "father", "caseworker"):
            [stands] = pinned(village[who], family)
            assert (stands["caller"]["name"], stands["due_on"]) == (KAREN, due(Clock.callback, now()).day.isoformat())
            assert (stands["words"], stands["suits"]) == ("Om skolen i morgen", "efter kl. 15")
            assert (stands["tried"], stands["late"], stands["state"]) == (1, False, "open")
            assert on_home(village[who], family)["next"]["what"] == "callback"
        [task] = on_home(village["caseworker"], family)["to_call"]
        assert (task["callback"], task["name"], task["late"]) == (asked["id"], BY_KEY["mother"].name, False)
        assert on_home(village["mother"], family)["to_call"] == []
        village["caseworker"].did(rings(village["caseworker"], family, asked))
        village["mother"].writes(family, "Tak")
        ear.hears("Tak")
    told = [entry["kind"] for frame in ear.frames for entry in frame["entries"]]
    assert told == ["callback_asked", "callback_tried", "callback_answered", "message_posted"]
    for who in ("mother", "father", "caseworker"):
        assert pinned(village[who], family) == []
        [known] = page(village[who], family)["callbacks"]
        assert (known["state"], [it["step"] for it in known["steps"]]) == ("answered", ["tried", "reached"])
        assert {it["by"]["name"] for it in known["steps"]} == {KAREN}
    assert on_home(village["caseworker"], family)["to_call"] == []


def test_a_late_call_is_late_for_family_and_municipality_alike_and_comes_to_the_leader(
    village: Village, family: Place
) -> None:
    asked = village["mother"].did(asks(village["mother"], family))
    assert waiting(village, "leader", family) == [], "until it is late it is the caseworker's"
    is_late(village, asked)
    for who in ("mother", "father", "caseworker"):
        [stands] = pinned(village[who], family)
        assert stands["late"]
        coming = on_home(village[who], family)["next"]
        assert (coming["what"], coming["name"], coming["late"]) == ("callback", KAREN, True)
    assert on_home(village["caseworker"], family)["to_call"][0]["late"]
    [told] = waiting(village, "leader", family)
    assert (told["kind"], told["name"], told["title"], told["late"]) == ("callback", KAREN, "rådgiver", True)
    assert set(told) == {"kind", "reference", "name", "title", "asked_at", "due_on", "late", "step"}, "no child"
    assert told["step"] is None, "and no words"
    for who in ("mother", "caseworker", "colleague", "neighbour", "admin", "auditor", "outsider"):
        assert waiting(village, who, family) == [], who
    village["caseworker"].did(rings(village["caseworker"], family, asked))
    assert waiting(village, "leader", family) == []


def test_whoever_asked_and_nobody_else_says_that_it_is_no_longer_needed(village: Village, family: Place) -> None:
    asked = village["mother"].did(asks(village["mother"], family))
    assert needs_none(village["father"], family, asked).status_code == 403
    assert needs_none(village["caseworker"], family, asked).status_code == 403
    first = needs_none(village["mother"], family, asked)
    assert village["mother"].did(first)["state"] == "withdrawn"
    assert needs_none(village["mother"], family, asked).content == first.content, "a bus in a tunnel"
    assert rings(village["caseworker"], family, asked).status_code == 409
    assert pinned(village["mother"], family) == on_home(village["caseworker"], family)["to_call"] == []


def test_only_a_caseworker_rings_and_does_not_ask(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    asked = village["teacher"].did(asks(village["teacher"], family))
    assert asks(village["caseworker"], family).status_code == 403
    for who in ("mother", "teacher"):
        assert rings(village[who], family, asked).status_code == 403
    assert [it["may_answer"] for who in ("teacher", "caseworker") for it in pinned(village[who], family)] == [
        False,
        True,
    ]


def test_it_is_settled_once(village: Village, family: Place) -> None:
    asked = village["mother"].did(asks(village["mother"], family))
    same = str(uuid4())
    first = rings(village["caseworker"], family, asked, id=same)
    assert rings(village["caseworker"], family, asked, id=same).content == first.content
    for again in (
        rings(village["caseworker"], family, asked),
        rings(village["caseworker"], family, asked, reached=False),
        needs_none(village["mother"], family, asked),
    ):
        assert (again.status_code, again.json()["code"]) == (409, "already_settled")
    other = rings(village["caseworker"], family, asked, id=same, reached=False)
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")


def test_asking_again_is_the_same_question(village: Village, family: Place) -> None:
    same = str(uuid4())
    first = asks(village["mother"], family, id=same)
    assert asks(village["mother"], family, id=same).content == first.content
    assert asks(village["mother"], family, "Noget andet", id=same).json()["code"] == "id_reused"
    assert asks(village["father"], family, id=same).json()["code"] == "id_reused"
    assert len(pinned(village["mother"], family)) == 1


def test_where_no_caseworker_is_nobody_is_promised_a_call(village: Village) -> None:
    alone = village["teacher"].opens_dialogue("mother")
    refused = asks(village["mother"], alone)
    assert (refused.status_code, refused.json()["code"]) == (409, "nobody_to_ring")
    assert pinned(village["mother"], alone) == []


def test_what_was_promised_is_kept_in_a_closed_thread(village: Village, family: Place) -> None:
    first, second = (village["mother"].did(asks(village["mother"], family, words)) for words in ("Et", "To"))
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Vi er færdige"))
    assert asks(village["mother"], family).json()["code"] == "thread_closed"
    village["caseworker"].did(rings(village["caseworker"], family, first))
    village["mother"].did(needs_none(village["mother"], family, second))
    assert pinned(village["mother"], family) == []


def test_a_guest_without_the_history_is_told_of_no_older_call(village: Village, family: Place) -> None:
    asked = village["mother"].did(asks(village["mother"], family))
    village.brings_in(family, "teacher", history=False)
    village["caseworker"].did(rings(village["caseworker"], family, asked, reached=False))
    assert pinned(village["teacher"], family) == page(village["teacher"], family)["callbacks"] == []
    assert needs_none(village["teacher"], family, asked).status_code == 404
    assert "Om skolen" not in village["teacher"].get(f"{family.path}/messages").text


# -- the number --------------------------------------------------------------------------------------------------------
def test_the_mother_is_told_which_number_and_the_father_is_not(village: Village, family: Place) -> None:
    mother, facts = village["mother"], f"/api/cases/{family.case}/facts"
    number = "29 83 10 55"
    fact = mother.did(mother.post(facts, kind="phone", text=number))["id"]
    assert page(mother, family)["numbers"] == [], "shown to nobody yet"
    karen = mother.place_of(family, "caseworker")["membership"]
    mother.did(mother.post(f"{facts}/{fact}/grants", membership=karen))
    assert page(mother, family)["numbers"] == [number]
    mother.did(asks(mother, family))
    for path in ("", "/contacts", "/messages"):
        assert number not in village["father"].get(family.path + path).text


def test_a_teacher_is_rung_at_the_number_of_the_card(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].did(keeps_card(village["teacher"], phone="44 12 90 11"))
    assert page(village["teacher"], family)["numbers"] == ["44 12 90 11"]


# -- how soon ----------------------------------------------------------------------------------------------------------
def first_calls(village: Village, who: str) -> dict[str, object]:
    found: dict[str, object] = village[who].did(village[who].get("/api/first-calls"))
    return found


def of_case(told: dict[str, object], place: Place) -> list[dict[str, object]]:
    return [it for it in told["calls"] if it["reference"] == place.case[:8]]  # type: ignore[attr-defined]


def test_the_leader_is_told_how_soon_and_every_number_is_its_list(village: Village, family: Place) -> None:
    in_time, too_late, never, still, needless = (
        village["mother"].did(asks(village["mother"], family, words)) for words in "abcde"
    )
    village["caseworker"].did(rings(village["caseworker"], family, in_time, reached=False))
    village["caseworker"].did(rings(village["caseworker"], family, in_time))
    is_late(village, too_late)
    village["caseworker"].did(rings(village["caseworker"], family, too_late))
    is_late(village, never)
    village["mother"].did(needs_none(village["mother"], family, needless))
    told = first_calls(village, "leader")
    mine = of_case(told, family)
    assert sorted((it["called_at"] is not None, it["in_time"]) for it in mine) == [
        (False, False), (True, False), (True, True)]  # fmt: skip
    assert still["state"] == "open", "not late yet: not counted yet"
    assert set(mine[0]) == {"reference", "name", "asked_at", "called_at", "due_on", "in_time"}, "no child, no words"
    calls: list[dict[str, str]] = told["calls"]  # type: ignore[assignment]
    assert told["in_time"] == sum(bool(it["in_time"]) for it in calls)
    waited = sorted(
        datetime.fromisoformat(it["called_at"]) - datetime.fromisoformat(it["asked_at"])
        for it in calls
        if it["called_at"]
    )
    half = (waited[(len(waited) - 1) // 2] + waited[len(waited) // 2]) / 2
    assert told["median_minutes"] == pytest.approx(half / timedelta(minutes=1), abs=1)
    [first] = [it for it in mine if it["in_time"]]
    steps = next(it for it in page(village["mother"], family)["callbacks"] if it["id"] == in_time["id"])["steps"]
    assert first["called_at"] == steps[0]["at"], "an attempt is a first call, too"


def test_what_is_older_than_ninety_days_counts_no_more_and_nobody_else_is_told(village: Village, family: Place) -> None:
    asked = village["mother"].did(asks(village["mother"], family))
    village["caseworker"].did(rings(village["caseworker"], family, asked))
    assert len(of_case(first_calls(village, "leader"), family)) == 1
    for who in ("mother", "caseworker", "colleague", "neighbour", "admin", "auditor", "outsider"):
        told = first_calls(village, who)
        assert (told["calls"], told["in_time"], told["median_minutes"]) == ([], 0, None), who
    old = "update callbacks set asked_at = now() - interval '91 days' where id = %s returning id"
    village.rows(old, asked["id"])
    assert of_case(first_calls(village, "leader"), family) == []
