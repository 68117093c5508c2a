"""Every stored text carries a marker of its own. Nobody ever meets one that is not for him or her: not in an answer,
a frame, a mail, or a log. Whose eyes each text is for stands in fields.csv, typed by hand."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.canary.audience import Audience, fields
from tests.matrix.everything import Everything
from tests.matrix.here import Here
from tests.matrix.inside import inside
from tests.matrix.layers import Foreign
from tests.matrix.people import COLUMNS
from tests.matrix.requests import address
from tests.matrix.test_matrix import ROUTES
from tests.matrix.world import MARKER, World, marked

TEXTS = """
select case when c.table_schema = 'public' then '' else c.table_schema || '.' end || c.table_name, c.column_name
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
 where table_schema not in ('information_schema', 'pg_catalog') and table_type = 'BASE TABLE'
   and (data_type in ('character varying', 'json', 'jsonb', 'text') or udt_name in ('_text', '_varchar', 'citext'))"""


@pytest.fixture(scope="module")
def audience(world: World) -> Audience:
    return Audience(world)


def test_every_text_column_says_whose_eyes_it_is_for(world: World) -> None:
    """A new one fails here until somebody has thought about it."""
    stored = set(world.admin(TEXTS))
    assert stored - fields().keys() == set(), "for whose eyes? say so in fields.csv"
    assert fields().keys() - stored == set(), "no longer there"


def test_every_text_has_its_canary(audience: Audience) -> None:
    """Whatever is not one of a few words of ours is somebody's, and is looked for below. Jobs hold ids only."""
    for (table, column), eyes in fields().items():
        found = any(MARKER.search(str(row[column])) for row in audience.table(table))
        assert found == (eyes not in ("nothing", "word")), f"{table}.{column}: {eyes}"


def test_the_canaries_are_told_apart(audience: Audience, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The premise: there are many of them, for very different eyes."""
    allowed = audience.by_person()
    with capsys.disabled():
        somebodys = [eyes for eyes in fields().values() if eyes not in ("nothing", "word")]
        print(f"\ncanaries: {len(audience.of_markers())}, in {len(somebodys)} of {len(fields())} text columns")
    assert len(audience.of_markers()) > 300
    assert allowed["anonymous"] == allowed["loggedout"] == set()
    assert len(allowed["mother"]) > len(allowed["father"]) > len(allowed["scoutleader"]) > len(allowed["outsider"])
    assert not {it for it in allowed["father"] if "address of mother" in world.what(it)}


def test_no_answer_carries_a_canary_to_somebody_else(everything: Everything) -> None:
    """Every cell of the matrix: all routes, all methods, everybody."""
    assert everything.tried > 10_000
    assert everything.shown == []


# Every way to ask for another part of a page.
QUERIES = {
    "GET /api/audit/looks": ("?sample=true", "?case={reference}", "?day={today}", "?before=2099-01-01T00:00:00Z"),
    "GET /api/cases/{case}/export": ("?format=json",),
    "GET /api/cases/{case}/looks": ("?before=2099-01-01",),
    "GET /api/cases/{case}/threads/{thread}/changes": ("?after=1", "?after=20"),
    "GET /api/cases/{case}/threads/{thread}/export": (
        "?format=json",
        "?format=json&part=plan",
        "?format=json&part=report",
        "?format=json&part=note&note={note}",
    ),
    "GET /api/cases/{case}/threads/{thread}/messages": ("?limit=100", "?before=30&limit=100", "?before=9"),
    "GET /api/intervals": ("?year=2025", "?year={today:.4}&half=1", "?year={today:.4}&half=2"),
}


def asking() -> Iterator[tuple[str, str]]:
    for request, route in ROUTES.items():
        if request.startswith("GET /api/") and route.dependant.query_params:
            yield from ((request, query) for query in QUERIES[request])


async def test_no_page_of_an_answer_carries_one_either(world: World) -> None:
    foreign, leaks, asked = Foreign(world), [], 0
    async with inside(world.app, world.urls) as house:
        for request, query in asking():
            everywhere = "{case}" in request or "{reference}" in query
            for state, spot in world.spots.items() if everywhere else [("own", world.spots["own"])]:
                await house.begin()
                note = spot.ids.get("note", spot.thread)
                filled = query.format(reference=spot.case[:8], today=world.today, note=note)
                for who in COLUMNS:
                    path = address(request, spot, who).partition("?")[0] + filled
                    async with house.tried(world.sessions.get(who), "GET", path) as answer:
                        asked += 1
                        outside = marked(answer.body) - foreign.texts[who]
                        leaks += [(request, query, state, who, world.what(it)) for it in outside]
    assert asked > 1000
    assert leaks == []


def test_mails_say_nothing(world: World) -> None:
    """A marker stands where the mail goes, and nowhere else in it."""
    mails = [mail for mail in world.mailbox.mails if MARKER.search(str(mail["To"]))]
    assert len(mails) > 50
    for mail in mails:
        rest = [f"{name}: {value}" for name, value in mail.items() if name != "To"] + [world.mailbox.body(mail)]
        assert not MARKER.search("\n".join(rest))


def test_logs_say_nothing(here: Here, everything: Everything) -> None:
    """Of the app, and of the worker that mailed: while the world was made, and while everything was tried."""
    lines = here.logged + everything.logged
    assert len(lines) > 20
    assert [line for line in lines if MARKER.search(line)] == []


def test_what_is_rare_is_there(world: World, audience: Audience) -> None:
    """The canaries of the rooms that matter most have an owner who does meet them."""
    allowed: dict[str, set[str]] = audience.of_markers()
    by_label: dict[str, Any] = {world.what(marker): people for marker, people in allowed.items()}
    assert by_label["assessment of risk"] == {"caseworker"}
    assert by_label["reason of being on duty"] >= {"auditor", "father", "girl15", "leader", "mother", "onduty"}
    assert "father" not in by_label["address of mother"]
    assert by_label["draft of mother"] == {"mother"}
    assert by_label["draft of psychologist"] == set(), "while the place is paused"
    assert "father" in by_label["answer about the old note"]
    assert not by_label["answer about the old note"] & {"scoutleader", "stepfather", "teacher"}
