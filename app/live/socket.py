"""One open page: what it shows, how far it has it, and the one frame that is on its way."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.access.door import Viewer
from app.live.line import CUT

TRY_LATER = 1013  # of the standard (RFC 6455): the database does not answer
BAD_FRAME, SESSION_ENDED, MEMBERSHIP_ENDED, TOO_SLOW, TOO_MANY = 4400, 4401, 4403, 4408, 4429
MOST_WAITING = 256  # notices; a reader that falls further behind comes back by cursor instead
FRESH_S = 2  # what was read longer ago is not sent: whoever may see it is asked anew
PATIENCE_S = 10  # with a reader that takes nothing
FAREWELL_S = 0.5  # to say why it ends


@dataclass(frozen=True)
class Frame:
    """What a thread says up to `seq`, read just now, to somebody who is a member just now."""

    thread: UUID
    text: str
    seq: int


class Socket:
    """One open page. No content ever waits here: while a frame is on its way, the threads that ring are remembered, and
    read anew when the way is free. What waits are notices, which say nothing of what is in a thread.
    """

    __slots__ = (
        "_closing", "_flushing", "_frame", "_notices", "_refused_s", "_ring", "cursors", "expires_at", "missed",
        "person", "session", "unsynced", "ws",
    )  # fmt: skip

    def __init__(self, ws: WebSocket, viewer: Viewer, ring: Callable[[UUID], None]) -> None:
        self.ws = ws
        self.person = str(viewer.person)
        self.session = viewer.session
        self.expires_at = viewer.expires_at
        self.cursors: dict[UUID, int] = {}
        self.unsynced: set[UUID] = set()  # asked for, first frame not sent yet
        self.missed: set[UUID] = set()  # rang while something was on its way
        self._ring = ring
        self._frame: Frame | None = None
        self._notices: deque[str] = deque()
        self._refused_s = 0.0
        self._closing: int | None = None
        self._flushing: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        return self._closing is not None or (self._flushing is not None and not self._flushing.done())

    def send(self, frame: Frame) -> None:
        """Never blocks the bell. Only when not busy: what is sent has been read just now."""
        if self.expires_at <= datetime.now(UTC):
            self.close(SESSION_ENDED)
            return
        self._frame = frame
        self._start()

    def tell(self, notice: str) -> None:
        if self._closing is None and notice not in self._notices:
            self._notices.append(notice)
            if len(self._notices) > MOST_WAITING:
                self.close(TOO_SLOW)
            self._start()

    def turn_away(self, thread: UUID, gone: str, *, lost: bool) -> None:
        """What is on its way of this thread does not leave any more; of another, it does. Then `gone`, and the end."""
        self.missed.discard(thread)
        if self._frame and self._frame.thread == thread:
            self._stop()
        self.tell(gone)
        if lost:
            self._end(MEMBERSHIP_ENDED)

    def close(self, code: int) -> None:
        """Nothing that waits leaves any more."""
        self._stop()
        self._notices.clear()
        self._end(code)

    async def end(self, code: int) -> None:
        self.close(code)
        if self._flushing:
            await self._flushing

    # -- one at a time -------------------------------------------------------------------------------------------------
    def _start(self) -> None:
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())

    def _stop(self) -> None:
        """A frame leaves whole or not at all: it is held back before its first byte, or it has left."""
        if self._flushing:
            self._flushing.cancel()
        self._flushing = self._frame = None

    def _end(self, code: int) -> None:
        if self._closing is None:
            self._closing = code
            asyncio.get_running_loop().call_later(FAREWELL_S, self._cut)
        self._start()

    def _cut(self) -> None:
        """Whoever does not even take the farewell: what the operating system holds for this reader is thrown away."""
        if self._flushing and not self._flushing.done():
            self.ws.scope["extensions"][CUT]()

    async def _flush(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError, OSError):
            try:
                await self._send_frame()
                while self._notices:
                    async with asyncio.timeout(PATIENCE_S):
                        await self.ws.send_text(self._notices[0])
                    self._notices.popleft()
            except TimeoutError:
                self._end(TOO_SLOW)
            if self._closing is not None:
                await self.ws.close(self._closing)
        missed, self.missed = self.missed, set()
        for thread in missed:
            self._ring(thread)

    async def _send_frame(self) -> None:
        frame = self._frame
        if frame is None:
            return
        try:
            async with asyncio.timeout(FRESH_S):
                await self.ws.send_text(frame.text)
        except TimeoutError:
            # Not a byte of it has left. By now it may be no longer this reader's to see.
            self._refused_s += FRESH_S
            if self._refused_s >= PATIENCE_S:
                raise
            self.missed.add(frame.thread)
        else:
            self._refused_s = 0
            if frame.thread in self.cursors:
                self.cursors[frame.thread] = frame.seq
                self.unsynced.discard(frame.thread)
        self._frame = None
