"""What is owed beside the way of a case: the child's plan, the whole assessment, the file to whoever asks for it."""

from datetime import timedelta
from typing import Any

import pytest

from app.clocks import Clock, due
from app.dates import now
from tests.conftest import Village
from tests.people_of import Place
from tests.stages.stepping import days_ago, goes, longer_ago, moment, moves, reads_stages, refusal, stands

FULL = {"outcome": "section_20", "track": "full"}
HEARD = {"involved": "Mor, far og Emils lærer"}


def assessed(village: Village, place: Place) -> str:
    """Notified, assessed for danger, and to be assessed in full: that screening."""
    karen = village["caseworker"]
    goes(karen, place, "notified", "danger_assessed")
    screening: str = karen.did(moves(karen, place, "screened", **FULL))["id"]
    return screening


def planned(village: Village, place: Place, **more: Any) -> dict[str, Any]:
    """Decided, with a plan to be made."""
    karen = village["caseworker"]
    goes(karen, place, "notified", "danger_assessed", "screened")
    made: dict[str, Any] = karen.did(moves(karen, place, "decided", plan=True, **more))
    return made


def test_a_plan_that_is_chosen_is_ready_within_three_months_and_the_family_sees_the_day(
    village: Village, family: Place
) -> None:
    decision, karen = planned(village, family), village["caseworker"]
    assert moment(decision["plan_due_at"]) == due(Clock.plan, moment(decision["happened_at"])).at
    goes(karen, family, "started")
    told = stands(village["mother"], family)
    assert (told["step"], told["late"]) == ("started", False)
    assert told["next"] in ("followed_up", "plan_ready"), "both are due in three months"
    longer_ago(village, family, 60)
    karen.did(moves(karen, family, "followed_up", weeks=26))
    told = stands(village["mother"], family)
    assert (told["next"], told["due_on"] > now().date().isoformat()) == ("plan_ready", True)
    longer_ago(village, family, 60)
    assert stands(village["mother"], family)["late"] is True
    karen.did(moves(karen, family, "plan_ready", about=decision["id"], words="Alle har været med."))
    told = stands(village["mother"], family)
    assert (told["step"], told["next"], told["late"]) == ("followed_up", "followed_up", False)
    assert refusal(moves(karen, family, "plan_ready", about=decision["id"])) == "409 not_next_stage"


