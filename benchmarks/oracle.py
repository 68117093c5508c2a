"""python -m benchmarks.oracle [--quick] [--json FILE]

Can an outsider tell by the clock whether something exists? Pairs of the same request, once for what is there and is not
hers, once for an id that stands for nothing, in an order drawn anew for each pair; compared by Welch's t.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from statistics import fmean, variance
from typing import Annotated, Any
from uuid import uuid4

import psycopg
import typer
import uvloop
from fastapi import FastAPI
from rich.console import Console
from rich.table import Table

from app.access.sessions import Login, sign_in
from app.db import make_engine, transaction
from app.embedded import Urls, conninfo
from app.main import create_app
from app.settings import get_settings
from benchmarks.meter import percentile
from benchmarks.sides import ground

GOAL = 4.5  # |t| below it: nobody can tell (security 5.2, G6 and G16)
# A stall of the machine says nothing about a row; it hits both alike and would drown what is looked for.
KEPT = 0.9
FULL, QUICK = 20_000, 50
WARM = 300
CASES = 40  # what one person may open in a day
MISSING = 404


@dataclass(frozen=True)
class Probe:
    """One request: its address, given a case and a thread, and what is sent."""

    method: str
    path: str
    body: Any = None

    def to(self, case: str, thread: str) -> str:
        return self.path.format(case=case, thread=thread)


THREAD = "/api/cases/{case}/threads/{thread}"
PROBES = {
    "a case": Probe("GET", "/api/cases/{case}"),
    "a thread": Probe("GET", THREAD),
    "posting in a thread": Probe("POST", THREAD + "/messages", {"id": str(uuid4()), "text": "x"}),
}


async def ask(app: FastAPI, token: str, probe: Probe, path: str) -> tuple[int, list[Any]]:
    """Nanoseconds and messages of one answer, past the web server: nothing but our own work is timed."""
    content = json.dumps(probe.body).encode() if probe.body else b""
    headers = [
        (b"host", f"localhost:{get_settings().port}".encode()),
        (b"content-type", b"application/json"),
        (b"cookie", f"{get_settings().cookie_name}={token}".encode()),
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": probe.method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("localhost", 8000), "state": {},
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    start = time.perf_counter_ns()
    await app(scope, receive, send)
    return time.perf_counter_ns() - start, sent


@dataclass
class Told:
    """How long it took for what is there, and for what is not, in microseconds."""

    there: list[float]
    nowhere: list[float]

    def t(self, kept: float) -> float:
        """Welch's t of the faster part of both, cut at one and the same time."""
        cut = percentile([*self.there, *self.nowhere], kept)
        a, b = ([it for it in side if it <= cut] for side in (self.there, self.nowhere))
        return (fmean(a) - fmean(b)) / sqrt(variance(a) / len(a) + variance(b) / len(b))

    def figures(self) -> dict[str, float | bool]:
        t = self.t(KEPT)
        medians = {"there_p50_us": percentile(self.there, 0.5), "nowhere_p50_us": percentile(self.nowhere, 0.5)}
        goal = {"below": GOAL, "met": abs(t) < GOAL}
        return {"pairs": len(self.there), **medians, "t": t, "t_uncut": self.t(1), **goal}


async def pairs(app: FastAPI, token: str, probe: Probe, there: list[tuple[str, str]], count: int) -> Told:
    """Both requests of a pair stand beside each other in time. As many ids stand for nothing as for something, and come
    back as often: otherwise it would be the processor's memory of an id that is measured."""
    told, order = Told([], []), random.Random(1)  # noqa: S311 an order to measure in, not a secret
    nowhere = [(str(uuid4()), str(uuid4())) for _ in there]
    for number in range(count + WARM):
        sides = [(told.there, probe.to(*order.choice(there))), (told.nowhere, probe.to(*order.choice(nowhere)))]
        order.shuffle(sides)
        for side, path in sides:
            taken, answer = await ask(app, token, probe, path)
            assert answer[0]["status"] == MISSING, path
            if number >= WARM:
                side.append(taken / 1000)
    return told


async def measure(urls: Urls, count: int) -> dict[str, Any]:
    app = create_app()
    app.state.engine = make_engine(urls.web, size=2)
    mother, outsider = await _session(app, "mother"), await _session(app, "outsider")
    there = [await _a_case(app, mother) for _ in range(CASES)]
    _like_a_year_later(urls)
    told = {name: await pairs(app, outsider, probe, there, count) for name, probe in PROBES.items()}
    await app.state.engine.dispose()
    return {name: it.figures() for name, it in told.items()}


async def _session(app: FastAPI, who: str) -> str:
    async with transaction(app.state.engine) as db:
        now = datetime.now(UTC)
        login = Login("bench", who, who, f"{who}@demo.example", "high", None, "", 600, fresh_at=now)
        return await sign_in(db, login)


async def _a_case(app: FastAPI, mother: str) -> tuple[str, str]:
    """Somebody else's."""
    new = {
        "child_name": "Emil", "employment": None, "capacity": "mor", "purpose": "x", "with_family_department": False,
        "family": [{"name": "Far", "email": "far@demo.example", "capacity": "far", "role": "custody_holder"}],
    }  # fmt: skip
    probe = Probe("POST", "/api/cases", new)
    _, answer = await ask(app, mother, probe, probe.path)
    opened = json.loads(answer[1]["body"])
    return opened["id"], opened["thread"]


def _like_a_year_later(urls: Urls) -> None:
    """Statistics as they are in a database that has been in use: plans do not change while it is measured."""
    with psycopg.connect(conninfo(urls.admin), autocommit=True) as admin:
        admin.execute("vacuum analyze")


def show(console: Console, found: dict[str, Any]) -> None:
    table = Table(title="Forbidden or missing: can the clock tell?", caption=f"The faster {KEPT:.0%} of both sides.")
    for column in ("", "pairs", "there, p50 µs", "nowhere, p50 µs", "Welch's t", "goal"):
        table.add_column(column, justify="right" if column else "left")
    for name, it in found.items():
        colour, word = ("green", "met") if it["met"] else ("red", "missed")
        figures = (f"{it['pairs']:,}", f"{it['there_p50_us']:.1f}", f"{it['nowhere_p50_us']:.1f}", f"{it['t']:+.2f}")
        table.add_row(name, *figures, f"[{colour}]|t| < {GOAL} {word}[/]")
    console.print(table)


def main(
    quick: Annotated[bool, typer.Option(help="A few seconds: shows that it runs, not what it finds.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Time what is forbidden beside what does not exist, on a PostgreSQL under DATA_DIR that is deleted after."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    with (
        ground(get_settings().data_dir / "bench") as (_, urls, _),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        found = runner.run(measure(urls, QUICK if quick else FULL))
    show(console, found)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
