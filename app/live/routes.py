"""WS /api/live: who may open a socket, and what a client may say on it."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter
from limits import RateLimitItemPerMinute
from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.access.door import Viewer, enter
from app.db import transaction
from app.errors import TooMany
from app.live.database import TROUBLE
from app.live.hub import Live
from app.live.socket import BAD_FRAME, SESSION_ENDED, TOO_MANY, TOO_SLOW, TRY_LATER, Socket
from app.rates import spend
from app.settings import get_settings
from app.shapes import Body, Seq

router = APIRouter()
MOST_THREADS = 100  # one page shows a few; a client that asks for more is not ours
# One person's, in one process. A caseworker has 25 children and may open a tab for each of them, and some more; beyond
# that a page still works, it only has to be fetched again by hand.
MOST_SOCKETS = 30
ASKS = RateLimitItemPerMinute(600)


class ShowThread(Body):
    """Follow a thread from after this seq; null stops it."""

    thread: UUID
    after: Seq | None


class ShowHome(Body):
    """Hear that something happened in one of my threads, whichever."""

    home: bool


ASK: TypeAdapter[ShowThread | ShowHome] = TypeAdapter(ShowThread | ShowHome)


@router.websocket("/api/live")
async def live(ws: WebSocket) -> None:
    # Nothing else in the stack looks at the Origin of a socket: without this, any site could open one with our cookie.
    if ws.headers.get("origin") not in get_settings().origins:
        await ws.close()
        return
    await ws.accept()
    viewer = await _viewer(ws)
    if viewer is None:
        await ws.close(SESSION_ENDED)
        return
    room: Live = ws.app.state.live
    if room.pages_of(viewer.person) >= MOST_SOCKETS:
        await ws.close(TOO_MANY)
        return
    socket = Socket(ws, viewer, room.ring)
    room.add(socket)
    try:
        await _listen(ws, room, socket)
    except WebSocketDisconnect:
        pass
    except TooMany:
        await socket.end(TOO_SLOW)
    except TROUBLE:
        await socket.end(TRY_LATER)
    except (ValidationError, KeyError):
        await socket.end(BAD_FRAME)
    finally:
        room.remove(socket)


async def _viewer(ws: WebSocket) -> Viewer | None:
    async with transaction(ws.app.state.engine) as db:
        return await enter(db, ws.cookies.get(get_settings().cookie_name), active=False)


async def _listen(ws: WebSocket, room: Live, socket: Socket) -> None:
    while True:
        ask = ASK.validate_json(await ws.receive_text())
        spend(ASKS, "live", socket.person)
        if isinstance(ask, ShowHome):
            room.show_home(socket, shown=ask.home)
        elif ask.after is None:
            room.leave(socket, ask.thread)
        elif len(socket.cursors) < MOST_THREADS or ask.thread in socket.cursors:
            at = datetime.now(UTC)
            if await room.show(socket, ask.thread, ask.after, at):
                ws.app.state.served.count("live", at)
        else:
            await socket.end(BAD_FRAME)
            return
