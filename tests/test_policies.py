"""WHO SEES, asked in raw SQL as the web role: policies/visible.csv, attempts.csv, grants.csv and functions.csv.

These tables are typed by hand. A new table, view or function fails here until somebody has said who sees or calls it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from app.embedded import conninfo
from tests.database import Server
from tests.policies.checker import (
    KEYS,
    PRIVATE,
    Connection,
    become,
    expand,
    labels,
    misseen,
    people,
    possible,
    refused,
    slips,
    table,
    web,
)
from tests.policies.story import make_world
from tests.policies.world import World

# These ask a superuser too whose place or work it is, so he proves nothing about them. That those of the hand-over open
# to the right one: tests/hand_overs.
HANDING_OVER = ("_hand_over(", "colleagues(", "lost_balls(", "read_hand_overs(", "takers(")
ASKING = ("record_event", "post_message", "enter_thread", *HANDING_OVER)
RELATIONS = """select c.relname from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1"""


@pytest.fixture(scope="module")
async def world(server: Server) -> World:
    return await make_world(server.clone())


@contextmanager
def role(world: World, name: str) -> Iterator[Connection]:
    with psycopg.connect(conninfo(getattr(world.urls, name))) as db:
        yield db


@contextmanager
def superuser(world: World) -> Iterator[Connection]:
    """Everything it does is undone."""
    with psycopg.connect(conninfo(world.urls.admin)) as db, db.transaction(force_rollback=True):
        yield db


# -- what exists for whom ----------------------------------------------------------------------------------------------
def test_no_table_is_forgotten(world: World) -> None:
    relations = {name for (name,) in world.admin(RELATIONS)}
    assert relations == set(KEYS) | PRIVATE
    assert set(KEYS) == {line["table"] for line in table("visible")}


def test_no_row_is_forgotten(world: World) -> None:
    """The table typed by hand speaks of every row of the world, and every one of these tables has some."""
    with superuser(world) as db:
        for name in KEYS:
            spoken_of = {label for line in table("visible") if line["table"] == name
                         for row in line["rows"].split() for label in expand(row)}  # fmt: skip
            found = labels(db, world, name)
            assert found
            assert set(found) <= spoken_of
            assert spoken_of - set(found) <= {"family:31:bare"}, "so it looks to those who may not see the text"


def test_everybody_sees_the_rows_of_the_table_and_no_others(world: World) -> None:
    with web(world) as db:
        assert list(misseen(db, world)) == []
    assert {"outsider", "waiting", "healthvisitor", "kindergarten", "admin"} < set(people())


@pytest.mark.parametrize("nobody", [None, "", uuid4()], ids=["never set", "empty", "unknown person"])
def test_nobody_sees_no_row_of_anything(world: World, nobody: UUID | str | None) -> None:
    with web(world) as db:
        for (name,) in world.admin(RELATIONS):
            count = sql.SQL("select count(*) from {}").format(sql.Identifier(name))
            if nobody is not None:
                become(db, nobody)
            if name in PRIVATE:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
                    db.execute(count)
            else:
                assert db.execute(count).fetchone() == (0,), name


def test_an_identity_that_is_none_is_an_error_and_not_a_row(world: World) -> None:
    with web(world) as db:
        become(db, "x' or true")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            db.execute("select count(*) from messages")


# -- what nobody may write, call or become -----------------------------------------------------------------------------
@pytest.mark.parametrize("line", table("attempts"), ids=lambda line: f"{line['who']}: {line['what']}")
def test_attempt(world: World, line: dict[str, str]) -> None:
    with superuser(world) as db:
        proved = any(door in line["statement"] for door in ASKING) or possible(db, world, line["statement"])
        assert proved, "otherwise its refusal would prove nothing"
    with web(world) as db:
        assert refused(db, world, line["who"], line["statement"])


@pytest.mark.parametrize(
    "statement",
    [
        "select record_event(%(family)s, %(mother@family)s, 'x', %(family)s, null, null)",
        "select post_message(%(family)s, %(mother@family)s, gen_random_uuid(), 'x', null)",
        "select membership_id from enter_thread(sha256(%(session of mother)s::bytea), %(Emil)s, %(family)s)",
    ],
)
def test_what_asks_for_the_place_opens_to_the_right_one(world: World, statement: str) -> None:
    assert any(door in statement for door in ASKING)
    with web(world) as db:
        assert not refused(db, world, "mother", statement)


def test_a_second_family_thread_is_impossible(world: World) -> None:
    """The policy lets a case's opener make its family thread; that another case has one already, the key says."""
    insert = "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)"
    with web(world) as db:
        become(db, world.ids["outsider"])
        with pytest.raises(psycopg.errors.UniqueViolation):
            db.execute(insert, [uuid4(), world.ids["Emil"], world.ids["outsider"]])


