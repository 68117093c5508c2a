"""A scanner of the tests: it speaks clamd's INSTREAM over a socket, and finds what holds VIRUS."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

VIRUS = b"EICAR-of-the-tests"


class Scan(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        seen = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            seen += self.rfile.read(length)
        server.scanned.append(seen)
        server.asked.set()
        server.may_answer.wait(20)
        self.wfile.write(server.says or (b"stream: Tests.EICAR FOUND\0" if VIRUS in seen else b"stream: OK\0"))


class Scanner(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Scan)
        self.scanned: list[bytes] = []
        self.says = b""  # instead of an honest answer
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def scanning() -> Iterator[Scanner]:
    with Scanner() as scanner:
        threading.Thread(target=scanner.serve_forever, daemon=True).start()
        yield scanner
        scanner.may_answer.set()
        scanner.shutdown()
