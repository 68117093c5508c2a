"""Serious cases never stay on the light track; what a decision needs grows with how serious it is."""

import pytest

from app.clocks import Clock, due
from tests.conftest import Village
from tests.people_of import Place
from tests.stages.stepping import goes, moment, moves, reads_stages, refusal, stands

FULL = {"outcome": "section_20", "track": "full"}


@pytest.fixture
def assessed(village: Village, family: Place) -> Place:
    goes(village["caseworker"], family, "notified", "danger_assessed")
    return family


def test_with_danger_nothing_at_all_is_kept_in_the_open_house(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified")
    before = karen.sees(family)["seq"]
    refused = moves(karen, family, "danger_assessed", danger=True, words="Hun er bange for at gå hjem")
    assert refusal(refused) == "422 danger_elsewhere"
    assert karen.sees(family)["seq"] == before, "no event, so nobody was told"
    assert village.rows("select count(*) from stages where thread_id = %s", family.thread) == [(1,)]
    made = karen.did(moves(karen, family, "danger_assessed"))
    assert "danger" not in made, "that it was assessed is told, and never what it came to"


@pytest.mark.parametrize("ground", ["complex", "violence", "after_shelter"])
def test_a_serious_case_gets_the_full_assessment(village: Village, assessed: Place, ground: str) -> None:
    karen = village["caseworker"]
    for softer in ({"outcome": "nothing_more"}, {"outcome": "section_19"}, {"outcome": "section_20"}):
        assert moves(karen, assessed, "screened", track="light", grounds=[ground], **softer).status_code == 422
    assert moves(karen, assessed, "screened", outcome="section_19", track="full", grounds=[ground]).status_code == 422
    karen.did(moves(karen, assessed, "screened", grounds=[ground], **FULL))
    page = reads_stages(village["mother"], assessed)
    assert (page["serious"], page["track"]) == (True, "full")


def test_a_serious_case_goes_back_to_the_light_track_in_two_steps_each_with_its_reason(
    village: Village, assessed: Place
) -> None:
    karen = village["caseworker"]
    karen.did(moves(karen, assessed, "screened", grounds=["violence"], **FULL))
    assert refusal(moves(karen, assessed, "screened")) == "409 still_serious"
    karen.did(moves(karen, assessed, "screened", words="Det var en anden dreng, der blev slået.", **FULL))
    karen.did(moves(karen, assessed, "screened", words="Vi taler med skolen og hjælper derfra."))
    assert reads_stages(karen, assessed)["track"] == "light"


def test_the_full_assessment_has_four_months_from_the_notification(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    notified = goes(karen, family, "notified")
    goes(karen, family, "danger_assessed")
    karen.did(moves(karen, family, "screened", **FULL))
    assert moment(stands(karen, family)["due_at"]) == due(Clock.assessment, moment(notified["happened_at"])).at


def test_no_decision_without_the_childs_view_or_the_reason_why_it_is_missing(village: Village, assessed: Place) -> None:
    karen = village["caseworker"]
    goes(karen, assessed, "screened")
    for choice in ("own_words", "summary", "none"):
        assert moves(karen, assessed, "decided", child_view_choice=choice, child_view=" ").status_code == 422
    missing = {"child_view_choice": "none", "child_view": "Han er tre måneder gammel. Vi har set ham med sin mor."}
    made = karen.did(moves(karen, assessed, "decided", **missing))
    assert {key: made[key] for key in missing} == missing


def test_after_a_full_assessment_the_decision_says_who_took_part(village: Village, assessed: Place) -> None:
    karen = village["caseworker"]
    karen.did(moves(karen, assessed, "screened", **FULL))
    assert refusal(moves(karen, assessed, "decided")) == "422 who_took_part"
    made = karen.did(moves(karen, assessed, "decided", involved="Mor, far og Emils lærer"))
    assert made["involved"] == "Mor, far og Emils lærer"


def test_nothing_starts_without_a_decision_to_support(village: Village, assessed: Place) -> None:
    karen = village["caseworker"]
    goes(karen, assessed, "screened")
    karen.did(moves(karen, assessed, "decided", outcome="no_support"))
    assert refusal(moves(karen, assessed, "started")) == "409 not_next_stage"
    assert stands(karen, assessed)["next"] == "closed"


def test_nothing_is_decided_when_nothing_more_is_done(village: Village, assessed: Place) -> None:
    karen = village["caseworker"]
    karen.did(moves(karen, assessed, "screened", outcome="nothing_more"))
    assert refusal(moves(karen, assessed, "decided")) == "409 not_next_stage"
    goes(karen, assessed, "closed")


def test_the_first_follow_up_is_within_three_months_and_the_next_one_is_chosen(
    village: Village, assessed: Place
) -> None:
    karen = village["caseworker"]
    goes(karen, assessed, "screened", "decided")
    assert refusal(moves(karen, assessed, "started", weeks=14)) == "422 follow_up_too_late"
    karen.did(moves(karen, assessed, "started", weeks=8))
    assert moves(karen, assessed, "followed_up", weeks=None).status_code == 422, "a cadence, with its reason"
    assert moves(karen, assessed, "followed_up", outcome="ends", weeks=8).status_code == 422
    karen.did(moves(karen, assessed, "followed_up", weeks=26, words="Det går godt, og Emil vil gerne have fred."))
