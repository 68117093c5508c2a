"""Overdue is defined once, in app/dates.py: two screens can never count differently."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app import dates
from app.dates import DENMARK, end_of, overdue

ROOT = Path(__file__).parent.parent.parent
DUE = re.compile(r"\bdue(_on|_at|_by)?\b")
# A day that is due, compared in SQL or on a screen; or a column that says "late".
COMPARED = re.compile(
    r"\bdue_(on|at|by)\b\s*\)?\s*(<|>|between\b)|(<|(?<!=)>)=?\s*(\w+\.)?due_(on|at|by)\b|\bas late\b"
)


def of_python(path: Path) -> Iterator[str]:
    """Comparisons of something that is due, and SQL that makes one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and any(isinstance(it, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for it in node.ops):
            if any(DUE.search(ast.unparse(it)) for it in (node.left, *node.comparators)):
                yield f"{path.name}:{node.lineno}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and COMPARED.search(node.value):
            yield f"{path.name}:{node.lineno}"


def of_text(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if COMPARED.search(line):
            yield f"{path.name}:{number}"


def test_there_is_no_second_definition_of_overdue() -> None:
    python = [it for path in (ROOT / "app").rglob("*.py") if path.name != "dates.py" for it in of_python(path)]
    sql = [it for path in (ROOT / "migrations" / "doors").glob("*.sql") for it in of_text(path)]
    policies = list(of_text(ROOT / "migrations" / "policies.sql"))
    screens = [
        it
        for path in (ROOT / "frontend" / "src").rglob("*")
        if path.suffix in (".ts", ".svelte") and path.name != "schema.d.ts" and ".test." not in path.name
        for it in of_text(path)
    ]
    assert python + sql + policies + screens == []


@pytest.mark.parametrize(
    "written",
    ["r.due_on < current_date", "now() > c.due_at", "x.due_by >= today", "a.done is null as late", "due_on) <= :today"],
)
def test_the_search_for_a_second_definition_finds_one(tmp_path: Path, written: str) -> None:
    (tmp_path / "door.sql").write_text(f"select {written}")
    (tmp_path / "reads.py").write_text(f'X = "select {written}"\n')
    (tmp_path / "rule.py").write_text("late = row['due_on'] < today()\n")
    assert [*of_text(tmp_path / "door.sql"), *of_python(tmp_path / "reads.py"), *of_python(tmp_path / "rule.py")] == [
        "door.sql:1",
        "reads.py:1",
        "rule.py:1",
    ]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-12-24", "2026-06-30"])
def test_a_day_is_over_at_its_midnight_in_denmark(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    last = date.fromisoformat(day)
    for before, late in ((timedelta(seconds=1), False), (timedelta(0), True)):
        monkeypatch.setattr(dates, "now", lambda before=before: end_of(last) - before)
        assert overdue(last) is late
        assert overdue(end_of(last)) is late


def test_where_hours_count_the_moment_does(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 29, 15, 30, tzinfo=DENMARK)
    for now, late in ((moment - timedelta(seconds=1), False), (moment, True)):
        monkeypatch.setattr(dates, "now", lambda now=now: now)
        assert overdue(moment) is late
