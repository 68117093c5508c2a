"""The limit of our stack: bare uvicorn and websockets, one INSERT a post, the same bytes to everybody in the room.

No login, no rights, no audit. It speaks the frames of /api/live, except that a post comes by the socket too.
"""

import os
from collections import defaultdict
from typing import Any

import orjson
import uvicorn
from psycopg_pool import AsyncConnectionPool

TABLE = """create table posts (thread uuid, seq bigserial, id uuid, text text, at timestamptz default now(),
                              primary key (thread, seq))"""
INSERT = "insert into posts (thread, id, text) values (%s, %s, %s) returning seq, at"
AFTER = "select seq, id, text, at from posts where thread = %s and seq > %s order by seq limit 200"

_rooms: dict[str, set[Any]] = defaultdict(set)
_pool = AsyncConnectionPool(
    os.environ.get("RAW_DATABASE", ""), min_size=4, max_size=4, open=False, kwargs={"autocommit": True}
)


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    shown = ""
    while (event := await receive())["type"] == "websocket.receive":
        said = orjson.loads(event["text"])
        if "after" in said:
            shown = said["thread"]
            await _show(shown, said["after"], send)
        else:
            await _post(shown, said, send)
    _rooms[shown].discard(send)


async def _lifespan(receive: Any, send: Any) -> None:
    await receive()
    await _pool.open(wait=True)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _pool.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _show(thread: str, after: int, send: Any) -> None:
    _rooms[thread].add(send)
    async with _pool.connection() as database:
        rows = await (await database.execute(AFTER, (thread, after))).fetchall()
    entries = [{"seq": seq, "id": id_, "text": text, "at": at} for seq, id_, text, at in rows]
    await send(_frame(thread, entries, entries[-1]["seq"] if entries else after))


async def _post(thread: str, said: dict[str, str], send: Any) -> None:
    async with _pool.connection() as database:
        seq, at = await (await database.execute(INSERT, (thread, said["id"], said["text"]))).fetchone()  # type: ignore[misc]
    await send({"type": "websocket.send", "text": f'{{"posted":"{said["id"]}"}}'})
    frame = _frame(thread, [{"seq": seq, "id": said["id"], "text": said["text"], "at": at}], seq)
    for everybody in list(_rooms[thread]):
        await everybody(frame)


def _frame(thread: str, entries: list[dict[str, Any]], seq: int) -> dict[str, str]:
    text = orjson.dumps({"thread": thread, "entries": entries, "seq": seq}).decode()
    return {"type": "websocket.send", "text": text}


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(os.environ["PORT"]),
        log_level="warning",
        access_log=False,
        ws_max_size=65536,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
    )
