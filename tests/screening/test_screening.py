"""Honour conflict or negative social control: nobody is invited until the risk is assessed, and nobody is told why."""

from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.custody.test_custody import asks_custody
from tests.people_of import Place
from tests.village import BY_KEY

FAMILY_AND_GUESTS = ("mother", "father", "teacher")
SIGNS = ["negative_social_control"]


def screening(place: Place) -> str:
    return f"/api/cases/{place.case}/screening"


def ticks(village: Village, place: Place) -> None:
    village["caseworker"].did(village["caseworker"].post(screening(place), signs=SIGNS))


def signs(village: Village, place: Place, *never: str) -> None:
    addresses = [BY_KEY[key].email for key in never]
    body = {"assessment": "Vi har talt med pigen alene.", "not_to_invite": addresses}
    village["caseworker"].did(village["caseworker"].post(screening(place) + "/signature", **body))


def state(village: Village, place: Place, invitation: str) -> str:
    found = village["mother"].did(village["mother"].get(f"{place.path}/invitations/{invitation}"))
    return str(found["state"])


# -- held --------------------------------------------------------------------------------------------------------------
def test_nobody_is_invited_from_the_moment_that_signs_are_ticked(village: Village, family: Place) -> None:
    ticks(village, family)
    before = village.mails_to("psychologist")
    invitation = village["caseworker"].proposes(family, "psychologist", capacity="psykolog")
    village["mother"].agrees(family, invitation)
    assert village.mails_to("psychologist") == before
    assert state(village, family, invitation["id"]) == "agreed", "as if the mail had not left yet"
    held = village["caseworker"].did(village["caseworker"].get(screening(family)))["held"]
    assert [(it["invitation"], it["name"]) for it in held] == [(invitation["id"], BY_KEY["psychologist"].name)]


def test_the_signature_sends_what_waited(village: Village, family: Place) -> None:
    ticks(village, family)
    invitation = village["caseworker"].proposes(family, "psychologist", capacity="psykolog")
    village["mother"].agrees(family, invitation)
    signs(village, family)
    village["psychologist"].accepts(village.link_for("psychologist"))
    assert "psykolog" in [it["capacity"] for it in village["mother"].sees(family)["people"]]


def test_a_link_that_was_mailed_before_opens_nothing_until_the_signature(village: Village, family: Place) -> None:
    village["mother"].agrees(family, village["caseworker"].proposes(family, "psychologist", capacity="psykolog"))
    token = village.link_for("psychologist")
    ticks(village, family)
    for way in ("opening", "redemption", "refusal"):
        held = village["psychologist"].post(f"/api/invitations/{way}", token=token)
        never = village["psychologist"].post(f"/api/invitations/{way}", token="x" * 43)
        assert (held.status_code, held.content) == (410, never.content), way
    signs(village, family)
    village["psychologist"].accepts(token)


def test_whom_the_assessment_names_is_never_invited_and_nobody_is_told(village: Village, family: Place) -> None:
    ticks(village, family)
    signs(village, family, "grandmother")
    before = village.mails_to("grandmother")
    named = village["mother"].proposes(
        family, "grandmother", role="relative", email=BY_KEY["grandmother"].email.upper()
    )
    free = village["caseworker"].proposes(family, "healthvisitor", capacity="sundhedsplejerske")
    village["mother"].agrees(family, free)
    village["healthvisitor"].accepts(village.link_for("healthvisitor"))
    assert village.mails_to("grandmother") == before
    assert state(village, family, named["id"]) == "agreed"


def test_a_second_screening_holds_again_and_forgets_nobody(village: Village, family: Place) -> None:
    ticks(village, family)
    signs(village, family, "grandmother")
    ticks(village, family)
    signs(village, family)
    before = village.mails_to("grandmother")
    village["mother"].proposes(family, "grandmother", role="relative")
    assert village.mails_to("grandmother") == before
    kept = village["caseworker"].did(village["caseworker"].get(screening(family)))["screenings"]
    assert [it["not_to_invite"] for it in kept] == [[], [BY_KEY["grandmother"].email]]
    assert {it["signed_by"] for it in kept} == {BY_KEY["caseworker"].name}


