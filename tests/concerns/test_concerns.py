"""A teacher notifies; the caseworker assesses, sends a receipt and says what came of it; the teacher is told."""

from uuid import uuid4

import pytest

from app.clocks import Clock, due
from app.consultations.models import ConsultationArea
from tests.concerns.notifying import (
    SAYS,
    SEEN,
    TOLD,
    WHY,
    answers,
    assesses,
    concern_body,
    led,
    notified,
    notifies,
    older,
    on_home,
    path,
    reads,
    receipts,
    sees,
    settles,
    settles_into,
)
from tests.conftest import Village
from tests.consultations.asking import employment_of, job
from tests.people_of import Place
from tests.stages.stepping import moment
from tests.village import BY_KEY

SENDER, HANDLER = "teacher", "caseworker"
EMPLOYED = sorted(key for key, persona in BY_KEY.items() if persona.employed)
EVERYBODY_ELSE = sorted(set(BY_KEY) - {SENDER, HANDLER, "boy10"})


def test_it_goes_straight_to_the_caseworker_of_the_school_and_both_clocks_run(village: Village) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    mails = village.mails_to(HANDLER)
    sent = notified(anders)
    at = moment(sent["received_at"])
    assert (sent["mine"], sent["handler"]["name"], sent["next"]) == (True, BY_KEY[HANDLER].name, "receipt")
    assert sent["due_on"] == due(Clock.receipt, at).day.isoformat()
    there = reads(karen, sent)
    assert [there[it] for it in ("words", "child_words", "parents_words", "parents_told")] == [SEEN, SAYS, TOLD, "yes"]
    assert (there["notifier"]["name"], there["notifier"]["title"]) == (BY_KEY[SENDER].name, "lærer")
    assert (there["next"], there["late"], there["presses"]) == ("assess", False, False)
    assert moment(there["due_at"]) == due(Clock.danger_assessment, at).at
    assert there["may"] == ["assess", "receipt", "settle", "pass_on"]
    assert on_home(karen, sent) == ["assess"]
    assert on_home(anders, sent) == []
    assert village.mails_to(HANDLER) == mails + 1


def test_assessed_receipted_and_settled_it_leaves_the_queue_and_the_teacher_is_told_each(village: Village) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    sent, mails = notified(anders), village.mails_to(SENDER)
    assessed = karen.did(assesses(karen, sent))
    assert (assessed["next"], assessed["may"]) == ("settle", ["receipt", "settle", "pass_on"])
    karen.did(receipts(karen, sent))
    told = reads(anders, sent)
    assert (told["receipt_way"], told["next"], told["became"]) == ("here", None, None)
    settled = karen.did(settles(karen, sent, "nothing_more"))
    assert (settled["next"], settled["may"], on_home(karen, sent)) == (None, [], [])
    told = reads(anders, sent)
    assert (told["became"], bool(told["settled_at"])) == ("nothing_more", True)
    assert told["steps"] == [], "why is no business of the notifier's"
    assert WHY not in anders.get(path(sent)).text
    assert village.mails_to(SENDER) > mails


@pytest.mark.parametrize("who", EMPLOYED)
def test_whoever_works_may_notify_and_nobody_is_asked(village: Village, who: str) -> None:
    """D24: the duty is personal. No leader, no role and no setting takes the button away."""
    assert "notify" in village[who].did(village[who].get("/api/me"))["may"]
    sent = notified(village[who])
    assert sent["mine"]
    assert sent["handler"]["name"] != BY_KEY[who].name, "nobody handles what he or she sent"


@pytest.mark.parametrize("who", ["mother", "grandmother", "outsider"])
def test_without_work_there_is_the_public_page(village: Village, who: str) -> None:
    assert notifies(village[who]).status_code == 403


def test_nobody_notifies_in_anothers_work(village: Village) -> None:
    assert notifies(village[SENDER], employment=job(village["kindergarten"])).status_code == 403


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_else_can_tell_that_there_is_one(village: Village, family: Place, who: str) -> None:
    """Leaders, the own leader of the handler too; and a caseworker's other families."""
    sent, stranger, to = notified(village[SENDER]), village[who], employment_of(village, "colleague")
    assert not sees(stranger, sent)
    never = {"id": str(uuid4())}
    for here, nowhere in zip(
        answers(stranger, sent, to, family.case), answers(stranger, never, to, family.case), strict=True
    ):
        assert here.status_code == nowhere.status_code == 404
        assert here.content == nowhere.content
    assert reads(village[HANDLER], sent)["steps"] == []


def test_whoever_sent_it_handles_nothing_of_it(village: Village, family: Place) -> None:
    anders = village[SENDER]
    sent = notified(anders)
    refused = answers(anders, sent, employment_of(village, "colleague"), family.case)
    assert [it.status_code for it in refused] == [200, 403, 403, 403, 403, 403]


