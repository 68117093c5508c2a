"""What a leader is told of the steps: how long they took, which one is late, and which waits for a second signature. A
reference and days; never a child, a family or a word."""

from datetime import datetime
from statistics import fmean, median
from typing import Any

import pytest

from app.clocks import Clock, due
from app.dates import DENMARK
from tests.conftest import Village
from tests.people_of import Place
from tests.stages.stepping import TO_A_START, goes, longer_ago, moves, refusal, stands
from tests.village import BY_KEY

KAREN = BY_KEY["caseworker"]
OTHERS = ("mother", "teacher", "caseworker", "colleague", "auditor", "outsider")
# Scenario 10: 33 days from the notification to the decision, and the help began two days after that.
DAYS = {
    "notified": "2026-03-02",
    "danger_assessed": "2026-03-02",
    "screened": "2026-03-05",
    "decided": "2026-04-04",
    "started": "2026-04-06",
}


def happened(village: Village, place: Place, days: dict[str, str]) -> None:
    """Each of these steps happened on its day, at noon; and what runs from there runs from there."""
    for step, day in days.items():
        at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=DENMARK)
        until = due(Clock.first_follow_up, at).at if step == "started" else None
        moved = (
            "update stages set happened_at = %s, due_at = coalesce(%s, due_at)"
            " where thread_id = %s and step = %s returning id"
        )
        assert village.rows(moved, at, until, place.thread, step)


def intervals(village: Village, who: str, **period: int) -> dict[str, Any]:
    found: dict[str, Any] = village[who].did(village[who].get("/api/intervals", **period))
    return found


def ways(told: dict[str, Any], place: Place) -> list[dict[str, Any]]:
    return [way for way in told["ways"] if way["reference"] == place.case[:8]]


def waiting(village: Village, who: str, place: Place) -> list[dict[str, Any]]:
    found = village[who].did(village[who].get("/api/waiting"))["waiting"]
    return [it for it in found if it["reference"] == place.case[:8]]


@pytest.fixture
def helped(village: Village, family: Place) -> Place:
    goes(village["caseworker"], family, *TO_A_START)
    happened(village, family, DAYS)
    return family


def test_days_33_and_2_are_told_to_the_leader(village: Village, helped: Place) -> None:
    for period in ({"year": 2026}, {"year": 2026, "half": 1}):
        assert ways(intervals(village, "leader", **period), helped) == [
            {
                "reference": helped.case[:8],
                "notified_on": "2026-03-02",
                "to_decision": 33,
                "decision_to_start": 2,
                "to_start": 35,
            }
        ]
    for period in ({"year": 2026, "half": 2}, {"year": 2027}):
        assert ways(intervals(village, "leader", **period), helped) == []


def test_each_interval_is_counted_from_the_list_behind_it(village: Village, helped: Place, family: Place) -> None:
    begun = village["caseworker"].opens_dialogue("mother")
    goes(village["caseworker"], begun, "notified")
    happened(village, begun, {"notified": "2026-03-09"})
    told = intervals(village, "leader", year=2026, half=1)
    assert [way["to_decision"] for way in ways(told, begun)] == [None], "it has not come so far"
    assert [it["span"] for it in told["intervals"]] == ["to_decision", "decision_to_start", "to_start"]
    for it in told["intervals"]:
        days = [way[it["span"]] for way in told["ways"] if way[it["span"]] is not None]
        assert (it["count"], it["median"], it["mean"]) == (len(days), median(days), round(fmean(days), 1))
        assert 0 < len(days) < len(told["ways"])
    assert (told["first"], told["last"]) == ("2026-01-01", "2026-06-30")


def test_a_way_of_no_days_is_a_number_too(village: Village, family: Place) -> None:
    """In a year that nothing else happened in, however long ago other tests put things."""
    goes(village["caseworker"], family, *TO_A_START)
    happened(village, family, dict.fromkeys(TO_A_START, "2024-05-06"))
    told = intervals(village, "leader", year=2024)
    assert told["ways"] == ways(told, family)
    assert [(it["count"], it["median"], it["mean"]) for it in told["intervals"]] == [(1, 0, 0)] * 3


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_leader_is_told(village: Village, helped: Place, who: str) -> None:
    assert ways(intervals(village, "leader", year=2026), helped), "there is something to be told"
    told = intervals(village, who, year=2026)
    assert told["ways"] == []
    assert [it["count"] for it in told["intervals"]] == [0, 0, 0]
    assert waiting(village, who, helped) == []


