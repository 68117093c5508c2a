"""A socket into the app in this process: real frames from the real live room."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from fastapi import FastAPI

from app.settings import get_settings
from tests.matrix.inside import HOST

SOON_S = 10


class Line:
    """Says what a client says, and hears what comes: frames as they are, or the code it was closed with."""

    def __init__(self, app: FastAPI, token: str | None) -> None:
        headers = [(b"host", HOST), (b"origin", b"http://" + HOST)]
        if token:
            headers.append((b"cookie", f"{get_settings().cookie_name}={token}".encode()))
        self._scope = {
            "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "path": "/api/live",
            "raw_path": b"/api/live", "query_string": b"", "root_path": "", "headers": headers, "subprotocols": [],
            "client": ("127.0.0.1", 1), "server": ("localhost", 8000), "state": {},
        }  # fmt: skip
        self._app = app
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._heard: asyncio.Queue[str | int] = asyncio.Queue()

    async def __aenter__(self) -> "Line":
        self._said.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._app(self._scope, self._said.get, self._hear))  # type: ignore[arg-type]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        with suppress(Exception):
            await asyncio.wait_for(self._task, SOON_S)

    async def _hear(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            self._heard.put_nowait(message["text"])
        elif message["type"] == "websocket.close":
            self._heard.put_nowait(message["code"])

    async def ask(self, **what: Any) -> str | int:
        """Say something; the next that is heard."""
        self._said.put_nowait({"type": "websocket.receive", "text": json.dumps(what)})
        return await self.hears()

    async def hears(self) -> str | int:
        return await asyncio.wait_for(self._heard.get(), SOON_S)


def told(heard: str | int) -> str:
    """How the table writes a frame."""
    if isinstance(heard, int):
        return str(heard)
    frame = json.loads(heard)
    return "home" if "home" in frame else "gone" if frame.get("gone") else "frame"
