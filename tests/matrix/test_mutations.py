"""Would we notice? Each `must` is removed, each door left ajar, one at a time: the table must catch every one of them.

Policies are loosened one by one in tests/policies/test_mutations.py.
"""

import ast
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import Request

from app.access import door, screener
from app.access.door import CurrentViewer, Member, Viewer, enter, member_of
from app.access.may import Act, Role
from app.db import Db
from app.errors import NotFound
from app.settings import get_settings
from tests.matrix.everything import APP, Everything, Site, site
from tests.matrix.inside import inside
from tests.matrix.layers import APP_ALONE
from tests.matrix.run import tries
from tests.matrix.table import Row, http
from tests.matrix.test_matrix import ROUTES
from tests.matrix.world import World

# -- must --------------------------------------------------------------------------------------------------------------


def sites() -> Iterator[Site]:
    """Every function of app/ that asks `must`."""
    for path in sorted(APP.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
                calls = [it.func for it in ast.walk(function) if isinstance(it, ast.Call)]
                if any(isinstance(it, ast.Attribute) and it.attr == "must" for it in calls):
                    yield Site(str(path.relative_to(APP)), function.name)


async def caught(world: World, cells: list[tuple[Row, str]], *statements: str) -> str | None:
    """The first of these cells that is not as the table says."""
    async with inside(world.app, world.urls, *statements) as house:
        for row, several in groupby(cells, key=lambda cell: cell[0]):
            async with aclosing(tries(world, house, row, [who for _, who in several])) as tried:
                async for it in tried:
                    if not it.right:
                        return str(it)
    return None


async def test_every_must_that_is_removed_is_caught(
    world: World, everything: Everything, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, alive, must = list(sites()), [], Member.must
    for gone in asked:

        def loosened(member: Member, act: Act, gone: Site = gone) -> None:
            if site(sys._getframe(1)) != gone:
                must(member, act)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Member, "must", loosened)
            if await caught(world, everything.refused[gone]) is None:
                alive.append(gone)
    with capsys.disabled():
        print(f"\nmust removed: {len(asked)}, caught: {len(asked) - len(alive)}", *alive, sep="\n  ")
    assert alive == []


# -- doors -------------------------------------------------------------------------------------------------------------


async def _nobody_is_asked(request: Request, db: Db) -> Viewer:
    """Without a session: as whoever comes first."""
    viewer = await enter(db, request.cookies.get(get_settings().cookie_name), active=False)
    return viewer or Viewer(uuid4(), "x", None, "da", None, uuid4(), 30, datetime.now(UTC), datetime.now(UTC), True)


async def _stale_will_do(viewer: CurrentViewer) -> Viewer:
    return viewer


async def _anybody_in_the_case(viewer: CurrentViewer, db: Db, case: UUID, thread: UUID) -> Member:
    return replace(await member_of(db, viewer.person, case), thread=thread)


async def _anybody(viewer: CurrentViewer, db: Db, case: UUID) -> Member:
    try:
        return await member_of(db, viewer.person, case)
    except NotFound:
        return Member(uuid4(), viewer.person, case, uuid4(), Role.interpreter, "x", "x", 0, closed=False)


async def _any_member(viewer: CurrentViewer, db: Db, case: UUID) -> Member:
    return await member_of(db, viewer.person, case)


AJAR: dict[Callable[..., Awaitable[Any]], Callable[..., Awaitable[Any]]] = {
    door._viewer: _nobody_is_asked,
    door._fresh_viewer: _stale_will_do,
    door._thread_member: _anybody_in_the_case,
    door._case_member: _anybody,
    screener._screener: _any_member,
}


def doors(route: Any) -> set[Callable[..., Any]]:
    """The doors of a route, from outside in as far as the first that would stop whoever it is made to let in."""
    found, waiting = set(), list(route.dependant.dependencies)
    while waiting:
        dependant = waiting.pop()
        if dependant.call in AJAR:
            found.add(dependant.call)
        if dependant.call not in AJAR or dependant.call is door._fresh_viewer:
            waiting += dependant.dependencies
    return found - {door._viewer} if door._thread_member in found else found


# Asked twice: behind these doors a function of the database asks the same once more.
TWICE = {
    "GET /api/cases/{case}/screening: _screener",  # must_screen
    "GET /api/cases/{case}/threads/{thread}/changes: _thread_member",  # changes
    "GET /api/cases/{case}/threads/{thread}/concerns/{concern}: _thread_member",  # the read starts from the place
    "POST /api/cases/{case}/screening/signature: _screener",
    "POST /api/cases/{case}/screening: _screener",
    "POST /api/cases/{case}/threads/{thread}/attachments: _thread_member",  # before_body
    "POST /api/cases/{case}/threads/{thread}/callbacks: _thread_member",  # record_event
    "POST /api/cases/{case}/threads/{thread}/messages: _thread_member",  # record_event
    "PUT /api/drafts/{form}: _viewer",  # the page names whose it is
}


async def test_every_door_left_ajar_is_caught(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The door of one route at a time, with row level security off: behind it, rows would be safe all the same."""
    ajar, alive = 0, []
    for name, route in ROUTES.items():
        for one in doors(route) if hasattr(route, "dependant") and not name.startswith("WS ") else ():
            ajar += 1
            order = ("other circle", "other case", "protected", "own")
            states = sorted((row for row in http() if row.request == name), key=lambda row: row.state not in order)
            cells = [(row, who) for row in states for who, cell in row.cells.items() if cell[0] == "4"]
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(world.app.dependency_overrides, one, AJAR[one])
                if await caught(world, cells, APP_ALONE) is None:
                    alive.append(f"{name}: {one.__name__}")
    with capsys.disabled():
        print(f"\ndoors left ajar: {ajar}, caught: {ajar - len(alive)}, asked twice: {len(TWICE)}")
    assert set(alive) == TWICE
