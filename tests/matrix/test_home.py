"""What each person's home says that waits, typed by hand. And: would we notice? With row level security off, each
condition of the new reads is taken away, one at a time; this table, the matrix or the canaries must catch every one."""

import re
from collections.abc import Iterator
from contextlib import aclosing
from datetime import timedelta
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from sqlalchemy import TextClause, text

from app.cases import reads as cases
from app.clocks import Clock, due
from app.dates import now, today
from app.drafts import reads as drafts
from app.hand_overs import reads as hand_overs
from app.notes import reads as notes
from app.plans import reads as plans
from app.progress import reads as progress
from app.stages import reads as stages
from app.summaries import reads as summaries
from tests.matrix.inside import Inside, inside
from tests.matrix.layers import APP_ALONE, Foreign
from tests.matrix.people import COLUMNS, NOBODY, STALE
from tests.matrix.requests import DRAFT, THREAD
from tests.matrix.run import tries
from tests.matrix.table import Row, http
from tests.matrix.world import World, marked

WHOLE = ("own", "closed", "protected")
# who: state: what of it waits for an answer. What was said to somebody who has left, or is there on duty only, is the
# caseworker's to answer; in "closed" he came later than the old note.
TO_ANSWER = {
    "caseworker": {
        "own": {"response", "old response", "left behind", "on duty"},
        "closed": {"response", "left behind", "on duty"},
        "protected": {"response", "old response", "left behind", "on duty"},
        "other circle": {"response"},
    },
    "colleague": {"other case": {"response"}},
    "neighbour": {"other municipality": {"response", "twin"}},
    "teacher": {state: {"own response"} for state in WHOLE},
}
# Where a summary waits for this person: not in a closed thread, nor for the child beside its parents, nor for parentB,
# who came after it.
TO_CONFIRM = {
    "father": {"own", "protected"},
    "girl15": {"own", "protected"},
    "mother": {"own", "protected", "other circle"},
    "parentC": {"other municipality"},
}
# Where the staff's goal and action wait for this person's yes: in open threads, as the summary does. What the mother
# has worded anew has her yes. parentC is asked about those of the same ids, too.
TO_SETTLE = TO_CONFIRM | {"parentC": {"other municipality", "own"}}
# Where the old action is this person's to do.
TO_DO = {"caseworker": {"own", "protected"}}
# Where this person has begun to write.
DRAFTS = {
    "caseworker": {*WHOLE, "other circle"},
    "colleague": {"other case"},
    "father": {*WHOLE},
    "mother": {*WHOLE, "other circle"},
    "neighbour": {"other municipality"},
    "onduty": {*WHOLE},
    "parentB": {"other case"},
    "parentC": {"other municipality"},
    "teacher": {*WHOLE},
}
# The first date in Emil's case, in days from today: an answer late at the side, one late about the old note.
# Whoever is new there sees the call that was asked for lately.
FIRST = dict.fromkeys(("caseworker", "mother", "onduty"), -3)
NEW_HERE = ("scoutleader", "stepfather", "teacher")
EVERYBODY = (*(who for who in COLUMNS if who not in NOBODY), "parentB", "parentC")


def expected(world: World, who: str) -> dict[str, Any]:
    key = "colleague" if who == STALE else who
    spots = world.spots
    answers = {
        spots[state].own["response", key] if it == "own response" else spots[state].ids[it]
        for state, several in TO_ANSWER.get(key, {}).items()
        for it in several
    }
    return {
        "answer": answers,
        "confirm": {spots[state].ids["summary"] for state in TO_CONFIRM.get(key, ())},
        "settle": {spots[state].ids[it] for state in TO_SETTLE.get(key, ()) for it in ("action", "goal")},
        "do": {spots[state].ids["old action"] for state in TO_DO.get(key, ())},
        "drafts": {spots[state].thread for state in DRAFTS.get(key, ())},
        "ball": key in TO_ANSWER and key != "teacher",
    }


def found(home: Any) -> dict[str, Any]:
    home = home["cases"]
    return {
        "answer": {it["response"] for case in home for it in case["to_answer"]},
        "confirm": {it["summary"] for case in home for it in case["to_confirm"]},
        "settle": {it["item"] for case in home for it in case["to_settle"]},
        "do": {it["item"] for case in home for it in case["to_do"]},
        "drafts": {it["id"] for case in home for it in case["threads"] if it["draft"]},
        "ball": any(case["ball"]["is_me"] for case in home if case["ball"]),
    }


