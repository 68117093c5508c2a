"""The live room: one socket a page, one bell a process.

The bell only says that something happened in a thread. Then `changes` is read once, as the live role, and its bytes go
to the sockets of exactly the members which that same answer names. Nobody's permission is remembered from before.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from app.dates import today
from app.journal import LIMIT, Changes
from app.live.database import TROUBLE, Database, pause
from app.live.socket import SESSION_ENDED, Frame, Socket

log = logging.getLogger(__name__)

RECHECK_S = 30
AT_LEAST_S = 0.5  # between two looks at the sessions, however many run out
JUST_AFTER_S = 0.01
NOTHING_NEW = 2**53  # a cursor beyond every thread: who is in it, and no entries
READ = "select seq, entries, members, ends_in from changes(%s, %s, %s)"
HOME = '{"home":true}'


class Live:
    """All sockets of this process, by the thread they show."""

    def __init__(self, conninfo: str) -> None:
        self._database = Database(conninfo)
        self._sockets: set[Socket] = set()
        self._pages: Counter[str] = Counter()  # how many of them are one person's
        self._showing: dict[UUID, set[Socket]] = {}
        self._at_home: set[Socket] = set()
        self._came = asyncio.Event()
        self._rung: set[UUID] = set()
        self._serving: dict[UUID, asyncio.Task[None]] = {}
        self._next_end: dict[UUID, asyncio.TimerHandle] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self._database.open()
        listening = self._database.listen(self._hear, self._catch_up)
        self._tasks = [asyncio.create_task(listening), asyncio.create_task(self._watch_sessions())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._database.close()

    # -- sockets come and go -------------------------------------------------------------------------------------------
    def add(self, socket: Socket) -> None:
        self._sockets.add(socket)
        self._pages[socket.person] += 1
        self._came.set()

    def pages_of(self, person: UUID) -> int:
        return self._pages[str(person)]

    def remove(self, socket: Socket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            self._pages[socket.person] -= 1
            if not self._pages[socket.person]:
                del self._pages[socket.person]
        self._at_home.discard(socket)
        for thread in list(socket.cursors):
            self.leave(socket, thread)

    async def show(self, socket: Socket, thread: UUID, after: int, at: datetime) -> bool:
        """From now on this socket follows the thread. Subscribed first, then read: nothing falls in between.

        Before both comes the look, at this time: nothing of the thread leaves without one. False: to this person there
        is no such thread.
        """
        row = await self._database.ask("select look_live(%s, %s, %s)", (socket.person, thread, at))
        if socket not in self._sockets:  # its session ended meanwhile
            return False
        socket.cursors[thread] = after
        socket.unsynced.add(thread)
        self._showing.setdefault(thread, set()).add(socket)
        if row[0]:
            self.ring(thread)
        else:
            self._turn_away(socket, thread)
        return bool(row[0])

    def show_home(self, socket: Socket, *, shown: bool) -> None:
        """The list of one's threads is on the screen: it hears that something happened in one of them, not what."""
        if shown:
            self._at_home.add(socket)
            socket.tell(HOME)
        else:
            self._at_home.discard(socket)

    def leave(self, socket: Socket, thread: UUID) -> None:
        socket.cursors.pop(thread, None)
        socket.unsynced.discard(thread)
        sockets = self._showing.get(thread, set())
        sockets.discard(socket)
        if not sockets:
            self._showing.pop(thread, None)
            self._ring_in(thread, None)

    # -- the bell ------------------------------------------------------------------------------------------------------
    def _hear(self, payload: str) -> None:
        """Whoever may connect may notify: what is no id of ours must not silence the bell."""
        try:
            if payload.startswith("session "):
                self._end_sessions({UUID(payload.removeprefix("session "))})
            elif payload.startswith("person "):
                self._tell_home({payload.removeprefix("person ")})
            else:
                self.ring(UUID(payload))
        except ValueError:
            log.warning("the bell heard something that is no id")

    async def _catch_up(self) -> None:
        """After a silence: first who is still logged in, then everything anew."""
        await self._end_dead_sessions()
        for thread in list(self._showing):
            self.ring(thread)
        for socket in self._at_home:
            socket.tell(HOME)

    def _tell_home(self, persons: Iterable[str]) -> None:
        for socket in self._at_home:
            if socket.person in persons:
                socket.tell(HOME)

    def ring(self, thread: UUID) -> None:
        if thread not in self._showing and not self._at_home:
            return
        self._rung.add(thread)
        if thread not in self._serving:
            self._serving[thread] = asyncio.create_task(self._serve(thread))

    def _ring_in(self, thread: UUID, seconds: float | None) -> None:
        """The moment when a place in the thread ends by itself, when somebody shows it; None forgets it."""
        if timer := self._next_end.pop(thread, None):
            timer.cancel()
        if seconds is not None and thread in self._showing:
            loop = asyncio.get_running_loop()
            self._next_end[thread] = loop.call_later(seconds + JUST_AFTER_S, self.ring, thread)

    async def _serve(self, thread: UUID) -> None:
        """Answer all rings of a thread, however many came meanwhile, one read at a time."""
        try:
            misses = 0
            while thread in self._rung:
                self._rung.discard(thread)
                try:
                    await self._read_and_send(thread)
                    misses = 0
                except TROUBLE as error:
                    log.warning("a thread could not be read: %s", type(error).__name__)
                    self._rung.add(thread)
                    await asyncio.sleep(pause(misses))
                    misses += 1
        finally:
            del self._serving[thread]

    async def _read_and_send(self, thread: UUID) -> None:
        sockets = list(self._showing.get(thread, ()))
        # Whoever is busy gets the same from a read of its own, later: a slow reader holds up nobody.
        after = min((socket.cursors[thread] for socket in sockets if not socket.busy), default=NOTHING_NEW)
        row = await self._database.ask(READ, (thread, after, LIMIT))
        found, ends_in = (Changes(thread, *row[:3]), row[3]) if row else (Changes(thread, 0, [], {}), None)
        self._ring_in(thread, ends_in)
        frames: dict[tuple[int, int], Frame] = {}
        for socket in sockets:
            if thread in socket.cursors:
                self._send(socket, found, after, frames)
        self._tell_home(found.members)
        if len(found.entries) == LIMIT:
            self._rung.add(thread)

    def _send(self, socket: Socket, found: Changes, after: int, frames: dict[tuple[int, int], Frame]) -> None:
        thread, cursor = found.thread, socket.cursors[found.thread]
        history_from = found.members.get(socket.person)
        if history_from is None:
            self._turn_away(socket, thread)
        elif thread not in socket.unsynced and found.seq <= cursor:
            return
        elif socket.busy:
            socket.missed.add(thread)
        elif cursor < after:  # asked for while this was read
            self._rung.add(thread)
        else:
            key = (cursor, history_from)
            if key not in frames:
                frames[key] = Frame(thread, found.frame(history_from, cursor).decode(), found.seq)
            socket.send(frames[key])

    def _turn_away(self, socket: Socket, thread: UUID) -> None:
        """Never a member, no such thread, or no longer: the frame is the same. A place lost closes the socket."""
        lost = thread not in socket.unsynced
        self.leave(socket, thread)
        gone = orjson.dumps({"thread": str(thread), "entries": [], "seq": None, "gone": True}).decode()
        socket.turn_away(thread, gone, lost=lost)

    # -- sessions ------------------------------------------------------------------------------------------------------
    async def _watch_sessions(self) -> None:
        """End the sockets of sessions that run out, when they do."""
        day: date = today()
        while True:
            wait: float = AT_LEAST_S
            with suppress(*TROUBLE):
                wait = await self._end_dead_sessions()
            try:
                await asyncio.wait_for(self._came.wait(), wait)
                self._came.clear()
                await asyncio.sleep(AT_LEAST_S)
            except TimeoutError:
                pass
            # Somebody's last day may have been moved without a sound.
            if day != (day := today()):
                for thread in list(self._showing):
                    self.ring(thread)

    async def _end_dead_sessions(self) -> float:
        """Answers after how many seconds to look again."""
        sessions = {socket.session for socket in self._sockets}
        if not sessions:
            return RECHECK_S
        left: dict[str, Any] = (await self._database.ask("select sessions_left(%s)", (list(sessions),)))[0]
        self._end_sessions(session for session in sessions if str(session) not in left)
        return max(AT_LEAST_S, min([RECHECK_S, *map(float, left.values())]))

    def _end_sessions(self, ended: Iterable[UUID]) -> None:
        gone = set(ended)
        for socket in [socket for socket in self._sockets if socket.session in gone]:
            self.remove(socket)
            socket.close(SESSION_ENDED)
