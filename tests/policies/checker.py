"""Compares what the web role reads, as each person of the world, with visible.csv; and tries what it may not do."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from app.embedded import conninfo
from tests.policies.world import World

HERE = Path(__file__).parent
Connection = psycopg.Connection[tuple[Any, ...]]

# What tells one row of a table from another, put into the names of world.py and joined by colons.
KEYS = {
    "absences": "person_id",
    "action_changes": "thread_id, id",
    "actions": "thread_id, id",
    "attachments": "thread_id, id",
    "callback_steps": "thread_id, id",
    "callbacks": "thread_id, id",
    "ball_passes": "thread_id, seq",
    "cases": "id",
    "closures": "id",
    "consents": "invitation_id, giver_id",
    "concern_steps": "concern_id, id",
    "concerns": "id",
    "consultation_closures": "consultation_id",
    "consultation_lines": "consultation_id, id",
    "consultation_passings": "consultation_id",
    "consultations": "id",
    "contact_cards": "employment_id",
    "contacts": "thread_id, id",
    "custody_changes": "id",
    "drafts": "person_id, form, about",
    "duty_accesses": "id",
    "earlier_texts": "message_id",
    "employments": "person_id",
    "entries": "thread_id, seq, case when body ? 'text' then 'text' else 'bare' end",
    "evaluation_views": "thread_id, id",
    "evaluations": "thread_id, id",
    "events": "thread_id, seq",
    "fact_grants": "fact_id, membership_id",
    "fact_looks": "fact_id, membership_id",
    "goal_changes": "thread_id, id",
    "goals": "thread_id, id",
    "hand_over_answers": "thread_id, hand_over_id",
    "hand_overs": "thread_id, id",
    "invitation_claims": "invitation_id, person_id",
    "invitation_steps": "invitation_id, step",
    "invitations": "id",
    "joint_concerns": "thread_id, id",
    "joint_parts": "thread_id, id",
    "joint_steps": "thread_id, id",
    "looks": "person_id, thread_id",
    "memberships": "id",
    "messages": "thread_id, id",
    "note_versions": "thread_id, note_id, version",
    "notes": "thread_id, id",
    "persons": "id",
    "private_facts": "id",
    "read_marks": "person_id, thread_id",
    "response_answers": "thread_id, response_id",
    "responses": "thread_id, id",
    "scales": "thread_id, id",
    "sessions": "person_id",
    "stages": "thread_id, id",
    "summaries": "thread_id, id",
    "summary_settlements": "thread_id, summary_id",
    "threads": "id",
    "units": "id",
    "wellbeing": "thread_id, id",
}
# No column of these may the web role read.
PRIVATE = {
    "alembic_version",
    "identities",
    "invitation_tokens",
    "logout_tokens",
    "reconciliations",
    "routings",
    "served",
}


@cache
def table(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def expand(row: str) -> Iterator[str]:
    """family:1..3/5:bare → family:1:bare family:2:bare family:3:bare family:5:bare"""
    first, _, rest = row.partition(":")
    if not rest:
        yield first
        return
    middle, colon, last = rest.partition(":")
    for part in middle.split("/"):
        start, dots, end = part.partition("..")
        several = map(str, range(int(start), int(end) + 1)) if dots else (part,)
        yield from (f"{first}:{one}{colon}{last}" for one in several)


@cache
def expected() -> dict[tuple[str, str], frozenset[str]]:
    """(table, person) → the rows that person sees."""
    people = [*{who for line in table("visible") for who in line["seen by"].split()} - {"everybody"}]
    rows: dict[tuple[str, str], set[str]] = {(name, who): set() for name in KEYS for who in people}
    for line in table("visible"):
        labels = {label for row in line["rows"].split() for label in expand(row)}
        for who in people if line["seen by"] == "everybody" else line["seen by"].split():
            assert not rows[line["table"], who] & labels, f"twice in the table: {line}"
            rows[line["table"], who] |= labels
    return {key: frozenset(labels) for key, labels in rows.items()}


def people() -> list[str]:
    return sorted({who for _, who in expected()})


@contextmanager
def web(world: World) -> Iterator[Connection]:
    with psycopg.connect(conninfo(world.urls.web)) as db:
        yield db


def become(db: Connection, person: object) -> None:
    db.execute("select set_config('app.person_id', %s, true)", [str(person)])


def labels(db: Connection, world: World, name: str) -> list[str]:
    query = sql.SQL("select {} from {}").format(sql.SQL(KEYS[name]), sql.Identifier(name))  # type: ignore[arg-type]
    return [":".join(str(world.names.get(part, part)) for part in row) for row in db.execute(query)]


def misseen(db: Connection, world: World, tables: Iterable[str] = KEYS) -> Iterator[str]:
    """Every cell of (table x person) that is not as the table typed by hand says. Nobody sees nothing."""
    for who in [*people(), "nobody"]:
        become(db, world.ids.get(who, ""))
        for name in tables:
            found, right = labels(db, world, name), expected().get((name, who), frozenset())
            if sorted(found) != sorted(right):
                extra, missing = sorted(set(found) - right), sorted(right - set(found))
                yield f"{who} in {name}: too much {extra}, too little {missing}, {len(found)} rows"


def refused(db: Connection, world: World, who: str, statement: str) -> bool:
    """Nothing is written and nothing is answered. What it changed is undone either way."""
    db.execute("savepoint attempt")
    try:
        become(db, world.ids.get(who, ""))
        done = db.execute(statement.encode(), world.parameters)
        rows = done.fetchall() if done.description else None
        return all(value is None for row in rows for value in row) if rows is not None else done.rowcount == 0
    except psycopg.errors.InsufficientPrivilege:
        return True
    except psycopg.Error as error:
        if error.sqlstate == "RD404":  # record_event: no such place in force
            return True
        raise
    finally:
        db.execute("rollback to savepoint attempt")


def possible(db: Connection, world: World, statement: str) -> bool:
    """The statement does something in the hands of a superuser (who is asked without foreign keys)."""
    db.execute("set local session_replication_role = replica")
    return not refused(db, world, "mother", statement)


def slips(db: Connection, world: World) -> Iterator[str]:
    """Every attempt of attempts.csv that was not refused."""
    for line in table("attempts"):
        if not refused(db, world, line["who"], line["statement"]):
            yield f"{line['who']} could {line['what']}"
