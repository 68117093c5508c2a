"""Promise 1: whatever a professional stores in a thread comes back to the family in it; no field is an exception.

The fields are taken from the API's own document: a route or a field that is new is tried, or the test says so.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.main import create_app
from app.shapes import Line
from tests.conftest import Village
from tests.crawl import answers
from tests.people_of import Place
from tests.storing import AS, CASEWORKERS_ONLY, DEEDS, NOT_CASEWORKERS, STEPS, THREAD

SPEC: dict[str, Any] = create_app().openapi()


def schema_of(route: str) -> dict[str, Any]:
    """Of the body, or of the one that it is."""
    address, _, kind = route.partition(AS)
    method, _, path = address.partition(" ")
    content: dict[str, Any] = SPEC["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return {"$ref": schema["discriminator"]["mapping"][kind]} if kind else schema


def each_kind(route: str) -> list[str]:
    kinds = schema_of(route).get("discriminator", {}).get("mapping", {})
    return [f"{route}{AS}{kind}" for kind in kinds] or [route]


WRITES = sorted(
    write
    for path, methods in SPEC["paths"].items()
    for method in methods
    if method in ("post", "put", "patch") and (path.startswith(THREAD) or path == "/api/cases/{case}/threads")
    for write in each_kind(f"{method.upper()} {path}")
)
# Nobody's but the writer's until it is sent: not stored in the conversation (ARCHITECTURE.md, what looks odd).
NOT_SENT = {f"PUT {THREAD}/drafts/{{form}}/{{about}}"}
# The family's own acts.
OF_FAMILY = {
    f"POST {THREAD}/notes/{{note}}/responses",
    f"POST {THREAD}/summary/{{summary}}/rejection",
}


# Somebody's who has no other: tests/stages/test_new_eyes.py.
ON_DUTY = {f"POST {THREAD}/stages/{{stage}}/signature"}


def free_texts(schema: dict[str, Any], name: str = "") -> Iterator[str]:
    """Every property into which somebody can write what he likes."""
    if "$ref" in schema:
        yield from free_texts(SPEC["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name)
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from free_texts(part, name)
    for key, part in schema.get("properties", {}).items():
        yield from free_texts(part, f"{name}.{key}".strip("."))
    if schema.get("type") == "string" and not {"enum", "const", "format"} & schema.keys():
        yield name


def fields(route: str) -> set[str]:
    return set(free_texts(schema_of(route)))  # of files it is bytes; the words beside them: tests/attachments


def test_every_field_of_every_write_is_tried() -> None:
    with_text = {route for route in WRITES if fields(route)}
    assert with_text == set(DEEDS) | NOT_SENT | OF_FAMILY | ON_DUTY


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from leaves(part)


def what_she_reads(village: Village, place: Place) -> Iterator[str]:
    """Every text, one answer after the other."""
    mother = village["mother"]
    for _, answer in answers(mother, place, under="/api/cases/{case}"):
        body = answer.partition(" ")[2]
        yield from leaves(orjson.loads(body)) if body.startswith("{") else ()
    for concern in mother.did(mother.get(f"{place.path}/concerns"))["concerns"]:
        yield from leaves(mother.did(mother.get(f"{place.path}/concerns/{concern['id']}")))


def missing(texts: set[str], read: Iterator[str]) -> set[str]:
    """Asks no further once all are found."""
    while texts and (text := next(read, None)) is not None:
        texts = texts - {text}
    return texts


def as_stored(text: str) -> str | None:
    try:
        return str(TypeAdapter(Line).validate_python(text))
    except ValidationError:
        return None


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(as_stored)


@pytest.fixture
def place(village: Village) -> Place:
    """Of each test's own: all of it is read after each deed."""
    return a_place(village)


def a_place(village: Village) -> Place:
    child = {"name": "Emil", "email": None, "capacity": "barn", "role": "child"}
    mother = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}
    opened = village["caseworker"].opens_dialogue(family=[mother, child])
    village.brings_in(opened, "teacher", history=True)
    return opened


@pytest.mark.parametrize("route", sorted(DEEDS), ids=lambda route: route.replace(THREAD, "…"))
def test_what_a_professional_stores_comes_back_to_the_family(village: Village, route: str, place: Place) -> None:
    who = [*["caseworker"] * (route not in NOT_CASEWORKERS), *["teacher"] * (route not in CASEWORKERS_ONLY)]
    ends = route.endswith(("/ending", "/closure", "/receipt", "/sending")) or route in STEPS
    written_in = [place]

    @settings(
        max_examples=2 if route in STEPS else 4 if ends else 12, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.sampled_from(who), st.lists(TEXTS, min_size=6, max_size=6, unique_by=as_stored))
    def stores(writer: str, texts: list[str]) -> None:
        # What ends something is done somewhere else each time.
        here = a_place(village) if ends else place
        address, body = DEEDS[route](village, here, writer)
        names = sorted(fields(route))
        assert len(names) <= len(texts)
        written = dict(zip(names, texts, strict=False))
        if "email" in written:
            written["email"] = f"{uuid4().hex}@demo.example"
        done = village[writer].post(address, **body | written)
        village[writer].did(done)
        made = Place(here.case, done.json()["id"]) if route.endswith("/threads") else here
        stored = {str(as_stored(text)): key for key, text in written.items()}
        lost = missing(set(stored), what_she_reads(village, made))
        assert not lost, f"{writer} stored {[(stored[text], text) for text in lost]}"
        written_in.append(made)

    stores()
    for _ in what_she_reads(village, written_in[-1]):
        pass  # no page of hers stumbles over it (crawl.py), the ones too that were not asked above
