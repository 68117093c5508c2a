"""The same program with and without a screening: nobody can tell them apart."""

import re

import pytest

from tests.conftest import Village
from tests.crawl import crawl, gets, masked
from tests.people_of import Place
from tests.screening.test_screening import FAMILY_AND_GUESTS, screening, signs, ticks
from tests.village import BY_KEY


def play(village: Village, *, with_screening: bool) -> Place:
    """The same happens in both; in one of them a caseworker screens in between."""
    place = village["caseworker"].opens_dialogue("mother", "father")
    village.brings_in(place, "teacher")
    if with_screening:
        village["caseworker"].did(village["caseworker"].get(screening(place)))
        ticks(village, place)
    village["mother"].writes(place, "Hvornår skal vi mødes?")
    village["caseworker"].did(village["caseworker"].get(place.path))
    village["caseworker"].proposes(place, "psychologist", capacity="psykolog")
    if with_screening:
        signs(village, place, "psychologist")
        village["caseworker"].did(village["caseworker"].get(screening(place)))
        ticks(village, place)
    village["father"].writes(place, "På torsdag.")
    return place


def observed(village: Village, who: str, place: Place) -> dict[str, str]:
    """Everything that somebody can ask of one case, and what comes by itself; ids and moments masked."""
    someone = village[who]
    answers = crawl(someone, place).items()
    found = {path: _in_one_order(masked(answer)) for path, answer in answers if "{case}" in path}
    [mine] = [it for it in someone.did(someone.get("/api/cases"))["cases"] if it["id"] == place.case]
    found["/api/cases"] = masked(str(mine))
    with someone.listens(place) as ear:
        found["frames"] = masked(str(sorted(ear.raw)))
    return found


def _in_one_order(answer: str) -> str:
    """Equals among equals: those whose consent is waited for stand in the order of their random ids."""
    return re.sub(r'"waits_for":\[(.*?)\]', lambda found: str(sorted(found[1].split("},{"))), answer)


@pytest.fixture(scope="module")
def twins(village: Village) -> tuple[Place, Place]:
    mailed = {who: village.mails_to(who) for who in BY_KEY}
    sent = []
    places = []
    for with_screening in (True, False):
        places.append(play(village, with_screening=with_screening))
        now = {who: village.mails_to(who) for who in BY_KEY}
        sent.append({who: now[who] - mailed[who] for who in BY_KEY})
        mailed = now
    assert sent[0] == sent[1], "who got how many mails"
    return places[0], places[1]


@pytest.mark.parametrize("who", FAMILY_AND_GUESTS)
def test_all_that_a_member_can_observe_is_the_same_with_and_without(
    village: Village, twins: tuple[Place, Place], who: str
) -> None:
    first, second = (observed(village, who, place) for place in twins)
    # What was read above has left looks of the reader's own; they are as many in both.
    assert len(first) > 8
    assert first.keys() == second.keys()
    for path, answer in first.items():
        assert answer == second[path], path


def test_the_twins_differ_for_the_caseworker(village: Village, twins: tuple[Place, Place]) -> None:
    """The premise of the test above: it looks at something."""
    with_, without = (crawl(village["caseworker"], place)["/api/cases/{case}/screening"] for place in twins)
    assert "negative_social_control" in with_
    assert "negative_social_control" not in without
    assert "/api/cases/{case}/screening" in gets()
