"""Ways back in, and what is taken back: an old link, a yes too many, an address that only looks right."""

from datetime import timedelta

import pytest

from app.dates import today
from tests.conftest import Village
from tests.invitations.test_invitations import GONE, redemption
from tests.people_of import Place, until


def test_somebody_removed_does_not_come_back_by_an_older_link(village: Village, family: Place) -> None:
    first = village["mother"].proposes(family, "psychologist", capacity="psykolog")
    one = village.link_for("psychologist")
    second = village["mother"].proposes(family, "psychologist", capacity="psykolog", history=True)
    two = village.link_for("psychologist")
    assert (first["id"], one) != (second["id"], two)
    village["psychologist"].accepts(one)
    village["mother"].ends(family, "psychologist")
    assert redemption(village, "psychologist", two) == GONE
    village["mother"].proposes(family, "psychologist", capacity="psykolog")
    assert village["psychologist"].accepts(village.link_for("psychologist")) == family, "a new invitation opens again"


def test_a_yes_is_taken_back_until_it_was_used(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "psychologist", capacity="psykolog")
    token = village.link_for("psychologist")
    assert invitation["may_decline"]
    assert not invitation["may_agree"]
    declined = village["father"].did(village["father"].post(f"{family.path}/invitations/{invitation['id']}/declining"))
    assert (declined["state"], declined["may_decline"]) == ("declined", False)
    assert redemption(village, "psychologist", token) == GONE


def test_nobody_agrees_to_what_somebody_who_left_proposed(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    invitation = village["teacher"].proposes(family, "psychologist", capacity="psykolog")
    village["mother"].ends(family, "teacher")
    refused = village["mother"].post(f"{family.path}/invitations/{invitation['id']}/agreement", until=None)
    assert (refused.status_code, refused.json()["code"]) == (409, "already_settled")


@pytest.mark.parametrize(
    "address", ["=?utf-8?q?a=40evil.example?=@demo.example", "x@[127.0.0.1].a", "a@b..c", "\u212a@b.dk"]
)
def test_an_address_is_what_it_looks_like(village: Village, family: Place, address: str) -> None:
    answer = village["mother"].post(
        f"{family.path}/invitations",
        name="Anders", email=address, capacity="lærer", role="professional", purpose="skole", kinds=["school"],
        ends_on=(today() + timedelta(days=30)).isoformat(), history=False,
    )  # fmt: skip
    assert (answer.status_code, [it["field"] for it in answer.json()["fields"]]) == (422, ["email"])


def test_who_was_taken_along_into_a_further_thread_leaves_it_with_the_consent(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village.brings_in(family, "healthvisitor")
    mother = village["mother"]
    along = [mother.place_of(family, who)["membership"] for who in ("teacher", "healthvisitor")]
    opened = mother.did(mother.post(f"/api/cases/{family.case}/threads", purpose="Skoletid", members=along))
    further = Place(family.case, opened["id"])
    assert village["teacher"].sees(further)["purpose"] == "Skoletid"
    his = next(it for it in mother.consents(family) if it["recipient"].startswith("Anders Winther"))
    with village["teacher"].listens(further) as ear:
        mother.withdraws(family, his)
        until(lambda: ear.closed == 4403, 2)
    assert village["teacher"].get(further.path).status_code == 404
    assert village["healthvisitor"].sees(further)["purpose"] == "Skoletid", "hers stands"


def test_nobody_takes_a_guest_along_past_those_who_must_agree(village: Village, family: Place) -> None:
    place = village["caseworker"].opens_dialogue(
        family=[
            {"name": it, "email": f"{it}@demo.example", "capacity": it, "role": role}
            for it, role in (("mother", "custody_holder"), ("girl15", "child"))
        ]
    )
    village.brings_in(place, "teacher")
    caseworker = village["caseworker"]
    named = [caseworker.place_of(place, "teacher")["membership"]]
    named += [it["membership"] for it in caseworker.sees(place)["people"] if it["role"] == "child"]
    answer = caseworker.post(f"/api/cases/{place.case}/threads", purpose="x", members=named)
    assert (answer.status_code, answer.json()["code"]) == (422, "family_missing")
