"""A plan in their own words: proposed by anybody, agreed by the family, changed without a new one, the same for all."""

from typing import Any
from uuid import uuid4

from tests.conftest import Village
from tests.notes.noting import on_home
from tests.people_of import Place, Someone
from tests.plans.planning import HIS_WORDS, changes_action, changes_goal, in_days, plans, reads_plan, sets_goal
from tests.village import BY_KEY


def what_all_see(plan: dict[str, Any]) -> Any:
    """A plan without what is one's own to do."""
    own = {"may_settle", "may_do"}
    return [{key: value for key, value in it.items() if key not in own} for it in plan["goals"] + plan["actions"]]


def dialogue_with_boy(village: Village) -> Place:
    boy = {"name": BY_KEY["boy10"].name, "email": None, "capacity": "barnet", "role": "child"}
    adults = [
        {"name": BY_KEY[who].name, "email": BY_KEY[who].email, "capacity": "forælder", "role": "custody_holder"}
        for who in ("mother", "father")
    ]
    return village["caseworker"].opens_dialogue(family=[*adults, boy])


def boys_place(who: Someone, place: Place) -> str:
    found: str = who.place_of(place, "boy10")["membership"]
    return found


def test_a_boys_wish_stands_in_his_own_words(village: Village) -> None:
    place = dialogue_with_boy(village)
    boy = boys_place(village["caseworker"], place)
    sets_goal(village["caseworker"], place, kind="wish", words_of=boy)
    for who in ("mother", "caseworker"):
        [wish] = reads_plan(village[who], place)["goals"]
        assert (wish["words"], wish["words_of"]["name"]) == (HIS_WORDS, BY_KEY["boy10"].name)
        assert (wish["author"]["name"], wish["state"]) == (BY_KEY["caseworker"].name, "agreed")
        assert not wish["may_settle"], "a wish is nobody's to say no to"
    refused = changes_goal(village["mother"], place, wish, "declined", words="Nej")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_settled")


def test_words_are_put_in_nobodys_mouth_but_a_childs(village: Village, family: Place) -> None:
    mother = village["caseworker"].place_of(family, "mother")["membership"]
    body = {"id": str(uuid4()), "kind": "wish", "area": "home", "words": "x", "words_of": mother}
    assert village["caseworker"].post(f"{family.path}/goals", **body).status_code == 404


def test_work_begins_when_the_family_has_said_yes(village: Village, family: Place) -> None:
    goal = sets_goal(village["caseworker"], family, "Emil kommer i skole fire dage om ugen")
    action = village["caseworker"].did(plans(village["caseworker"], family, "caseworker", goal=goal["id"]))
    assert (goal["state"], action["state"], action["may_settle"]) == ("proposed", "proposed", False)
    early = changes_action(village["caseworker"], family, action, "done")
    assert (early.status_code, early.json()["code"]) == (409, "not_agreed")
    assert [it["item"] for it in on_home(village["mother"], family)["to_settle"]] == [goal["id"], action["id"]]
    assert on_home(village["caseworker"], family)["to_do"] == []
    for step, item in ((changes_goal, goal), (changes_action, action)):
        assert step(village["caseworker"], family, item, "agreed").status_code == 403
        village["mother"].did(step(village["mother"], family, item, "agreed"))
    assert on_home(village["mother"], family)["to_settle"] == []
    home = on_home(village["caseworker"], family)
    assert [(it["item"], it["late"]) for it in home["to_do"]] == [(action["id"], False)]
    assert (home["next"]["what"], home["next"]["on"]) == ("action", in_days(14))
    village["caseworker"].did(changes_action(village["caseworker"], family, action, "done"))
    for who in ("mother", "father", "caseworker"):
        plan = reads_plan(village[who], family)
        assert [it["state"] for it in plan["goals"] + plan["actions"]] == ["agreed", "agreed"]
        assert plan["actions"][0]["stage"] == "done"
    assert on_home(village["caseworker"], family)["to_do"] == []


def test_what_the_mother_writes_herself_she_has_said_yes_to(village: Village, family: Place) -> None:
    goal = sets_goal(village["mother"], family)
    assert (goal["state"], goal["may_settle"]) == ("agreed", False)
    assert reads_plan(village["father"], family)["goals"][0]["may_settle"], "he may still say no"


def test_a_no_stops_it_until_the_words_are_changed(village: Village, family: Place) -> None:
    goal = sets_goal(village["caseworker"], family, "Emil går til fodbold")
    village["mother"].did(changes_goal(village["mother"], family, goal, "agreed"))
    assert changes_goal(village["father"], family, goal, "declined", words=" ").status_code == 422
    no = village["father"].did(
        changes_goal(village["father"], family, goal, "declined", words="Han vil hellere svømme")
    )
    assert no["state"] == "declined"
    assert reads_plan(village["mother"], family)["goals"][0]["state"] == "declined", "one parent's no is a no"
    new = village["caseworker"].did(
        changes_goal(village["caseworker"], family, goal, "reworded", words="Emil går til svømning")
    )
    assert (new["words"], new["state"]) == ("Emil går til svømning", "proposed")
    agreed = village["father"].did(changes_goal(village["father"], family, goal, "agreed"))
    said = [(step["step"], step["words"], step["by"]["name"]) for step in agreed["history"]]
    assert said == [
        ("set", "Emil går til fodbold", BY_KEY["caseworker"].name),
        ("agreed", "", BY_KEY["mother"].name),
        ("declined", "Han vil hellere svømme", BY_KEY["father"].name),
        ("reworded", "Emil går til svømning", BY_KEY["caseworker"].name),
        ("agreed", "", BY_KEY["father"].name),
    ]


