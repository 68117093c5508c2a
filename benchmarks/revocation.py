"""python -m benchmarks.revocation [--quick] [--json FILE]: how soon gone is gone.

Guests with open pages lose their places, one after the other, while their threads are written in; then guests write at
the very moment when their places end.
"""

import asyncio
import json
import os
import platform
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import orjson
import psycopg
import typer
import uvloop
from rich.console import Console
from rich.table import Table

from app.embedded import Urls, conninfo
from app.live.socket import MEMBERSHIP_ENDED
from app.settings import get_settings
from benchmarks.clients import Http, Socket
from benchmarks.guests import Guest, let_in
from benchmarks.load import CREATED, ROOMS, TEXT, next_id
from benchmarks.meter import percentile
from benchmarks.sides import Side, ground, product

BUSY = 503
PATIENCE_S = 120  # until all pages are open, and after the last ending
AGAIN_S, ENOUGH = 0.5, 100  # seconds after a 503, and tries
LATE = 10  # every tenth writes once more
SPREAD_S = 0.02  # a post is sent at most so long before or after the ending that it races
# What is to be reached, in milliseconds, and in posts.
GOALS = {
    "content_p99_ms": 250.0,
    "content_max_ms": 1000.0,
    "gone_p99_ms": 250.0,
    "gone_max_ms": 1000.0,
    "closed_max_ms": 2000.0,
    "accepted_after": 0,
}
# From the moment when the ending was recorded: its commit came a little later.
ROWS = {
    "content": "ended → the last frame with content",
    "gone": "ended → the frame that says so",
    "closed": "ended → the socket is closed",
    "acknowledged": "ended → whoever ended it has the answer",
}
ENDED = "select object_id::text, extract(epoch from at)::float8 from events where kind = 'member_left'"
# Posts whose author's place had ended before them, by the order in which the thread itself counts.
AFTER = """
    select count(*) from events e join events left_ on left_.thread_id = e.thread_id and left_.object_id = e.actor_id
     where left_.kind = 'member_left' and e.seq > left_.seq"""


@dataclass(frozen=True)
class Plan:
    dialogues: int
    sockets: int
    endings_per_second: float
    posts_per_second: float
    races: int
    in_flight: int


FULL = Plan(dialogues=100, sockets=1000, endings_per_second=10, posts_per_second=15, races=10_000, in_flight=16)
QUICK = Plan(dialogues=10, sockets=40, endings_per_second=20, posts_per_second=20, races=200, in_flight=16)


class Page(Socket):
    """A guest's open page, and when it heard what: seconds by the clock that the database goes by."""

    def __init__(self, guest: Guest, port: int) -> None:
        super().__init__(port, guest.headers, self._note)
        self.guest = guest
        self.in_sync = asyncio.get_running_loop().create_future()
        self.over = asyncio.get_running_loop().create_future()
        self.acknowledged = self.content = self.gone = self.closed_at = 0.0

    async def arrive(self) -> None:
        await self.open()
        self.say(orjson.dumps({"thread": self.guest.thread, "after": 0}))
        await self.in_sync

    def _note(self, payload: bytes) -> None:
        frame = orjson.loads(payload)
        if frame["entries"]:
            self.content = time.time()
        if frame.get("gone"):
            self.gone = time.time()
        if not self.in_sync.done():
            self.in_sync.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.closed_at = time.time()
        if not self.over.done():
            self.over.set_result(None)


@dataclass
class Races:
    """What became of posts: those that raced an ending, and those sent after it was acknowledged."""

    racing: Counter[int] = field(default_factory=Counter)
    late: Counter[int] = field(default_factory=Counter)
    endings: Counter[int] = field(default_factory=Counter)
    stored_after: int = 0


class Town:
    """The family of each thread: its first holder of custody ends places, the others write."""

    def __init__(self, side: Side) -> None:
        self.side = side

    def path(self, guest: Guest) -> str:
        posting = self.side.seats[guest.room][0].path
        assert posting
        return posting.removesuffix("/messages")

    async def end(self, http: Http, guest: Guest) -> Counter[int]:
        """End the place, as often as it takes while the server is busy. Every answer."""
        http.headers = self.side.seats[guest.room][0].headers
        answers: Counter[int] = Counter()
        for _ in range(ENOUGH):
            status, _body = await http.post(f"{self.path(guest)}/memberships/{guest.id}/ending", b"{}")
            answers[status] += 1
            if status != BUSY:
                break
            await asyncio.sleep(AGAIN_S)
        return answers

    async def write(self, http: Http, room: int, headers: str) -> int:
        http.headers = headers
        path = self.side.seats[room][0].path
        assert path
        status, _ = await http.post(path, orjson.dumps({"id": next_id(), "text": TEXT}))
        return status


async def revoke(plan: Plan, town: Town, guests: list[Guest]) -> list[Page]:
    """All pages open, everybody writes, and the places end one by one."""
    pages = [Page(guest, town.side.port) for guest in guests]
    async with asyncio.timeout(PATIENCE_S):
        for at in range(0, len(pages), 50):
            await asyncio.gather(*(page.arrive() for page in pages[at : at + 50]))
    rooms, over = range(len(town.side.seats)), asyncio.Event()
    pause_s = len(rooms) / plan.posts_per_second
    writing = [asyncio.create_task(_write_on(town, room, pause_s, over)) for room in rooms]
    ends = [Http(town.side.port, "") for _ in range(plan.in_flight)]
    free: asyncio.Queue[Http] = asyncio.Queue()
    for http in ends:
        free.put_nowait(http)

    async def end(page: Page) -> None:
        http = await free.get()
        answers = await town.end(http, page.guest)
        page.acknowledged = time.time()
        assert answers[CREATED] == 1, answers
        free.put_nowait(http)

    start, tasks = time.monotonic(), []
    for number, page in enumerate(pages):
        await asyncio.sleep(start + number / plan.endings_per_second - time.monotonic())
        tasks.append(asyncio.create_task(end(page)))
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*tasks)
        await asyncio.gather(*(page.over for page in pages))
    over.set()
    await asyncio.gather(*writing)
    for http in ends:
        http.close()
    return pages


