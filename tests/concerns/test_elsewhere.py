"""What turns out to be about danger is dealt with outside Rundtom: it leaves the queue, and not a word of it stays."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.citizens.passer_by import where_in
from tests.concerns.notifying import (
    REGISTERED,
    assesses,
    citizen_notifies,
    concern_body,
    has_come,
    led,
    notified,
    notifies,
    older,
    on_home,
    passes_on,
    path,
    reads,
    receipts,
    sees,
    settles,
    takes_out,
)
from tests.conftest import Village
from tests.consultations.asking import away, employment_of, job
from tests.village import BY_KEY

SENDER, HANDLER = "teacher", "caseworker"
WORDS = ("child_name", "child_details", "relation", "words", "child_words", "parents_words")


def said(secret: str) -> dict[str, str]:
    return {field: f"{field} {secret}" for field in WORDS}


def receipted(village: Village, **more: Any) -> Any:
    return has_come(village[SENDER], village[HANDLER], **more)


def code(answer: httpx2.Response) -> str:
    return f"{answer.status_code} {answer.json()['code']}"


def test_it_leaves_the_queue_and_not_a_word_of_it_stays_anywhere(village: Village) -> None:
    """In no column of no table: what was seen, what was assessed, and what one colleague told the other."""
    anders, karen, peter, secret = village[SENDER], village[HANDLER], village["colleague"], uuid4().hex
    sent = receipted(village, **said(secret))
    karen.did(passes_on(karen, sent, employment_of(village, "colleague"), words=f"Pas på {secret}"))
    peter.did(assesses(peter, sent, words=f"Ingen fare {secret}"))
    before = [*(f"public.concerns.{field}" for field in WORDS), "public.concern_steps.words"]
    assert sorted(where_in(village.urls, secret)) == sorted(before)
    mails = village.mails_to(SENDER)
    there = peter.did(takes_out(peter, sent))
    assert where_in(village.urls, secret) == []
    assert (there["next"], there["may"], there["became"], on_home(peter, sent)) == (None, [], "elsewhere", [])
    steps = [(it["step"], it["name"], it["words"]) for it in there["steps"]]
    karens, peters = BY_KEY[HANDLER].name, BY_KEY["colleague"].name
    assert steps == [
        ("receipted", karens, ""),
        ("passed_on", karens, ""),
        ("danger_assessed", peters, ""),
        ("settled", peters, REGISTERED),
    ]
    assert village.mails_to(SENDER) == mails + 1
    assert sees(anders, sent)


def test_the_teacher_reads_that_it_came_and_is_dealt_with_elsewhere_and_no_more(village: Village) -> None:
    anders, karen = village[SENDER], village[HANDLER]
    sent = receipted(village)
    karen.did(takes_out(karen, sent))
    told = reads(anders, sent)
    assert (told["mine"], told["became"], told["steps"], told["may"]) == (True, "elsewhere", [], [])
    assert [told[it] for it in WORDS if it != "relation"] == [""] * 5
    assert (told["area"], told["parents_told"]) == ("other", "unknown")
    assert told["received_at"] == sent["received_at"]
    assert (bool(told["receipted_at"]), told["notifier"]["name"]) == (True, BY_KEY[SENDER].name)
    assert REGISTERED not in anders.get(path(sent)).text


def test_it_is_red_for_the_leader_until_it_is_taken_out(village: Village) -> None:
    karen, hanne, sent = village[HANDLER], village["leader"], receipted(village)
    older(village, sent, 25)
    assert assesses(karen, sent, danger=True).status_code == 422
    assert [it["late"] for it in led(hanne, sent)] == [True]
    karen.did(takes_out(karen, sent))
    assert led(hanne, sent) == []
    assert [it["id"] for it in karen.did(karen.get("/api/concerns"))["concerns"] if it["next"]].count(sent["id"]) == 0


def test_the_receipt_comes_first_for_afterwards_nobody_knows_whom_to_tell(village: Village) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    assert code(takes_out(karen, sent)) == "409 receipt_first"
    assert reads(karen, sent)["words"] == sent["words"]
    assert reads(karen, sent)["steps"] == []
    karen.did(receipts(karen, sent))
    karen.did(takes_out(karen, sent))


def test_a_neighbour_is_rung_up_and_then_forgotten(village: Village) -> None:
    karen, secret = village[HANDLER], uuid4().hex
    name = {"notifier_name": f"Gerda {secret}", "notifier_contact": f"tlf {secret}"}
    one = citizen_notifies(village, **said(secret), **name)
    assert code(takes_out(karen, one)) == "409 receipt_first"
    karen.did(receipts(karen, one, "phone"))
    there = karen.did(takes_out(karen, one))
    assert (there["anonymous"], there["notifier"], there["next"]) == (True, None, None)
    assert where_in(village.urls, secret) == []


def test_to_an_anonymous_neighbour_nothing_is_owed(village: Village) -> None:
    karen, secret = village[HANDLER], uuid4().hex
    one = citizen_notifies(village, anonymous=True, **said(secret))
    karen.did(takes_out(karen, one))
    assert where_in(village.urls, secret) == []
    assert (on_home(karen, one), led(village["leader"], one)) == ([], [])


def test_a_double_click_is_the_same_answer_and_nothing_follows(village: Village) -> None:
    karen, sent, id_ = village[HANDLER], receipted(village), str(uuid4())
    first = karen.did(takes_out(karen, sent, id=id_))
    assert karen.did(takes_out(karen, sent, id=id_)) == first
    assert code(takes_out(karen, sent, id=id_, words="Et andet nummer")) == "422 id_reused"
    assert code(settles(karen, sent, "not_a_notification", id=id_)) == "422 id_reused"
    for again in (takes_out(karen, sent), settles(karen, sent, "nothing_more"), receipts(karen, sent)):
        assert again.status_code == 409
    assert code(assesses(karen, sent)) == "409 concern_settled"
    assert code(passes_on(karen, sent, employment_of(village, "colleague"))) == "409 concern_settled"
    assert reads(karen, sent)["steps"] == first["steps"]


def test_what_is_settled_is_not_taken_out(village: Village) -> None:
    karen, sent, id_ = village[HANDLER], receipted(village), str(uuid4())
    karen.did(settles(karen, sent, "not_a_notification", id=id_))
    assert code(takes_out(karen, sent)) == "409 concern_done"
    assert code(takes_out(karen, sent, id=id_)) == "422 id_reused"
    assert reads(karen, sent)["words"] == sent["words"]


def test_the_same_notification_again_has_come_and_brings_no_word_back(village: Village) -> None:
    """A phone that lost the answer sends once more. Other words are said to be so: they are not thrown away unread."""
    anders, karen, secret = village[SENDER], village[HANDLER], uuid4().hex
    body = concern_body(anders, **said(secret))
    sent = anders.did(notifies(anders, **body))
    karen.did(receipts(karen, sent))
    karen.did(takes_out(karen, sent))
    again = anders.did(notifies(anders, **body))
    assert (again["id"], again["words"], again["became"]) == (sent["id"], "", "elsewhere")
    for changes in ({"words": f"Mere {secret}"}, {"child_name": secret}, {"area": "home"}):
        assert code(notifies(anders, **body | changes)) == "422 id_reused"
    other = village["kindergarten"]
    assert code(notifies(other, **body | {"employment": job(other)})) == "422 id_reused"
    assert where_in(village.urls, secret) == []


def test_the_same_form_again_has_come_and_brings_neither_word_nor_name_back(village: Village) -> None:
    karen, secret = village[HANDLER], uuid4().hex
    form = said(secret) | {"notifier_name": f"Gerda {secret}"}
    one = citizen_notifies(village, **form)
    karen.did(receipts(karen, one, "letter"))
    karen.did(takes_out(karen, one))
    citizen_notifies(village, one=one, **form)
    citizen_notifies(village, one=one, became="id_reused", **form | {"words": f"Han slog igen. {secret}"})
    assert where_in(village.urls, secret) == []


@pytest.mark.parametrize("who", ["colleague", "leader", "mother", "outsider", SENDER])
def test_nobody_else_takes_it_out(village: Village, who: str) -> None:
    sent = receipted(village)
    assert takes_out(village[who], sent).status_code == (403 if who == SENDER else 404)
    there = reads(village[HANDLER], sent)
    assert (there["words"], there["settled_at"]) == (sent["words"], None)


@pytest.mark.parametrize("more", [{"words": "x" * 201}, {"words": "Han\nslår"}, {"words": " "}, {"silent_why": "x"}])
def test_it_says_where_it_is_and_nothing_else(village: Village, more: dict[str, str]) -> None:
    sent = receipted(village)
    assert takes_out(village[HANDLER], sent, **more).status_code == 422
    assert reads(village[HANDLER], sent)["words"] == sent["words"]


def test_a_deputy_takes_it_out_and_reads_it_no_more(village: Village) -> None:
    karen, peter, sent, id_ = village[HANDLER], village["colleague"], receipted(village), str(uuid4())
    with away(village, HANDLER):
        for _ in range(2):
            assert peter.did(takes_out(peter, sent, id=id_)) is None
        assert not sees(peter, sent)
    assert [it["name"] for it in reads(karen, sent)["steps"]] == [BY_KEY[who].name for who in (HANDLER, "colleague")]
