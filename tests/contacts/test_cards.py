"""How somebody is reached at work: kept by herself, seen by whoever shares a thread with her there."""

from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.contacts.calling import CARD, keeps_card
from tests.people_of import Place, Someone
from tests.village import BY_KEY


def names(who: Someone, place: Place) -> list[str]:
    on_thread = [it["name"] for it in who.sees(place)["cards"]]
    on_case = [it["name"] for it in who.did(who.get(f"/api/cases/{place.case}"))["cards"]]
    assert on_thread == on_case
    return on_thread


def test_karens_number_stands_where_the_family_looks(village: Village, family: Place) -> None:
    village["caseworker"].did(keeps_card(village["caseworker"]))
    for who in ("mother", "father"):
        [card] = [it for it in village[who].sees(family)["cards"] if it["name"] == BY_KEY["caseworker"].name]
        assert {key: card[key] for key in CARD} == CARD
        assert names(village[who], family) == [BY_KEY["caseworker"].name]
    assert names(village["caseworker"], family) == [], "one's own stands on one's own page"
    village["caseworker"].did(keeps_card(village["caseworker"], phone="70 12 34 57"))
    assert village["mother"].sees(family)["cards"][0]["phone"] == "70 12 34 57"
    [mine] = village["caseworker"].did(village["caseworker"].get("/api/me/contact-card"))["cards"]
    assert (mine["phone"], mine["unit"]) == ("70 12 34 57", "Familieafdelingen")


def test_it_is_shown_by_the_place_and_no_longer(village: Village, family: Place) -> None:
    village["psychologist"].did(keeps_card(village["psychologist"]))
    assert BY_KEY["psychologist"].name not in names(village["mother"], family)
    village.brings_in(family, "psychologist")
    assert BY_KEY["psychologist"].name in names(village["mother"], family)
    village["mother"].ends(family, "psychologist")
    assert BY_KEY["psychologist"].name not in names(village["mother"], family)


def test_somebody_who_is_here_as_a_volunteer_is_not_rung_at_work(village: Village, family: Place) -> None:
    village["kindergarten"].did(keeps_card(village["kindergarten"]))
    village.brings_in(family, "kindergarten", role="volunteer", capacity="spejderleder")
    assert BY_KEY["kindergarten"].name not in names(village["mother"], family)


def test_nobody_writes_anybody_elses_card(village: Village, family: Place) -> None:
    [karens] = village["caseworker"].did(village["caseworker"].get("/api/me"))["employments"]
    for who in ("colleague", "leader", "mother"):
        body = {"phone": "11 11 11 11", "answers_within": "same_day"}
        assert village[who].put("/api/me/contact-card", employment=karens["id"], **body).status_code == 404, who
        assert village[who].put("/api/me/contact-card", employment=str(uuid4()), **body).status_code == 404
    assert village["mother"].did(village["mother"].get("/api/me/contact-card"))["cards"] == []


@pytest.mark.parametrize("phone", ["", "  ", "ring til mig", "javascript:alert(1)", "12", "1" * 31])
def test_a_number_is_a_number(village: Village, phone: str) -> None:
    assert keeps_card(village["colleague"], phone=phone).status_code == 422
