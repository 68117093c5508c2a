"""Where the bytes lie: a folder of this machine, or any S3-compatible store (obstore). Under keys that say nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from app.settings import Settings

SMALL = "-thumbnail"
PIECE = 256 * 1024
# A file lies here before its row is committed: so long nobody takes it for one that was left behind.
SETTLED = timedelta(hours=2)


@dataclass(frozen=True)
class Span:
    """From byte `start` up to, not including, `end` of `whole`."""

    start: int
    end: int
    whole: int


class Store:
    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, file: Path) -> None:
        await obstore.put_async(self._store, key, file)

    async def size(self, key: str) -> int:
        return (await obstore.head_async(self._store, key))["size"]

    async def read(self, key: str, span: Span | None = None) -> AsyncIterator[bytes]:
        """The bytes, piece by piece. FileNotFoundError before the first, when they are gone."""
        if span is not None and span.start >= span.end:
            return
        options = {"range": (span.start, span.end)} if span else {}
        found = await obstore.get_async(self._store, key, options=options)  # type: ignore[arg-type]
        async for piece in found.stream(min_chunk_size=PIECE):
            yield bytes(piece)

    async def erase(self, key: UUID) -> None:
        """The file and its small picture; again is no trouble."""
        for name in (str(key), f"{key}{SMALL}"):
            try:
                await obstore.delete_async(self._store, name)
            except FileNotFoundError:
                continue

    async def settled_keys(self) -> AsyncIterator[list[UUID]]:
        """The keys of what has lain here for a while, some hundreds at a time."""
        before = datetime.now(UTC) - SETTLED
        async for batch in obstore.list(self._store, chunk_size=500):
            yield sorted({UUID(it["path"].removesuffix(SMALL)) for it in batch if it["last_modified"] < before})


def make_store(settings: Settings) -> Store:
    if settings.files_url is None:
        return Store(LocalStore(settings.data_dir.absolute() / "files", mkdir=True))
    options = {key: value.get_secret_value() for key, value in settings.files_options.items()}
    build: Any = from_url  # each kind of store has options of its own
    return Store(build(settings.files_url, config=options, client_options={"allow_http": settings.files_on_loopback}))
