"""A file is made anew in a child process with limits on memory, time and size; the app only takes what comes out."""

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from app.errors import Busy, Invalid, Problem, TooBig, Unsupported
from app.files.kinds import Media

AT_ONCE = 2  # a bomb takes a while to be found out: never more of them than this
SECONDS = 40  # on the wall; its time at the processor is limited in child.py
HAND_OVER_S = 60
PROBLEMS: dict[str, type[Problem]] = {
    "file_active": Unsupported,
    "file_type": Unsupported,
    "file_unpacks": TooBig,
}
# Isolated (-I), it finds neither the folder it is started in nor anybody's packages: it is told where we are.
START = "import sys; sys.path.append(sys.argv[1]); from app.files.child import main; main(*sys.argv[2:])"
ROOT = Path(__file__).parents[2]
places = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True)
class Cleaned:
    media: Media
    width: int | None
    height: int | None
    file: Path
    thumbnail: Path | None


async def clean(source: Path, folder: Path) -> Cleaned:
    """What is stored of it, in `folder`. A Problem with the code that says why, when it is not taken."""
    try:
        async with asyncio.timeout(HAND_OVER_S):
            await places.acquire()
    except TimeoutError:
        raise Busy("busy", retry_after=10) from None
    try:
        said = await _ask_child(source, folder)
    except TimeoutError:
        raise Invalid("file_broken") from None
    finally:
        places.release()
    if code := said.get("refused"):
        raise PROBLEMS.get(code, Invalid)(code)
    small = folder / "thumbnail"
    return Cleaned(
        Media(said["media"]), said["width"], said["height"], folder / "file", small if small.exists() else None
    )


async def _ask_child(source: Path, folder: Path) -> dict[str, Any]:
    # Without the environment: the child knows no password of ours.
    command = (sys.executable, "-I", "-c", START, str(ROOT), str(source), str(folder))
    quiet = asyncio.subprocess.DEVNULL
    child = await asyncio.create_subprocess_exec(
        *command, stdin=quiet, stdout=asyncio.subprocess.PIPE, stderr=quiet, env={}
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await child.communicate()
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    # One that was ended by its limits says nothing.
    told: dict[str, Any] = orjson.loads(said) if said else {"refused": "file_broken"}
    return told
