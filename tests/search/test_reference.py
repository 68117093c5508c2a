"""What somebody finds is what somebody's own threads show, for a thousand searches each; and every condition of the
statement is needed for that."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.db import as_person, transaction
from app.migrate import MIGRATIONS
from app.search.reads import PAGE, understood
from tests.matrix.inside import Inside, ask, inside
from tests.matrix.layers import APP_ALONE
from tests.matrix.world import World
from tests.search.reference import Place, Query, Stems, queries, shown

# The family, staff, two who came without the history, one on duty, other cases; and who sees nothing (any more).
SEEING = (
    "mother",
    "father",
    "child",
    "girl15",
    "grandmother",
    "caseworker",
    "teacher",
    "scoutleader",
    "onduty",
    "neighbour",
)
NOTHING = (
    "outsider",
    "leader",
    "psychologist",
    "kindergarten",
    "healthvisitor",
    "formerholder",
    "dismissed",
    "invited",
)
SEARCHES, BY_HTTP = 1000, 40
SAID = {
    "mother": "Skolerne i Ølgod er store, og Emil bliver træt i skolebussen om morgenen. Æblegrød hjælper.",
    "father": "Emil glæder sig til fisketuren. Han var ked af det i skolegården i mandags, og vi talte om det.",
    "caseworker": "Vi aftaler et møde på skolen kl. 9. Jeg skriver til læreren om aftalerne, så alle ved besked.",
    "grandmother": "Børnebørnene var på besøg hos mig, og Emil sov godt. Åen var frossen.",
    "teacher": "I frikvarteret legede Emil med to andre elever. Det gik godt i skolegården!",
    "scoutleader": "Spejderne mødes ved åen hver tirsdag, og Emil er altid velkommen ved bålet.",
    "neighbour": "Barnet går i skole i Nordby. Skolelederen ringer om morgenen.",
    "girl15": "jeg vil gerne selv sige hvordan skolen er, og ikke kun om morgenen",
}
FOUND = text("""
    select q.n - 1, f.thread_id, f.seq from unnest(cast(:queries as text[])) with ordinality q (words, n),
           find_words(cast(q.words as tsquery), null, null, null, null, 1000000) f
