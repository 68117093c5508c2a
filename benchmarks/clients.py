"""A browser's two lines, as cheap as they can be made: the load generator must not drown what it measures."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

HTTP_HEAD = re.compile(
    rb"HTTP/1\.1 (\d{3}) .*?\r\n(?:.*?\r\n)*?content-length: (\d+)\r\n(?:.*?\r\n)*?\r\n", re.IGNORECASE
)
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
LENGTH_16, LENGTH_64 = 126, 127  # what stands for a longer length in a websocket frame (RFC 6455, section 5.2)


class Http(asyncio.Protocol):
    """One keep-alive connection, one request at a time."""

    def __init__(self, port: int, headers: str) -> None:
        self._port, self.headers = port, headers
        self._head = f"HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body. ConnectionError when the server went away in between."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        assert self._transport
        self._answer = loop.create_future()
        head = f"POST {path} {self._head}{self.headers}Content-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        return await self._answer

    def connection_made(self, transport: Any) -> None:
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = HTTP_HEAD.match(self._buffer)
        if head and self._answer and len(self._buffer) >= head.end() + int(head[2]):
            body, self._buffer = self._buffer[head.end() :], b""
            self._answer.set_result((int(head[1]), body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())

    def close(self) -> None:
        if self._transport:
            self._transport.close()


class Socket(asyncio.Protocol):
    """A websocket that hands every text it hears to `hear`. `closed`: the code that the server closed it with."""

    def __init__(self, port: int, headers: str, hear: Callable[[bytes], None]) -> None:
        self._request = (
            f"GET /api/live HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: http://localhost:{port}\r\n{headers}\r\n"
        ).encode()
        self._port, self._hear = port, hear
        self.closed: int | None = None
        self._buffer = b""
        self._opened: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._opened = loop.create_future()
        await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        await self._opened

    def say(self, text: bytes) -> None:
        self._write(TEXT, text)

    def close(self) -> None:
        assert self._transport
        self._transport.close()

    def _write(self, kind: int, payload: bytes) -> None:
        # Clients must mask; a key of zeros leaves the payload as it is.
        size, mask = len(payload), bytes(4)
        length = bytes([0x80 | size]) if size < LENGTH_16 else bytes([0x80 | LENGTH_16]) + size.to_bytes(2, "big")
        assert self._transport
        self._transport.write(bytes([0x80 | kind]) + length + mask + payload)

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._opened and not self._opened.done():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            self._buffer = rest
            if b" 101 " in head[:16]:
                self._opened.set_result(None)
            else:
                self._opened.set_exception(ConnectionRefusedError(head[:60].decode()))
        while self._frame():
            pass

    def _frame(self) -> bool:
        """Take one whole frame from the buffer. A server masks nothing, and uvicorn does not cut texts in pieces."""
        buffer, start = self._buffer, 2
        if len(buffer) < start:
            return False
        size = buffer[1]
        if size in (LENGTH_16, LENGTH_64):
            start = 4 if size == LENGTH_16 else 10
            size = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + size:
            return False
        kind, payload = buffer[0] & 0xF, buffer[start : start + size]
        self._buffer = buffer[start + size :]
        if kind == TEXT:
            self._hear(payload)
        elif kind == PING:
            self._write(PONG, payload)
        elif kind == CLOSE:
            self.closed = int.from_bytes(payload[:2], "big")
            self.hang_up()
        return True

    def hang_up(self) -> None:
        """The server has closed it."""
        self.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self._opened and not self._opened.done():
            self._opened.set_exception(ConnectionResetError())
