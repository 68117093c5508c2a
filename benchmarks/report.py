"""The figures as a table for people and as JSON for whoever compares runs."""

import os
import platform
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.load import PEOPLE, ROOMS, TEXT
from benchmarks.run import STEADY_PER_SECOND, Measured, Plan

ROWS = {
    "acknowledged_p50_ms": "post → acknowledged, p50, ms",
    "acknowledged_p95_ms": "post → acknowledged, p95, ms",
    "delivered_p50_ms": "post → last of the five others, p50, ms",
    "delivered_p95_ms": "post → last of the five others, p95, ms",
    "cpu_s_per_1000_posts_steady": "processor seconds per 1,000 of these posts",
    "posts_per_second": "closed loop: posts per second",
    "cpu_s_per_1000_posts": "closed loop: processor seconds per 1,000 posts",
    "app_cpu_s_per_1000_posts": "   of these in the app",
    "database_cpu_s_per_1000_posts": "   of these in PostgreSQL",
    "idle_socket_kib": "KiB per idle socket",
    "resume_s": "all pages in sync again after a restart, s",
}
# What is to be reached: by the product's own figure, or by its ratio to the limit.
GOALS = {
    "delivered_p95_ms": ("ratios", 4.0),
    "cpu_s_per_1000_posts_steady": ("product", 12.0),
    "cpu_s_per_1000_posts": ("product", 12.0),
    "idle_socket_kib": ("product", 60.0),
}
SMALLEST = 0.001  # nothing is divided by nothing


def result(plan: Plan, product: Measured, limit: Measured) -> dict[str, Any]:
    found: dict[str, Any] = {"product": product.figures(), "limit": limit.figures()}
    found["ratios"] = {key: found["product"][key] / max(found["limit"][key], SMALLEST) for key in ROWS}
    found["goals"] = {
        key: {"of": of, "is": found[of][key], "at_most": at_most, "met": found[of][key] <= at_most}
        for key, (of, at_most) in GOALS.items()
    }
    machine = {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    load = {"rooms": ROOMS, "people": PEOPLE, "bytes": len(TEXT), "steady_per_second": STEADY_PER_SECOND, **vars(plan)}
    return {"machine": machine, "load": load, **found}


def show(console: Console, found: dict[str, Any]) -> None:
    load = found["load"]
    title = "{rooms} threads of {people} people, durable posts of {bytes} bytes, first {steady_per_second} a second"
    table = Table(title=title.format(**load), caption=f"{load['crowd']} pages come back at once after the restart.")
    for column in ("", "product", "bare limit", "ratio", "goal"):
        table.add_column(column, justify="right" if column else "left")
    for key, name in ROWS.items():
        figures = (found[of][key] for of in ("product", "limit", "ratios"))
        table.add_row(name, *map(_number, figures), _goal(found["goals"].get(key)))
    console.print(table)


def _goal(goal: dict[str, Any] | None) -> str:
    if goal is None:
        return ""
    colour, word = ("green", "met") if goal["met"] else ("red", "missed")
    return f"[{colour}]{'ratio ' if goal['of'] == 'ratios' else ''}≤ {goal['at_most']:g} {word}[/]"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
