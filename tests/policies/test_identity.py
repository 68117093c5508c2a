"""A pooled connection never carries one person to another's request, whatever happens on the way."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.access.door import enter
from app.access.sessions import Login, sign_in
from app.db import as_person, make_engine, transaction
from app.main import create_app
from app.settings import get_settings
from tests.database import Server
from tests.policies.checker import expected
from tests.policies.story import ISSUER, make_world
from tests.policies.world import CASES, World
from tests.village import BY_KEY

ROUNDS = 2000
AT_ONCE = 16
POOL = 3
WHO = text("select current_setting('app.person_id', true)")
# Where each of them may write.
AT_HOME = {"mother": "side", "father": "sofie", "teacher": "family", "colleague": "ida", "girl15": "ida"}
PEOPLE = ("mother", "father", "teacher", "colleague", "girl15", "outsider")
# Longer than the longest text of SQL: a statement that somebody gives up on half way.
SLOWLY = text("select pg_sleep(0.002)")


@dataclass
class Crowd:
    world: World
    engine: AsyncEngine
    browser: httpx2.AsyncClient
    tokens: dict[str, str]
    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)

    async def asks_for_cases(self, who: str) -> None:
        answer = await self.browser.get("/api/cases", headers={"Cookie": f"rundtom={self.tokens[who]}"})
        assert answer.status_code == 200
        assert {it["child_name"] for it in answer.json()["cases"]} == expected()["cases", who]

    async def asks_who_she_is(self, who: str) -> None:
        answer = await self.browser.get("/api/me", headers={"Cookie": f"rundtom={self.tokens[who]}"})
        assert answer.json()["person"]["name"] == BY_KEY[who].name

    async def writes_and_marks(self, who: str) -> None:
        headers, at_home = {"Cookie": f"rundtom={self.tokens[who]}"}, who in AT_HOME
        where = f"/api/cases/{{}}/threads/{self.world.ids[AT_HOME.get(who, 'family')]}"
        path = where.format(self.world.ids[CASES.get(AT_HOME.get(who, ""), "Emil")])
        words = {"id": str(uuid4()), "text": f"by {who}"}
        answer = await self.browser.post(f"{path}/messages", headers=headers, json=words)
        assert answer.status_code == (201 if at_home else 404)
        assert not at_home or answer.json()["author"]["name"] in (BY_KEY[who].name, who)
        marked = await self.browser.put(f"{path}/read-mark", headers=headers, json={"seq": 1})
        assert marked.status_code == (204 if at_home else 404)

    async def asks_as_nobody(self, who: str) -> None:
        assert (await self.browser.get("/api/cases")).status_code == 401
        async with transaction(self.engine) as db:
            assert (await db.execute(WHO)).scalar_one() in (None, "")
            assert (await db.execute(text("select count(*) from memberships"))).scalar_one() == 0

    async def asks_slowly(self, who: str) -> None:
        async with transaction(self.engine) as db:
            viewer = await enter(db, self.tokens[who], active=True)
            assert viewer
            await db.execute(SLOWLY)
            assert (await db.execute(WHO)).scalar_one() == str(self.world.ids[who])
            assert (await db.execute(text("select id from persons"))).scalars().all() == [self.world.ids[who]]

    async def fails_half_way(self, who: str) -> None:
        with suppress(ZeroDivisionError):
            async with transaction(self.engine) as db:
                await as_person(db, self.world.ids[who])
                raise ZeroDivisionError

    async def one(self) -> None:
        doings: tuple[Callable[[str], Awaitable[None]], ...] = (
            self.asks_for_cases, self.asks_who_she_is, self.asks_as_nobody, self.asks_slowly, self.fails_half_way,
            self.writes_and_marks,
        )  # fmt: skip
        doing, who = self.chance.choice(doings), self.chance.choice(PEOPLE)
        patience = self.chance.uniform(0, 0.08) if self.chance.random() < 0.25 else 30
        try:
            await asyncio.wait_for(doing(who), patience)
            self.seen["answered"] += 1
        except TimeoutError:
            self.seen["given up"] += 1


@pytest.fixture(scope="module")
async def world(server: Server) -> World:
    """Of its own: here people log in."""
    return await make_world(server.clone())


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    app, engine = create_app(), make_engine(world.urls.web, size=POOL)
    app.state.engine, tokens = engine, {}
    for who in PEOPLE:
        async with transaction(engine) as db:
            login = Login(ISSUER, who, BY_KEY[who].name, BY_KEY[who].email, "high", None, "jwt", 30)
            tokens[who] = await sign_in(db, login)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url=get_settings().public_url) as browser:
        chance = random.Random(7)  # noqa: S311 the same crowd every time
        yield Crowd(world, engine, browser, tokens, chance)
    await engine.dispose()


async def test_nobody_is_ever_taken_for_another(crowd: Crowd, capsys: pytest.CaptureFixture[str]) -> None:
    """Requests and transactions of six people, mixed over three connections, a quarter of them given up half way."""
    left = iter(range(ROUNDS))

    async def keeps_asking() -> None:
        for _ in left:
            await crowd.one()

    await asyncio.gather(*(keeps_asking() for _ in range(AT_ONCE)))
    with capsys.disabled():
        print(f"\nidentity over {POOL} connections: {dict(crowd.seen)}")
    assert crowd.seen["given up"] > ROUNDS / 20
    assert crowd.seen["answered"] > ROUNDS / 2
    written = crowd.world.admin("select text, person_id from messages where text like 'by %'")
    assert {text for text, _ in written} == {f"by {who}" for who in AT_HOME}
    assert [text for text, person in written if text != f"by {crowd.world.names[person]}"] == []


async def test_the_pool_hands_out_connections_without_identity(crowd: Crowd) -> None:
    for who in PEOPLE * 2:
        async with transaction(crowd.engine) as db:
            assert (await db.execute(WHO)).scalar_one() in (None, "")
            await as_person(db, crowd.world.ids[who])
        connections = [await crowd.engine.connect() for _ in range(POOL)]
        for connection in connections:
            assert (await connection.execute(WHO)).scalar_one() in (None, "")
            await connection.close()


async def test_a_released_savepoint_leaves_nobody_behind(crowd: Crowd) -> None:
    async with transaction(crowd.engine) as db:
        async with db.begin_nested():
            await as_person(db, crowd.world.ids["mother"])
        assert (await db.execute(WHO)).scalar_one() == str(crowd.world.ids["mother"]), "until the transaction ends"
    async with transaction(crowd.engine) as db:
        assert (await db.execute(WHO)).scalar_one() in (None, "")
