"""`make bench` runs and says what it promises. Not how fast: no test of ours depends on the machine's mood."""

import json
import os
import subprocess
import sys
from pathlib import Path

FIGURES = {
    "acknowledged_p50_ms",
    "acknowledged_p95_ms",
    "app_cpu_s_per_1000_posts",
    "cpu_s_per_1000_posts",
    "cpu_s_per_1000_posts_steady",
    "database_cpu_s_per_1000_posts",
    "delivered_p50_ms",
    "delivered_p95_ms",
    "idle_socket_kib",
    "posts_per_second",
    "resume_s",
}


def test_a_quick_run_measures_the_product_and_the_limit(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--json", str(told)]
    narrow = {"DATA_DIR": str(tmp_path), "COLUMNS": "40"}
    done = subprocess.run(command, env=os.environ | narrow, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert set(found) == {"machine", "load", "product", "limit", "ratios", "goals"}
    for of in ("product", "limit", "ratios"):
        assert set(found[of]) == FIGURES
    assert all(figure > 0 for key, figure in found["product"].items() if key != "idle_socket_kib")
    for goal in found["goals"].values():
        assert goal["met"] == (goal["is"] <= goal["at_most"])
    assert "processor seconds per 1,000" in done.stdout
    assert not list(tmp_path.glob("bench/**/postmaster.pid")), "its PostgreSQL is gone"


def test_a_quick_run_lets_nobody_write_after_the_end(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks.revocation", "--quick", "--json", str(told)]
    narrow = {"DATA_DIR": str(tmp_path), "COLUMNS": "40"}
    done = subprocess.run(command, env=os.environ | narrow, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert found["revocation"]["told"] == found["load"]["sockets"]
    assert found["revocation"]["accepted_after"] == 0
    racing, late = found["races"]["racing"], found["races"]["late"]
    assert sum(racing.values()) == found["load"]["races"]
    assert racing["201"] > 0, "some came before the end"
    assert racing["404"] > 0, "some came after it"
    assert late["404"] > 0
    assert "201" not in late
    assert "the last frame with content" in done.stdout


def test_a_quick_run_searches_beside_the_bare_comparison(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks.search", "--quick", "--json", str(told)]
    narrow = {"DATA_DIR": str(tmp_path), "COLUMNS": "40"}
    done = subprocess.run(command, env=os.environ | narrow, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert list(found["among"]) == ["22450", "24950"]
    for side in found["among"].values():
        assert 0 < side["p50_ms"] <= side["p95_ms"] <= side["max_ms"]
        assert side["hits"] > 1
    assert found["clock"]["closed"] > 0
    assert not list(tmp_path.glob("bench/**/postmaster.pid")), "its PostgreSQL is gone"


def test_a_quick_run_reads_a_caseworkers_list_beside_the_limit(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks.caseload", "--quick", "--json", str(told)]
    narrow = {"DATA_DIR": str(tmp_path), "COLUMNS": "40"}
    done = subprocess.run(command, env=os.environ | narrow, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert found["entries"] == 25_000
    assert set(found["reads"]) == {"/api/me", "/api/caseload", "/api/cases", "/api/waiting", "/api/intervals"}
    assert found["reads"]["/api/caseload"]["ratio"] > found["reads"]["/api/me"]["ratio"] == 1
    assert found["goal"]["met"] == (found["goal"]["is"] <= found["goal"]["p95_at_most_ms"])
    assert not list(tmp_path.glob("bench/**/postmaster.pid")), "its PostgreSQL is gone"


def test_a_quick_run_prints_a_hundred_pages(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks.paper", "--quick", "--json", str(told)]
    done = subprocess.run(command, env=os.environ | {"COLUMNS": "40"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert found["pages"] >= 100
    assert found["met"] == (found["p50_s"] <= 5)
    assert "seconds for 100 pages" in done.stdout
