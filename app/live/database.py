"""What the live room hears from the database: the bell, and answers to what it asks, each of them fresh.

A line that does not answer within FRESH_S is no line: it is cut, so that nothing read on it can come later.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from app.live.socket import FRESH_S

log = logging.getLogger(__name__)

LISTEN = "listen rundtom_live"
BEAT_S = 1  # the bell is asked whether it still hangs
READERS = 3  # connections that read for all sockets
RETRY_S = (0.1, 0.5, 1, 2, 5)
OPTIONS: dict[str, Any] = {"autocommit": True, "connect_timeout": FRESH_S}
TROUBLE = (psycopg.Error, OSError)


def pause(misses: int) -> float:
    return RETRY_S[min(misses, len(RETRY_S) - 1)]


class Database:
    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._pool = AsyncConnectionPool(conninfo, min_size=1, max_size=READERS, timeout=5, open=False, kwargs=OPTIONS)

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    async def ask(self, statement: str, values: tuple[Any, ...]) -> Any:
        async with self._pool.connection() as connection:
            with _answers(connection):
                cursor = await connection.execute(statement.encode(), values)
                return await cursor.fetchone()

    async def listen(self, hear: Callable[[str], None], back: Callable[[], Awaitable[None]]) -> None:
        """The one LISTEN of this process. After a loss `back`: we cannot know what we did not hear."""
        misses = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._conninfo, **OPTIONS) as bell:
                    await self._beat(bell)
                    await back()
                    misses = 0
                    while True:
                        async for notice in bell.notifies(timeout=BEAT_S):
                            hear(notice.payload)
                        await self._beat(bell)
            except TROUBLE as error:
                log.warning("the bell is down: %s", type(error).__name__)
                await asyncio.sleep(pause(misses))
                misses += 1

    async def _beat(self, bell: psycopg.AsyncConnection) -> None:
        with _answers(bell):
            await bell.execute(LISTEN)


@contextmanager
def _answers(connection: psycopg.AsyncConnection) -> Iterator[None]:
    """Within FRESH_S, or the line is cut: whoever waits for it gets an error at once."""
    timer = asyncio.get_running_loop().call_later(FRESH_S, _cut, connection)
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: psycopg.AsyncConnection) -> None:
    with socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        wire.shutdown(socket.SHUT_RDWR)