def test_no_plan_is_made_of_what_is_not_given_or_was_not_chosen(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified", "danger_assessed", "screened")
    assert refusal(moves(karen, family, "decided", plan=True, outcome="no_support")) == "422 invalid"
    decision = goes(karen, family, "decided")
    assert decision["plan_due_at"] is None
    assert "plan_ready" not in reads_stages(karen, family)["may_follow"]
    assert refusal(moves(karen, family, "plan_ready", about=decision["id"])) == "409 not_next_stage"


def test_the_same_decision_with_another_choice_of_plan_is_not_the_same(village: Village, family: Place) -> None:
    decision, karen = planned(village, family), village["caseworker"]
    assert moves(karen, family, "decided", id=decision["id"], plan=True).json()["id"] == decision["id"]
    assert refusal(moves(karen, family, "decided", id=decision["id"])) == "422 id_reused"


@pytest.mark.parametrize("ending", ["another decision", "the support ends", "the case is closed"])
def test_a_plan_is_owed_no_longer_when_its_support_is_not(village: Village, family: Place, ending: str) -> None:
    decision, karen = planned(village, family), village["caseworker"]
    assert "plan_ready" in reads_stages(karen, family)["may_follow"]
    if ending == "another decision":
        goes(karen, family, "decided")
    elif ending == "the support ends":
        goes(karen, family, "started")
        karen.did(moves(karen, family, "followed_up", outcome="ends", weeks=None))
    else:
        goes(karen, family, "closed")
    assert "plan_ready" not in reads_stages(karen, family)["may_follow"]
    assert refusal(moves(karen, family, "plan_ready", about=decision["id"])) == "409 not_next_stage"


def test_an_assessment_that_takes_longer_than_four_months_is_told_of_and_soon_done(
    village: Village, family: Place
) -> None:
    screening, karen, mother = assessed(village, family), village["caseworker"], village["mother"]
    longer_ago(village, family, 130)
    told = stands(mother, family)
    assert (told["next"], told["late"]) == ("decided", True)
    made = karen.did(moves(karen, family, "provisional", about=screening, words="Vi mangler at tale med skolen."))
    told = stands(mother, family)
    assert (told["step"], told["next"], told["late"]) == ("screened", "decided", False)
    assert moment(told["due_at"]) == due(Clock.whole_assessment, moment(made["happened_at"])).at
    assert refusal(moves(karen, family, "provisional", about=screening)) == "409 not_next_stage"
    longer_ago(village, family, 40)
    assert stands(mother, family)["late"] is True, "it is owed all the same"
    karen.did(moves(karen, family, "decided", **HEARD))
    assert refusal(moves(karen, family, "provisional", about=screening)) == "409 not_next_stage"


def test_a_provisional_assessment_takes_nothing_from_the_four_months(village: Village, family: Place) -> None:
    screening, karen = assessed(village, family), village["caseworker"]
    until = stands(karen, family)["due_at"]
    karen.did(moves(karen, family, "provisional", about=screening))
    assert stands(karen, family)["due_at"] == until


def test_only_a_full_assessment_has_a_provisional_one(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    screening = goes(karen, family, "notified", "danger_assessed", "screened")["id"]
    assert "provisional" not in reads_stages(karen, family)["may_follow"]
    assert refusal(moves(karen, family, "provisional", about=screening)) == "409 not_next_stage"
    first = reads_stages(karen, family)["steps"][0]["id"]
    for step in ("provisional", "plan_ready", "file_answered"):
        assert refusal(moves(karen, family, step, about=first)) in ("409 not_next_stage", "422 no_such_stage")


def test_whoever_asks_for_the_file_is_answered_within_seven_working_days_of_asking(
    village: Village, family: Place
) -> None:
    """Before there is any notification; and counted from the day it was asked, not from the day it was written down."""
    karen, mother = village["caseworker"], village["mother"]
    made = karen.did(moves(karen, family, "file_asked", happened_at=days_ago(3), words="Mor vil se hele sagen."))
    told = stands(mother, family)
    assert (told["step"], told["next"]) == ("file_asked", "file_answered")
    assert moment(told["due_at"]) == due(Clock.file_access, moment(made["happened_at"])).at
    longer_ago(village, family, 20)
    assert stands(mother, family)["late"] is True
    assert [it["step"] for it in on_the_leaders_board(village, family)] == ["file_answered"]
    karen.did(moves(karen, family, "file_answered", about=made["id"], words="Mor har fået hele sagen."))
    assert stands(mother, family) is None
    assert on_the_leaders_board(village, family) == []
    assert refusal(moves(karen, family, "file_answered", about=made["id"])) == "409 not_next_stage"


def test_each_of_two_who_ask_is_answered_also_when_the_case_is_closed(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified", "danger_assessed", "screened", "closed")
    first, second = (karen.did(moves(karen, family, "file_asked", words=f"{who} spurgte."))["id"] for who in "AB")
    longer_ago(village, family, 30)
    assert [it["step"] for it in on_the_leaders_board(village, family)] == ["file_answered"]
    karen.did(moves(karen, family, "file_answered", about=second))
    assert [it["step"] for it in on_the_leaders_board(village, family)] == ["file_answered"]
    karen.did(moves(karen, family, "file_answered", about=first))
    told = stands(karen, family)
    assert (told["step"], told["next"], told["late"]) == ("closed", None, False)
    assert on_the_leaders_board(village, family) == []


def test_a_request_may_have_come_before_what_was_last_done_but_not_a_month_ago(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified")
    karen.did(moves(karen, family, "file_asked", happened_at=days_ago(2)))
    assert refusal(moves(karen, family, "file_asked", happened_at=days_ago(32))) == "422 invalid"
    early = moves(karen, family, "file_answered", about=reads_stages(karen, family)["steps"][-1]["id"])
    assert early.status_code == 201
    assert stands(karen, family)["next"] == "danger_assessed"


def test_the_family_reads_all_of_it_takes_it_home_and_writes_none(village: Village, family: Place) -> None:
    screening = assessed(village, family)
    for step, more in (("file_asked", {}), ("provisional", {"about": screening})):
        assert refusal(moves(village["mother"], family, step, **more)) == "403 not_allowed"
    village["caseworker"].did(moves(village["caseworker"], family, "provisional", about=screening))
    assert [it["step"] for it in reads_stages(village["father"], family)["steps"]][-1] == "provisional"
    copy = village["mother"].did(village["mother"].get(f"/api/cases/{family.case}/export", format="json"))
    [steps] = [thread["stages"] for thread in copy["threads"] if thread["stages"]]
    assert [it["step"] for it in steps][-1] == "provisional"
    assert moment(steps[-1]["happened_at"]) > now() - timedelta(minutes=5)


def on_the_leaders_board(village: Village, place: Place) -> list[dict[str, Any]]:
    leader = village["leader"]
    board = leader.did(leader.get("/api/waiting"))["waiting"]
    return [it for it in board if it["reference"] == place.case[:8]]