def test_danger_is_led_out_and_not_a_word_is_kept(village: Village) -> None:
    anders, karen, secret = village[SENDER], village[HANDLER], f"slag {uuid4()}"
    refused = notifies(anders, danger=True, words=secret)
    assert (refused.status_code, refused.json()["code"]) == (422, "danger_elsewhere")
    assert village.rows("select 1 from concerns where words = %s", secret) == []
    sent = notified(anders)
    refused = assesses(karen, sent, danger=True, words=secret)
    assert (refused.status_code, refused.json()["code"]) == (422, "danger_elsewhere")
    assert reads(karen, sent)["steps"] == []
    assert reads(karen, sent)["may"] == ["assess", "receipt", "settle", "pass_on"]


def test_whether_the_parents_know_is_said_and_why_not(village: Village) -> None:
    anders = village[SENDER]
    assert notifies(anders, parents_told="no", parents_words="").status_code == 422
    assert notifies(anders, parents_told="unknown").status_code == 422
    notified(anders, parents_told="no", parents_words="Jeg kan ikke få fat i dem.")


def test_before_nothing_more_happens_danger_is_assessed(village: Village, family: Place) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    for outcome in ("nothing_more", "other_municipality"):
        refused = settles(karen, sent, outcome)
        assert (refused.status_code, refused.json()["code"]) == (409, "danger_first")
    assert settles(karen, sent, "nothing_more", words=" ").status_code == 422, "and why"
    assert settles(karen, sent, "case").status_code == 422
    assert settles(karen, sent, "nothing_more", case=family.case).status_code == 422
    karen.did(assesses(karen, sent))
    karen.did(settles(karen, sent, "other_municipality", words="Familien bor i Nordby. Vi har ringet dertil."))


def test_a_receipt_is_owed_until_it_is_sent_settled_or_not(village: Village) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    karen.did(settles(karen, sent, "not_a_notification"))
    there = reads(karen, sent)
    assert (there["next"], there["may"], on_home(karen, sent)) == ("receipt", ["receipt", "pass_on"], ["receipt"])
    older(village, sent, 24 * 20)
    assert on_home(village[SENDER], sent) == ["unreceipted"]
    assert reads(village[SENDER], sent)["late"]
    karen.did(receipts(karen, sent, "phone"))
    assert on_home(karen, sent) == on_home(village[SENDER], sent) == []


def test_nothing_else_takes_it_off_the_queue(village: Village) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    assert karen.browser.delete(path(sent)).status_code == 405
    karen.did(receipts(karen, sent))
    karen.did(assesses(karen, sent))
    assert on_home(karen, sent) == ["settle"]


def test_red_at_twenty_hours_late_at_twenty_four_and_on_the_leaders_list_without_a_name(village: Village) -> None:
    karen, hanne, sent = village[HANDLER], village["leader"], notified(village[SENDER])
    for hours, presses, late in ((19, False, False), (1, True, False), (4, True, True)):
        older(village, sent, hours)
        told = reads(karen, sent)
        assert (told["next"], told["presses"], told["late"]) == ("assess", presses, late)
        [line] = led(hanne, sent)
        assert (line["next"], line["presses"], line["late"]) == ("assess", presses, late)
        assert line["name"] == BY_KEY[HANDLER].name
    listed = str(led(hanne, sent))
    for secret in (SEEN, SAYS, TOLD, "Emil", BY_KEY[SENDER].name):
        assert secret not in listed
    assert led(village[SENDER], sent) == []
    assert led(village["neighbour"], sent) == []


@pytest.mark.parametrize("area", ConsultationArea)
def test_it_can_be_about_all_that_advice_can_be_about(village: Village, area: ConsultationArea) -> None:
    assert notified(village[SENDER], area=area)["area"] == area


def test_sent_twice_is_received_once(village: Village) -> None:
    anders, id_ = village[SENDER], str(uuid4())
    assert notified(anders, id=id_) == notified(anders, id=id_)
    other = notifies(anders, id=id_, words="Noget andet")
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")
    stranger = notifies(village["kindergarten"], id=id_)
    assert (stranger.status_code, stranger.json()["code"]) == (422, "id_reused")
    assert village.rows("select count(*) from concerns where id = %s", id_) == [(1,)]


def test_each_step_sent_twice_is_done_once_and_by_another_it_is_done_already(village: Village, family: Place) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    for does in (assesses, receipts, lambda who, one, **more: settles_into(who, one, family, **more)):
        id_ = str(uuid4())
        first = karen.did(does(karen, sent, id=id_))
        assert karen.did(does(karen, sent, id=id_)) == first
        again = does(karen, sent)
        assert (again.status_code, again.json().get("code")) == (409, "concern_done")
    assert assesses(karen, sent).json()["code"] == "concern_settled"
    refused = settles_into(karen, sent, family, id=id_, words="Noget andet")
    assert refused.json()["code"] == "id_reused"
    assert [it["step"] for it in reads(karen, sent)["steps"]] == ["danger_assessed", "receipted", "settled"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("words", ""), ("words", "x" * 4001), ("area", "violence"), ("child_name", " "), ("employment", "x"), ("more", 1)],
)
def test_what_does_not_fit_is_refused(village: Village, field: str, value: object) -> None:
    body = concern_body(village[SENDER]) | {field: value}
    assert village[SENDER].post("/api/concerns", **body).status_code == 422
    assert village.rows("select 1 from concerns where id = %s", body["id"]) == []
