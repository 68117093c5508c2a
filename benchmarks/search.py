"""python -m benchmarks.search [--quick] [--json FILE]

A caseworker with 25 cases searches among a million entries, as the web role, behind every policy, through the whole app
but the web server. Beside it in the same run: the bare comparison of the same stems without any policy, as the limit;
the same searches when there was a twentieth of the entries; and a word that stands in 2,000 closed places beside one
that stands nowhere, for whoever listens to the clock.
"""

import asyncio
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

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
from app.rates import limiter
from app.settings import get_settings
from benchmarks.meter import cpu_seconds, percentile
from benchmarks.oracle import GOAL, KEPT, Probe, Told, ask
from benchmarks.sides import ground

WORLD = Path(__file__).parent.parent / "demo" / "world"
FILL = (Path(__file__).parent / "filled.sql").read_text(encoding="utf-8")
RARE, NOWHERE = "zebrafinkerne", "kolibrierne"
CASES_EACH, ENTRIES, BATCH, TEXTS, OK = 25, 50, 1000, 5000, 200
GOAL_MS = 50.0
FULL = {"cases": 20_000, "searches": 1500, "pairs": 2000}
QUICK = {"cases": 500, "searches": 30, "pairs": 30}
WORKERS = (0, 3, 7, 11, 13, 17)  # whose cases lie among the first twentieth
RARE_AFTER, RARE_EACH = 450, 10  # cases: none of theirs
BARE = """
    select count(*) from messages where thread_id = any(%s) and found_by @@ websearch_to_tsquery('danish', %s)
"""

choose = random.Random(1)  # noqa: S311 the same load in every run


def sentences() -> list[str]:
    """What people write in the demo's cases."""
    told = " ".join(path.read_text(encoding="utf-8") for path in sorted(WORLD.glob("[0-9]*.toml")))
    said = (text for text in re.findall(r'"([^"\n]{20,})"', told))
    return [part.strip() for text in said for part in re.split(r"(?<=[.!?]) ", text) if len(part) > 20]


