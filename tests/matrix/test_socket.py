"""Everybody x every message of the socket: what the WS rows of matrix.csv say."""

from collections.abc import Awaitable, Callable
from typing import get_args

import pytest

from app.live.routes import ASK
from tests.matrix.layers import Foreign
from tests.matrix.line import Line, told
from tests.matrix.people import COLUMNS
from tests.matrix.table import Row, rows
from tests.matrix.world import MARKER, World

PREFIX = "WS /api/live "
WS_ROWS = [row for row in rows() if row.request.startswith(PREFIX)]
ASKS: dict[str, Callable[[Line, World, Row], Awaitable[str | int]]] = {
    "ShowThread": lambda line, world, row: line.ask(thread=world.spots[row.state].thread, after=0),
    "ShowHome": lambda line, world, row: line.ask(home=True),
}


def test_every_message_of_the_socket_has_its_rows() -> None:
    assert {row.request.removeprefix(PREFIX) for row in WS_ROWS} == {it.__name__ for it in get_args(ASK._type)}
    assert ASKS.keys() == {it.__name__ for it in get_args(ASK._type)}


async def test_every_frame_is_as_the_table_says(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Threads first: a list that is on the screen hears of its own."""
    wrong, leaks, tried, frames = [], [], 0, {}
    allowed = Foreign(world).texts
    async with world.app.router.lifespan_context(world.app):
        for who in COLUMNS:
            for row in sorted(WS_ROWS, key=lambda row: row.request, reverse=True):
                async with Line(world.app, world.sessions.get(who)) as line:
                    heard = await ASKS[row.request.removeprefix(PREFIX)](line, world, row)
                tried += 1
                if told(heard) != row.cells[who]:
                    wrong.append(f"{row.request} · {row.state} · {who}: {heard!s:.99} instead of {row.cells[who]}")
                leaks += [(who, world.what(it)) for it in set(MARKER.findall(str(heard))) - allowed[who]]
                frames[row.request, row.state, who] = heard
    with capsys.disabled():
        print(f"\nsocket cells tried: {tried}, right: {tried - len(wrong)}, markers outside: {len(leaks)}")
    assert wrong == []
    assert leaks == []
    for row in WS_ROWS:  # gone and never existed: the same frame but for the id that was asked for
        gone = {
            str(frames[row.request, row.state, who]).replace(world.spots[row.state].thread, "")
            for who in COLUMNS
            if row.cells[who] == "gone"
        }
        assert len(gone) <= 1