def test_one_assessment_at_a_time_and_none_without_signs(village: Village, family: Place) -> None:
    nothing_open = village["caseworker"].post(screening(family) + "/signature", assessment="x", not_to_invite=[])
    assert (nothing_open.status_code, nothing_open.json()["code"]) == (409, "already_settled")
    assert village["caseworker"].post(screening(family), signs=[]).status_code == 422
    ticks(village, family)
    again = village["caseworker"].post(screening(family), signs=SIGNS)
    assert (again.status_code, again.json()["code"]) == (409, "already_settled")


# -- for everybody else there is no such page --------------------------------------------------------------------------
@pytest.fixture(scope="module")
def screened(village: Village) -> Place:
    place = village["caseworker"].opens_dialogue("mother", "father")
    village.brings_in(place, "teacher")
    ticks(village, place)
    return place


OTHERS = ("mother", "father", "teacher", "leader", "colleague", "neighbour", "admin", "auditor", "outsider")


@pytest.mark.parametrize("who", OTHERS)
def test_to_everybody_else_it_is_a_page_that_does_not_exist(village: Village, screened: Place, who: str) -> None:
    assert village["caseworker"].get(screening(screened)).status_code == 200
    body = {"signs": SIGNS}
    signature = {"assessment": "x", "not_to_invite": []}
    for case in (screened.case, str(uuid4())):
        nowhere = village[who].get(f"/api/cases/{case}/nowhere")
        seen = [
            village[who].get(f"/api/cases/{case}/screening"),
            village[who].post(f"/api/cases/{case}/screening", **body),
            village[who].post(f"/api/cases/{case}/screening"),
            village[who].post(f"/api/cases/{case}/screening/signature", **signature),
        ]
        for answer in seen:
            assert answer.status_code == nowhere.status_code == 404
            assert answer.content == nowhere.content
            assert _headers(answer) == _headers(nowhere)


def _headers(answer: object) -> dict[str, str]:
    return {key: value for key, value in answer.headers.items() if key != "date"}  # type: ignore[attr-defined]


def test_a_caseworker_without_a_place_in_the_case_is_everybody_else_in_the_database_too(
    village: Village, screened: Place
) -> None:
    """The functions alone: the colleague is a caseworker, of other cases."""
    [(colleague,)] = village.rows("select id from persons where name = %s", BY_KEY["colleague"].name)
    for call in ("read_screenings(%s)", "tick_signs(%s, '{honour_conflict}')", "sign_screening(%s, 'x', '{}')"):
        with psycopg.connect(conninfo(village.urls.web)) as db:
            db.execute("select set_config('app.person_id', %s, true)", [str(colleague)])
            with pytest.raises(psycopg.Error, match="not a caseworker of the case") as refused:
                db.execute(f"select {call}".encode(), [screened.case])
            assert refused.value.sqlstate == "RD404"


def test_only_the_caseworker_is_offered_it(village: Village, screened: Place) -> None:
    offered = {
        who: "screen_risk" in village[who].did(village[who].get(f"/api/cases/{screened.case}"))["may"]
        for who in ("caseworker", *FAMILY_AND_GUESTS)
    }
    assert offered == {"caseworker": True, "mother": False, "father": False, "teacher": False}


def test_the_look_at_it_is_kept_where_the_family_has_no_key_to(village: Village, family: Place) -> None:
    village["caseworker"].did(village["caseworker"].get(screening(family)))
    kept = "select count(*) from protected.looks where case_id = %s"
    told = "select count(*) from looks where case_id = %s and what like '%%screen%%'"
    assert village.rows(kept, family.case) == [(1,)]
    assert village.rows(told, family.case) == [(0,)]


def test_custody_seats_nobody_past_an_open_screening(village: Village, family: Place) -> None:
    """A known address is seated at once; while the risk is assessed the place waits, as for an address nobody knows."""
    ticks(village, family)
    change = asks_custody(village, family, "birthfather")
    leader = village.another_browser_of("leader")
    leader.did(leader.post(f"/api/custody-changes/{change}/approval"))
    assert village["birthfather"].get(family.path).status_code == 404
    signs(village, family)
    village["birthfather"].accepts(village.link_for("birthfather"))
    assert village["birthfather"].sees(family)["me"]["role"] == "custody_holder"
