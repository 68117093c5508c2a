"""How long a case's way through was, in whole Danish days: over a year of 2,000 cases, against a count made by hand."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from app.dates import DENMARK
from app.embedded import Urls, conninfo
from tests.database import Server

CASES = 2_000
# By hand, and in another way than the product: each way is cut out by its notification and the end before it.
BY_HAND = """
    select n.thread_id, dk(n.happened_at), dk(d.happened_at), dk(s.happened_at),
           dk(d.happened_at) - dk(n.happened_at), dk(s.happened_at) - dk(n.happened_at),
           dk(s.happened_at) - dk(c.happened_at)
      from stages n
      left join stages d on d.thread_id = n.thread_id and d.seq = (
           select min(x.seq) from stages x where x.thread_id = n.thread_id and x.step = 'decided' and x.seq > n.seq
              and not exists (select 1 from stages e where e.thread_id = n.thread_id and e.step = 'closed'
                                 and e.seq between n.seq and x.seq))
      left join stages s on s.thread_id = n.thread_id and s.seq = (
           select min(x.seq) from stages x where x.thread_id = n.thread_id and x.step = 'started' and x.seq > n.seq
              and not exists (select 1 from stages e where e.thread_id = n.thread_id and e.step = 'closed'
                                 and e.seq between n.seq and x.seq))
      left join stages c on c.thread_id = n.thread_id and c.seq = (
           select max(x.seq) from stages x where x.thread_id = n.thread_id and x.step = 'decided' and x.seq < s.seq)
     where n.step = 'notified'
       and coalesce((select p.step from stages p where p.thread_id = n.thread_id and p.seq < n.seq
                      and p.step in ('notified', 'closed') order by p.seq desc limit 1), 'closed') = 'closed'
     order by 1, 2, n.seq
