"""Each of the two layers alone: the app without row level security, row level security without the app's table.

In either, nobody is shown or writes a row of a circle that he or she is not in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from app.access import door
from tests.matrix.everything import Everything
from tests.matrix.inside import Inside, inside
from tests.matrix.layers import APP_ALONE, WATCHED, Foreign, everybody_may
from tests.matrix.requests import THREAD
from tests.matrix.run import Tried, tries
from tests.matrix.table import Row, http
from tests.matrix.test_mutations import AJAR
from tests.matrix.world import World


@dataclass
class Alone:
    """What came of a world with one layer."""

    tried: int = 0
    opened: list[str] = field(default_factory=list)  # was nowhere to be found, and is there now
    shown: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    async def look_at(self, house: Inside, foreign: Foreign, it: Tried) -> None:
        self.tried += 1
        where = f"{it.row.request} · {it.row.state} · {it.who}"
        self.opened += [str(it)] if it.row.cells[it.who] in ("401", "404", "410") and not it.right else []
        self.shown += [f"{where}: {what}" for what in foreign.shown(it)]
        if not it.row.request.startswith("GET "):
            self.written += [f"{where}: {tab}" for tab in await foreign.written(house, it)]

    def is_whole(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        foreign = self.opened + self.shown + self.written
        with capsys.disabled():
            print(f"\n{name}: {self.tried} cells, foreign rows: {len(foreign)}")
        assert foreign == []


async def alone(world: World, cells: Callable[[Row], Iterable[str]], *statements: str) -> Alone:
    found, foreign = Alone(), Foreign(world)
    async with inside(world.app, world.urls, *statements, *WATCHED) as house:
        for row in http():
            if row.request.partition(" ")[2].startswith("/api/"):
                async for it in tries(world, house, row, cells(row)):
                    await found.look_at(house, foreign, it)
    return found


async def test_the_app_alone_shows_and_writes_no_foreign_row(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Every cell of everybody who is logged in."""
    found = await alone(world, lambda row: [who for who, cell in row.cells.items() if cell != "401"], APP_ALONE)
    found.is_whole("the app alone", capsys)


async def test_row_level_security_alone_shows_and_writes_no_foreign_row(
    world: World, everything: Everything, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everybody may everything. The cells that ask whether somebody may: to the others nothing has changed."""
    assert sum(map(len, everything.asked.values())) > 1000
    with everybody_may():
        found = await alone(world, lambda row: sorted(everything.asked.get(row, ())))
    found.is_whole("row level security alone", capsys)


async def test_without_either_layer_foreign_rows_are_seen(world: World) -> None:
    """The premise of the two above: a father at the thread of the mother, with the door ajar and no policies. What is
    recorded is asked once more by record_event, so what he writes there is written past the app."""
    found, foreign = Alone(), Foreign(world)
    withdrawn = f"update messages set text = null where thread_id = '{world.spots['other circle'].thread}'"
    [row] = [row for row in http() if row.request == f"POST {THREAD}/closure" and row.state == "other circle"]
    [pages] = [row for row in http() if row.request == f"GET {THREAD}/messages" and row.state == "other circle"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(world.app.dependency_overrides, door._thread_member, AJAR[door._thread_member])
        async with inside(world.app, world.urls, APP_ALONE, *WATCHED) as house:
            for one in (pages, row):
                async for it in tries(world, house, one, ["father"]):
                    await house.connection.exec_driver_sql(withdrawn)
                    await found.look_at(house, foreign, it)
    assert any("words of mother" in it for it in found.shown)
    assert [it for it in found.opened if it.startswith("GET ")]
    assert any(it.endswith(": messages") for it in found.written)
