"""One run: the two sides in turn, so that what the machine does meanwhile hits both alike."""

import asyncio
import time
from dataclasses import dataclass, field
from statistics import median

from benchmarks.load import PATIENCE_S, Person, Post, Rooms, crowd
from benchmarks.meter import cpu_seconds, percentile, resident_kib
from benchmarks.sides import Side

STEADY_PER_SECOND = 5
BEHIND = 5  # entries that each page of the crowd has missed when it comes back
SETTLE_S = 1


@dataclass(frozen=True)
class Plan:
    rounds: int
    steady_posts: int
    flat_out_s: float
    crowd: int


FULL = Plan(rounds=5, steady_posts=40, flat_out_s=3, crowd=504)
QUICK = Plan(rounds=1, steady_posts=10, flat_out_s=1, crowd=60)


@dataclass
class Measured:
    """What one side did; `steady` and `flat_out` grow with each round."""

    side: Side
    rooms: Rooms
    database: int
    idle_socket_kib: float = 0
    resume_s: float = 0
    steady: list[Post] = field(default_factory=list)
    steady_cpu: float = 0
    per_second: list[float] = field(default_factory=list)
    app_cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """In milliseconds, seconds of one processor, and KiB."""
        acknowledged = [1000 * (post.acknowledged - post.sent) for post in self.steady]
        delivered = [1000 * (post.delivered - post.sent) for post in self.steady]
        return {
            "acknowledged_p50_ms": percentile(acknowledged, 0.5),
            "acknowledged_p95_ms": percentile(acknowledged, 0.95),
            "delivered_p50_ms": percentile(delivered, 0.5),
            "delivered_p95_ms": percentile(delivered, 0.95),
            "posts_per_second": median(self.per_second),
            "cpu_s_per_1000_posts": median(map(sum, zip(self.app_cpu, self.database_cpu, strict=True))),
            "app_cpu_s_per_1000_posts": median(self.app_cpu),
            "database_cpu_s_per_1000_posts": median(self.database_cpu),
            "cpu_s_per_1000_posts_steady": self.steady_cpu * 1000 / len(self.steady),
            "idle_socket_kib": self.idle_socket_kib,
            "resume_s": self.resume_s,
        }


async def measure(plan: Plan, sides: list[Side], database: int) -> list[Measured]:
    measured = [Measured(side, Rooms(side.seats, side.port), database) for side in sides]
    for each in measured:
        await each.rooms.open()
        await each.rooms.flat_out(0, 1)  # warm
        await _come_and_come_back(each, plan.crowd)
    for turn in range(plan.rounds):
        for each in measured:
            await _steady(each, turn, plan.steady_posts)
        for each in measured:
            await _flat_out(each, turn, plan.flat_out_s)
    for each in measured:
        each.rooms.close()
    return measured


async def _come_and_come_back(each: Measured, size: int) -> None:
    """Many open pages that do nothing; then the server is started anew and all come back at the same moment."""
    before = resident_kib(each.side.process.pid)
    people = list(crowd(each.side.seats, each.side.port, size))
    await _arrive(people, {})
    await asyncio.sleep(SETTLE_S)
    each.idle_socket_kib = (resident_kib(each.side.process.pid) - before) / size
    cursors = {person.seat.thread: person.seq - BEHIND for person in people}
    await asyncio.to_thread(each.side.stop)
    await asyncio.to_thread(each.side.start)
    start = time.monotonic()
    people = list(crowd(each.side.seats, each.side.port, size))
    await _arrive(people, cursors)
    each.resume_s = time.monotonic() - start
    for person in people:
        person.leave()
    each.rooms.close()
    await each.rooms.open()
    await each.rooms.flat_out(0, 1)


async def _arrive(people: list[Person], cursors: dict[str, int]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*(person.arrive(cursors.get(person.seat.thread, 0)) for person in people))


async def _steady(each: Measured, turn: int, posts: int) -> None:
    before = sum(_used(each))
    each.steady += await each.rooms.steady(turn, posts, STEADY_PER_SECOND)
    each.steady_cpu += sum(_used(each)) - before


async def _flat_out(each: Measured, turn: int, seconds: float) -> None:
    (app, database), start = _used(each), time.monotonic()
    posts = await each.rooms.flat_out(turn, seconds)
    app_after, database_after = _used(each)
    each.per_second.append(len(posts) / (max(post.delivered for post in posts) - start))
    each.app_cpu.append((app_after - app) * 1000 / len(posts))
    each.database_cpu.append((database_after - database) * 1000 / len(posts))


def _used(each: Measured) -> tuple[float, float]:
    return cpu_seconds(each.side.process.pid), cpu_seconds(each.database)