"""
COLUMNS = "thread_id, notified_on, decided_on, started_on, to_decision, to_start, decision_to_start"
Steps = list[tuple[str, datetime]]


@pytest.fixture(scope="module")
def urls(server: Server) -> Urls:
    return server.clone()


@pytest.fixture
def database(urls: Urls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(conninfo(urls.owner)) as db:
        db.execute("create function pg_temp.dk(timestamptz) returns date language sql immutable"
                   " as $$ select ((extract(epoch from $1 at time zone 'Europe/Copenhagen')::bigint / 86400)::int"
                   " + date '1970-01-01')::date $$")  # fmt: skip
        yield db
        db.rollback()


def kept(db: psycopg.Connection, cases: list[Steps]) -> list[UUID]:
    """Straight into the tables: a year of cases, each in a thread of its own."""
    person, threads, events, rows = uuid4(), [], [], []
    db.execute("insert into persons (id, name) values (%s, 'Karen')", [person])
    opened = [(uuid4(), uuid4()) for _ in cases]
    for (case, thread), steps in zip(opened, cases, strict=True):
        threads.append(thread)
        for seq, (step, at) in enumerate(steps, 1):
            id_ = uuid4()
            events.append((thread, seq, case, id_, seq))
            rows.append((thread, id_, seq, person, step, at, *NEEDED.get(step, BARE)))
    cursor = db.cursor()
    cursor.executemany("insert into cases (id, child_name, opened_by, holder_id) values (%s, 'Emil', %s, %s)",
                       [(case, person, person) for case, _ in opened])  # fmt: skip
    cursor.executemany("insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)",
                       [(thread, case, person) for case, thread in opened])  # fmt: skip
    cursor.executemany("insert into events (thread_id, seq, case_id, kind, object_id, about)"
                       " values (%s, %s, %s, 'stage_moved', %s, %s)", events)  # fmt: skip
    cursor.executemany("insert into stages (thread_id, id, seq, person_id, step, happened_at, words, outcome, track,"
                       " child_view_choice, child_view, committee, complain_until, measure)"
                       " values (%s, %s, %s, %s, %s, %s, 'x', %s, %s, %s, %s, %s, %s, %s)", rows)  # fmt: skip
    return threads


BARE = (None, None, None, "", None, None, "")
NEEDED: dict[str, tuple[Any, ...]] = {
    "screened": ("section_19", "light", None, "", None, None, ""),
    "decided": ("support", None, "summary", "x", False, "2026-12-24", ""),
    "started": (None, None, None, "", None, None, "x"),
    "followed_up": ("ends", None, None, "", None, None, ""),
}


def found(db: psycopg.Connection) -> dict[tuple[UUID, Any], tuple[Any, ...]]:
    everywhere = f"select {COLUMNS} from stage_intervals(array(select id from threads))"
    return {(row[0], row[1]): row for row in db.execute(everywhere)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


def a_way(chance: random.Random, first: datetime) -> Steps:
    """From a notification as far as it came; now and then a second notification, a second decision, and over again."""
    steps = [("notified", first)]
    for step in ("danger_assessed", "screened", "decided", "started", "followed_up", "closed"):
        if chance.random() < 0.12:
            return steps
        steps.append((step, steps[-1][1] + timedelta(minutes=chance.randint(0, 60 * 24 * 40))))
        if step in ("screened", "decided") and chance.random() < 0.15:
            steps.append(("notified" if chance.random() < 0.5 else "decided", steps[-1][1] + timedelta(hours=30)))
    return steps + (a_way(chance, steps[-1][1] + timedelta(days=3)) if chance.random() < 0.3 else [])


def test_a_year_of_two_thousand_cases_is_counted_as_by_hand(database: psycopg.Connection) -> None:
    chance = random.Random(2018)  # noqa: S311 the same year each time
    year = at("2026-01-01T00:00")
    cases = [a_way(chance, year + timedelta(minutes=chance.randint(0, 60 * 24 * 365))) for _ in range(CASES)]
    kept(database, cases)
    by_hand = {(row[0], row[1]): row for row in database.execute(BY_HAND.replace("dk(", "pg_temp.dk("))}
    assert len(by_hand) > CASES, "some came back"
    assert sum(row[6] is not None for row in by_hand.values()) > CASES / 2
    assert found(database) == by_hand


def test_days_33_and_2(database: psycopg.Connection) -> None:
    """The days that the municipalities of the experiment came to."""
    came, decided = at("2026-03-02T09:00"), at("2026-04-04T08:00")
    [thread] = kept(database, [[("notified", came), ("screened", came), ("decided", decided),
                                ("started", at("2026-04-06T15:00"))]])  # fmt: skip
    assert found(database)[thread, came.date()][4:] == (33, 35, 2)


@pytest.mark.parametrize(
    ("first", "then", "days"),
    [
        ("2026-03-28T23:59", "2026-03-29T00:01", 1),  # two minutes, and another day
        ("2026-03-28T12:00", "2026-03-29T12:00", 1),  # 23 hours: the clocks go forward
        ("2026-10-24T12:00", "2026-10-25T12:00", 1),  # 25 hours: they go back
        ("2026-10-25T00:10", "2026-10-25T23:50", 0),  # a day of 25 hours is one day
        ("2026-06-30T23:30", "2026-07-01T00:30", 1),  # still June in UTC
        ("2026-12-31T23:59", "2027-01-01T00:00", 1),
    ],
)
def test_a_day_is_a_danish_day(database: psycopg.Connection, first: str, then: str, days: int) -> None:
    [thread] = kept(database, [[("notified", at(first)), ("decided", at(then)), ("started", at(then))]])
    assert found(database)[thread, at(first).date()][4:] == (days, days, 0)


def test_what_has_not_come_is_not_counted(database: psycopg.Connection) -> None:
    [thread] = kept(database, [[("notified", at("2026-03-02T09:00")), ("screened", at("2026-03-02T09:00"))]])
    assert found(database)[thread, at("2026-03-02T09:00").date()][2:] == (None, None, None, None, None)