""")
PAGE_OF_SQL = MIGRATIONS / "doors" / "search.sql"


@asynccontextmanager
async def more_said(world: World, *statements: str) -> AsyncIterator[Inside]:
    """The world, in which some have just said something in plain Danish; gone again afterwards."""
    async with inside(world.app, world.urls, *statements, "set local statement_timeout = 0") as house:
        await house.begin()
        for who, words in SAID.items():
            spot = world.spots["other municipality" if who == "neighbour" else "own"]
            body = {"id": str(uuid4()), "text": words}
            answer = await ask(world.app, world.sessions[who], "POST", f"{spot.path}/messages", body)
            assert answer.status == 201, f"{who}: {answer.body.decode()}"
        yield house


async def found(world: World, who: str, wanted: list[str | None]) -> list[set[Place]]:
    """Every hit of each of these, as PostgreSQL writes what is wanted."""
    asked = [(n, it) for n, it in enumerate(wanted) if it]
    hits: list[set[Place]] = [set() for _ in wanted]
    async with transaction(world.app.state.engine) as db:
        await as_person(db, UUID(world.persons[who]))
        for n, thread, seq in (await db.execute(FOUND, {"queries": [it for _, it in asked]})).all():
            hits[asked[n][0]].add((str(thread), seq))
    return hits


async def page_by_page(world: World, who: str, words: str) -> list[Place]:
    """The same by HTTP, to the end."""
    hits: list[dict[str, Any]] = []
    while True:
        last = {key: hits[-1][key] for key in ("at", "thread", "seq")} if hits else None
        answer = await world.did(who, "POST", "/api/search", words=words, before=last)
        hits += answer["hits"]
        if not answer["earlier"]:
            return [(it["thread"], it["seq"]) for it in hits]
        assert len(answer["hits"]) == PAGE


async def test_a_thousand_searches_of_each_find_what_their_threads_show_and_nothing_else(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    async with more_said(world):
        texts = {who: await shown(world, who) for who in (*SEEING, *NOTHING)}
        assert {who for who, it in texts.items() if not it} == set(NOTHING)
        everything = [words for it in texts.values() for words in it.values()]
        wanted = queries(everything, SEARCHES)
        stems, hits = Stems(), 0
        async with transaction(world.app.state.engine) as db:
            await stems.learn(db, [*everything, *(part for it in wanted for part in it.texts)])
            sql = [await understood(db, str(it)) if len(str(it)) > 1 else None for it in wanted]
        for who in texts:
            answered = await found(world, who, sql)
            for query, places in zip(wanted, answered, strict=True):
                assert places == by_hand(query, stems, texts[who]), f"{who}: {query}"
                hits += len(places)
            for query in wanted[:: SEARCHES // BY_HTTP]:
                if len(str(query)) > 1:
                    pages = await page_by_page(world, who, str(query))
                    assert len(pages) == len(set(pages))
                    assert set(pages) == by_hand(query, stems, texts[who]), f"{who}: {query}"
    with capsys.disabled():
        print(f"\nsearches compared: {len(texts)} people x {SEARCHES}, hits: {hits}, nothing: {sql.count(None)}")
    assert hits > len(SEEING) * SEARCHES


def by_hand(query: Query, stems: Stems, texts: dict[Place, str]) -> set[Place]:
    return {place for place, words in texts.items() if query.finds(stems, stems.known[words])}


# -- would we notice? --------------------------------------------------------------------------------------------------
ALL = "'zq':*"  # every marker begins so
CONDITION = re.compile(
    r"m\.person_id = me\(\)|in_force\(m\)|\w\.seq > mine\.history_from|\w\.thread_id = mine\.thread_id"
    r"|not exists \(select 1 from note_versions[^)]*\)"
    r"|\b\w\.(?:note|response|summary|goal|action|evaluation)_id = \w\.id"
)


def mutants(page: str) -> list[tuple[str, str]]:
    """The function without one of its conditions; what was taken away."""
    create = page[page.index("create function") :].replace("create function", "create or replace function", 1)
    return [(create[: it.start()] + "true" + create[it.end() :], it[0]) for it in CONDITION.finditer(create)]


# The teacher comes after the last rating, too: what others came after is old, and of most kinds there is something old.
CAME_LATER = """
    update memberships m set history_from = (select max(x.seq) from wellbeing x where x.thread_id = m.thread_id)
     where m.person_id = '{}' and exists (select 1 from wellbeing x where x.thread_id = m.thread_id)
"""


async def misfound(world: World, expected: dict[str, set[Place]]) -> str | None:
    """The first person who finds something else than is shown."""
    for who, places in expected.items():
        [hits] = await found(world, who, [ALL])
        if hits != places:
            return f"{who}: {len(hits - places)} too many, {len(places - hits)} missing"
    return None


async def test_every_condition_of_the_statement_is_needed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """With row level security off: the statement alone shows nobody anything foreign, and no condition can go."""
    later = CAME_LATER.format(world.persons["teacher"])
    async with inside(world.app, world.urls, later) as house:
        await house.begin()
        marked = {who: await shown(world, who) for who in (*SEEING, *NOTHING)}
    expected = {who: {place for place, words in it.items() if "zq" in words} for who, it in marked.items()}
    every, alive = mutants(PAGE_OF_SQL.read_text(encoding="utf-8")), []
    for statement, without in [("select 1", ""), *every]:
        async with inside(world.app, world.urls, later, APP_ALONE, statement.replace("%", "%%")) as house:
            await house.begin()
            wrong = await misfound(world, expected)
        assert without or wrong is None, wrong
        if without and wrong is None:
            alive.append(without)
    with capsys.disabled():
        print(
            f"\nconditions taken away from a search: {len(every)}, caught: {len(every) - len(alive)}",
            *alive,
            sep="\n  ",
        )
    assert len(every) > 15
    assert alive == []


async def test_row_level_security_alone_shows_nobody_anything_foreign(world: World) -> None:
    """Whoever asks, and whatever the statement forgets: there are no more rows than the person's own."""
    async with inside(world.app, world.urls) as house:
        await house.begin()
        marked = {who: await shown(world, who) for who in (*SEEING, *NOTHING)}
    for statement, without in mutants(PAGE_OF_SQL.read_text(encoding="utf-8")):
        if not re.search("me|in_force|history", without):
            continue
        async with inside(world.app, world.urls, statement.replace("%", "%%")) as house:
            await house.begin()
            for who, texts in marked.items():
                [hits] = await found(world, who, [ALL])
                assert hits - texts.keys() == set(), f"{who} without {without}"