def test_nobody_says_yes_to_words_that_he_has_not_read(village: Village, family: Place) -> None:
    goal = sets_goal(village["caseworker"], family, "Emil går til fodbold")
    village["caseworker"].did(
        changes_goal(village["caseworker"], family, goal, "reworded", words="Emil bor hos farmor")
    )
    for step, why in (("agreed", ""), ("declined", "Nej")):
        late = changes_goal(village["mother"], family, goal, step, words=why, wording=goal["wording"])
        assert (late.status_code, late.json()["code"]) == (409, "words_changed")
    [now] = reads_plan(village["mother"], family)["goals"]
    assert now["state"] == "proposed"
    village["mother"].did(changes_goal(village["mother"], family, goal, "agreed", wording=now["wording"]))


def test_the_same_again_is_the_same_and_other_words_are_refused(village: Village, family: Place) -> None:
    goal = sets_goal(village["mother"], family)
    assert sets_goal(village["mother"], family, id=goal["id"]) == goal
    step = {"id": str(uuid4()), "step": "reworded", "words": "Nye ord"}
    path = f"{family.path}/goals/{goal['id']}/changes"
    first = village["mother"].post(path, **step)
    assert village["mother"].post(path, **step).content == first.content
    action = village["mother"].did(plans(village["mother"], family, "mother"))
    for refused in (
        village["mother"].post(f"{family.path}/goals", id=goal["id"], kind="goal", area="home", words="Andet"),
        village["mother"].post(path, **step | {"words": "Andet"}),
        plans(village["mother"], family, "mother", "Andet", id=action["id"]),
    ):
        assert (refused.status_code, refused.json()["code"]) == (422, "id_reused")


def test_it_is_refused_when_the_circle_changed_and_when_it_is_closed(village: Village, family: Place) -> None:
    goal = sets_goal(village["mother"], family)
    circle = village["mother"].sees(family)["circle"]
    village.brings_in(family, "teacher")
    moved_on = changes_goal(village["mother"], family, goal, "reached", circle=circle)
    assert (moved_on.status_code, moved_on.json()["code"]) == (409, "circle_changed")
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Færdig"))
    closed = changes_goal(village["mother"], family, goal, "reached")
    assert (closed.status_code, closed.json()["code"]) == (409, "thread_closed")
    assert reads_plan(village["mother"], family)["goals"][0]["stage"] == "open"
    assert on_home(village["mother"], family)["to_do"] == []


def test_a_guest_without_the_history_sees_no_older_plan(village: Village, family: Place) -> None:
    goal = sets_goal(village["mother"], family)
    village.brings_in(family, "teacher", history=False)
    action = village["mother"].did(plans(village["mother"], family, "teacher", "Emil sidder foran", goal=goal["id"]))
    plan = reads_plan(village["teacher"], family)
    assert plan["goals"] == []
    assert [(it["id"], it["goal"]) for it in plan["actions"]] == [(action["id"], None)]
    assert HIS_WORDS not in village["teacher"].get(f"{family.path}/goals").text
    for hidden in (
        changes_goal(village["teacher"], family, goal, "reached"),
        plans(village["teacher"], family, "teacher", goal=goal["id"]),
    ):
        assert hidden.status_code == 404


def test_a_childs_words_are_worded_anew_by_nobody_but_who_wrote_them_down(village: Village) -> None:
    place = dialogue_with_boy(village)
    boy = boys_place(village["caseworker"], place)
    his = sets_goal(village["mother"], place, kind="wish", words_of=boy)
    hers = sets_goal(village["mother"], place, "Ro om morgenen", kind="wish")
    for wish in (his, hers):
        for step, words in (("reworded", "Jeg vil gerne bo et andet sted"), ("dropped", "Nej")):
            refused = changes_goal(village["caseworker"], place, wish, step, words=words)
            assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    seen = reads_plan(village["caseworker"], place)["goals"]
    assert [(it["words"], it["may_word"]) for it in seen] == [(HIS_WORDS, False), ("Ro om morgenen", False)]
    village["mother"].did(changes_goal(village["mother"], place, his, "reworded", words="Jeg vil gerne have en hund"))


def test_the_word_of_somebody_who_is_gone_counts_no_more(village: Village, family: Place) -> None:
    goal = sets_goal(village["caseworker"], family, "Emil bor hos mor i hverdagen")
    village["father"].did(changes_goal(village["father"], family, goal, "declined", words="Nej"))
    village["mother"].did(changes_goal(village["mother"], family, goal, "agreed"))
    assert reads_plan(village["mother"], family)["goals"][0]["state"] == "declined"
    own = village["father"].sees(family)["me"]["membership"]
    village["father"].did(village["father"].post(f"{family.path}/memberships/{own}/ending"))
    assert reads_plan(village["mother"], family)["goals"][0]["state"] == "agreed"
