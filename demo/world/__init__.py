"""The demo world: Solbæk Kommune, its people and what they have written to each other lately.

    await load(urls, issuer)     # before the app and the worker start; leaves a loaded world alone

One file a case, for a Danish domain expert to edit; the notes of a long talk stand in `.notes.toml` beside it,
its plan in `.plan.toml`. Times
are told as people do: "3 tir 14.05" is the Tuesday three weeks ago (1 is the last whole week), "i går 19.20" and "i dag
07.35" are what they say. So the world is always fresh, and a text may well say "på torsdag". People go by their keys in
the cast (tests/village.py), in people.toml and in [family] of the file.
"""

from typing import Any, Protocol

from rich.console import Console
from rich.progress import track
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.db import make_engine, transaction
from demo.world.advice import play_advice
from demo.world.afterwards import mark_read, settle_dates
from demo.world.concerns import play_concerns
from demo.world.people import settle
from demo.world.play import Player
from demo.world.story import Story, stories
from demo.world.when import Calendar

LOADED = "the demo world is loaded"
HOW_FAR = text("select obj_description('cases'::regclass), (select count(*) from cases)")


class Urls(Protocol):
    @property
    def owner(self) -> str: ...
    @property
    def web(self) -> str: ...
    @property
    def worker(self) -> str: ...


class NotEmptyError(RuntimeError):
    """There are cases here that are not the demo's, or a load that was broken off."""


async def load(urls: Urls, issuer: str, console: Console | None = None) -> bool:
    """Fill the database, as `issuer` knows the cast; False when that was done before. Raises NotEmptyError."""
    owner, web, worker = (_hasty_engine(url) for url in (urls.owner, urls.web, urls.worker))
    try:
        async with transaction(owner) as db:
            done, cases = (await db.execute(HOW_FAR)).one()
            if cases and done != LOADED:
                raise NotEmptyError("There are cases here, but not the whole demo world: it needs an empty database.")
            await settle(db, issuer)
        if done == LOADED:
            return False
        calendar = Calendar.now()
        await _play(Player(owner, web, worker), stories(calendar), calendar, console or Console(stderr=True))
        await _finish(owner)
        return True
    finally:
        for engine in (owner, web, worker):
            await engine.dispose()


def _hasty_engine(url: str) -> AsyncEngine:
    """Hundreds of commits that need not reach the disk one by one: `_finish` waits for them all."""
    engine = make_engine(url, size=1)

    @event.listens_for(engine.sync_engine, "connect")
    def do_not_wait(connection: Any, _: Any) -> None:
        connection.cursor().execute("set synchronous_commit = off")
        connection.commit()

    return engine


async def _play(player: Player, every: list[Story], calendar: Calendar, console: Console) -> None:
    for story in track(every, "Solbæk Kommune", console=console, transient=True):
        await player.play(story)
    await play_advice(player, calendar)
    await play_concerns(player, calendar)
    await settle_dates(player)
    await mark_read(player)


async def _finish(owner: AsyncEngine) -> None:
    async with transaction(owner) as db:
        await db.execute(text("set local synchronous_commit = on"))
        await db.execute(text(f"comment on table cases is '{LOADED}'"))
