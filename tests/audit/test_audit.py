"""The auditor reads the log, and nothing else of any case."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.looks.test_looks import looks_at, told
from tests.people_of import Place

LOG = "/api/audit/looks"


def log_of(village: Village, **query: Any) -> list[dict[str, Any]]:
    looks: list[dict[str, Any]] = village["auditor"].did(village["auditor"].get(LOG, **query))["looks"]
    return looks


def test_the_auditor_sees_who_looked_when_and_why_and_no_content(village: Village, family: Place) -> None:
    village["caseworker"].sees(family)
    village["mother"].sees(family)
    [look] = log_of(village, case=family.case[:8])
    assert look.pop("id")
    assert look.pop("at")
    assert look == {
        "case": family.case[:8], "name": "Karen Lindqvist", "title": "rådgiver", "unit": "Familieafdelingen",
        "what": "get_thread", "purpose": "participant", "reason": None,
    }  # fmt: skip
    text = village["auditor"].get(LOG, case=family.case[:8]).text
    for hidden in ("Emil", "Hvordan går det", "Mette", family.case, family.thread):
        assert hidden not in text


def test_reading_the_log_is_a_look_that_the_family_is_told_of(village: Village, family: Place) -> None:
    village["caseworker"].sees(family)
    log_of(village, case=family.case[:8])
    assert looks_at(village, family, "auditor") == ["list_audit_looks"]
    [look] = [it for it in told(village, family, "mother") if it["purpose"] == "duty"]
    assert (look["who"], look["capacity"]) == (None, "databeskyttelsesrådgiver, Solbæk Kommune"), (
        "unit and title, no name"
    )
    assert look["reason"] == "log_review"
    asked = village["mother"].post(f"/api/cases/{family.case}/looks/{look['look']}/question", text="Hvorfor?")
    opened = Place(family.case, village["mother"].did(asked)["id"])
    assert village["caseworker"].texts(opened) == ["Hvorfor?"]


def test_the_log_is_paged_sampled_and_chosen_by_day(village: Village, family: Place) -> None:
    for _ in range(55):
        village["caseworker"].get(f"{family.path}/changes", after=0)
    first = log_of(village, case=family.case[:8])
    assert len(first) == 50
    rest = log_of(village, case=family.case[:8], before=first[-1]["at"])
    assert {it["id"] for it in rest}.isdisjoint(it["id"] for it in first)
    assert len(log_of(village, sample=True)) == 20
    assert log_of(village, day="2020-01-01") == []
    assert log_of(village, case="00000000") == []


@pytest.mark.parametrize("who", ["admin", "caseworker", "leader", "mother", "outsider", "teacher"])
def test_to_everybody_else_there_is_no_log(village: Village, family: Place, who: str) -> None:
    missing = village[who].get(f"/api/cases/{uuid4()}")
    for path in (LOG, f"{LOG}?case={family.case[:8]}", "/api/audit/reconciliations"):
        answer = village[who].get(path)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_the_auditor_sees_no_case(village: Village, family: Place) -> None:
    assert village["auditor"].did(village["auditor"].get("/api/cases"))["cases"] == []
    for path in (f"/api/cases/{family.case}", family.path, f"/api/cases/{family.case}/looks"):
        assert village["auditor"].get(path).status_code == 404
