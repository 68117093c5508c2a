"""What others rely on: every route has its door, the OpenAPI document, the texts, the migrations, the lock files."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.routing import APIRoute
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from sqlalchemy import create_engine
from starlette.routing import BaseRoute

from app.access import door, screener
from app.db import Base
from app.errors import Problem
from app.html import is_page
from app.journal import Kind
from app.main import create_app
from app.text import LANGUAGES, catalogue
from tests.database import Server
from tests.house_files import FILES, ROOT, tree
from tests.of_oneself import OF_ONESELF

PUBLIC = {
    "GET /api/health/live",
    "GET /api/health/ready",
    "GET /api/issuers",
    "GET /auth/callback/{issuer}",
    "GET /auth/login",
    "GET /concerns/public",
    "GET /concerns/public/danger",
    "GET /concerns/public/form",
    "GET /concerns/public/received",
    "GET /openapi.json",
    "POST /auth/backchannel-logout/{issuer}",
    "POST /auth/logout",
    "POST /concerns/public/form",
    "WS /api/live",  # its door is in live/routes.py: a socket is refused by a closing code, not by an answer
}
DOORS = {
    screener._screener: "a caseworker of the case",
    door._viewer: "oneself",
    door._case_member: "a member of the case",
    door._thread_member: "a member of the thread",
}


def flat(routes: list[BaseRoute]) -> Iterator[tuple[str, Any]]:
    for route in routes:
        if included := getattr(route, "original_router", None):
            yield from flat(included.routes)
            continue
        for method in sorted(getattr(route, "methods", None) or {"WS"}):
            yield f"{method} {route.path}", route  # type: ignore[attr-defined]


ROUTES = {name: route for name, route in flat(create_app().routes) if not name.startswith("HEAD ")}


def doors(route: Any) -> set[str]:
    found, waiting = set(), [route.dependant] if hasattr(route, "dependant") else []
    while waiting:
        dependant = waiting.pop()
        found |= {DOORS[dependant.call]} if dependant.call in DOORS else set()
        waiting += dependant.dependencies
    return found


def test_every_route_has_the_door_of_its_address() -> None:
    assert set(ROUTES) >= PUBLIC | OF_ONESELF
    for name, route in ROUTES.items():
        if name in PUBLIC:
            assert doors(route) == set(), name
        elif "/screening" in name:
            # Its look is kept behind the wall: it takes no door that writes one.
            assert doors(route) == {"oneself", "a caseworker of the case"}, name
        elif name in OF_ONESELF:
            assert doors(route) == {"oneself"}, name
        else:
            place = "a member of the thread" if "{thread}" in name else "a member of the case"
            assert name.partition(" ")[2].startswith("/api/cases/{case}"), f"{name}: say whose it is"
            assert place in doors(route), name


def test_every_handler_commits_before_its_answer_leaves() -> None:
    """A plain dependency commits after the answer has left, and a failing commit has said 201."""
    for name, route in ROUTES.items():
        waiting = [route.dependant] if isinstance(route, APIRoute) else []
        while waiting:
            dependant = waiting.pop()
            waiting += dependant.dependencies
            call = dependant.call
            assert call is None or call.__name__ != "_per_request" or dependant.scope == "function", name


# -- the OpenAPI document ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = create_app().openapi()
    return found


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    references = re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(document))
    assert set(references) <= document["components"]["schemas"].keys()


def test_the_document_speaks_of_every_route(document: dict[str, Any]) -> None:
    told = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert told == {name for name in ROUTES if not name.startswith("WS")} - {"GET /openapi.json"}
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))


def test_every_operation_may_answer_with_a_problem(document: dict[str, Any]) -> None:
    """A page with a page."""
    for path, item in document["paths"].items():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                if is_page(path) and (status == "default" or status >= "400"):
                    assert answer["content"].keys() == {"text/html"}, (operation["operationId"], status)
                elif status == "default" or status >= "400":
                    schema = answer["content"]["application/problem+json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ProblemOut"}, (operation["operationId"], status)
            assert "default" in operation["responses"]


def test_every_body_refuses_unknown_fields_and_every_text_has_a_longest(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            for body in bodies(operation, document):
                assert body["additionalProperties"] is False, operation["operationId"]
                for name, field in body.get("properties", {}).items():
                    assert all(map(bounded, alternatives(field))), f"{operation['operationId']}: {name}"


def bodies(operation: dict[str, Any], document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema of the body, and those inside it."""
    waiting = re.findall(r'schemas/(\w+)"', json.dumps(operation.get("requestBody", {})))
    while waiting:
        schema = document["components"]["schemas"][waiting.pop()]
        waiting += re.findall(r'schemas/(\w+)"', json.dumps(schema))
        if "enum" not in schema:
            yield schema


