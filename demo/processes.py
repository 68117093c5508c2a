"""The demo's child processes: they end with the demo, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 5
STOPS = (signal.SIGINT, signal.SIGTERM)

# Reads until the demo's end of the pipe is gone, which the kernel sees to (kill -9 too), then ends its process group.
LEASH = f"""
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stdin.read()
os.killpg(0, signal.SIGTERM)
time.sleep({PATIENCE_S})
os.killpg(0, signal.SIGKILL)
"""


class ChildError(RuntimeError):
    """A child that should run ended by itself."""


class Children:
    def __init__(self, log: Path) -> None:
        self.log = log
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.leash = subprocess.Popen([sys.executable, "-I", "-S", "-c", LEASH], stdin=subprocess.PIPE, process_group=0)

    def start(self, name: str, command: Sequence[str | Path], environment: dict[str, str]) -> None:
        """In the leash's group, so that Ctrl-C in the terminal reaches the demo alone."""
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=self.leash.pid,
            )

    def check(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                tail = self.log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
                raise ChildError(f"The {name} ended (code {process.returncode}). From {self.log}:\n{tail}")

    def stop(self) -> None:
        assert self.leash.stdin
        self.leash.stdin.close()
        deadline = time.monotonic() + PATIENCE_S + 2
        for process in self.running.values():
            process.wait(max(0.0, deadline - time.monotonic()))
        self.leash.kill()
        self.leash.wait()


@contextmanager
def children(log: Path) -> Iterator[Children]:
    log.write_bytes(b"")
    started = Children(log)
    try:
        yield started
    finally:
        started.stop()


class Stopped(Exception):
    """Ctrl-C or SIGTERM."""


def stop_on_signals() -> None:
    """Also where a shell has started us in the background, which ignores SIGINT by default."""

    def stop(number: int, frame: object) -> None:
        for each in STOPS:  # once: what comes now is the tidying up
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in STOPS:
        signal.signal(each, stop)
