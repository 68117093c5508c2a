"""Naming somebody in a message: a co-member by the name that stands in the thread, and nobody else."""

import pytest

from tests.conftest import Village
from tests.people_of import Place
from tests.village import BY_KEY

TEACHER = BY_KEY["teacher"].name


def mentioned(village: Village, who: str, place: Place) -> bool:
    cases = village[who].did(village[who].get("/api/cases"))["cases"]
    [case] = [it for it in cases if it["id"] == place.case]
    return bool(case["threads"][0]["mentioned"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"@{TEACHER}, hvad siger du?", True),
        (f"Vi spurgte (@{TEACHER}).", True),
        (f"@{TEACHER}sen er en anden", False),
        (TEACHER, False),
        ("@Anders", False),
        (f"@{TEACHER.upper()}", False),
    ],
)
def test_whoever_is_named_finds_it_on_home(village: Village, family: Place, text: str, *, named: bool) -> None:
    village.brings_in(family, "teacher", history=True)
    village["teacher"].did(
        village["teacher"].put(f"{family.path}/read-mark", seq=village["teacher"].sees(family)["seq"])
    )
    assert not mentioned(village, "teacher", family)
    village["mother"].writes(family, text)
    assert mentioned(village, "teacher", family) == named
    assert not mentioned(village, "father", family), "it is for whoever is named"
    village["teacher"].did(
        village["teacher"].put(f"{family.path}/read-mark", seq=village["teacher"].sees(family)["seq"])
    )
    assert not mentioned(village, "teacher", family), "read is read"


def test_a_name_is_text_and_never_a_pattern(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother")
    village.rows(
        "update memberships set name = 'M.tt* (mor)' where id = %s returning id",
        village["mother"].sees(place)["me"]["membership"],
    )
    village["caseworker"].writes(place, "@Mette (mor) og @Mxtttt")
    assert not mentioned(village, "mother", place)
    village["caseworker"].writes(place, "@M.tt* (mor), er det rigtigt?")
    assert mentioned(village, "mother", place)


def test_withdrawn_words_name_nobody(village: Village, family: Place) -> None:
    village["mother"].did(village["mother"].put(f"{family.path}/read-mark", seq=village["mother"].sees(family)["seq"]))
    said = village["father"].writes(family, f"@{BY_KEY['mother'].name}")
    assert mentioned(village, "mother", family)
    village["father"].did(village["father"].post(f"{family.path}/messages/{said['id']}/withdrawal"))
    assert not mentioned(village, "mother", family)
