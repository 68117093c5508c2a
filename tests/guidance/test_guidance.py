"""The municipality's own guidance by the kind of a worry: short, plain, and never missing."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.consultations.models import ConsultationArea
from app.guidance.reads import BadGuidance, guides
from app.settings import GUIDANCE, Settings
from tests.conftest import Village

OURS: dict[str, dict[str, list[str]]] = tomllib.loads(GUIDANCE.read_text(encoding="utf-8"))
LIX, LONGEST_SENTENCE = 30, 15


def sentences(text: str) -> list[list[str]]:
    found = (re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.?!:]", text))
    return [words for words in found if words]


@pytest.mark.parametrize("area", [*ConsultationArea])
def test_ours_is_plain_danish(area: ConsultationArea) -> None:
    for part, lines in OURS[area].items():
        for line in lines:
            assert line.endswith((".", "?")), (part, line)
            assert all(len(words) <= LONGEST_SENTENCE for words in sentences(line)), (part, line)
    said = [words for lines in OURS[area].values() for line in lines for words in sentences(line)]
    count = [word for words in said for word in words]
    lix = len(count) / len(said) + 100 * sum(len(word) > 6 for word in count) / len(count)
    assert lix <= LIX


def test_everybody_with_a_session_reads_the_same_and_nobody_else(village: Village) -> None:
    told = village["teacher"].did(village["teacher"].get("/api/guidance"))
    assert [it["area"] for it in told["areas"]] == [*ConsultationArea]
    assert {it["area"]: {key: it[key] for key in it if key != "area"} for it in told["areas"]} == OURS
    assert (told["concern_phone"], told["protected_door"]) == ("12 34 56 78", None), "there is no door until it is set"
    assert village["mother"].did(village["mother"].get("/api/guidance")) == told
    stranger = village.another_browser_of("outsider")
    stranger.browser.cookies.clear()
    assert stranger.get("/api/guidance").status_code == 401


def toml(area: str, guide: dict[str, list[str]]) -> str:
    """Of such rows: strings in lists are written as in JSON."""
    return "\n".join([f"[{area}]", *(f"{key} = {json.dumps(value)}" for key, value in guide.items())])


def without_home(rows: dict[str, Any]) -> None:
    del rows["home"]


def with_another(rows: dict[str, Any]) -> None:
    rows["violence"] = rows["home"]


def without_signs(rows: dict[str, Any]) -> None:
    del rows["home"]["signs"]


def empty_list(rows: dict[str, Any]) -> None:
    rows["home"]["ask"] = []


def blank(rows: dict[str, Any]) -> None:
    rows["home"]["parents"] = [" "]


@pytest.mark.parametrize(
    ("spoils", "says"),
    [
        (without_home, "nothing is said about home"),
        (with_another, "violence"),
        (without_signs, "home.signs"),
        (empty_list, "home.ask"),
        (blank, "home.parents"),
    ],
)
def test_a_wrong_file_stops_the_start_and_says_what_is_wrong(
    tmp_path: Path, spoils: Callable[[dict[str, Any]], None], says: str
) -> None:
    rows = tomllib.loads(GUIDANCE.read_text(encoding="utf-8"))
    spoils(rows)
    file = tmp_path / "own.toml"
    file.write_text("\n".join(toml(area, guide) for area, guide in rows.items()), encoding="utf-8")
    with pytest.raises(BadGuidance, match=re.escape(says)):
        guides(file)


def test_a_file_that_is_not_there_or_is_no_toml_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadGuidance, match=r"own\.toml"):
        guides(tmp_path / "own.toml")
    (tmp_path / "own.toml").write_text("[home", encoding="utf-8")
    with pytest.raises(BadGuidance, match=r"own\.toml"):
        guides(tmp_path / "own.toml")


@pytest.mark.parametrize("door", ["http://protected.example", "//protected.example", "javascript:alert(1)", "/"])
def test_the_protected_door_is_an_address_that_can_be_trusted(door: str) -> None:
    with pytest.raises(ValueError, match="protected_door"):
        Settings(protected_door=door)
    assert Settings(protected_door="/protected").protected_door == "/protected"
