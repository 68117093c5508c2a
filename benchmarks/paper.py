"""python -m benchmarks.paper [--quick] [--json FILE]

How long does it take to print what somebody takes home? A thread of a hundred pages, through the press as the product
runs it: a process of its own, gentle to all others.
"""

import asyncio
import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import pikepdf
import typer
from rich.console import Console
from rich.table import Table

from app.journal import Kind
from app.records.paper import paper_of
from app.records.printing import Printer
from app.records.shapes import Copy
from benchmarks.meter import percentile

GOAL_S = 5  # for a hundred pages
PAGES = 100
FULL, QUICK = 10, 1
SAID = (
    "Hej alle. Emil har sovet bedre i denne uge. Han står selv op, og han kommer i skole til tiden. Vi aftalte at "
    "holde fast i sengetiden i tre uger mere. Mormor henter om onsdagen, og far tager ham til svømning om lørdagen. "
) * 2
A_PAGE_HOLDS = 7  # of these


def main(
    quick: Annotated[bool, typer.Option(help="Once: shows that it runs, not how fast.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Print a hundred pages, several times."""
    found = asyncio.run(measure(QUICK if quick else FULL))
    table = Table("printing", "is", "goal", title="What somebody takes home, on paper")
    table.add_row("pages", str(found["pages"]), f"at least {PAGES}")
    table.add_row("seconds for 100 pages, p50", f"{found['p50_s']:.2f}", f"at most {GOAL_S}")
    table.add_row("seconds for 100 pages, p95", f"{found['p95_s']:.2f}", "")
    table.add_row("processor seconds for 100 pages, p50", f"{found['processor_s']:.2f}", "")
    table.add_row("seconds for one page, p50", f"{found['one_page_s']:.2f}", "")
    table.add_row("memory of the press, MiB", f"{found['memory_mib']:.0f}", "")
    Console(highlight=False, width=None if sys.stdout.isatty() else 120).print(table)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


async def measure(rounds: int) -> dict[str, Any]:
    long, short = paper_of(a_thread_of(PAGES * A_PAGE_HOLDS), "da"), paper_of(a_thread_of(2), "da")
    made, taken, small, spent = b"", [], [], []
    for _ in range(rounds):
        began, before = time.perf_counter(), _processor_s()
        made = await Printer().print(long)
        taken.append(time.perf_counter() - began)
        spent.append(_processor_s() - before)
        began = time.perf_counter()
        await Printer().print(short)
        small.append(time.perf_counter() - began)
    with pikepdf.open(BytesIO(made)) as pdf:
        pages = len(pdf.pages)
    per_hundred = [it * PAGES / pages for it in taken]
    return {
        "pages": pages,
        "p50_s": percentile(per_hundred, 0.5),
        "p95_s": percentile(per_hundred, 0.95),
        "one_page_s": percentile(small, 0.5),
        "processor_s": percentile(spent, 0.5) * PAGES / pages,
        "memory_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "met": percentile(per_hundred, 0.5) <= GOAL_S,
    }


def _processor_s() -> float:
    """Of the presses that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def a_thread_of(messages: int) -> Copy:
    now = datetime.now(UTC)
    author = {"membership": uuid4(), "name": "Mette Holm", "capacity": "mor", "role": "custody_holder"}
    said = [
        {
            "seq": number, "kind": Kind.message_posted, "id": uuid4(), "about": number, "author": author,
            "at": now - timedelta(hours=5 * (messages - number)), "text": SAID,
        }
        for number in range(1, messages + 1)
    ]  # fmt: skip
    thread = {"id": uuid4(), "purpose": "Hvordan går det med Emil?", "opened_at": now, "closed": None}
    return Copy.model_validate(
        {
            "part": "thread", "case": uuid4(), "child_name": "Emil", "child_born": None, "taken_at": now,
            "taken_by": author, "threads": [thread | {"people": [], "invited": [], "entries": said, "notes": []}],
        }
    )  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
