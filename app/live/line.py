"""The other end of a socket, as the operating system has it."""

import socket
import struct

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

UNSENT = 16 * 1024  # bytes that may wait in the kernel
AT_ONCE = struct.pack("ii", 1, 0)  # linger for no time: what has not left is thrown away
CUT = "rundtom.cut"


class Line(WebSocketsSansIOProtocol):
    """uvicorn's socket, except that little piles up behind a slow reader, and that the app can cut it off.

    As uvicorn has it, 64 KiB wait in the process and megabytes in the kernel: words that were allowed when they were
    written there, and that leave long after their reader's place has ended.
    """

    async def run_asgi(self) -> None:
        self.transport.set_write_buffer_limits(0)
        wire = self.transport.get_extra_info("socket")
        if wire.family in (socket.AF_INET, socket.AF_INET6):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        self.scope["extensions"][CUT] = self._cut  # type: ignore[assignment]
        await super().run_asgi()

    def _cut(self) -> None:
        if not self.transport.is_closing():
            wire = self.transport.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.transport.abort()
