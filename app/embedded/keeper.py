"""Keeps one PostgreSQL server for as long as anybody holds a line to it.

Runs as its own small process, started by `embedded.start` with nothing but the standard library. A line is a
connection to the keeper's unix socket: the kernel closes it when its process ends, however it ends (kill -9 too).
When the last line is gone the server is stopped, so nobody has to remember to do it. A killed server is started again.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's names for its ways to stop
PATIENCE_S = 60
RESTART_S = 1  # what a killed server's other processes need to notice
HELD = b"+"  # what a line hears when it counts


def wake_on_signals() -> tuple[socket.socket, socket.socket]:
    """A pair whose first end becomes readable when the server ended (SIGCHLD) or we are told to end (SIGTERM)."""
    reads, writes = socket.socketpair()
    writes.setblocking(False)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writes.fileno())
    return reads, writes


def keep(
    server: subprocess.Popen[Any], lines: set[socket.socket], listener: socket.socket, wake: socket.socket
) -> bool:
    """False when the last line is gone, or SIGTERM came; True when the server ended by itself.

    The last line stays open on our side: whoever let go of it reads the end only once the server has stopped.
    """
    with selectors.DefaultSelector() as selector:
        for opened in (wake, listener, *lines):
            selector.register(opened, selectors.EVENT_READ)
        while server.poll() is None:
            for key, _ in selector.select():
                if key.fileobj is wake:
                    if signal.SIGTERM in wake.recv(64):
                        return False
                elif key.fileobj is listener:
                    line, _ = listener.accept()
                    selector.register(line, selectors.EVENT_READ)
                    lines.add(line)
                    with suppress(OSError):  # it may have ended already
                        line.send(HELD)
                elif len(lines) > 1:
                    line = next(line for line in lines if line is key.fileobj)
                    selector.unregister(line)
                    lines.discard(line)
                    line.close()
                else:
                    return False
    return True


def main(listener_fd: str, line_fd: str, path: str, user: str, group: str, *command: str) -> None:
    if os.fork():
        os._exit(0)  # the starter need not be our parent: it may end long before us
    listener, first = socket.socket(fileno=int(listener_fd)), socket.socket(fileno=int(line_fd))
    wake, _writes = wake_on_signals()
    other: dict[str, Any] = {"user": int(user), "group": int(group), "extra_groups": []} if user else {}
    start = partial(subprocess.Popen, command, stdin=subprocess.DEVNULL, **other)
    server, lines = start(), {first}
    try:
        first.send(HELD)
        while keep(server, lines, listener, wake) and server.returncode < 0:  # killed, by a lack of memory perhaps
            time.sleep(RESTART_S)
            server = start()
    finally:
        Path(path).unlink(missing_ok=True)  # before the server stops: who comes now starts afresh and waits for its end
        listener.close()
        server.send_signal(FAST)
        try:
            server.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.send_signal(IMMEDIATE)
            server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
