"""Whoever is shown something of a case leaves a look, in the same transaction; what leaves the server is counted apart.

The two books are compared every day (app/audit): a read that wrote no look would be found there.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.dates import DENMARK
from app.db import Db, transaction
from app.errors import NotFound

log = logging.getLogger(__name__)

CASE = "/api/cases/{case}"
FLUSH_S = 3
LOOK = text("select look(:places, :what, :at)")
COUNT = text("select count_served(:day, :what, :times)")


def moment(scope: Any) -> datetime:
    """When the request came: both books agree on the day."""
    at: datetime = scope.setdefault("state", {}).setdefault("at", datetime.now(UTC))
    return at


async def look(request: Request, db: AsyncSession, places: list[UUID]) -> None:
    """One look at each of these places of the viewer's; NotFound when one is no longer there."""
    values = {"places": places, "what": request.scope["route"].name, "at": moment(request.scope)}
    if (await db.execute(LOOK, values)).scalar_one() != len(places):
        raise NotFound


async def look_at_case(request: Request, db: AsyncSession, place: UUID) -> None:
    """What the door does for every read under a case's address."""
    if request.method in ("GET", "HEAD"):
        await look(request, db, [place])


class Shows:
    """For what shows several cases at once: the route says what of them it shows."""

    def __init__(self, request: Request, db: AsyncSession) -> None:
        self._request, self._db = request, db

    async def __call__(self, places: Iterable[UUID]) -> None:
        """These places of the viewer's, one look each."""
        shown = list(set(places))
        self.counted(len(shown))
        if shown:
            await look(self._request, self._db, shown)

    async def beside(self, door: UUID, places: Iterable[UUID]) -> None:
        """What shows several threads of one case: these places, beside the one that the door has looked by."""
        others = list(set(places) - {door})
        if others:
            await look(self._request, self._db, others)
        self.counted(1 + len(others))

    def counted(self, times: int) -> None:
        """So many looks were written by the door that answered."""
        self._request.scope.setdefault("state", {})["shown"] = times

    @property
    def at(self) -> datetime:
        return moment(self._request.scope)


async def _shows(request: Request, db: Db) -> Shows:
    return Shows(request, db)


Showing = Annotated[Shows, Depends(_shows, scope="function")]


class Served:
    """Counts answers that show something of a case, by day and kind, and adds them to the book every few seconds."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[date, str]] = Counter()

    def answered(self, scope: Any, status: int) -> None:
        """An answer is about to leave. Everything read under a case's address counts, whatever its door did; and what a
        route says that it shows, by whatever method it was asked."""
        route = scope.get("route")
        if route is None or status >= 300:
            return
        read = scope["method"] in ("GET", "HEAD") and route.path.startswith(CASE)
        times = scope["state"].get("shown", 1 if read else 0)
        if times:
            self.count(route.name, moment(scope), times)

    def count(self, what: str, at: datetime, times: int = 1) -> None:
        self._counts[at.astimezone(DENMARK).date(), what] += times

    async def keep(self, engine: AsyncEngine) -> None:
        while True:
            await asyncio.sleep(FLUSH_S)
            await self.flush(engine)

    async def flush(self, engine: AsyncEngine) -> None:
        """In a transaction of its own; what could not be written waits for the next time."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        rows = [{"day": day, "what": what, "times": times} for (day, what), times in sorted(counts.items())]
        try:
            async with transaction(engine) as db:
                await db.execute(COUNT, rows)
        except (SQLAlchemyError, OSError) as error:
            log.warning("what was served is counted later: %s", type(error).__name__)
            self._counts += counts
