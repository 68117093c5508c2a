"""The caseworker's own list: one line a case that one has the ball of, with what waits for whom; and numbers that open
exactly what they count."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.dates import today
from tests.caseload.seeing import caseload, line, what, wrote_days_ago
from tests.conftest import Village
from tests.contacts.calling import asks, rings
from tests.hand_overs.test_hand_over import accepts, names_deputy
from tests.hand_overs.test_hand_over import proposes as wants_to_hand_over
from tests.looks.test_looks import looks_at, told
from tests.notes.noting import answers, asked, on_home, publishes
from tests.people_of import Place
from tests.plans.planning import changes_action, plans
from tests.stages.stepping import TO_A_START, goes, longer_ago, moves
from tests.village import BY_KEY

SILENCE_DAYS = 14
HEADINGS = ("us", "family", "late", "quiet")


def test_a_case_stands_in_the_list_of_whoever_has_the_ball_and_of_nobody_else(village: Village, family: Place) -> None:
    mine = line(village["caseworker"], family)
    assert (mine["child_name"], mine["deputy"], mine["under"]) == ("Emil", False, [])
    assert mine["standing"] is None
    for who in ("mother", "father", "colleague", "leader", "teacher", "outsider"):
        assert family.case not in [it["id"] for it in caseload(village[who])["cases"]], who
    assert caseload(village["mother"]) == {
        "silence_days": SILENCE_DAYS,
        "counts": [{"heading": heading, "cases": 0} for heading in HEADINGS],
        "cases": [],
    }


def test_a_deputy_sees_it_marked_and_whoever_takes_over_has_it_alone(village: Village, family: Place) -> None:
    accepts(village, wants_to_hand_over(village, family, stays=True))
    assert line(village["colleague"], family)["deputy"] is False
    assert line(village["caseworker"], family)["deputy"] is True
    names_deputy(village, family, None, by="colleague")
    assert family.case not in [it["id"] for it in caseload(village["caseworker"])["cases"]]


def test_what_the_family_has_asked_of_us_waits_for_us_until_it_is_done(village: Village, family: Place) -> None:
    karen, mother = village["caseworker"], village["mother"]
    note = publishes(karen, family)
    response = asked(mother, family, note)
    call = mother.did(asks(mother, family))
    waits = line(karen, family)
    assert sorted(what(waits["us"])) == ["answer", "callback"]
    assert (waits["family"], waits["under"]) == ([], ["us"])
    assert [it["name"] for it in waits["us"]] == [BY_KEY["caseworker"].name] * 2
    assert waits["us"] == sorted(waits["us"], key=lambda it: it["due_on"])
    home = on_home(karen, family)
    assert {it["due_on"] for it in waits["us"]} == {home["to_answer"][0]["due_on"], home["to_call"][0]["due_on"]}
    karen.did(answers(karen, family, response))
    karen.did(rings(karen, family, call))
    assert line(karen, family)["us"] == []


def test_a_plan_waits_for_its_owner_and_first_for_the_familys_yes(village: Village, family: Place) -> None:
    karen, mother = village["caseworker"], village["mother"]
    ours = karen.did(plans(karen, family, "caseworker", "Jeg ringer til skolen"))
    theirs = karen.did(plans(karen, family, "mother"))
    before = line(karen, family)
    assert (before["us"], what(before["family"])) == ([], ["plan", "plan"])
    for action in (ours, theirs):
        mother.did(changes_action(mother, family, action, "agreed"))
    after = line(karen, family)
    assert [(it["what"], it["words"], it["late"]) for it in after["us"]] == [("action", "Jeg ringer til skolen", False)]
    assert [(it["what"], it["name"]) for it in after["family"]] == [("action", BY_KEY["mother"].name)]
    late = "update actions set due_on = current_date - 2 where id = %s returning id"
    assert village.rows(late, theirs["id"])
    assert line(karen, family)["under"] == ["us", "family", "late"], "the family's lateness looks like ours"


def test_a_proposed_status_and_a_consent_wait_for_the_family(village: Village, family: Place) -> None:
    karen, mother = village["caseworker"], village["mother"]
    status = karen.did(karen.post(f"{family.path}/summary", id=str(uuid4()), words="Emil sover bedre."))
    invitation = karen.proposes(family, "teacher")
    waits = line(karen, family)
    assert sorted(what(waits["family"])) == ["consent", "status"]
    assert [it["name"] for it in waits["family"] if it["what"] == "consent"] == [BY_KEY["teacher"].name]
    mother.did(mother.post(f"{family.path}/summary/{status['id']}/confirmation"))
    mother.agrees(family, invitation)
    assert line(karen, family)["family"] == []


def test_a_hand_over_that_nobody_has_answered_waits_for_us(village: Village, family: Place) -> None:
    wants_to_hand_over(village, family)
    [waits] = line(village["caseworker"], family)["us"]
    assert (waits["what"], waits["name"]) == ("hand_over", BY_KEY["colleague"].name)


def test_our_next_step_waits_for_us_and_a_follow_up_only_from_a_week_before(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified")
    [step] = line(karen, family)["us"]
    assert (step["what"], step["step"], step["late"]) == ("stage", "danger_assessed", False)
    goes(karen, family, *TO_A_START[1:])
    karen.did(moves(karen, family, "followed_up", weeks=2))
    planned = line(karen, family)
    assert (planned["us"], planned["standing"]["next"]) == ([], "followed_up")
    assert planned["standing"]["due_on"] == (today() + timedelta(weeks=2)).isoformat()
    longer_ago(village, family, 7)
    assert line(karen, family)["us"] == [], "a whole week is left"
    longer_ago(village, family, 1)
    assert what(line(karen, family)["us"]) == ["stage"], "less than a week"
    longer_ago(village, family, 7)
    late = line(karen, family)
    assert (late["us"][0]["late"], late["standing"]["late"], late["under"]) == (True, True, ["us", "late"])


def test_a_second_signature_is_told_as_what_it_is(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, *TO_A_START, "notified", "danger_assessed")
    [waits] = line(karen, family)["us"]
    assert (waits["what"], waits["step"]) == ("signature", "co_signed")


@pytest.mark.parametrize(("days", "quiet"), [(SILENCE_DAYS - 1, False), (SILENCE_DAYS, True)])
def test_a_family_that_says_nothing_is_seen(village: Village, family: Place, days: int, quiet: bool) -> None:
    karen, mother = village["caseworker"], village["mother"]
    mother.writes(family, "Hej")
    wrote_days_ago(village, family, days)
    silent = line(karen, family)
    assert (silent["family_silent"], silent["silent"]) == (days, days)
    assert ("quiet" in silent["under"]) is quiet
    karen.writes(family, "Hvordan går det?")
    spoken = line(karen, family)
    assert (spoken["family_silent"], spoken["silent"]) == (days, 0)
    assert ("quiet" in spoken["under"]) is quiet, "our own words break no silence"
    mother.writes(family, "Fint")
    assert (line(karen, family)["family_silent"], line(karen, family)["under"]) == (0, [])


def test_a_family_that_has_said_nothing_yet_is_not_said_to_have(village: Village, family: Place) -> None:
    silent = line(village["caseworker"], family)
    assert (silent["family_heard"], silent["family_silent"]) == (False, 0)
    wrote_days_ago(village, family, 15)
    silent = line(village["caseworker"], family)
    assert (silent["family_heard"], silent["family_silent"], silent["under"]) == (False, 15, ["quiet"])
    village["father"].writes(family, "Hej")
    assert line(village["caseworker"], family)["family_heard"] is True


def test_a_closed_case_may_be_quiet(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    wrote_days_ago(village, family, 40)
    assert line(karen, family)["under"] == ["quiet"]
    karen.did(karen.post(f"{family.path}/closure", reason="Det er slut."))
    wrote_days_ago(village, family, 40)
    closed = line(karen, family)
    assert (closed["closed"], closed["under"]) == (True, [])


def test_each_number_is_the_length_of_the_list_that_it_opens(village: Village) -> None:
    """Against each case's own page and home, not against the list itself."""
    karen, mother = village["caseworker"], village["mother"]
    asking, late, quiet, done = (karen.opens_dialogue("mother") for _ in range(4))
    mother.did(asks(mother, asking))
    goes(karen, late, "notified")
    longer_ago(village, late, 3)
    wrote_days_ago(village, quiet, 20)
    goes(karen, done, *TO_A_START)
    told = caseload(karen)
    here = {place.case: name for name, place in
            {"asking": asking, "late": late, "quiet": quiet, "done": done}.items()}  # fmt: skip
    listed = {
        heading: [here[it["id"]] for it in told["cases"] if heading in it["under"] and it["id"] in here]
        for heading in HEADINGS
    }
    assert {heading: sorted(names) for heading, names in listed.items()} == {
        "us": ["asking", "late"],
        "family": [],
        "late": ["late"],
        "quiet": ["quiet"],
    }
    assert [it["heading"] for it in told["counts"]] == list(HEADINGS)
    for count in told["counts"]:
        opened = [it for it in told["cases"] if count["heading"] in it["under"]]
        assert count["cases"] == len(opened), count["heading"]
    with_us = [it for it in told["cases"] if it["us"]]
    with_family = [it for it in told["cases"] if it["family"]]
    overdue = [it for it in told["cases"] if any(one["late"] for one in it["us"] + it["family"])]
    silent = [it for it in told["cases"] if it["family_silent"] >= SILENCE_DAYS and not it["closed"]]
    assert [it["cases"] for it in told["counts"]] == [len(it) for it in (with_us, with_family, overdue, silent)]
    assert [it["id"] for it in told["cases"]][: len(overdue)] == [it["id"] for it in overdue], "late ones stand first"


def test_the_list_leaves_a_look_at_each_case_that_it_shows_and_at_no_other(village: Village, family: Place) -> None:
    handed = village["caseworker"].opens_dialogue("mother")
    accepts(village, wants_to_hand_over(village, handed, stays=False))
    caseload(village["caseworker"])
    assert looks_at(village, family, "caseworker") == ["list_caseload"]
    assert "list_caseload" not in looks_at(village, handed, "caseworker")
    [look] = [it for it in told(village, family, "mother") if it["what"] == "list_caseload"]
    assert look["who"] == BY_KEY["caseworker"].name, "the family is told"


def test_every_case_whose_ball_i_have_by_home_is_in_the_list(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    home = karen.did(karen.get("/api/cases"))["cases"]
    mine = {it["id"] for it in home if it["ball"] and it["ball"]["is_me"]}
    assert family.case in mine
    listed = {it["id"]: it for it in caseload(karen)["cases"]}
    assert mine == {case for case, it in listed.items() if not it["deputy"]}
    for it in home:
        if it["id"] in listed:
            assert it["standing"] == listed[it["id"]]["standing"], "home and list say the same"
