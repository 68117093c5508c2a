"""Promise 5: access exists only while everybody who must agree has agreed."""

from datetime import timedelta
from typing import Any

import httpx2
import psycopg
import pytest

from app.dates import today
from app.embedded import conninfo
from app.invitations.life import CONSENT_TEXT, text_version
from app.text import LANGUAGES, catalogue
from tests.conftest import Village
from tests.people_of import Place
from tests.village import BY_KEY


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def done(village: Village, statement: str, *values: object) -> None:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(statement, values)


def the_clock_strikes(village: Village) -> None:
    """What the worker does every hour."""
    with psycopg.connect(conninfo(village.urls.worker)) as db:
        db.execute("select end_what_is_over()")


def by_everybody(village: Village, invitation: dict[str, Any]) -> None:
    done(village, "update invitations set every_holder = true where id = %s", invitation["id"])


def records(
    village: Village, who: str, place: Place, invitation: dict[str, Any], by: str, **changes: Any
) -> httpx2.Response:
    """Somebody of staff writes down that a giver said yes by phone."""
    told = {"giver": village[by].sees(place)["me"]["membership"], "how": "phone", "given_on": day(0), "until": None}
    return village[who].post(f"{place.path}/invitations/{invitation['id']}/consents", **told | changes)


# -- what a consent is ------------------------------------------------------------------------------------------------
def test_a_consent_says_who_to_whom_why_about_what_and_until_when(village: Village, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher", kinds=["school", "health", "school"])
    assert (invitation["kinds"], invitation["consents"]) == (["health", "school"], [])
    assert {it["name"] for it in invitation["waits_for"]} == {"Mette Holm", "Jonas Krogh"}
    agreed = village["mother"].agrees(family, invitation)
    [consent] = village["father"].consents(family)
    assert [consent | {"may_withdraw": True}] == agreed["consents"]
    assert consent["giver"]["name"] == "Mette Holm"
    assert consent["recipient"] == "Anders Winther, lærer"
    assert (consent["purpose"], consent["kinds"]) == ("At I kan tale om skolen sammen", ["health", "school"])
    assert (consent["how"], consent["given_on"], consent["until"]) == ("digital", day(0), day(90))
    assert (consent["in_force"], consent["may_withdraw"], consent["text_version"]) == (True, False, text_version())
    assert (agreed["state"], agreed["waits_for"]) == ("agreed", [])


def test_the_version_of_the_text_is_that_of_the_words_that_are_shown() -> None:
    for language in LANGUAGES:
        assert set(CONSENT_TEXT) <= catalogue(language).keys()
    assert len(text_version()) == 12


@pytest.mark.parametrize("kinds", [[], ["secrets"], ["school"] * 7])
def test_nobody_is_invited_to_talk_about_nothing_or_about_something_unheard_of(
    village: Village, family: Place, kinds: list[str]
) -> None:
    body = {
        "name": "Anders", "email": "a@b.dk", "capacity": "lærer", "role": "professional", "purpose": "skole",
        "ends_on": day(30), "history": False, "kinds": kinds,
    }  # fmt: skip
    assert village["mother"].post(f"{family.path}/invitations", **body).status_code == 422


def test_a_giver_may_shorten_and_not_lengthen(village: Village, family: Place) -> None:
    for wanted, gets in ((day(10), day(10)), (day(300), day(90))):
        place = village["caseworker"].opens_dialogue("mother")
        village["mother"].agrees(place, village["caseworker"].proposes(place, "teacher"), until=wanted)
        village["teacher"].accepts(village.link_for("teacher"))
        assert village["teacher"].place_of(place, "teacher")["until"] == gets
        assert [it["until"] for it in village["mother"].consents(place)] == [gets]


def test_the_same_proposal_again_is_the_same_invitation(village: Village, family: Place) -> None:
    made = "0d3c1c0e-1f5b-4c43-9d7c-7a5f3ad0f001"
    first = village["mother"].proposes(family, "teacher", id=made)
    again = village["mother"].proposes(family, "teacher", id=made)
    assert (again["id"], [it["step"] for it in again["steps"]][:2]) == (first["id"], ["proposed", "agreed"])
    assert len(village["mother"].sees(family)["invitations"]) == 1
    body = {"name": "En anden", "email": "a@b.dk", "capacity": "lærer", "role": "professional", "purpose": "skole"}
    body |= {"ends_on": day(30), "history": False, "kinds": ["school"], "id": made}
    for who in ("mother", "father"):
        refused = village[who].post(f"{family.path}/invitations", **body)
        assert (refused.status_code, refused.json()["code"]) == (422, "id_reused")
    somebody_elses = village["father"].post(
        f"{family.path}/invitations",
        **body | {"name": BY_KEY["teacher"].name, "email": BY_KEY["teacher"].email},
    )
    assert somebody_elses.json()["code"] == "id_reused"


# -- given on paper or by phone ---------------------------------------------------------------------------------------
def test_staff_writes_down_a_consent_and_the_giver_sees_who_did(village: Village, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")
    before = village.mails_to("father")
    recorded = village["caseworker"].did(
        records(village, "caseworker", family, invitation, "father", how="paper", given_on=day(-3), until=day(20))
    )
    assert recorded["state"] == "agreed"
    [consent] = village["father"].consents(family)
    assert (consent["giver"]["name"], consent["recorded_by"]["name"]) == ("Jonas Krogh", "Karen Lindqvist")
    assert (consent["how"], consent["given_on"], consent["may_withdraw"]) == ("paper", day(-3), True)
    assert village.mails_to("father") > before
    village["teacher"].accepts(village.link_for("teacher"))
    village["father"].withdraws(family, consent)
    assert village["teacher"].get(family.path).status_code == 404


def test_only_the_caseworker_writes_down_and_only_for_those_who_must_agree(village: Village, family: Place) -> None:
    village.brings_in(family, "psychologist")
    invitation = village["caseworker"].proposes(family, "teacher")
    for who, code in {"mother": 403, "psychologist": 403, "outsider": 404}.items():
        assert records(village, who, family, invitation, "mother").status_code == code, who
    places = {who: village[who].sees(family)["me"]["membership"] for who in ("caseworker", "psychologist")}
    elsewhere = village["caseworker"].opens_dialogue("mother")
    places["mother elsewhere"] = village["mother"].sees(elsewhere)["me"]["membership"]
    for who, giver in places.items():
        assert records(village, "caseworker", family, invitation, "mother", giver=giver).status_code == 404, who
    for wrong in ({"how": "digital"}, {"given_on": day(1)}, {"given_on": day(-400)}, {"until": day(0)}):
        assert records(village, "caseworker", family, invitation, "mother", **wrong).status_code == 422, wrong
    assert village["mother"].invitation(family, invitation)["consents"] == []


# -- for longer -------------------------------------------------------------------------------------------------------
def test_a_place_lasts_longer_when_the_giver_says_so(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    [consent] = village["mother"].consents(family)
    path = f"{family.path}/invitations/{consent['invitation']}/prolongation"
    assert village["caseworker"].post(path, until=day(120)).status_code == 403
    prolonged = village["mother"].did(village["mother"].post(path, until=day(120)))
    assert (prolonged["until"], prolonged["steps"][-1]["step"]) == (day(120), "prolonged")
    assert village["teacher"].place_of(family, "teacher")["until"] == day(120)
    assert village["father"].reads(family)[-1]["kind"] == "member_prolonged"
    assert village["mother"].post(path, until=day(100)).status_code == 409, "never shorter by this"


def test_where_both_must_agree_both_must_prolong(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    by_everybody(village, invitation)
    village["father"].agrees(family, invitation)
    village["teacher"].accepts(village.link_for("teacher"))
    path = f"{family.path}/invitations/{invitation['id']}/prolongation"
    half = village["mother"].did(village["mother"].post(path, until=day(150)))
    assert (half["until"], [it["name"] for it in half["waits_for"]]) == (day(90), ["Jonas Krogh"])
    whole = village["father"].did(village["father"].post(path, until=day(150)))
    assert (whole["until"], whole["waits_for"]) == (day(150), [])


def test_a_shorter_consent_shortens_the_place_when_the_longer_is_taken_back(village: Village, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")
    by_everybody(village, invitation)
    village["mother"].agrees(family, invitation)
    village["father"].agrees(family, invitation, until=day(30))
    village["teacher"].accepts(village.link_for("teacher"))
    path = f"{family.path}/invitations/{invitation['id']}/prolongation"
    village["mother"].did(village["mother"].post(path, until=day(100)))
    village["father"].did(village["father"].post(path, until=day(100)))
    assert village["teacher"].place_of(family, "teacher")["until"] == day(100)
    longer = next(it for it in village["father"].consents(family) if it["may_withdraw"] and it["until"] == day(100))
    village["father"].withdraws(family, longer)
    assert village["teacher"].place_of(family, "teacher")["until"] == day(30)
