"""Everybody x every route x every state of what it asks for: what matrix.csv says, typed by hand."""

import re
from typing import Any

import pytest

from app.main import create_app
from tests.matrix.everything import Everything
from tests.matrix.people import COLUMNS
from tests.matrix.requests import ALSO, BODIES, QUERIES
from tests.matrix.table import CODES, http, rows
from tests.matrix.test_socket import WS_ROWS
from tests.test_contract import flat

# HEAD is asked for where it is a route of its own: of files.
ROUTES = {
    name: route for name, route in flat(create_app().routes) if not name.startswith("HEAD ") or "/attachments/" in name
}
ELSEWHERE = {"own", "other case", "other municipality", "never existed"}
# What the address names decides which states there are.
STATES: tuple[tuple[str, set[str]], ...] = (
    ("/threads/{thread}/.*{", ELSEWHERE | {"other circle", "closed", "protected", "smuggled"}),
    ("/threads/{thread}", ELSEWHERE | {"other circle", "closed", "protected"}),
    ("/(concerns|consultations)/{", {"closed", "never existed", "other case", "own", "passed on", "stand-in"}),
    ("/(balls|cases)/{case}", ELSEWHERE | {"closed", "protected"}),
    ("/(custody-changes|duty-accesses|hand-overs)/{", ELSEWHERE | {"closed", "deleted", "protected"}),
    ("/sessions/{", {"another's", "deleted", "never existed", "own"}),
    ("/api/invitations/", ELSEWHERE | {"closed", "deleted", "other circle", "protected"}),
    ("", {"-"}),
)
# A body may name something too.
MORE = {
    "POST /api/cases": {"another's", "never existed", "own"},
    "POST /api/concerns": {"another's", "never existed", "own"},
    "POST /api/consultations": {"another's", "never existed", "own"},
    "POST /api/duty-accesses": ELSEWHERE | {"closed", "protected"},
}
# Notes and steps are never withdrawn; and of one's own draft nobody is told whether it is still there.
FOR_GOOD = re.compile(r" /api/cases/{case}/threads/{thread}/(drafts|notes|stages)/{")
# What lay there before somebody came without the history.
BEFORE = re.compile(
    r"/({attachment}|{callback}|{contact}|{note}|{response}|{about}|{stage}|{summary})|/threads/.*/{concern}"
)


def test_every_route_has_its_cells() -> None:
    assert {row.request for row in rows()} - {row.request for row in WS_ROWS} == {
        name for name in ROUTES if not name.startswith("WS ")
    }
    for request in sorted({row.request for row in http()}):
        states = [row.state for row in http() if row.request == request]
        assert len(states) == len(set(states)), f"{request}: twice"
        needed = MORE.get(request) or next(some for pattern, some in STATES if re.search(pattern, request))
        if re.search("/threads/{thread}/.*{|/facts/{", request) and not FOR_GOOD.search(request):
            needed = needed | {"deleted", "smuggled"}
        if BEFORE.search(request):
            needed = needed | {"older"}
        assert set(states) >= needed, f"{request}: no cells for {sorted(needed - set(states))}"


def test_every_cell_says_something_and_every_body_is_sent() -> None:
    known = {"200", "201", "303", *CODES}
    assert {cell for row in http() for cell in row.cells.values()} <= known
    sent = {name for name in ROUTES if not name.startswith(("GET ", "HEAD ", "WS "))}
    assert BODIES.keys() == sent
    assert (ALSO.keys() | QUERIES.keys()) <= ROUTES.keys()


def test_every_cell_is_as_the_table_says(everything: Everything, capsys: pytest.CaptureFixture[Any]) -> None:
    with capsys.disabled():
        right, states = everything.tried - len(everything.wrong), {row.state for row in http()} - {"-"}
        print(f"\ncells tried: {everything.tried}, right: {right}", end="; ")
        print(f"people: {len(COLUMNS)}, routes: {len(ROUTES)}, states: {len(states)}")
    assert everything.wrong == []


def test_forbidden_and_missing_are_the_same_to_the_byte(everything: Everything) -> None:
    """Whoever asks, and whatever hides there: one answer a route, with its headers."""
    assert len(everything.not_found) > 40
    assert {request for request, answers in everything.not_found.items() if len(answers) > 1} == set()


def test_nobody_is_shown_a_word_that_is_not_for_them(everything: Everything) -> None:
    assert everything.shown == []
