"""A notification becomes a step of the child's case: the family reads it, and the teacher is told what was started."""

from uuid import uuid4

import pytest

from tests.concerns.notifying import (
    SEEN,
    WHY,
    assesses,
    citizen_notifies,
    notified,
    older,
    reads,
    receipts,
    sees,
    settles_into,
)
from tests.conftest import Village
from tests.duty.test_duty import BORN, comes
from tests.people_of import Place
from tests.stages.stepping import TO_A_START, goes, moment, moves, reads_stages, refusal, signs, stands
from tests.village import BY_KEY

SENDER, HANDLER = "teacher", "caseworker"
NAMED = f"Det kom fra {BY_KEY[SENDER].name}, lærer."


def test_the_family_reads_what_was_seen_and_by_whom_on_the_day_it_came(village: Village, family: Place) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    older(village, sent, 3)
    karen.did(assesses(karen, sent))
    settled = karen.did(settles_into(karen, sent, family))
    assert settled["steps"][-1]["place"] == {"case": family.case, "thread": family.thread}
    for who in ("mother", "father"):
        notified_, assessed = reads_stages(village[who], family)["steps"]
        assert notified_["words"] == f"{SEEN}\n\n{NAMED}"
        assert moment(notified_["happened_at"]) == moment(reads(karen, sent)["received_at"])
        assert (assessed["step"], assessed["words"]) == ("danger_assessed", WHY)
        assert stands(village[who], family)["next"] == "screened"


def test_the_clock_goes_on_in_the_case_when_danger_was_not_assessed_before(village: Village, family: Place) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    older(village, sent, 25)
    karen.did(settles_into(karen, sent, family))
    told = stands(village["mother"], family)
    assert (told["next"], told["late"]) == ("danger_assessed", True), "25 hours ago, and the family sees it"


def test_against_a_decisive_reason_the_family_is_not_told_who(village: Village, family: Place) -> None:
    karen, sent, reason = village[HANDLER], notified(village[SENDER]), f"Læreren er blevet truet {uuid4()}."
    karen.did(settles_into(karen, sent, family, nameless_why=reason))
    told = village["mother"].get(f"{family.path}/stages").text
    assert "Vi kan ikke sige, hvem der har skrevet." in told
    assert BY_KEY[SENDER].name not in told
    assert reason not in told
    assert reads(karen, sent)["steps"][-1]["nameless_why"] == reason


def test_of_an_anonymous_notifier_the_family_reads_no_more_than_that(village: Village, family: Place) -> None:
    one = citizen_notifies(village, anonymous=True, relation="nabo på første sal")
    handlers = [who for who in ("caseworker", "colleague", "leader", "neighbour") if sees(village[who], one)]
    assert handlers == ["caseworker"], "the department receives"
    karen = village[HANDLER]
    karen.did(settles_into(karen, one, family, words="Et barn græder om natten."))
    [step] = reads_stages(village["mother"], family)["steps"]
    assert step["words"] == "Et barn græder om natten.\n\nDen, der har skrevet, vil ikke sige sit navn."


def test_the_teacher_is_told_what_was_started_and_nothing_else(village: Village, family: Place) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    sent = notified(anders)
    karen.did(receipts(karen, sent))
    karen.did(assesses(karen, sent))
    karen.did(settles_into(karen, sent, family))
    became = {}
    for step in ("", "screened", "decided", "started"):
        if step:
            goes(karen, family, step)
        became[step] = reads(anders, sent)["became"]
    assert became == {"": "case", "screened": "assessment", "decided": "assessment", "started": "support"}
    told = anders.get(f"/api/concerns/{sent['id']}").text
    for hidden in (family.case, family.thread, "støtteperson", BY_KEY["mother"].name, WHY):
        assert hidden not in told
    assert anders.get(f"{family.path}/stages").status_code == 404


@pytest.mark.parametrize(
    ("steps", "became"),
    [
        ([("screened", {"outcome": "nothing_more"})], "nothing_more"),
        ([("screened", {}), ("decided", {"outcome": "no_support"})], "nothing_more"),
    ],
    ids=["screened out", "no support"],
)
def test_that_nothing_more_happens_is_told_too(
    village: Village, family: Place, steps: list[tuple[str, dict[str, object]]], became: str
) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    sent = notified(anders)
    karen.did(assesses(karen, sent))
    karen.did(settles_into(karen, sent, family))
    for step, more in steps:
        karen.did(moves(karen, family, step, **more))
    assert reads(anders, sent)["became"] == became


def test_for_a_special_reason_the_teacher_is_told_nothing_of_it(village: Village, family: Place) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    sent, reason = notified(anders), f"Barnet har bedt om det {uuid4()}."
    karen.did(assesses(karen, sent))
    karen.did(settles_into(karen, sent, family, silent_why=reason))
    goes(karen, family, "screened", "decided", "started")
    assert reads(anders, sent)["became"] == "not_told"
    assert reason not in anders.get(f"/api/concerns/{sent['id']}").text


def test_one_that_came_before_the_last_step_is_taken_in_all_the_same(village: Village, family: Place) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    older(village, sent, 24 * 40)
    goes(karen, family, *TO_A_START)
    karen.did(settles_into(karen, sent, family))
    assert reads_stages(village["mother"], family)["steps"][-1]["step"] == "notified"


def test_with_support_running_somebody_new_looks_and_the_teacher_hears_back(village: Village) -> None:
    """Scenario 9: the same caseworker cannot sign alone; another joins; feedback within what may be told."""
    anders, karen, hanne = village[SENDER], village[HANDLER], village.another_browser_of("leader")
    name = f"Emil {uuid4().hex}"
    place = karen.opens_dialogue("mother", "father", child_name=name, child_born=BORN)
    goes(karen, place, *TO_A_START)
    sent = notified(anders, child_name=name)
    karen.did(receipts(karen, sent))
    karen.did(assesses(karen, sent))
    karen.did(settles_into(karen, sent, place))
    told = stands(village["mother"], place)
    assert (told["waits_for_second"], told["next"]) == (True, "co_signed")
    assessment = reads_stages(karen, place)["steps"][-1]["id"]
    assert refusal(signs(karen, place, assessment)) == "403 not_allowed"
    assert refusal(moves(karen, place, "screened")) == "409 waits_for_second"
    try:
        hanne.did(comes(hanne, name))
        hanne.did(signs(hanne, place, assessment))
    finally:
        hanne.browser.close()
    assert stands(village["mother"], place)["waits_for_second"] is False
    assert reads(anders, sent)["became"] == "case"
    goes(karen, place, "screened")
    assert reads(anders, sent)["became"] == "assessment"