def test_a_fact_is_shown_by_its_owner_alone(world: World) -> None:
    """The policy lets everybody show what is theirs; that the fact is another's, the key says."""
    insert = "insert into fact_grants (id, fact_id, owner_id, membership_id) values (%s, %s, %s, %s)"
    with web(world) as db:
        become(db, world.ids["father"])
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            db.execute(insert, [uuid4(), *(world.ids[it] for it in ("home", "father", "father@family"))])


POWERS = [
    "set role rundtom_owner",
    "set role rundtom_authz",
    "set role postgres",
    "set session authorization rundtom_owner",
    "set row_security = off; select * from messages",
    "set session_replication_role = replica",
    "alter table messages disable row level security",
    "alter table messages owner to rundtom_web",
    "alter policy member on messages using (true)",
    "create policy all_of_it on messages for select using (true)",
    "drop policy member on messages",
    "grant select on identities to rundtom_web",
    "grant rundtom_owner to rundtom_web",
    "alter role rundtom_web bypassrls",
    "create function f() returns int language sql as 'select 1'",
    "create or replace view entries as select 1",
    "create table t (n int)",
    "create temp table t (n int)",
    "create schema s",
    "truncate messages",
    "create trigger t before insert on messages for each row execute function suppress_redundant_updates_trigger()",
    "select * from jobs.procrastinate_jobs",
    "select jobs.procrastinate_cancel_job_v1(1, false, false)",
    "copy identities to stdout",
    "copy (select token_hash from sessions) to stdout",
    "copy messages to program 'cat'",
    "copy messages to '/messages'",
    "select pg_read_file('PG_VERSION')",
    "select lo_import('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select rolpassword from pg_authid",
]


@pytest.mark.parametrize("statement", POWERS)
@pytest.mark.parametrize("name", ["web", "live"])
def test_power(world: World, name: str, statement: str) -> None:
    with role(world, name) as db:
        become(db, world.ids["outsider"])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement.encode())


def test_copy_brings_out_no_more_than_select(world: World) -> None:
    with web(world) as db:
        for who, texts in (("teacher", [b"LATER\n"]), ("outsider", [])):
            become(db, world.ids[who])
            with db.cursor().copy("copy messages (text) to stdout") as copy:
                assert [bytes(row) for row in copy] == texts


def test_copy_brings_nothing_in(world: World) -> None:
    with web(world) as db:
        become(db, world.ids["teacher"])
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            db.execute("copy messages from stdin")


def test_errors_statistics_and_plans_tell_nothing_of_hidden_rows(world: World) -> None:
    """A condition that fails on a hidden text would show it; the policy is asked first. The planner's samples too."""
    leak = "select count(*) from messages where text::int = 1"
    with superuser(world) as db, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        db.execute(leak)
    world.admin("analyze")
    with web(world) as db:
        become(db, world.ids["outsider"])
        assert db.execute(leak).fetchone() == (0,)
        assert db.execute("select tablename from pg_stats where schemaname = 'public'").fetchall() == []
        plan = str(db.execute("explain (analyze, verbose) select * from messages where text > 'a'").fetchall())
        assert "LATER" not in plan


@pytest.mark.parametrize("name", ["live", "worker"])
def test_the_live_room_and_the_worker_read_no_table(world: World, name: str) -> None:
    """They have their functions, and nothing else: see functions.csv."""
    with role(world, name) as db:
        become(db, world.ids["mother"])
        for relation in sorted(set(KEYS) | PRIVATE):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
                db.execute(sql.SQL("select 1 from {}").format(sql.Identifier(relation)))


def test_every_attempt_is_tried_by_the_mutations_too(world: World) -> None:
    with web(world) as db:
        assert list(slips(db, world)) == []