def fill(urls: Urls, first: int, last: int, said: list[str]) -> None:
    with psycopg.connect(conninfo(urls.admin), autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")  # the keys agree by how they are made
        admin.execute("create table if not exists pool (n int primary key, text text)")
        texts = [(n + 1, " ".join(choose.sample(said, 4))) for n in range(TEXTS)]
        admin.cursor().executemany("insert into pool values (%s, %s) on conflict do nothing", texts)
        for start in range(first, last, BATCH):
            values = {"from": start, "to": min(start + BATCH, last) - 1, "texts": TEXTS, "rare": RARE} | {
                "rare_after": RARE_AFTER, "rare_each": RARE_EACH,
            }  # fmt: skip
            admin.execute(FILL.encode(), values)
        admin.execute("vacuum analyze")


def searches(said: list[str]) -> Iterator[str]:
    """As people search: a word, two, the beginning of one, words together, one without another."""
    while True:
        words = re.findall(r"\w{4,}", choose.choice(said))
        if len(words) < 3:
            continue
        one, two, three = words[:3]
        yield choose.choice((one, one, f"{one} {two}", two[:4], f"{one} -{three}", f"{one} or {two}", f'"{one} {two}"'))


async def session(app: FastAPI, who: str) -> str:
    async with transaction(app.state.engine) as db:
        return await sign_in(db, Login("bench", who, who, None, "high", None, "", 600, fresh_at=datetime.now(UTC)))


async def timed(app: FastAPI, token: str, words: str) -> tuple[float, int]:
    """Milliseconds, and how many hits."""
    limiter.storage.reset()
    probe = Probe("POST", "/api/search", {"words": words})
    taken, answer = await ask(app, token, probe, probe.path)
    assert answer[0]["status"] == OK, answer
    return taken / 1e6, len(json.loads(answer[1]["body"])["hits"])


async def measured(urls: Urls, database: int, asked: list[str]) -> dict[str, float]:
    app = create_app()
    app.state.engine = make_engine(urls.web, size=2)
    tokens = {worker: await session(app, f"worker {worker}") for worker in WORKERS}
    threads: dict[int, list[UUID]] = {}
    product, bare, hits = [], [], 0
    with psycopg.connect(conninfo(urls.admin), autocommit=True) as admin:
        for worker in WORKERS:
            own = "select thread_id from memberships where person_id = md5(%s)::uuid"
            threads[worker] = [row[0] for row in admin.execute(own, [f"worker {worker}"])]
            assert len(threads[worker]) in (CASES_EACH, CASES_EACH - 1)  # the first case has the number 1
        for number, words in enumerate(asked):
            worker = WORKERS[number % len(WORKERS)]
            taken, found = await timed(app, tokens[worker], words)
            start = time.perf_counter()
            admin.execute(BARE, [threads[worker], words]).fetchone()
            product.append(taken)
            bare.append((time.perf_counter() - start) * 1000)
            hits += found
    before = cpu_seconds(os.getpid()) + cpu_seconds(database)
    for number, words in enumerate(asked):
        await timed(app, tokens[WORKERS[number % len(WORKERS)]], words)
    used = cpu_seconds(os.getpid()) + cpu_seconds(database) - before
    await app.state.engine.dispose()
    assert hits > len(asked), "they were to find something"
    return {
        "p50_ms": percentile(product, 0.5),
        "p95_ms": percentile(product, 0.95),
        "max_ms": max(product),
        "cpu_ms": used * 1000 / len(asked),
        "bare_p50_ms": percentile(bare, 0.5),
        "ratio": percentile(product, 0.5) / percentile(bare, 0.5),
        "hits": hits / len(asked),
    }


async def told(urls: Urls, pairs: int) -> Told:
    """The word in many places that are closed to this caseworker, and the one that is nowhere."""
    app = create_app()
    app.state.engine = make_engine(urls.web, size=2)
    token, told = await session(app, f"worker {WORKERS[0]}"), Told([], [])
    for number in range(pairs + 20):
        sides = [(told.there, RARE), (told.nowhere, NOWHERE)]
        choose.shuffle(sides)
        for side, words in sides:
            taken, hits = await timed(app, token, words)
            assert hits == 0
            if number >= 20:
                side.append(taken * 1000)
    await app.state.engine.dispose()
    return told


def show(console: Console, found: dict[str, Any]) -> None:
    table = Table(title=f"Searching {CASES_EACH} cases of one's own")
    for column in ("", *(f"among {entries:,} entries" for entries in found["among"])):
        table.add_column(column, justify="right" if column else "left")
    for key, name in (
        ("p50_ms", "whole request, p50, ms"),
        ("p95_ms", f"whole request, p95, ms (goal ≤ {GOAL_MS:g})"),
        ("max_ms", "whole request, the slowest, ms"),
        ("cpu_ms", "processor time of app and database, mean, ms"),
        ("bare_p50_ms", "bare comparison without policies, p50, ms"),
        ("ratio", "ratio of both p50"),
        ("hits", "hits a search"),
    ):
        table.add_row(name, *(f"{side[key]:.2f}" for side in found["among"].values()))
    console.print(table)
    clock = found["clock"]
    console.print(
        f"A word in {clock['closed']:,} closed places {clock['there_p50_us']:,.0f} µs, one that is nowhere"
        f" {clock['nowhere_p50_us']:,.0f} µs; Welch's t {clock['t']:+.2f} of {clock['pairs']:,} pairs (|t| < {GOAL})"
    )


def main(
    quick: Annotated[bool, typer.Option(help="A few seconds: shows that it runs, not how fast.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Fill a PostgreSQL under DATA_DIR, search it, and delete it."""
    plan, console = QUICK if quick else FULL, Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    said, few = sentences(), max(plan["cases"] // 20, CASES_EACH * (max(WORKERS) + 1))
    queries = searches(said)
    asked = [next(queries) for _ in range(plan["searches"])]
    found: dict[str, Any] = {"among": {}}
    with (
        ground(get_settings().data_dir / "bench") as (_, urls, database),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        for first, last in ((1, few), (few, plan["cases"])):
            fill(urls, first, last, said)
            found["among"][(last - 1) * ENTRIES] = runner.run(measured(urls, database, asked))
        clock = runner.run(told(urls, plan["pairs"]))
        closed = (plan["cases"] - 1 - RARE_AFTER) // RARE_EACH
    times = {"there_p50_us": percentile(clock.there, 0.5), "nowhere_p50_us": percentile(clock.nowhere, 0.5)}
    found["clock"] = {"closed": closed, "pairs": plan["pairs"], "t": clock.t(KEPT), **times}
    show(console, found)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