async def misread(world: World, house: Inside, foreign: Foreign) -> str | None:
    """The first home that is not as it should be."""
    await house.begin()
    for who in EVERYBODY:
        async with house.tried(world.sessions[who], "GET", "/api/cases") as answer:
            if found(answer.json) != expected(world, who):
                return f"home of {who}: {found(answer.json)} instead of {expected(world, who)}"
            if who in foreign.texts and (shown := marked(answer.body) - foreign.texts[who]):
                return f"home of {who} shows {[world.what(it) for it in shown]}"
            if figures := await misfigured(world, house, who):
                return figures
            dates = {case["id"]: case["next"] for case in answer.json["cases"]}
            if it := dates.get(world.spots["own"].case):
                days = FIRST.get(who, (due(Clock.callback, now()).day - today()).days if who in NEW_HERE else -1)
                if it["on"] != (today() + timedelta(days=days)).isoformat() or it["late"] != (days < 0):
                    return f"home of {who}: {it}"
    return None


async def misfigured(world: World, house: Inside, who: str) -> str | None:
    """Two have put a number on the staff's goal; on the old one, which the newest guests do not see, the mother."""
    own = world.spots["own"]
    async with house.tried(world.sessions[who], "GET", f"{own.path}/progress") as answer:
        if answer.status == 200 and len(answer.json["scales"]) != (2 if who in NEW_HERE else 3):
            return f"progress for {who}: {answer.json['scales']}"
    return None


async def test_home_says_to_everybody_what_waits_for_them_and_nothing_else(world: World) -> None:
    foreign = Foreign(world)
    for statements in ((), (APP_ALONE,)):
        async with inside(world.app, world.urls, *statements) as house:
            assert await misread(world, house, foreign) is None


# -- would we notice? --------------------------------------------------------------------------------------------------
# The statements, and which of their conditions: who it is, in which thread, since when, and whether it still is.
CONDITION = (
    r"\b\w+\.\w+ > (?::history|(?:m|mine)\.history(?:_from)?)|\b\w+\.person_id = (?::person|m\.person_id)"
    r"|\b\w+\.thread_id = :thread|\bin_force\(m\)|m\.role (?:=|in) (?:any\(:roles\)|\([^()]*\))"
)
STATEMENTS: tuple[tuple[ModuleType, str, str], ...] = (
    (cases, "MY_THREADS", r"d\.person_id = m\.person_id"),
    (cases, "NEXT_DATES", CONDITION),
    (cases, "PEOPLE", CONDITION),
    (drafts, "HERE", CONDITION),
    (hand_overs, "ANSWERS", CONDITION),
    (hand_overs, "BALLS", r"\bm\.person_id = :person|\bin_force\(m\)"),
    (hand_overs, "WAITING", r"\bh\.thread_id = :thread"),
    (notes, "NOTES", CONDITION),
    (notes, "RESPONSES", CONDITION),
    (notes, "TO_ANSWER", CONDITION),
    (notes, "VERSIONS", CONDITION),
    (plans, "ACTIONS", CONDITION),
    (plans, "GOALS", CONDITION),
    (plans, "PLACES", CONDITION),
    (progress, "EVALUATIONS", CONDITION),
    (progress, "EVALUATION_VIEWS", CONDITION),
    (progress, "GOALS", r"g\.seq > :history"),
    (progress, "SCALES", CONDITION),
    (progress, "WELLBEING", CONDITION),
    (stages, "STAGES", r"s\.seq > m\.history_from"),
    (summaries, "SUMMARIES", CONDITION),
    (summaries, "TO_CONFIRM", CONDITION),
)
ASKED = {"GET /api/cases/{case}", f"GET {THREAD}/notes/{{note}}", f"GET {THREAD}/summary", f"PUT {DRAFT}"}
ASKED |= {f"GET {THREAD}/ball", f"GET {THREAD}/goals", f"GET {THREAD}/progress", f"GET {THREAD}/stages"}


class Mutant(NamedTuple):
    module: ModuleType
    name: str
    statement: TextClause
    without: str


def mutants() -> Iterator[Mutant]:
    for module, name, conditions in STATEMENTS:
        statement = getattr(module, name).text
        for it in re.finditer(conditions, statement):
            yield Mutant(module, name, text(statement[: it.start()] + "true" + statement[it.end() :]), it[0])


async def caught(world: World, foreign: Foreign, rows: list[Row]) -> str | None:
    async with inside(world.app, world.urls, APP_ALONE) as house:
        if misreading := await misread(world, house, foreign):
            return misreading
        for row in rows:
            async with aclosing(tries(world, house, row)) as tried:
                async for it in tried:
                    if not it.right or foreign.shown(it):
                        return f"{it} {foreign.shown(it)}"
    return None


async def test_every_condition_that_is_taken_away_from_a_read_is_caught(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign, every, alive = Foreign(world), list(mutants()), []
    rows = [
        row
        for row in http()
        if row.request in ASKED and row.state in ("other municipality", "own", "older", "smuggled")
    ]
    for mutant in every:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mutant.module, mutant.name, mutant.statement)
            if await caught(world, foreign, rows) is None:
                alive.append(f"{mutant.module.__name__}.{mutant.name} without {mutant.without}")
    with capsys.disabled():
        print(f"\nconditions taken away: {len(every)}, caught: {len(every) - len(alive)}", *alive, sep="\n  ")
    assert alive == []
