"""Has papers printed: a few at a time, each in a process of its own, and not for longer than somebody waits."""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, Final

import orjson

from app.errors import Busy

PRESS: Final = Path(__file__).parent / "press.py"
log = logging.getLogger(__name__)

AT_ONCE: Final = 2
IN_LINE: Final = 6  # beyond those that are being printed
LONGEST_S: Final = 18  # the screens wait for twenty


class Printer:
    def __init__(self) -> None:
        self._running = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def print(self, paper: dict[str, Any]) -> bytes:
        """Busy when too many wait already (copy_busy), or when it takes too long (copy_failed)."""
        if self._inside >= AT_ONCE + IN_LINE:
            raise Busy("copy_busy", retry_after=5)
        self._inside += 1
        try:
            async with self._running:
                return await _press(orjson.dumps(paper))
        finally:
            self._inside -= 1


async def _press(paper: bytes) -> bytes:
    """An empty environment: the press needs none, and must know no secrets."""
    command = (sys.executable, "-I", str(PRESS))
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={})
    try:
        made, said = await asyncio.wait_for(process.communicate(paper), LONGEST_S)
    except TimeoutError:
        log.error("a copy took longer than %s s to print", LONGEST_S)
        raise Busy("copy_failed") from None
    finally:
        await _end(process)
    if process.returncode != 0 or not made:
        log.error("a copy could not be printed (%s): %s", process.returncode, _kind(said))
        raise Busy("copy_failed")
    return made


def _kind(said: bytes) -> str:
    """The error's name; its text could hold people's words."""
    return said.strip().rpartition(b"\n")[2].partition(b":")[0].decode("ascii", "replace")[:80]


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


printer = Printer()
