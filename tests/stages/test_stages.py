"""Where a case is: every step with its day and its reason, told to the family as it is told to the municipality."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from app.clocks import Clock, due
from app.dates import DENMARK
from tests.conftest import Village
from tests.notes.noting import on_home
from tests.people_of import Place
from tests.stages.stepping import (
    TO_A_START,
    WHY,
    days_ago,
    goes,
    longer_ago,
    moment,
    moves,
    reads_stages,
    refusal,
    stands,
    step_body,
)
from tests.village import BY_KEY

# Where a case is after each step; what the family reads as the next one, and the clock that its last day goes by.
WAY = (
    ("notified", "danger_assessed", Clock.danger_assessment),
    ("danger_assessed", "screened", Clock.screening),
    ("screened", "decided", Clock.light_assessment),
    ("decided", "started", Clock.start),
    ("started", "followed_up", Clock.first_follow_up),
)


def test_the_family_reads_at_every_step_where_we_are_what_is_next_until_when_and_at_whom(
    village: Village, family: Place
) -> None:
    karen = village["caseworker"]
    assert stands(village["mother"], family) is None
    for step, next_step, clock in WAY:
        made = karen.did(moves(karen, family, step))
        at = moment(made["happened_at"])
        for who in ("mother", "father", "caseworker"):
            told = stands(village[who], family)
            assert (told["step"], told["next"], told["late"]) == (step, next_step, False), who
            assert moment(told["due_at"]) == due(clock, at).at
            assert told["at"] == {
                "name": BY_KEY["caseworker"].name,
                "capacity": "rådgiver",
                "is_me": who == "caseworker",
            }
            assert on_home(village[who], family)["standing"] == told, "home and conversation say the same"
    followed = karen.did(moves(karen, family, "followed_up"))
    told = stands(village["mother"], family)
    assert (told["step"], told["next"]) == ("followed_up", "followed_up")
    until, since = (moment(it).astimezone(DENMARK).date() for it in (told["due_at"], followed["happened_at"]))
    assert until - since == timedelta(weeks=6, days=1), "the midnight after the last day"
    karen.did(moves(karen, family, "followed_up", outcome="ends", weeks=None))
    assert [stands(village["mother"], family)[it] for it in ("next", "due_at", "late")] == ["closed", None, False]
    goes(karen, family, "closed")
    assert [stands(village["mother"], family)[it] for it in ("step", "next")] == ["closed", None]
    assert reads_stages(karen, family)["may_follow"] == ["notified", "complained", "file_asked"], (
        "a new one opens it again"
    )
    kinds = [entry["kind"] for entry in village["father"].reads(family)][-8:]
    assert kinds == ["stage_moved"] * 8


def test_each_step_says_who_when_and_why(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    karen.did(moves(karen, family, "notified", happened_at=days_ago(2)))
    [step] = reads_stages(village["mother"], family)["steps"]
    assert (step["author"]["name"], step["words"]) == (BY_KEY["caseworker"].name, WHY)
    assert moment(step["recorded_at"]) - moment(step["happened_at"]) > timedelta(days=1, hours=23)
    assert moves(karen, family, "danger_assessed", words=" ").status_code == 422


def test_a_late_step_of_the_municipality_is_late_for_everybody(village: Village, family: Place) -> None:
    goes(village["caseworker"], family, "notified")
    longer_ago(village, family, 2)
    for who in ("mother", "caseworker"):
        assert stands(village[who], family)["late"] is True
        assert on_home(village[who], family)["standing"]["late"] is True


def test_every_step_that_is_late_says_what_at_whom_and_since_when(village: Village, family: Place) -> None:
    """As it does when it is in time: here, and on home."""
    karen, mother = village["caseworker"], village["mother"]
    yesterday = "update stages set due_at = now() - interval '1 day' where thread_id = %s and id = %s returning id"
    for step, next_step, _ in WAY:
        made = goes(karen, family, step)
        in_time = stands(mother, family)
        assert village.rows(yesterday, family.thread, made["id"])
        late = stands(mother, family)
        assert (in_time["late"], late["late"]) == (False, True), step
        for told in (in_time, late):
            assert (told["step"], told["next"], told["at"]["name"]) == (step, next_step, BY_KEY["caseworker"].name)
        assert late["due_on"] < in_time["due_on"]
        assert on_home(mother, family)["standing"] == late
    goes(karen, family, "closed")
    longer_ago(village, family, 400)
    after = stands(mother, family)
    assert (after["step"], after["next"], after["late"]) == ("closed", None, False)
    assert after["at"]["name"] == BY_KEY["caseworker"].name, "somebody still has the ball"


@pytest.mark.parametrize("step", ["danger_assessed", "screened", "decided", "started", "followed_up", "closed"])
def test_nothing_comes_before_the_notification(village: Village, family: Place, step: str) -> None:
    assert refusal(moves(village["caseworker"], family, step)) == "409 not_next_stage"


def test_no_step_is_left_out(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    for done, following in pairwise(TO_A_START):
        goes(karen, family, done)
        later = TO_A_START[TO_A_START.index(following) + 1 :]
        for left_out in later:
            assert refusal(moves(karen, family, left_out)) == "409 not_next_stage", f"{left_out} after {done}"


def test_a_step_has_happened_and_not_before_the_one_that_it_follows(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    assert moves(karen, family, "notified", happened_at=days_ago(-1)).status_code == 422, "it is to come"
    assert moves(karen, family, "notified", happened_at=days_ago(40)).status_code == 422, "long ago"
    karen.did(moves(karen, family, "notified", happened_at=days_ago(5)))
    early = moves(karen, family, "danger_assessed", happened_at=days_ago(6.1))
    assert refusal(early) == "422 before_last_stage"
    karen.did(moves(karen, family, "danger_assessed", happened_at=days_ago(5)))


def test_a_bus_in_a_tunnel_makes_one_step(village: Village, family: Place) -> None:
    karen, body = village["caseworker"], step_body("notified")
    first = karen.post(f"{family.path}/stages", **body)
    assert karen.post(f"{family.path}/stages", **body).content == first.content
    assert refusal(karen.post(f"{family.path}/stages", **body | {"words": "Andet"})) == "422 id_reused"
    assert len(reads_stages(karen, family)["steps"]) == 1


def test_whoever_writes_has_seen_who_reads(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    circle = karen.sees(family)["circle"]
    assert refusal(moves(karen, family, "notified", circle=circle + 1)) == "409 circle_changed"
    karen.did(moves(karen, family, "notified", circle=circle))


def test_only_whoever_works_on_the_case_takes_it_on(village: Village, family: Place) -> None:
    assert refusal(moves(village["mother"], family, "notified")) == "403 not_allowed"
    assert village["outsider"].get(f"{family.path}/stages").status_code == 404
    assert reads_stages(village["mother"], family)["may_follow"] == []


def test_the_steps_lie_with_the_family_and_in_no_side_thread(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    mother = karen.place_of(family, "mother")["membership"]
    side = karen.did(karen.post(f"/api/cases/{family.case}/threads", purpose="Kun os to", members=[mother]))["id"]
    aside = Place(family.case, side)
    assert refusal(moves(karen, aside, "notified")) == "409 stages_elsewhere"
    goes(karen, family, "notified")
    assert (stands(karen, aside), reads_stages(karen, aside)["steps"]) == (None, [])


def test_whoever_came_later_reads_only_what_came_later(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    goes(karen, family, "notified")
    village.brings_in(family, "teacher")
    assert reads_stages(village["teacher"], family)["steps"] == []
    assert stands(village["teacher"], family) is None
    goes(karen, family, "danger_assessed")
    assert [it["step"] for it in reads_stages(village["teacher"], family)["steps"]] == ["danger_assessed"]


def test_a_search_finds_the_reason_and_the_childs_words(village: Village, family: Place) -> None:
    karen, word = village["caseworker"], f"kvistbo{uuid4().hex[:6]}"
    goes(karen, family, "notified", "danger_assessed", "screened")
    karen.did(moves(karen, family, "decided", child_view=f"Jeg vil bo i {word}"))
    hits = village["mother"].did(village["mother"].post("/api/search", words=word))["hits"]
    assert [hit["kind"] for hit in hits] == ["stage_moved"]


def test_what_somebody_takes_home_has_the_steps(village: Village, family: Place) -> None:
    goes(village["caseworker"], family, *TO_A_START)
    copy = village["mother"].did(village["mother"].get(f"{family.path}/export", format="json"))
    [thread] = copy["threads"]
    assert [it["step"] for it in thread["stages"]] == list(TO_A_START)
    printed = village["mother"].get(f"{family.path}/export", format="pdf")
    assert printed.content.startswith(b"%PDF")
