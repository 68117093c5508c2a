"""How it goes: numbers by each for himself, colours twice a year, and both sides' words at the evaluation."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from app.access.may import Role
from app.dates import DENMARK
from app.progress.reads import half_of, rounds
from tests.conftest import Village
from tests.people_of import Place
from tests.plans.planning import in_days, reads_progress, says, sets_goal
from tests.plans.test_plans import boys_place, dialogue_with_boy
from tests.village import BY_KEY

NUMBERS = {"before": 2, "now": 4, "hoped": 8}


def test_each_puts_a_number_and_the_boys_is_written_down(village: Village) -> None:
    place = dialogue_with_boy(village)
    goal = sets_goal(village["mother"], place)["id"]
    boy = boys_place(village["mother"], place)
    village["mother"].did(says(village["mother"], place, "scales", goal=goal, **NUMBERS))
    village["caseworker"].did(
        says(village["caseworker"], place, "scales", goal=goal, **NUMBERS | {"now": 6}, words_of=boy)
    )
    village["mother"].did(says(village["mother"], place, "scales", goal=goal, **NUMBERS | {"now": 5}))
    seen = [reads_progress(village[who], place)["scales"] for who in ("mother", "father", "caseworker")]
    assert seen[0] == seen[1] == seen[2]
    mother, child = BY_KEY["mother"].name, BY_KEY["boy10"].name
    assert [(it["of"]["name"], it["now"]) for it in seen[0]] == [(mother, 4), (child, 6), (mother, 5)]
    assert seen[0][1]["author"]["name"] == BY_KEY["caseworker"].name


@pytest.mark.parametrize("bad", [{"now": 11}, {"now": -1}, {"hoped": None}, {"now": 4.5}, {"goal": "x"}])
def test_a_number_is_from_0_to_10(village: Village, family: Place, bad: dict[str, Any]) -> None:
    goal = sets_goal(village["mother"], family)["id"]
    refused = says(village["mother"], family, "scales", **{"goal": goal} | NUMBERS | bad)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")


def test_a_number_is_about_a_goal_of_this_thread(village: Village, family: Place) -> None:
    other = village["mother"].opens_dialogue()
    goal = sets_goal(village["mother"], other)["id"]
    for unknown in (goal, str(uuid4())):
        assert says(village["mother"], family, "scales", goal=unknown, **NUMBERS).status_code == 404


def test_two_professionals_and_a_parent_say_how_he_is(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    assert says(village["teacher"], family, "wellbeing", colour="yellow").status_code == 422, "what is seen?"
    for who, colour in (("teacher", "yellow"), ("caseworker", "green"), ("caseworker", "yellow")):
        village[who].did(says(village[who], family, "wellbeing", colour=colour, words="Han er træt om morgenen."))
    [half] = reads_progress(village["mother"], family)["rounds"]
    assert (half["professionals_missing"], half["parents_missing"]) == (0, 1)
    village["mother"].did(says(village["mother"], family, "wellbeing", colour="green"))
    seen = [reads_progress(village[who], family)["rounds"] for who in ("mother", "father", "caseworker")]
    assert seen[0] == seen[1] == seen[2]
    assert (seen[0][0]["professionals_missing"], seen[0][0]["parents_missing"]) == (0, 0)
    assert [it["colour"] for it in seen[0][0]["ratings"]] == ["yellow", "green", "yellow", "green"]


def rating(at: datetime, role: Role) -> dict[str, Any]:
    return {"at": at, "of": {"membership": uuid4(), "role": role}, "of_person": uuid4()}


def test_halves_of_a_year_begin_at_midnight_in_denmark() -> None:
    last = datetime(2026, 6, 30, 23, 59, tzinfo=DENMARK)
    first = datetime(2026, 7, 1, 0, 0, tzinfo=DENMARK)
    rated = [rating(last, Role.professional), rating(first, Role.parent)]
    found = rounds(rated, date(2027, 2, 1))
    assert [it["starts_on"] for it in found] == [date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)]
    assert [(it["professionals_missing"], it["parents_missing"]) for it in found] == [(1, 1), (2, 0), (2, 1)]
    assert half_of(date(2026, 12, 31)) == date(2026, 7, 1)


def test_the_family_and_the_professionals_each_say_how_it_went(village: Village, family: Place) -> None:
    planned = village["caseworker"].did(says(village["caseworker"], family, "evaluations", due_on=in_days(-1)))
    assert (planned["state"], planned["missing"], planned["late"]) == ("waiting", ["family", "professionals"], True)
    views = f"evaluations/{planned['id']}/views"
    assert says(village["mother"], family, views, worked=" ", change="").status_code == 422
    village["mother"].did(says(village["mother"], family, views, worked="Han sover igen."))
    held = village["caseworker"].did(
        says(village["caseworker"], family, views, worked="God kontakt", change="Færre møder")
    )
    assert (held["state"], held["missing"], held["late"]) == ("held", [], False)
    for who in ("mother", "father", "caseworker"):
        [seen] = reads_progress(village[who], family)["evaluations"]
        said = [(it["of"]["name"], it["worked"], it["change"]) for it in seen["views"]]
        assert said == [
            (BY_KEY["mother"].name, "Han sover igen.", ""),
            (BY_KEY["caseworker"].name, "God kontakt", "Færre møder"),
        ]


def test_a_newer_day_takes_the_place_of_one_that_was_not_held(village: Village, family: Place) -> None:
    old = village["caseworker"].did(says(village["caseworker"], family, "evaluations", due_on=in_days(-3)))
    village["mother"].did(says(village["mother"], family, "evaluations", due_on=in_days(5)))
    seen = reads_progress(village["father"], family)["evaluations"]
    assert [(it["state"], it["late"]) for it in seen] == [("replaced", False), ("waiting", False)]
    late = says(village["mother"], family, f"evaluations/{old['id']}/views", worked="x")
    assert (late.status_code, late.json()["code"]) == (409, "already_settled")


def test_the_same_again_is_the_same_and_other_words_are_refused(village: Village, family: Place) -> None:
    same = str(uuid4())
    first = says(village["mother"], family, "wellbeing", id=same, colour="red", words="Ked af det")
    assert (
        says(village["mother"], family, "wellbeing", id=same, colour="red", words="Ked af det").content == first.content
    )
    other = says(village["mother"], family, "wellbeing", id=same, colour="green")
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")


def test_a_volunteer_says_nothing_of_how_he_is_and_an_interpreter_neither(village: Village, family: Place) -> None:
    village.brings_in(family, "scoutleader", role="volunteer", capacity="spejderleder")
    assert says(village["scoutleader"], family, "wellbeing", colour="green").status_code == 403


def test_a_guest_without_the_history_sees_no_older_figures(village: Village, family: Place) -> None:
    goal = sets_goal(village["mother"], family)["id"]
    village["mother"].did(says(village["mother"], family, "scales", goal=goal, **NUMBERS))
    village["mother"].did(says(village["mother"], family, "wellbeing", colour="red", words="Ked af det"))
    planned = village["mother"].did(says(village["mother"], family, "evaluations", due_on=in_days(9)))
    village.brings_in(family, "teacher", history=False)
    village["mother"].did(says(village["mother"], family, "scales", goal=goal, **NUMBERS))
    village["mother"].did(says(village["mother"], family, f"evaluations/{planned['id']}/views", worked="Meget"))
    seen = reads_progress(village["teacher"], family)
    assert (seen["scales"], seen["evaluations"]) == ([], [])
    assert [half["ratings"] for half in seen["rounds"]] == [[]]
