"""`python -m benchmarks.oracle` runs and says what it promises. Not what it finds: that is the machine's mood."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.oracle import PROBES, QUICK, Told


def test_a_quick_run_times_what_is_forbidden_beside_what_is_not_there(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = [sys.executable, "-m", "benchmarks.oracle", "--quick", "--json", str(told)]
    done = subprocess.run(command, env=os.environ | {"DATA_DIR": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text())
    assert found.keys() == PROBES.keys()
    for it in found.values():
        assert it["pairs"] == QUICK
        assert it["met"] == (abs(it["t"]) < it["below"])
    assert not list(tmp_path.glob("bench/**/postmaster.pid")), "its PostgreSQL is gone"


def test_it_would_see_a_difference() -> None:
    """A hundredth of the time, in the noise of a tenth of it, among twenty thousand pairs."""
    noise = [100 + (7919 * n % 1000) / 100 for n in range(20_000)]
    same, slower = Told(noise, noise[::-1]), Told([it + 1 for it in noise], noise)
    assert abs(same.t(0.9)) < 0.01
    assert slower.figures()["t"] > 4.5
    assert slower.figures()["met"] is False
