"""The whole table tried once, for all the tests that ask something of the answers."""

import logging
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

from app.access.door import Member
from app.access.may import Act
from app.errors import Problem
from tests.matrix.inside import Answer, inside
from tests.matrix.layers import Foreign
from tests.matrix.run import tries
from tests.matrix.table import Row, http
from tests.matrix.world import World

APP = Path(__file__).parents[2] / "app"


class Site(NamedTuple):
    """Where it is asked whether somebody may: file and function."""

    file: str
    function: str


def site(frame: FrameType) -> Site:
    return Site(str(Path(frame.f_code.co_filename).relative_to(APP)), frame.f_code.co_name)


@dataclass
class Everything:
    """`asked`: the cells that asked `may` or `must`; `refused`: by which `must` a cell was stopped."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    shown: list[tuple[str, str, str]] = field(default_factory=list)  # (request, who, what was not for them)
    not_found: dict[str, set[Answer]] = field(default_factory=lambda: defaultdict(set))
    logged: list[str] = field(default_factory=list)
    asked: dict[Row, set[str]] = field(default_factory=lambda: defaultdict(set))
    refused: dict[Site, list[tuple[Row, str]]] = field(default_factory=lambda: defaultdict(list))


class Keeping(logging.Handler):
    """What the app writes to its log, as it would stand there."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "mail.log":  # the mail server of the tests, in the same process
            self.lines.append(self.format(record))


@contextmanager
def logged(lines: list[str]) -> Iterator[None]:
    handler, root = Keeping(lines), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


@dataclass
class Trying:
    """Notes, while a cell is tried, where it was asked whether somebody may."""

    found: Everything
    row: Row | None = None
    who: str = ""

    def turn(self, row: Row) -> Any:
        def of(who: str) -> None:
            self.row, self.who = row, who

        return of

    @contextmanager
    def noted(self) -> Iterator[None]:
        must, may = Member.must, Member.may

        def asked_must(member: Member, act: Act) -> None:
            assert self.row is not None
            self.found.asked[self.row].add(self.who)
            try:
                must(member, act)
            except Problem:
                self.found.refused[site(sys._getframe(1))].append((self.row, self.who))
                raise

        def asked_may(member: Member, act: Act) -> bool:
            assert self.row is not None
            self.found.asked[self.row].add(self.who)
            return may(member, act)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Member, "must", asked_must)
            patch.setattr(Member, "may", asked_may)
            yield


async def try_everything(world: World) -> Everything:
    found, foreign = Everything(), Foreign(world)
    trying = Trying(found)
    with trying.noted(), logged(found.logged):
        async with inside(world.app, world.urls) as house:
            for row in http():
                async for it in tries(world, house, row, before=trying.turn(row)):
                    found.tried += 1
                    found.wrong += [] if it.right else [str(it)]
                    found.shown += [(row.request, it.who, what) for what in foreign.shown(it)]
                    if it.answer.status == 404:
                        found.not_found[row.request].add(it.answer)
    return found
