"""The press is a process of its own: it knows no secrets, it is given up in time, and few wait for it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.errors import Busy
from app.records import printing
from app.records.printing import AT_ONCE, IN_LINE, Printer


def press_that(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    script = folder / "press.py"
    script.write_text(f"import os, sys, time\nread = sys.stdin.buffer.read()\n{does}\n")
    monkeypatch.setattr(printing, "PRESS", script)


async def test_it_knows_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the press")
    press_that(monkeypatch, tmp_path, "sys.stdout.write(repr(sorted(os.environ)))")
    known = (await Printer().print({})).decode()
    assert "SECRET_KEY" not in known
    assert "DATABASE_URL" not in known


async def test_what_takes_too_long_is_given_up_and_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "pid"
    press_that(monkeypatch, tmp_path, f"open({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)")
    monkeypatch.setattr(printing, "LONGEST_S", 1)
    with pytest.raises(Busy) as refused:
        await Printer().print({})
    assert refused.value.code == "copy_failed"
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


async def test_a_press_that_breaks_is_a_problem_and_its_words_are_in_no_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    press_that(monkeypatch, tmp_path, "raise ValueError(read.decode())")
    with pytest.raises(Busy) as refused:
        await Printer().print({"text": "Emils hemmelighed"})
    assert refused.value.code == "copy_failed"
    assert "ValueError" in caplog.text
    assert "hemmelighed" not in caplog.text


async def test_few_print_at_once_and_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, gate = 0, 0, asyncio.Event()

    async def press(paper: bytes) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.wait()
        running -= 1
        return paper

    monkeypatch.setattr(printing, "_press", press)
    printer = Printer()
    waiting: list[asyncio.Task[Any]] = [asyncio.create_task(printer.print({})) for _ in range(AT_ONCE + IN_LINE)]
    await asyncio.sleep(0.01)
    with pytest.raises(Busy) as refused:
        await printer.print({})
    assert (refused.value.code, refused.value.headers) == ("copy_busy", {"Retry-After": "5"})
    gate.set()
    await asyncio.gather(*waiting)
    assert most == AT_ONCE
    assert await printer.print({}), "and the next one is printed again"


def test_the_press_needs_nothing_of_the_house() -> None:
    """It is run apart from the app: no database driver, no settings, no session ever comes into that process."""
    script = (
        f"import runpy, sys; runpy.run_path({str(printing.PRESS)!r}); print([m for m in sys.modules if m[:3] == 'app'])"
    )
    told = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True, env={})
    assert told.stdout.strip() == "[]"
