"""What is to be done: whose it is, until when, late and done."""

from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.notes.noting import on_home
from tests.people_of import Place
from tests.plans.planning import changes_action, changes_goal, in_days, plans, reads_plan, sets_goal
from tests.plans.test_plans import what_all_see


def test_a_quick_adjustment_needs_no_new_plan(village: Village, family: Place) -> None:
    action = village["mother"].did(plans(village["mother"], family, "mother"))
    moved = village["caseworker"].did(
        changes_action(village["caseworker"], family, action, "moved", due_on=in_days(21), words="Ferie")
    )
    assert (moved["due_on"], moved["state"]) == (in_days(21), "agreed")
    father = village["mother"].place_of(family, "father")["membership"]
    village["mother"].did(changes_action(village["mother"], family, action, "handed", owner=father))
    assert on_home(village["mother"], family)["to_do"] == []
    assert [it["item"] for it in on_home(village["father"], family)["to_do"]] == [action["id"]]
    for bad in ({"step": "moved"}, {"step": "handed"}, {"step": "done", "due_on": in_days(3)}, {"step": "dropped"}):
        assert village["mother"].post(
            f"{family.path}/actions/{action['id']}/changes", id=str(uuid4()), **bad
        ).status_code == 422  # fmt: skip
    dropped = village["mother"].did(changes_action(village["mother"], family, action, "dropped", words="Ikke nu"))
    assert dropped["stage"] == "dropped"
    again = changes_action(village["mother"], family, action, "done")
    assert (again.status_code, again.json()["code"]) == (409, "already_settled")


def test_a_measure_is_short_and_has_a_length(village: Village, family: Place) -> None:
    measure = village["caseworker"].did(
        plans(village["caseworker"], family, "caseworker", "Familievejleder hjemme", starts_on=in_days(2), weeks=6)
    )
    assert (measure["weeks"], measure["starts_on"], measure["due_on"]) == (6, in_days(2), in_days(2 + 6 * 7 - 1))
    for bad in ({"weeks": 3}, {"weeks": 0, "starts_on": in_days(1)}, {"weeks": 53, "starts_on": in_days(1)}):
        assert plans(village["caseworker"], family, "caseworker", **bad).status_code == 422
    assert plans(village["caseworker"], family, "caseworker", due_on=in_days(4000)).status_code == 422


@pytest.mark.parametrize("owner", ["mother", "caseworker"])
def test_late_is_late_whoever_it_belongs_to(village: Village, family: Place, owner: str) -> None:
    action = village["mother"].did(plans(village["mother"], family, owner, due_on=in_days(-1)))
    seen = [what_all_see(reads_plan(village[who], family)) for who in ("mother", "father", "caseworker")]
    assert seen[0] == seen[1] == seen[2]
    assert (action["late"], seen[0][0]["late"]) == (True, True)
    assert [it["late"] for it in on_home(village[owner], family)["to_do"]] == [True]
    assert on_home(village["father"], family)["next"]["late"]
    today_is_not_late = village["mother"].did(plans(village["mother"], family, owner, due_on=in_days(0)))
    assert not today_is_not_late["late"]


def test_whoever_it_belongs_to_says_when_it_is_done(village: Village, family: Place) -> None:
    village.brings_in(family, "scoutleader", role="volunteer", capacity="spejderleder", history=True)
    his = village["mother"].did(plans(village["mother"], family, "scoutleader", "Emil kommer med til spejder"))
    hers = village["mother"].did(plans(village["mother"], family, "mother"))
    village["scoutleader"].did(changes_action(village["scoutleader"], family, his, "done"))
    for refused in (
        changes_action(village["scoutleader"], family, hers, "done"),
        changes_action(village["scoutleader"], family, his, "moved", due_on=in_days(5)),
        village["scoutleader"].post(f"{family.path}/goals", id=str(uuid4()), kind="goal", area="home", words="x"),
    ):
        assert refused.status_code == 403
    assert [it["may_do"] for it in reads_plan(village["scoutleader"], family)["actions"]] == [True, False]


def test_an_owner_has_a_place_here(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    teacher = village["mother"].place_of(family, "teacher")["membership"]
    village["mother"].ends(family, "teacher")
    for owner in (teacher, str(uuid4())):
        new = {"id": str(uuid4()), "words": "x", "owner": owner, "due_on": in_days(3)}
        assert village["mother"].post(f"{family.path}/actions", **new).status_code == 404


def test_a_goal_and_an_action_of_the_same_id_stay_two(village: Village, family: Place) -> None:
    goal = sets_goal(village["caseworker"], family, "Emil kommer i skole")
    village["mother"].did(changes_goal(village["mother"], family, goal, "declined", words="Ikke endnu"))
    action = village["mother"].did(plans(village["mother"], family, "mother", id=goal["id"]))
    village["mother"].did(changes_action(village["mother"], family, action, "done"))
    plan = reads_plan(village["father"], family)
    assert [(it["state"], it["stage"]) for it in plan["goals"] + plan["actions"]] == [
        ("declined", "open"),
        ("agreed", "done"),
    ]
