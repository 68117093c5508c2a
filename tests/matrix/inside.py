"""The app in this process: every request is asked for real, and what it wrote is undone.

One connection of the web role, one transaction around everything, and in it a savepoint for each request. The app's own
transactions become savepoints in turn, so it commits as it always does, and leaves nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from app import rates
from app.db import make_engine
from app.embedded import Urls
from app.settings import get_settings

HOST = b"localhost:8000"
ROWS_AT_ONCE = 20


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The problem's code, if it is one."""
        problem = (b"content-type", b"application/problem+json") in self.headers
        return str(self.json["code"]) if problem else ""


async def ask(app: FastAPI, token: str | None, method: str, path: str, body: Any = None, **more: str) -> Answer:
    """One HTTP request into the app. A `bytes` body is sent as a form. `more`: further headers."""
    path, _, query = path.partition("?")
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    kind = b"application/x-www-form-urlencoded" if isinstance(body, bytes) else b"application/json"
    headers = [(b"host", HOST), (b"content-type", kind), (b"content-length", str(len(content)).encode())]
    headers += [(name.encode(), value.encode()) for name, value in more.items()]
    if token:
        headers.append((b"cookie", f"{get_settings().cookie_name}={token}".encode()))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("localhost", 8000), "state": {},
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    coming = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not coming:  # an answer that streams listens meanwhile for whoever goes away: nobody does
            await asyncio.Event().wait()
        return coming.pop()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    rates.limiter.storage.reset()
    try:
        await app(scope, receive, send)  # type: ignore[arg-type]
    except Exception:  # told to the caller as a 500 first, and then to the web server
        if not sent:
            raise
    return Answer(
        sent[0]["status"], tuple(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])
    )


@dataclass
class Inside:
    """The app as the web role, in a world changed by these statements of a superuser."""

    app: FastAPI
    connection: AsyncConnection
    statements: tuple[str, ...]
    rows: int = 0

    async def begin(self) -> None:
        """A row's turn. Every so often in a new transaction: PostgreSQL remembers every savepoint of one."""
        self.rows += 1
        if self.rows % ROWS_AT_ONCE != 1:
            return
        await self.connection.rollback()
        for statement in (*self.statements, "set local role rundtom_web"):
            await self.connection.exec_driver_sql(statement)

    @asynccontextmanager
    async def tried(self, token: str | None, method: str, path: str, body: Any = None) -> AsyncIterator[Answer]:
        """The answer, while what the request wrote can still be looked at; then it is undone."""
        undo = await self.connection.begin_nested()
        try:
            yield await ask(self.app, token, method, path, body)
        finally:
            await undo.rollback()


@asynccontextmanager
async def inside(app: FastAPI, urls: Urls, *statements: str) -> AsyncIterator[Inside]:
    """The app on one connection, which comes as superuser to change the world first. Nothing of it stays."""
    engine = make_engine(urls.admin, size=1)
    before = getattr(app.state, "engine", None)
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql("set idle_in_transaction_session_timeout = 0")
            await connection.commit()
            app.state.engine = connection
            yield Inside(app, connection, statements)
            await connection.rollback()
    finally:
        app.state.engine = before
        await engine.dispose()
