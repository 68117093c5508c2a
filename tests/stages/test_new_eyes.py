"""A new notification about a child with support is looked at by somebody who has not worked on the case (§ 137)."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.duty.test_duty import BORN, comes
from tests.people_of import Place, Someone
from tests.stages.stepping import TO_A_START, goes, moves, reads_stages, refusal, signs, stands


@pytest.fixture
def child(village: Village) -> tuple[str, Place]:
    name = f"Emil {uuid4().hex}"
    place = village["caseworker"].opens_dialogue("mother", "father", child_name=name, child_born=BORN)
    goes(village["caseworker"], place, *TO_A_START)
    return name, place


@pytest.fixture
def leader(village: Village) -> Iterator[Someone]:
    """Just logged in: coming on duty asks for it."""
    somebody = village.another_browser_of("leader")
    yield somebody
    somebody.browser.close()


def test_nobody_goes_on_until_somebody_new_to_the_case_has_signed(
    village: Village, child: tuple[str, Place], leader: Someone
) -> None:
    karen, (name, place) = village["caseworker"], child
    assert goes(karen, place, "notified")["new_eyes"] is True
    assessment = goes(karen, place, "danger_assessed")
    for who in ("mother", "caseworker"):
        told = stands(village[who], place)
        assert (told["waits_for_second"], told["next"]) == (True, "co_signed")
    assert refusal(moves(karen, place, "screened")) == "409 waits_for_second"
    assert refusal(signs(karen, place, assessment["id"])) == "403 not_allowed", "not by whoever wrote it"
    assert refusal(signs(village["mother"], place, assessment["id"])) == "403 not_allowed"
    assert signs(leader, place, assessment["id"]).status_code == 404, "she is not there yet"

    leader.did(comes(leader, name))
    assert reads_stages(leader, place)["to_sign"] == assessment["id"]
    signed = leader.did(signs(leader, place, assessment["id"]))
    assert (signed["step"], signed["about"]) == ("co_signed", assessment["id"])
    assert stands(village["mother"], place)["waits_for_second"] is False
    assert reads_stages(village["mother"], place)["steps"][-1]["words"] == signed["words"], "the family reads it"
    assert [it["kind"] for it in village["mother"].reads(place)][-1] == "stage_signed"
    goes(karen, place, "screened")
    assert refusal(signs(leader, place, assessment["id"])) == "403 not_new_here", (
        "she has signed, so she has worked on it"
    )


def test_a_signature_sent_again_is_the_same_one(village: Village, child: tuple[str, Place], leader: Someone) -> None:
    name, place = child
    goes(village["caseworker"], place, "notified")
    assessment = goes(village["caseworker"], place, "danger_assessed")
    leader.did(comes(leader, name))
    once = str(uuid4())
    first = signs(leader, place, assessment["id"], id=once)
    assert signs(leader, place, assessment["id"], id=once).content == first.content
    assert refusal(signs(leader, place, assessment["id"], id=once, words="Andet")) == "422 id_reused"


def test_whoever_once_had_a_place_in_the_case_is_not_new_to_it(
    village: Village, child: tuple[str, Place], leader: Someone
) -> None:
    """As a caseworker of another thread, whose place has ended."""
    name, place = child
    goes(village["caseworker"], place, "notified")
    assessment = goes(village["caseworker"], place, "danger_assessed")
    once = (
        "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, ended_at)"
        " select gen_random_uuid(), %s, %s, e.person_id, 'caseworker', 'Hanne Brandt', 'leder', now()"
        " from employments e where e.role = 'leader' returning id"
    )
    assert village.rows(once, place.case, place.thread)
    leader.did(comes(leader, name))
    assert reads_stages(leader, place)["to_sign"] is None
    assert refusal(signs(leader, place, assessment["id"])) == "403 not_new_here"


def test_a_signature_is_for_the_assessment_that_waits(
    village: Village, child: tuple[str, Place], leader: Someone
) -> None:
    name, place = child
    karen = village["caseworker"]
    notified = goes(karen, place, "notified")
    leader.did(comes(leader, name))
    assert refusal(signs(leader, place, notified["id"])) == "409 already_settled", "nothing is assessed yet"
    old = goes(karen, place, "danger_assessed")
    new = goes(karen, place, "danger_assessed")
    assert refusal(signs(leader, place, old["id"])) == "409 already_settled", "a newer one has taken its place"
    leader.did(signs(leader, place, new["id"]))


def test_without_support_one_person_is_enough(village: Village, family: Place) -> None:
    karen = village["caseworker"]
    assert goes(karen, family, "notified")["new_eyes"] is False
    assert goes(karen, family, "danger_assessed", "screened")["new_eyes"] is False
    goes(karen, family, "decided", "started")
    karen.did(moves(karen, family, "followed_up", outcome="ends", weeks=None))
    assert goes(karen, family, "notified")["new_eyes"] is False, "the support has ended"


def test_a_notification_with_nothing_in_it_leaves_the_support_as_it_is(
    village: Village, child: tuple[str, Place], leader: Someone
) -> None:
    name, place = child
    karen = village["caseworker"]
    follow_up = stands(karen, place)["due_at"]
    goes(karen, place, "notified")
    assessment = goes(karen, place, "danger_assessed")
    leader.did(comes(leader, name))
    leader.did(signs(leader, place, assessment["id"]))
    karen.did(moves(karen, place, "screened", outcome="nothing_more"))
    told = stands(village["mother"], place)
    assert (told["next"], told["due_at"]) == ("followed_up", follow_up)


def test_somebody_on_duty_writes_that_one_thing_and_the_database_says_so_too(
    village: Village, child: tuple[str, Place], leader: Someone
) -> None:
    name, place = child
    goes(village["caseworker"], place, "notified")
    assessment = goes(village["caseworker"], place, "danger_assessed")
    leader.did(comes(leader, name))
    [(hanne, seq)] = village.rows(
        "select m.person_id, t.last_seq from memberships m join threads t on t.id = m.thread_id"
        " where m.thread_id = %s and m.role = 'on_duty'",
        place.thread,
    )
    kept = (
        "insert into stages (thread_id, id, seq, person_id, step, happened_at, words, about)"
        " values (%s, gen_random_uuid(), %s, %s, %s, now(), 'x', %s)"
    )

    def writes(step: str, about: str | None) -> None:
        with psycopg.connect(conninfo(village.urls.web)) as db, db.transaction(force_rollback=True):
            db.execute("select set_config('app.person_id', %s, true)", [str(hanne)])
            db.execute(kept, [place.thread, seq, hanne, step, about])

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        writes("notified", None)
    writes("co_signed", assessment["id"])
    leader.did(signs(leader, place, assessment["id"]))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        writes("co_signed", assessment["id"])
