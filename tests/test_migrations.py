"""A municipality that is running already upgrades: what it has is still there, and stands where it belongs."""

import importlib.util
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from uuid import UUID, uuid4

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from app import embedded
from app.embedded import Urls, conninfo
from app.migrate import MIGRATIONS, migrate
from app.settings import get_settings


@pytest.fixture
def empty() -> Iterator[Urls]:
    """A server of its own, without any of our tables."""
    folder = Path(tempfile.mkdtemp(prefix="rundtom-upgrade-"))
    folder.chmod(0o755)
    running = embedded.start(folder, durable=False, pgbin=get_settings().pgbin)
    yield running.urls
    running.stop()
    embedded.erase(folder)
    folder.rmdir()


def version(number: str) -> ModuleType:
    [path] = (MIGRATIONS / "versions").glob(f"{number}_*.py")
    spec = importlib.util.spec_from_file_location(number, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bring_to(urls: Urls, *numbers: str) -> None:
    with create_engine(urls.owner).begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            for number in numbers:
                version(number).upgrade()
        connection.exec_driver_sql("create table alembic_version (version_num varchar(32) primary key)")
        connection.exec_driver_sql(f"insert into alembic_version values ('{numbers[-1]}')")


def test_who_looked_before_the_upgrade_is_told_after_it(empty: Urls) -> None:
    bring_to(empty, "0001", "0002")
    person, case, thread, place = (uuid4() for _ in range(4))
    with psycopg.connect(conninfo(empty.owner)) as db:
        db.execute("insert into persons (id, name) values (%s, 'Karen')", [person])
        db.execute("insert into cases (id, child_name, opened_by) values (%s, 'Emil', %s)", [case, person])
        db.execute(
            "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)",
            [thread, case, person],
        )
        db.execute(
            "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity)"
            " values (%s, %s, %s, %s, 'caseworker', 'Karen', 'rådgiver')",
            [place, case, thread, person],
        )
        look = "insert into looks (id, case_id, thread_id, person_id, membership_id, what)"
        look += " values (%s, %s, %s, %s, %s, 'x')"
        db.execute(look, [uuid4(), case, None, person, place])  # at the case as a whole
        db.execute(look, [uuid4(), case, thread, person, place])
    migrate(empty.owner)
    with psycopg.connect(conninfo(empty.admin)) as db:
        found = db.execute("select thread_id, purpose, reason from looks").fetchall()
        assert found == [(thread, "participant", None)] * 2
        assert db.execute("select in_force(m) from memberships m").fetchall() == [(True,)]


def test_what_was_agreed_to_before_there_were_consents_stays_agreed(empty: Urls) -> None:
    """A guest who is in stays in, and whoever agreed is the giver: nobody falls out at the next stroke of the clock."""
    bring_to(empty, "0001", "0002")
    case, thread, invitation, mother, teacher = (uuid4() for _ in range(5))
    with psycopg.connect(conninfo(empty.owner)) as db:
        for person, name in ((mother, "Mette"), (teacher, "Anders")):
            db.execute("insert into persons (id, name) values (%s, %s)", [person, name])
        db.execute("insert into cases (id, child_name, opened_by) values (%s, 'Emil', %s)", [case, mother])
        db.execute(
            "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)",
            [thread, case, mother],
        )
        place = (
            "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, ends_on)"
            " values (%s, %s, %s, %s, %s, 'x', 'x', %s)"
        )
        db.execute(place, [mother, case, thread, mother, "custody_holder", None])
        db.execute(place, [teacher, case, thread, teacher, "professional", "2100-01-01"])
        db.execute(
            "insert into invitations (id, case_id, thread_id, proposed_by, name, email, capacity, role, purpose,"
            " ends_on, history)"
            " values (%s, %s, %s, %s, 'Anders', 'a@b.dk', 'x', 'professional', 'x', '2100-01-01', true)",
            [invitation, case, thread, mother],
        )
        for step, by in (("proposed", mother), ("agreed", mother), ("accepted", None)):
            db.execute(
                "insert into invitation_steps (invitation_id, step, thread_id, by_id) values (%s, %s, %s, %s)",
                [invitation, step, thread, by],
            )
    migrate(empty.owner)
    with psycopg.connect(conninfo(empty.worker)) as db:
        db.execute("select end_what_is_over()")
    with psycopg.connect(conninfo(empty.admin)) as db:
        given = db.execute("select giver_id, until::text, text_version from consents").fetchall()
        running = db.execute("select i.place_id, m.ended_at from invitations i join memberships m on m.id = i.place_id")
        assert running.fetchall() == [(teacher, None)]
    assert given == [(mother, "2100-01-01", "before 0003")]


def test_what_a_note_said_is_its_first_version(empty: Urls) -> None:
    """And why a place was ended is told to nobody who was not to read it when it was written."""
    bring_to(empty, "0001", "0002", "0003")
    person, case, thread, place, note = (uuid4() for _ in range(5))
    with psycopg.connect(conninfo(empty.owner)) as db:
        db.execute("insert into persons (id, name) values (%s, 'Karen')", [person])
        db.execute("insert into cases (id, child_name, opened_by) values (%s, 'Emil', %s)", [case, person])
        opened = "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)"
        db.execute(opened, [thread, case, person])
        seated = (
            "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, ended_at, end_reason)"
        )
        seated += " values (%s, %s, %s, %s, 'relative', 'x', 'x', now(), %s)"
        for id_, why in ((place, "Han slår"), (uuid4(), "expired")):
            db.execute(seated, [id_, case, thread, person, why])
        happened = "insert into events (thread_id, seq, case_id, kind, object_id, about) values (%s, 1, %s, 'x', %s, 1)"
        db.execute(happened, [thread, case, note])
        said = "insert into notes (thread_id, id, seq, person_id, challenges, resources, proposals, published_at)"
        db.execute(said + " values (%s, %s, 1, %s, 'a', 'b', 'c', '2026-01-02 03:04Z')", [thread, note, person])
    migrate(empty.owner)
    with psycopg.connect(conninfo(empty.admin)) as db:
        found = db.execute(
            "select v.note_id, v.version, v.seq, v.challenges, v.resources, v.proposals, v.child_view_choice, v.heard,"
            " v.written_at = n.published_at, n.template from note_versions v join notes n on n.id = v.note_id"
        ).fetchall()
        assert found == [(note, 1, 1, "a", "b", "c", "none", [], True, "free")]
        assert db.execute("select end_reason from memberships order by 1").fetchall() == [("expired",), (None,)]


def test_what_was_written_before_it_could_be_searched_is_found(empty: Urls) -> None:
    bring_to(empty, "0001", "0002", "0003", "0004", "0005")
    person, case, thread, message = (uuid4() for _ in range(4))
    with psycopg.connect(conninfo(empty.owner)) as db:
        db.execute("insert into persons (id, name) values (%s, 'Karen')", [person])
        db.execute("insert into cases (id, child_name, opened_by) values (%s, 'Emil', %s)", [case, person])
        opened = "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)"
        db.execute(opened, [thread, case, person])
        for seq in (1, 2):
            happened = (
                "insert into events (thread_id, seq, case_id, kind, object_id, about) values (%s, %s, %s, 'x', %s, 1)"
            )
            db.execute(happened, [thread, seq, case, message])
        said = (
            "insert into messages (thread_id, id, seq, person_id, text, withdrawn_at) values (%s, %s, %s, %s, %s, %s)"
        )
        db.execute(said, [thread, message, 1, person, "Skolerne i Ølgod", None])
        db.execute(said, [thread, uuid4(), 2, person, None, "2026-01-02 03:04Z"])
    migrate(empty.owner)
    with psycopg.connect(conninfo(empty.admin)) as db:
        found = db.execute("select id from messages where found_by @@ websearch_to_tsquery('danish', 'skole ølgod')")
        assert found.fetchall() == [(message,)]


def test_somebody_has_the_ball_of_every_case_that_there_is(empty: Urls) -> None:
    """The caseworker, else whoever opened it while there, else whoever opened it."""
    bring_to(empty, "0001", "0002", "0003", "0004", "0005", "0006", "0007")
    mother, first, second = (uuid4() for _ in range(3))
    with psycopg.connect(conninfo(empty.owner)) as db:
        for person in (mother, first, second):
            db.execute("insert into persons (id, name) values (%s, 'x')", [person])
        cases = [_a_case(db, mother, people) for people in ([mother, second, first], [mother], [])]
        db.execute("update memberships set starts_at = now() - interval '1 day' where person_id = %s", [first])
    migrate(empty.owner)
    with psycopg.connect(conninfo(empty.admin)) as db:
        found = dict(db.execute("select id, holder_id from cases").fetchall())
    assert [found[case] for case in cases] == [first, mother, mother]


def _a_case(db: psycopg.Connection, opener: UUID, people: list[UUID]) -> UUID:
    case, thread = uuid4(), uuid4()
    db.execute("insert into cases (id, child_name, opened_by) values (%s, 'Emil', %s)", [case, opener])
    opened = "insert into threads (id, case_id, kind, purpose, opened_by) values (%s, %s, 'family', 'x', %s)"
    db.execute(opened, [thread, case, opener])
    for person in people:
        db.execute(
            "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity)"
            " values (gen_random_uuid(), %s, %s, %s, %s, 'x', 'x')",
            [case, thread, person, "custody_holder" if person == opener else "caseworker"],
        )
    return case
