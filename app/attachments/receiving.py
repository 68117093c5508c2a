"""A file on its way in. It may take minutes: no transaction is open until it is here, made anew, and stored.

The door is asked twice: before a byte is read, and again in the transaction that makes the row.
"""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from app.access.door import before_body
from app.attachments import reads
from app.attachments.shapes import Received
from app.errors import Conflict, Invalid
from app.files.clean import clean
from app.files.store import SMALL, Store
from app.rates import file_rate
from app.settings import get_settings


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


FileStore = Annotated[Store, Depends(_store)]
# How the body stands in the API's document: bytes of any type; what they are is found out.
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


async def _received(request: Request, store: FileStore, case: UUID, thread: UUID) -> AsyncIterator[Received]:
    await _ask(request, case, thread)
    with TemporaryDirectory(prefix="rundtom-") as folder:
        source = Path(folder, "source")
        digest = await _spool(request, source)
        cleaned = await clean(source, Path(folder))
        received = Received(cleaned, cleaned.file.stat().st_size, digest, uuid4())
        try:
            await store.put(str(received.key), cleaned.file)
            if cleaned.thumbnail:
                await store.put(f"{received.key}{SMALL}", cleaned.thumbnail)
            yield received
        finally:
            # Once a row may point at them they stay: whether its transaction was committed is not known here, and what
            # no row speaks of is swept.
            if not received.taken:
                await store.erase(received.key)


async def _ask(request: Request, case: UUID, thread: UUID) -> None:
    """Said before the body is read: NotLoggedIn, NotFound, TooMany, Conflict file_full. Whether a member may is asked
    by the action, once."""
    async with before_body(request, case, thread) as (db, member):
        file_rate(member.person)
        if await reads.shared_bytes(db, member) >= get_settings().file_bytes_per_person:
            raise Conflict("file_full")


async def _spool(request: Request, source: Path) -> bytes:
    """Into a file of its own, counted and bounded by the middleware; its digest."""
    digest = sha256()
    try:
        with source.open("wb") as out:
            async for piece in request.stream():
                digest.update(piece)
                out.write(piece)
    except ClientDisconnect:  # a bus in a tunnel is no trouble of ours; nobody reads this answer
        raise Invalid("file_broken") from None
    return digest.digest()


# scope="function": left after the commit, and before the answer leaves.
Receiving = Annotated[Received, Depends(_received, scope="function")]
