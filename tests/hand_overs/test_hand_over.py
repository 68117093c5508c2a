"""The ball: somebody always has it, everybody sees who, and it is handed over with the family's knowledge."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY

REASON = "Jeg går på barsel, og Peter kender skolen"
HELLO = "Hej Mette og Jonas. Jeg hedder Peter, og jeg ringer på mandag."


def ball(who: Someone, place: Place) -> Any:
    return who.did(who.get(f"{place.path}/ball"))


def holder(who: Someone, place: Place) -> str | None:
    """As the top of the thread says it."""
    seen = who.sees(place)["ball"]
    return seen and seen["name"]


def colleague_of(who: Someone, place: Place, whom: str) -> str:
    offered = ball(who, place)["colleagues"]
    return next(it["employment"] for it in offered if it["name"] == BY_KEY[whom].name)


def proposes(village: Village, place: Place, to: str = "colleague", by: str = "caseworker", **more: Any) -> str:
    who, id_ = village[by], str(uuid4())
    body = {"id": id_, "employment": colleague_of(who, place, to), "stays": False, "reason": REASON} | more
    who.did(who.post(f"{place.path}/hand-overs", **body))
    return id_


def accepts(village: Village, hand_over: str, who: str = "colleague", words: str = HELLO) -> Any:
    return village[who].post(f"/api/hand-overs/{hand_over}/acceptance", words=words)


def waiting(who: Someone) -> list[Any]:
    found: list[Any] = who.did(who.get("/api/hand-overs"))["hand_overs"]
    return found


def kinds(who: Someone, place: Place) -> list[str]:
    return [it["kind"] for it in who.reads(place, limit=100)]


def test_whoever_opens_it_has_the_ball(village: Village, family: Place) -> None:
    for who in ("caseworker", "mother", "father"):
        assert holder(village[who], family) == BY_KEY["caseworker"].name
    assert village["caseworker"].sees(family)["ball"]["is_me"]


def test_the_municipality_takes_the_ball_of_what_a_mother_opens(village: Village) -> None:
    alone = village["mother"].opens_dialogue("father")
    assert holder(village["father"], alone) == BY_KEY["mother"].name
    asked = village["mother"].opens_dialogue("father", with_family_department=True)
    assert holder(village["father"], asked) == BY_KEY["caseworker"].name


def test_the_family_reads_the_introduction_and_sees_who_has_the_ball(village: Village, family: Place) -> None:
    hand_over = proposes(village, family)
    assert village["mother"].texts(family) == [REASON], "the reason is no secret"
    assert holder(village["mother"], family) == BY_KEY["caseworker"].name, "until it is accepted"
    assert village["colleague"].did(accepts(village, hand_over)) == {"case": family.case, "thread": family.thread}
    assert village["mother"].texts(family) == [REASON, HELLO]
    assert holder(village["mother"], family) == BY_KEY["colleague"].name
    assert kinds(village["mother"], family) == [
        "thread_opened", "hand_over_proposed", "message_posted", "member_joined", "hand_over_accepted",
        "message_posted", "member_left",
    ]  # fmt: skip
    shown = ball(village["mother"], family)
    assert [it["name"] for it in shown["holders"]] == [BY_KEY["colleague"].name, BY_KEY["caseworker"].name]
    people = village["father"].did(village["father"].get(f"/api/cases/{family.case}/access"))["people"]
    [peter] = [it for it in people if it["name"] == BY_KEY["colleague"].name]
    assert [it["why"]["because"] for it in peter["places"]] == ["handed_over"]
    home = village["father"].did(village["father"].get("/api/cases"))["cases"]
    assert next(it for it in home if it["id"] == family.case)["ball"]["name"] == BY_KEY["colleague"].name


def test_whoever_comes_later_reads_nothing_of_an_earlier_hand_over(village: Village, family: Place) -> None:
    village["colleague"].did(accepts(village, proposes(village, family)))
    proposes(village, family, to="caseworker", by="colleague")
    village.brings_in(family, "teacher", by="colleague")
    known, later = ball(village["mother"], family), ball(village["teacher"], family)
    assert (known["waiting"] is None, len(known["holders"])) == (False, 2)
    assert (later["waiting"], [it["name"] for it in later["holders"]]) == (None, [BY_KEY["colleague"].name])


def test_whoever_handed_it_over_is_out_at_once_everywhere(village: Village, family: Place) -> None:
    giver = village["caseworker"]
    mother = giver.place_of(family, "mother")["membership"]
    opened = giver.did(giver.post(f"/api/cases/{family.case}/threads", purpose="Kun mor", members=[mother]))
    side = Place(family.case, opened["id"])
    hand_over = proposes(village, family)
    with giver.listens(family, side) as ear:
        village["colleague"].did(accepts(village, hand_over))
        until(lambda: ear.closed == 4403, 2)
    for place in (family, side):
        assert giver.get(place.path).status_code == 404
        assert village["colleague"].sees(place)["me"]["role"] == "caseworker"
    assert village["colleague"].reads(side)[0]["kind"] == "thread_opened", "with the history"


def test_whoever_stays_stays_as_deputy(village: Village, family: Place) -> None:
    village["colleague"].did(accepts(village, proposes(village, family, stays=True)))
    seen = village["mother"].sees(family)
    assert (seen["ball"]["name"], seen["deputy"]["name"]) == (BY_KEY["colleague"].name, BY_KEY["caseworker"].name)
    assert village["caseworker"].get(family.path).status_code == 200


def test_the_colleague_sees_what_it_takes_to_decide_and_the_family_sees_that(village: Village, family: Place) -> None:
    hand_over = proposes(village, family)
    [shown] = [it for it in waiting(village["colleague"]) if it["id"] == hand_over]
    assert shown.keys() == {
        "id", "child_name", "unit", "name", "capacity", "reason", "stays", "proposed_at", "due_on", "late",
    }  # fmt: skip
    assert (shown["child_name"], shown["reason"]) == ("Emil", REASON)
    assert village["colleague"].get(family.path).status_code == 404
    days = village["mother"].did(village["mother"].get(f"/api/cases/{family.case}/looks"))["days"]
    told = [(it["capacity"], look["what"]) for day in days for it in day["people"] for look in it["looks"]]
    assert ("rådgiver, Familieafdelingen", "list_hand_overs") in told


@pytest.mark.parametrize("who", ["leader", "neighbour", "teacher", "outsider", "mother", "admin"])
def test_a_proposal_tells_nobody_else_anything(village: Village, family: Place, who: str) -> None:
    hand_over = proposes(village, family)
    assert hand_over in {it["id"] for it in waiting(village["colleague"])}, "it is there"
    assert hand_over not in {it["id"] for it in waiting(village[who])}
    for refused in (accepts(village, hand_over, who), village[who].post(f"/api/hand-overs/{hand_over}/refusal")):
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    never = accepts(village, str(uuid4()), who)
    assert never.content == accepts(village, hand_over, who).content


def test_nobody_but_who_has_the_ball_is_told_of_colleagues(village: Village, family: Place) -> None:
    assert {it["name"] for it in ball(village["caseworker"], family)["colleagues"]} == {
        BY_KEY["colleague"].name, BY_KEY["leader"].name,
    }  # fmt: skip
    assert ball(village["mother"], family)["colleagues"] == []
    body = {"id": str(uuid4()), "employment": colleague_of(village["caseworker"], family, "colleague")}
    refused = village["mother"].post(f"{family.path}/hand-overs", **body, stays=False, reason="x")
    assert refused.status_code == 403


def test_a_colleague_of_another_municipality_cannot_be_asked(village: Village, family: Place) -> None:
    job = village["neighbour"].did(village["neighbour"].get("/api/me"))["employments"][0]["id"]
    body = {"id": str(uuid4()), "employment": job, "stays": False, "reason": REASON}
    assert village["caseworker"].post(f"{family.path}/hand-overs", **body).status_code == 404
    assert village["mother"].texts(family) == [], "nothing is left of it"


def test_one_waits_at_a_time_and_can_be_taken_back(village: Village, family: Place) -> None:
    caseworker, hand_over = village["caseworker"], proposes(village, family)
    body = {"employment": colleague_of(caseworker, family, "leader"), "stays": False, "reason": "x"}
    second = caseworker.post(f"{family.path}/hand-overs", id=str(uuid4()), **body)
    assert (second.status_code, second.json()["code"]) == (409, "hand_over_waits")
    for _ in range(2):
        assert caseworker.post(f"{family.path}/hand-overs/{hand_over}/withdrawal").status_code == 204
    assert kinds(village["mother"], family)[-1] == "hand_over_withdrawn"
    late = accepts(village, hand_over)
    assert (late.status_code, late.json()["code"]) == (409, "already_settled")
    assert holder(village["mother"], family) == BY_KEY["caseworker"].name
    proposes(village, family, "leader")


def test_the_same_again_is_the_same(village: Village, family: Place) -> None:
    caseworker, hand_over = village["caseworker"], str(uuid4())
    body = {"id": hand_over, "employment": colleague_of(caseworker, family, "colleague"), "reason": REASON}
    for _ in range(2):
        caseworker.did(caseworker.post(f"{family.path}/hand-overs", **body, stays=True))
    other = caseworker.post(f"{family.path}/hand-overs", **body, stays=False)
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")
    for _ in range(2):
        village["colleague"].did(accepts(village, hand_over))
    assert kinds(village["mother"], family).count("hand_over_accepted") == 1
    assert village["mother"].texts(family) == [REASON, HELLO]


def test_a_no_leaves_the_ball_where_it_is_and_its_holder_is_written_to(village: Village, family: Place) -> None:
    hand_over = proposes(village, family)
    mails = village.mails_to("caseworker")
    village["colleague"].did(village["colleague"].post(f"/api/hand-overs/{hand_over}/refusal"))
    assert village.mails_to("caseworker") == mails + 1
    assert kinds(village["mother"], family)[-1] == "hand_over_declined"
    assert ball(village["caseworker"], family)["waiting"] is None
    assert holder(village["mother"], family) == BY_KEY["caseworker"].name
    assert village["colleague"].get(family.path).status_code == 404


def test_an_introduction_is_not_left_out(village: Village, family: Place) -> None:
    assert accepts(village, proposes(village, family), words="  ").status_code == 422
    assert holder(village["mother"], family) == BY_KEY["caseworker"].name


def test_the_answer_is_due_and_late_by_the_clock(village: Village, family: Place) -> None:
    hand_over = proposes(village, family)
    assert not ball(village["mother"], family)["waiting"]["late"]
    village.rows("update hand_overs set due_on = current_date - 2 where id = %s returning id", hand_over)
    assert ball(village["mother"], family)["waiting"]["late"]
    assert next(it for it in waiting(village["colleague"]) if it["id"] == hand_over)["late"]


def test_who_takes_over_finds_the_open_promises(village: Village, family: Place) -> None:
    caseworker, mother, note = village["caseworker"], village["mother"], str(uuid4())
    caseworker.did(caseworker.post(f"{family.path}/notes", id=note, resources="Mormor"))
    said = {"id": str(uuid4()), "kind": "missing", "box": "whole", "version": 1, "words": "Fasteren mangler"}
    mother.did(mother.post(f"{family.path}/notes/{note}/responses", **said))
    summary = str(uuid4())
    caseworker.did(caseworker.post(f"{family.path}/summary", id=summary, words="Vi prøver en fast sengetid"))
    mother.did(mother.post(f"{family.path}/summary/{summary}/confirmation"))
    village["colleague"].did(accepts(village, proposes(village, family)))
    shown = ball(village["colleague"], family)
    assert shown["summary"]["words"] == "Vi prøver en fast sengetid"
    [promise] = shown["promises"]
    assert (promise["what"], promise["words"], promise["name"]) == (
        "answer", "Fasteren mangler", BY_KEY["colleague"].name,
    )  # fmt: skip
    assert shown["may_hand_over"]


def names_deputy(village: Village, place: Place, whom: str | None, by: str = "caseworker") -> Any:
    employment = whom and colleague_of(village[by], place, whom)
    return village[by].put(f"{place.path}/deputy", employment=employment)


def test_a_deputy_sits_there_for_the_family_to_see_and_leaves_when_no_longer_one(
    village: Village, family: Place
) -> None:
    village["caseworker"].did(names_deputy(village, family, "colleague"))
    assert village["mother"].sees(family)["deputy"]["name"] == BY_KEY["colleague"].name
    assert kinds(village["mother"], family)[-2:] == ["member_joined", "deputy_named"]
    assert village["colleague"].get(family.path).status_code == 200
    refused = village["colleague"].put(f"{family.path}/deputy", employment=None)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed"), "the one with the ball says who"
    village["caseworker"].did(names_deputy(village, family, None))
    assert village["mother"].sees(family)["deputy"] is None
    assert village["colleague"].get(family.path).status_code == 404
