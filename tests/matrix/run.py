"""Trying cells of the table, one request each."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass

from tests.matrix.inside import Answer, Inside
from tests.matrix.people import COLUMNS
from tests.matrix.requests import address, body
from tests.matrix.table import Row, cell
from tests.matrix.world import World


@dataclass(frozen=True)
class Tried:
    row: Row
    who: str
    answer: Answer

    @property
    def right(self) -> bool:
        return cell(self.answer) == self.row.cells[self.who]

    def __str__(self) -> str:
        found = f"{cell(self.answer)} instead of {self.row.cells[self.who]}"
        return f"{self.row.request} · {self.row.state} · {self.who}: {found}"


async def tries(
    world: World,
    house: Inside,
    row: Row,
    people: Iterable[str] = COLUMNS,
    before: Callable[[str], None] = lambda who: None,
) -> AsyncIterator[Tried]:
    """A row's cells, one after the other; `before` is told whose turn it is."""
    spot = world.spots.get(row.state, world.spots["own"])
    await house.begin()
    for who in people:
        before(who)
        method, path = row.request.partition(" ")[0], address(row.request, spot, who)
        token = world.sessions.get(who)
        async with house.tried(token, method, path, body(row.request, world, spot, who)) as answer:
            yield Tried(row, who, answer)