async def _write_on(town: Town, room: int, pause_s: float, over: asyncio.Event) -> None:
    """The second of the family, at a steady pace."""
    http, headers = Http(town.side.port, ""), town.side.seats[room][1].headers
    await asyncio.sleep(pause_s * random.random())  # noqa: S311 not all at once
    while not over.is_set():
        next_at = time.monotonic() + pause_s
        # Busy: this one is lost, as it would be for a person who does not press again.
        assert await town.write(http, room, headers) in (CREATED, BUSY)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), max(0.0, next_at - time.monotonic()))
    http.close()


async def race(plan: Plan, town: Town, guests: list[Guest]) -> Races:
    """Each guest writes while the place ends; some once more, when the ending has been acknowledged."""
    races, waiting, numbers, chance = Races(), iter(guests), count(), random.Random(11)  # noqa: S311 no secret

    async def one_after_the_other() -> None:
        ending, writing = Http(town.side.port, ""), Http(town.side.port, "")
        for guest in waiting:
            lead = chance.uniform(-SPREAD_S, SPREAD_S)

            async def write(guest: Guest = guest, lead: float = lead) -> int:
                await asyncio.sleep(max(0.0, lead))
                return await town.write(writing, guest.room, guest.headers)

            posted = asyncio.create_task(write())
            await asyncio.sleep(max(0.0, -lead))
            races.endings += await town.end(ending, guest)
            races.racing[await posted] += 1
            if next(numbers) % LATE == 0:
                races.late[await town.write(writing, guest.room, guest.headers)] += 1
        ending.close()
        writing.close()

    await asyncio.gather(*(one_after_the_other() for _ in range(plan.in_flight)))
    return races


def result(plan: Plan, pages: list[Page], ended: dict[str, float], races: Races) -> dict[str, Any]:
    times = {
        "content": [page.content - ended[page.guest.id] for page in pages],
        "gone": [page.gone - ended[page.guest.id] for page in pages],
        "closed": [page.closed_at - ended[page.guest.id] for page in pages],
        "acknowledged": [page.acknowledged - ended[page.guest.id] for page in pages],
    }
    figures: dict[str, float] = {}
    for name, seconds in times.items():
        # Before it ended is as good as with it.
        late = [1000 * max(0.0, each) for each in seconds]
        figures |= {f"{name}_p50_ms": percentile(late, 0.5), f"{name}_p99_ms": percentile(late, 0.99)}
        figures[f"{name}_max_ms"] = max(late)
    figures["told"] = sum(page.gone > 0 and page.closed == MEMBERSHIP_ENDED for page in pages)
    answers = {"racing": races.racing, "late": races.late, "endings": races.endings}
    raced = {name: {str(status): count for status, count in each.items()} for name, each in answers.items()}
    figures["accepted_after"] = races.stored_after + races.late[CREATED]
    goals = {key: {"is": figures[key], "at_most": most, "met": figures[key] <= most} for key, most in GOALS.items()}
    machine = {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    return {"machine": machine, "load": vars(plan), "revocation": figures, "races": raced, "goals": goals}


def show(console: Console, found: dict[str, Any]) -> None:
    load, figures = found["load"], found["revocation"]
    title = (
        "{sockets} open pages in {dialogues} dialogues lose their places, {endings_per_second:g} a second,"
        " at {posts_per_second:g} posts a second"
    )
    table = Table(title=title.format(**load))
    for column in ("milliseconds", "p50", "p99", "max"):
        table.add_column(column, justify="left" if column == "milliseconds" else "right")
    for key, name in ROWS.items():
        table.add_row(name, *(f"{figures[f'{key}_{part}_ms']:,.1f}" for part in ("p50", "p99", "max")))
    console.print(table)
    console.print(f"Told that they are gone, and closed: {figures['told']} of {load['sockets']}")
    for name, told in found["races"].items():
        console.print(
            f"{load['races']} races, {name}: " + ", ".join(f"{status} {told[status]}" for status in sorted(told))
        )
    console.print(f"Posts accepted after the end: {figures['accepted_after']}")
    for key, goal in found["goals"].items():
        console.print(f"{key}: {goal['is']:,.1f}, at most {goal['at_most']:g}: {'met' if goal['met'] else 'MISSED'}")


async def measure(plan: Plan, side: Side, urls: Urls) -> tuple[list[Page], dict[str, float], Races]:
    town = Town(side)
    pages = await revoke(plan, town, let_in(side, urls, 1, plan.sockets))
    races = await race(plan, town, let_in(side, urls, 1 + plan.sockets, plan.races))
    with psycopg.connect(conninfo(urls.admin)) as admin:
        row = admin.execute(AFTER).fetchone()
        assert row
        races.stored_after = row[0]
        ended = dict(admin.execute(ENDED).fetchall())
    return pages, ended, races


def main(
    quick: Annotated[
        bool, typer.Option(help="A few seconds: shows that nothing is let through, not how fast.")
    ] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Measure how soon an ended place ends, on a PostgreSQL under DATA_DIR that is deleted after."""
    plan, console = QUICK if quick else FULL, Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    with ground(get_settings().data_dir / "bench") as (started, urls, _):
        side = product(started, urls, plan.dialogues // ROOMS)
        console.print(f"{plan.sockets} places end, then {plan.races} posts race the end of their author's place")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            found = result(plan, *runner.run(measure(plan, side, urls)))
    show(console, found)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
