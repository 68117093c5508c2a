"""A family that does not agree: four weeks to say so, also by phone; it is looked at again, and late ones are kept."""

from datetime import timedelta

import pytest

from app.clocks import Clock, due
from app.dates import now
from tests.conftest import Village
from tests.people_of import Place
from tests.stages.stepping import CHILDS, days_ago, goes, longer_ago, moment, moves, reads_stages, refusal, stands
from tests.village import BY_KEY


@pytest.fixture
def decided(village: Village, family: Place) -> tuple[Place, str]:
    goes(village["caseworker"], family, "notified", "danger_assessed", "screened")
    return family, goes(village["caseworker"], family, "decided")["id"]


def test_a_decision_says_how_long_one_can_complain(village: Village, decided: tuple[Place, str]) -> None:
    place, decision = decided
    made = next(it for it in reads_stages(village["mother"], place)["steps"] if it["id"] == decision)
    assert made["complain_until"] == due(Clock.complaint, moment(made["happened_at"])).day.isoformat()


@pytest.mark.parametrize(("day", "in_time"), [(27, True), (28, True), (29, False)])
def test_a_complaint_on_this_day_is_kept_and_told_whether_it_came_in_time(
    village: Village, decided: tuple[Place, str], day: int, in_time: bool
) -> None:
    (place, decision), karen = decided, village["caseworker"]
    longer_ago(village, place, day)
    exactly = "update stages set complain_until = (happened_at at time zone 'Europe/Copenhagen')::date + 28"
    assert village.rows(exactly + " where id = %s returning id", decision)  # whatever holiday this year's day falls on
    made = karen.did(moves(karen, place, "complained", about=decision, oral=True, words="Mor ringede. Hun er uenig."))
    assert (made["in_time"], made["oral"]) == (in_time, True)
    told = stands(village["mother"], place)
    assert (told["step"], told["next"]) == ("decided", "started"), "the start was due before that"
    goes(karen, place, "started")
    told = stands(village["mother"], place)
    assert told["next"] == "reconsidered"
    assert moment(told["due_at"]) == due(Clock.reconsideration, moment(made["happened_at"])).at


def test_it_is_looked_at_again_once_and_the_case_goes_on(village: Village, decided: tuple[Place, str]) -> None:
    (place, decision), karen = decided, village["caseworker"]
    assert "reconsidered" not in reads_stages(karen, place)["may_follow"]
    complaint = karen.did(moves(karen, place, "complained", about=decision, oral=False))["id"]
    assert refusal(moves(karen, place, "complained", about=decision, oral=True)) == "409 complaint_waits"
    assert refusal(moves(karen, place, "reconsidered", about=decision, outcome="upheld")) == "422 no_such_stage"
    karen.did(moves(karen, place, "reconsidered", about=complaint, outcome="upheld", words="Vi ser det som før."))
    assert refusal(moves(karen, place, "reconsidered", about=complaint, outcome="upheld")) == "409 not_next_stage"
    goes(karen, place, "started")
    assert stands(karen, place)["next"] == "followed_up"


def test_a_committees_decision_is_not_looked_at_again_here(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified", "danger_assessed", "screened")
    decision = karen.did(moves(karen, family, "decided", committee=True))["id"]
    complaint = karen.did(moves(karen, family, "complained", about=decision, oral=True))["id"]
    assert refusal(moves(karen, family, "reconsidered", about=complaint, outcome="upheld")) == "409 not_next_stage"
    assert stands(karen, family)["next"] == "started"


def test_nobody_complains_of_what_is_no_decision_or_before_it(village: Village, decided: tuple[Place, str]) -> None:
    (place, decision), karen = decided, village["caseworker"]
    first = reads_stages(karen, place)["steps"][0]["id"]
    assert refusal(moves(karen, place, "complained", about=first, oral=True)) == "422 no_such_stage"
    early = moves(karen, place, "complained", about=decision, oral=True, happened_at=days_ago(1.1))
    assert refusal(early) == "422 before_last_stage"
    assert now() - timedelta(days=2) < moment(reads_stages(karen, place)["steps"][-1]["happened_at"])


def test_whoever_moves_away_takes_all_of_it_along(village: Village, decided: tuple[Place, str]) -> None:
    """Scenario 11: she rings on day 27, it is looked at again within four weeks, and the copy of the whole case that
    goes to the new municipality has each step with its day, its reason and who wrote it."""
    (place, decision), karen, mother = decided, village["caseworker"], village["mother"]
    longer_ago(village, place, 27)
    complaint = karen.did(moves(karen, place, "complained", about=decision, oral=True, words="Mor ringede."))
    assert complaint["in_time"] is True
    assert moment(complaint["due_at"]) == due(Clock.reconsideration, moment(complaint["happened_at"])).at
    weeks = moment(complaint["due_at"]) - moment(complaint["happened_at"])
    assert weeks <= timedelta(weeks=4, days=4), "four weeks, and the holidays that the last day may fall on"
    again = karen.did(
        moves(karen, place, "reconsidered", about=complaint["id"], outcome="upheld", words="Vi holder fast.")
    )
    for who in (karen, mother):
        copy = who.did(who.get(f"/api/cases/{place.case}/export", format="json"))
        [steps] = [thread["stages"] for thread in copy["threads"] if thread["stages"]]
        assert [it["step"] for it in steps] == [
            "notified",
            "danger_assessed",
            "screened",
            "decided",
            "complained",
            "reconsidered",
        ]
        told = {it["step"]: it for it in steps}
        assert told["complained"]["oral"] is True
        assert (told["complained"]["words"], told["reconsidered"]["words"]) == ("Mor ringede.", again["words"])
        assert (told["reconsidered"]["outcome"], told["decided"]["child_view"]) == ("upheld", CHILDS)
        assert all(it["author"]["name"] == BY_KEY["caseworker"].name and it["happened_at"] for it in steps)
        assert who.get(f"/api/cases/{place.case}/export", format="pdf").content.startswith(b"%PDF")
