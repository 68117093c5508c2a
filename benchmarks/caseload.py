"""python -m benchmarks.caseload [--quick] [--json FILE]

A caseworker opens the list of her 25 cases among a million entries, as the web role, behind every policy, through the
whole app but the web server. Beside it in the same run: the smallest answer that the same session gets, as the limit;
home; and what the leader of ten such caseworkers reads.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
import uvloop
from fastapi import FastAPI
from rich.console import Console
from rich.table import Table

from app.db import make_engine
from app.embedded import Urls, conninfo
from app.main import create_app
from app.settings import get_settings
from benchmarks.meter import cpu_seconds, percentile
from benchmarks.oracle import Probe, ask
from benchmarks.search import CASES_EACH, ENTRIES, OK, WORKERS, fill, sentences, session
from benchmarks.sides import ground

HOLD = (Path(__file__).parent / "held.sql").read_text(encoding="utf-8")
GOAL_MS = 200.0
WARM = 10
FULL = {"cases": 20_000, "reads": 300}
QUICK = {"cases": 500, "reads": 12}
LIMIT, LIST, HOME, WAITING, INTERVALS = "/api/me", "/api/caseload", "/api/cases", "/api/waiting", "/api/intervals"
NAMES = {
    LIMIT: "who am I (the limit)",
    LIST: f"a caseworker's own list (goal: p95 ≤ {GOAL_MS:g})",
    HOME: "her home",
    WAITING: "what waits in a leader's unit",
    INTERVALS: "how long it took there",
}


def hold(urls: Urls, last: int) -> None:
    with psycopg.connect(conninfo(urls.admin), autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")  # the keys agree by how they are made
        admin.execute(HOLD.encode(), {"last": last})
        admin.execute("vacuum analyze")


async def timed(app: FastAPI, token: str, path: str) -> tuple[float, Any]:
    """Milliseconds, and what came."""
    taken, answer = await ask(app, token, Probe("GET", path), path)
    assert answer[0]["status"] == OK, answer
    return taken / 1e6, json.loads(answer[1]["body"])


async def measured(urls: Urls, database: int, reads: int) -> dict[str, dict[str, float]]:
    """One after another, each beside the limit: a slow moment of the machine hits them all."""
    app = create_app()
    app.state.engine = make_engine(urls.web, size=2)
    caseworkers = [await session(app, f"worker {worker}") for worker in WORKERS]
    leader = await session(app, "leader 0")

    def whose(path: str, number: int) -> str:
        return leader if path in (WAITING, INTERVALS) else caseworkers[number % len(WORKERS)]

    taken: dict[str, list[float]] = {path: [] for path in NAMES}
    for number in range(reads + WARM):
        for path in NAMES:
            ms, found = await timed(app, whose(path, number), path)
            if path == LIST:
                _is_full(found)
            if number >= WARM:
                taken[path].append(ms)
    cpu = {path: await _cpu(app, whose(path, 0), path, database) for path in NAMES}
    await app.state.engine.dispose()
    limit = percentile(taken[LIMIT], 0.5)
    return {
        path: {
            "p50_ms": (p50 := percentile(ms, 0.5)),
            "p95_ms": percentile(ms, 0.95),
            "ratio": p50 / limit,
            "cpu_ms": cpu[path],
        }
        for path, ms in taken.items()
    }


async def _cpu(app: FastAPI, token: str, path: str, database: int) -> float:
    """Of app and database together, mean of a read: what another load of the machine does not change."""
    before = cpu_seconds(os.getpid()) + cpu_seconds(database)
    for _ in range(WARM):
        await timed(app, token, path)
    return (cpu_seconds(os.getpid()) + cpu_seconds(database) - before) * 1000 / WARM


def _is_full(found: Any) -> None:
    """Nothing fast is measured because nothing is there."""
    assert len(found["cases"]) in (CASES_EACH, CASES_EACH - 1)  # the first case has the number 1
    assert all(len(case["us"]) >= 2 and len(case["family"]) >= 2 for case in found["cases"])


def show(console: Console, found: dict[str, Any]) -> None:
    load = ", ".join(f"{it:.1f}" for it in found["load"])
    table = Table(title=f"{CASES_EACH} cases of one's own among {found['entries']:,} entries (load {load})")
    for column in ("", "p50, ms", "p95, ms", "ratio of p50 to the limit", "processor time, ms"):
        table.add_column(column, justify="right" if column else "left")
    for path, name in NAMES.items():
        side = found["reads"][path]
        table.add_row(name, *(f"{side[key]:.2f}" for key in ("p50_ms", "p95_ms", "ratio", "cpu_ms")))
    console.print(table)


def main(
    quick: Annotated[bool, typer.Option(help="A few seconds: shows that it runs, not how fast.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Fill a PostgreSQL under DATA_DIR, read from it, and delete it."""
    plan, console = QUICK if quick else FULL, Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    with (
        ground(get_settings().data_dir / "bench") as (_, urls, database),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        fill(urls, 1, plan["cases"] + 1, sentences())
        hold(urls, plan["cases"])
        reads = runner.run(measured(urls, database, plan["reads"]))
    found = {"entries": plan["cases"] * ENTRIES, "load": os.getloadavg(), "reads": reads}
    found["goal"] = {"p95_at_most_ms": GOAL_MS, "is": reads[LIST]["p95_ms"], "met": reads[LIST]["p95_ms"] <= GOAL_MS}
    show(console, found)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
