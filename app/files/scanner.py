"""ClamAV, asked over its socket (clamd, INSTREAM): the bytes go there and nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

SECONDS = 120
CONNECT_S = 5
PIECE = 64 * 1024


class ScanFailed(Exception):
    """No answer that says clean or not: the file goes on waiting, and is asked about again."""


class Pieces(Protocol):
    def __aiter__(self) -> AsyncIterator[bytes]: ...


async def is_clean(address: str, pieces: Pieces) -> bool:
    """Whether the scanner at this address (a path, or host:port) finds nothing in these bytes."""
    try:
        async with asyncio.timeout(SECONDS):
            said = await _ask(address, pieces)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise ScanFailed(type(error).__name__) from None
    if said.endswith(b" FOUND"):
        return False
    if said != b"stream: OK":
        raise ScanFailed("neither clean nor found")
    return True


async def _ask(address: str, pieces: Pieces) -> bytes:
    reader, writer = await _connect(address)
    try:
        writer.write(b"zINSTREAM\0")
        async for piece in pieces:
            for at in range(0, len(piece), PIECE):
                part = bytes(piece[at : at + PIECE])
                writer.write(len(part).to_bytes(4, "big") + part)
                await writer.drain()
        writer.write(bytes(4))
        await writer.drain()
        return (await reader.readuntil(b"\0")).rstrip(b"\0")
    finally:
        writer.close()


async def _connect(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(CONNECT_S):
        if address.startswith("/"):
            return await asyncio.open_unix_connection(address)
        host, _, port = address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port))