def alternatives(field: dict[str, Any]) -> list[dict[str, Any]]:
    inside = field.get("anyOf", [field])
    return [*inside, *(it["items"] for it in inside if "items" in it)]


def bounded(field: dict[str, Any]) -> bool:
    free = field.get("type") == "string" and not {"format", "enum", "const", "maxLength"} & field.keys()
    return not free and (field.get("type") != "array" or "maxItems" in field)


def test_the_screens_are_built_from_this_document(document: dict[str, Any]) -> None:
    committed = ROOT / "frontend" / "src" / "lib" / "api" / "openapi.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == json.loads(json.dumps(document)), (
        "made anew by: make schema"
    )


# -- texts -------------------------------------------------------------------------------------------------------------
def codes() -> Iterator[str]:
    """Every error code that app/ can send: of a problem, of a refused login, by status."""
    problems = {it.__name__ for it in [Problem, *Problem.__subclasses__()]} | {"Refused"}
    yield from (it.code for it in [Problem, *Problem.__subclasses__()])
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                if node.func.id in problems:
                    yield from strings(node.args[0])
                elif node.func.id in ("refuse", "render", "Refusal"):
                    yield from strings(*node.args[1:3])
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("BY_STATUS", "CODES"):
                assert isinstance(node.value, ast.Dict)
                yield from strings(*node.value.values)
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and is_status(node.elts[0]):
                yield from strings(node.elts[1])


def strings(*nodes: ast.expr) -> Iterator[str]:
    """What may come out of these: a word as it stands, either of two, or what is taken when nothing is found."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from strings(node.body, node.orelse)
        elif isinstance(node, ast.Call):
            yield from strings(*node.args[1:])


def is_status(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value >= 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_every_error_has_its_text(language: str) -> None:
    sent = set(codes())
    assert {"internal", "circle_changed", "issuer_unknown", "wrong_origin", "method_not_allowed"} <= sent
    needed = {f"kind.{kind}" for kind in Kind} | {f"error.{code}" for code in sent}
    assert needed - catalogue(language).keys() == set()


def test_the_languages_say_the_same_things() -> None:
    danish, english = (catalogue(language) for language in ("da", "en"))
    assert danish.keys() == english.keys()
    for key, words in danish.items():
        assert words.strip()
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", english[key])), key


# -- migrations and lock files -----------------------------------------------------------------------------------------
def test_the_models_are_what_the_migrations_make(server: Server) -> None:
    urls = server.clone()
    engine = create_engine(urls.owner)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        made = connection.exec_driver_sql("select indexdef from pg_indexes where indexname = 'ix_identities_email'")
        assert made.scalar_one().endswith("(lower(email))"), "an expression, which the comparison does not look into"
    engine.dispose()
    server.drop(urls)


LOCKS = ["requirements.lock", "requirements-dev.lock", "frontend/package-lock.json", "demo/provider/package-lock.json"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_to_download_from(lock: str) -> None:
    """What is installed is told by name, version and hash; from where is the installation's own business."""
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