def test_a_leader_of_another_unit_is_told_nothing(village: Village, helped: Place) -> None:
    elsewhere = "update employments set unit_id = %s where id = %s returning id"
    [(job, unit)] = village.rows(
        "select e.id, e.unit_id from employments e join persons p on p.id = e.person_id"
        " where e.role = 'leader' and p.name = %s",
        BY_KEY["leader"].name,
    )
    [(other,)] = village.rows("select id from units where id <> %s order by name limit 1", unit)
    assert waiting(village, "leader", helped)
    village.rows(elsewhere, other, job)
    try:
        assert ways(intervals(village, "leader", year=2026), helped) == []
        assert waiting(village, "leader", helped) == []
    finally:
        village.rows(elsewhere, unit, job)


def test_a_late_follow_up_stands_on_the_leaders_board_until_it_is_made(village: Village, helped: Place) -> None:
    assert waiting(village, "leader", helped) == [
        {
            "kind": "stage",
            "reference": helped.case[:8],
            "name": KAREN.name,
            "title": KAREN.employed and KAREN.employed[1],
            "asked_at": "2026-04-06T10:00:00Z",
            "due_on": due(Clock.first_follow_up, datetime(2026, 4, 6, 12, tzinfo=DENMARK)).day.isoformat(),
            "late": True,
            "step": "followed_up",
        }
    ]
    assert stands(village["mother"], helped)["late"] is True, "the family reads the same"
    village["caseworker"].did(moves(village["caseworker"], helped, "followed_up", weeks=6))
    assert waiting(village, "leader", helped) == []


def test_the_first_follow_up_is_within_three_months_and_what_is_in_time_is_on_no_board(
    village: Village, family: Place
) -> None:
    karen = village["caseworker"]
    goes(karen, family, *TO_A_START[:-1])
    assert refusal(moves(karen, family, "started", weeks=14)) == "422 follow_up_too_late"
    goes(karen, family, "started")
    assert waiting(village, "leader", family) == []


def test_any_late_step_stands_there_and_a_closed_case_does_not(village: Village, family: Place) -> None:
    goes(village["caseworker"], family, "notified")
    longer_ago(village, family, 2)
    [late] = waiting(village, "leader", family)
    assert (late["kind"], late["step"], late["late"]) == ("stage", "danger_assessed", True)
    goes(village["caseworker"], family, "danger_assessed", "screened", "closed")
    longer_ago(village, family, 400)
    assert waiting(village, "leader", family) == []


def test_a_late_complaint_stands_there_even_when_the_case_is_closed(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified", "danger_assessed", "screened")
    decision = karen.did(moves(karen, family, "decided", outcome="no_support"))["id"]
    complaint = karen.did(moves(karen, family, "complained", about=decision, oral=True))["id"]
    goes(karen, family, "closed")
    assert waiting(village, "leader", family) == []
    longer_ago(village, family, 60)
    assert [it["step"] for it in waiting(village, "leader", family)] == ["reconsidered"]
    karen.did(moves(karen, family, "reconsidered", about=complaint, outcome="upheld"))
    assert waiting(village, "leader", family) == []


def test_an_assessment_that_waits_for_new_eyes_is_told_at_once(village: Village, family: Place) -> None:
    goes(village["caseworker"], family, *TO_A_START, "notified", "danger_assessed")
    [waits] = waiting(village, "leader", family)
    assert (waits["kind"], waits["step"], waits["late"]) == ("signature", "co_signed", False)
    longer_ago(village, family, 30)
    [late] = waiting(village, "leader", family)
    assert (late["kind"], late["late"]) == ("signature", True), "once, not as a late step as well"
