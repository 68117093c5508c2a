"""The demo's world in a database, loaded once for all who ask about it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.reads import my_cases
from app.db import as_person, make_engine, transaction
from app.embedded import Urls, conninfo
from demo.world import load
from demo.world.people import person_id
from tests.database import Server

ISSUER = "http://localhost:1"
# What a notification became stands in its own story (demo/world/concerns.toml).
NOT_NOTIFIED = " where thread_id not in (select thread_id from concern_steps where thread_id is not null)"


@pytest.fixture(scope="package")
async def loaded(server: Server) -> AsyncIterator[Urls]:
    urls = server.clone()
    assert await load(urls, ISSUER)
    yield urls
    server.drop(urls)


def rows(urls: Urls, query: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(conninfo(urls.admin)) as db:
        return db.execute(query, values).fetchall()


@asynccontextmanager
async def seen_by(urls: Urls, who: str) -> AsyncIterator[AsyncSession]:
    engine = make_engine(urls.web, size=1)
    async with transaction(engine) as db:
        await as_person(db, person_id(who))
        yield db
    await engine.dispose()


async def cases_of(urls: Urls, who: str) -> list[dict[str, Any]]:
    async with seen_by(urls, who) as db:
        return await my_cases(db, person_id(who))
