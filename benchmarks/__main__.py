"""python -m benchmarks [--quick] [--json FILE]"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from app.settings import get_settings
from benchmarks.report import result, show
from benchmarks.run import FULL, QUICK, measure
from benchmarks.sides import both


def main(
    quick: Annotated[bool, typer.Option(help="A few seconds: shows that it runs, not how fast.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here as well.")] = None,
) -> None:
    """Measure the product beside the limit of its own stack, on a PostgreSQL under DATA_DIR that is deleted after."""
    # Into a file or a pipe the table is always whole: rich would else fold it at 80 columns.
    plan, console = QUICK if quick else FULL, Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    with (
        console.status("Starting two servers and letting sixty people in"),
        both(get_settings().data_dir / "bench") as it,
    ):
        product, limit, database = it
        console.print(f"Measuring, {plan.rounds} rounds of both sides in turn")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            measured = runner.run(measure(plan, [product, limit], database))
    found = result(plan, *measured)
    show(console, found)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


typer.run(main)
