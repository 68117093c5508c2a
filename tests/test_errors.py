"""What goes wrong is told: problem+json, a stable code, a sentence in the reader's language, when to try again."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from app.text import catalogue
from tests.conftest import Village
from tests.people_of import Place

JSON = {"Content-Type": "application/json"}


def problem(answer: httpx2.Response, status: int, code: str, language: str = "da") -> dict[str, Any]:
    """Exactly what is promised of a problem, and nothing else."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    told: dict[str, Any] = answer.json()
    fields = {"fields"} & told.keys()
    assert told.keys() == {"type", "title", "status", "code"} | fields
    assert (told["type"], told["status"], told["code"]) == ("about:blank", status, code)
    assert told["title"] == catalogue(language)[f"error.{code}"]
    assert all(part.keys() == {"field", "code"} for part in told.get("fields", []))
    assert answer.headers["cache-control"] == "no-store"
    return told


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/", "/auth/nothing", "/api/cases/", "/api/cases/%00", "/api/me/x"]
)
def test_what_does_not_exist(village: Village, path: str) -> None:
    problem(village["mother"].get(path), 404, "not_found")


def test_an_address_that_cannot_be_one_is_as_absent_as_another(village: Village) -> None:
    for part in ("x", "1", str(uuid4()), str(uuid4()).upper(), "' or 1=1 --", "%F0%9F%98%80", "null"):
        problem(village["mother"].get(f"/api/cases/{part}"), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "/api/me"), ("PATCH", "/api/cases"), ("GET", "/api/invitations/opening"), ("POST", "/api/issuers"),
     ("GET", "/auth/logout"), ("PUT", "/api/health/live")],
)  # fmt: skip
def test_what_cannot_be_done_to_it(village: Village, method: str, path: str) -> None:
    answer = village["mother"].browser.request(method, path)
    problem(answer, 405, "method_not_allowed")
    assert method not in answer.headers["allow"]


def test_nobody_is_told_only_to_log_in(village: Village, family: Place) -> None:
    nobody = httpx2.Client(base_url=village.url)
    for path in ("/api/me", "/api/cases", f"/api/cases/{family.case}", family.path, f"/api/cases/{uuid4()}"):
        problem(nobody.get(path), 401, "not_logged_in")
    nobody.cookies["rundtom"] = "x" * 43
    problem(nobody.get("/api/me"), 401, "not_logged_in")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [(None, "da"), ("", "da"), ("da", "da"), ("en", "en"), ("en-GB,en;q=0.9,da;q=0.8", "en"), ("da, en", "da"),
     ("de", "da"), ("*", "da"), ("EN-us", "en"), (",,;;q", "da")],
)  # fmt: skip
def test_the_sentence_is_in_the_readers_language(village: Village, accepted: str | None, language: str) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    problem(village["mother"].browser.get("/api/nothing", headers=headers), 404, "not_found", language)
    assert catalogue("da")["error.not_found"] != catalogue("en")["error.not_found"]


def test_too_large(village: Village, family: Place) -> None:
    path = f"{family.path}/messages"
    problem(village["mother"].browser.post(path, content=b" " * 70_000, headers=JSON), 413, "too_large")


ID = "6f1ed002-ab5d-4d9a-9d2a-111111111111"
BODIES = [
    (b"", "missing"),
    (b"{", "json_invalid"),
    (b"null", "model_attributes_type"),
    (b"[]", "model_attributes_type"),
    (b'{"id": "' + ID.encode() + b'"}', "missing"),
    (b'{"id": "x", "text": "x"}', "uuid_parsing"),
    (b'{"id": 1, "text": "x"}', "uuid_type"),
    (b'{"id": "%b", "text": ""}', "string_too_short"),
    (b'{"id": "%b", "text": " \\n\\t "}', "string_too_short"),
    (b'{"id": "%b", "text": "' + b"x" * 4001 + b'"}', "string_too_long"),
    (b'{"id": "%b", "text": "a\\u0000b"}', "string_pattern_mismatch"),
    (b'{"id": "%b", "text": "\\ud800"}', "string_unicode"),
    (b'{"id": "%b", "text": "x", "author": "me"}', "extra_forbidden"),
    (b'{"id": "%b", "text": "x", "circle": -1}', "greater_than_equal"),
    (b'{"id": "%b", "text": "x", "circle": 99999999999999999999}', "less_than_equal"),
    (b'{"id": "%b", "text": "x", "circle": 1.5}', "int_from_float"),
    (b'{"id": "%b", "text": {"a": []}}', "string_type"),
]


@pytest.mark.parametrize(("body", "code"), BODIES, ids=[f"{code} {body[-20:]!r}" for body, code in BODIES])
def test_what_is_missing_or_wrong_is_named_and_not_repeated(
    village: Village, family: Place, body: bytes, code: str
) -> None:
    sent = body.replace(b"%b", ID.encode())
    answer = village["mother"].browser.post(f"{family.path}/messages", content=sent, headers=JSON)
    told = problem(answer, 422, "invalid")
    assert code in {part["code"] for part in told["fields"]}
    assert ID not in answer.text


def test_a_body_of_another_kind(village: Village, family: Place) -> None:
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ):
        content = b'{"id": "%b", "text": "x"}'.replace(b"%b", ID.encode())
        answer = village["mother"].browser.post(
            f"{family.path}/messages", content=content, headers={"Content-Type": kind}
        )
        problem(answer, 422, "invalid")
    assert village["mother"].texts(family) == []


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 10_000, b"\xff\xfe{}", b'"\xff"', b"1" * 5_000])
def test_a_body_that_no_reader_gets_through(village: Village, family: Place, body: bytes) -> None:
    answer = village["mother"].browser.post(f"{family.path}/messages", content=body, headers=JSON)
    problem(answer, 422, "invalid")


@pytest.mark.parametrize(
    "query", ["before=x", "limit=0", "limit=101", "limit=1.5", "before=-1", f"before={2**64}", "before="]
)
def test_a_question_that_cannot_be_answered(village: Village, family: Place, query: str) -> None:
    problem(village["mother"].get(f"{family.path}/messages?{query}"), 422, "invalid")


def test_an_id_that_somebody_else_has_used_is_no_accident_of_ours(village: Village, family: Place) -> None:
    """The key says that the id is taken; neither what it stands for nor anything of the database is told."""
    body = {"child_name": "x", "employment": None, "capacity": "mor", "purpose": "x", "family": []}
    answer = village["outsider"].post("/api/cases", id=family.case, **body, with_family_department=False)
    problem(answer, 409, "in_flight")
    assert answer.headers["retry-after"] == "1"
