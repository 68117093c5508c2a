"""The functions that see more than their caller, asked for more than they should tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from app.embedded import conninfo
from tests.policies.checker import Connection, become
from tests.policies.world import World
from tests.village import BY_KEY


@contextmanager
def asking(world: World, role: str) -> Iterator[Connection]:
    """As one of the roles; what it does is undone."""
    with psycopg.connect(conninfo(getattr(world.urls, role))) as db, db.transaction(force_rollback=True):
        yield db


def row(db: Connection, world: World, statement: str) -> Any:
    return db.execute(statement.encode(), world.parameters).fetchone()


REDEEM = """select case_id, thread_id
              from redeem_invitation(sha256(%(secret of waiting)s::bytea), 'nobody-yet@demo.example')"""


@contextmanager
def after(world: World, *statements: str) -> Iterator[Connection]:
    """As the outsider, who holds the link that was mailed to somebody unknown, after these have been done by hand."""
    with asking(world, "admin") as db:
        for statement in statements:
            db.execute(statement.encode(), world.parameters)
        db.execute("set local role rundtom_web")
        become(db, world.ids["outsider"])
        yield db


def places_of_outsider(db: Connection, world: World) -> list[str]:
    """As the person is named where the place was made."""
    found = db.execute("select id from memberships where person_id = %s", [world.ids["outsider"]])
    return [world.names[place] for (place,) in found]


def test_a_welcome_hands_over_the_place_that_waits(world: World) -> None:
    with after(world) as db:
        assert row(db, world, REDEEM) == (world.ids["Sofie"], world.ids["sofie"])
        assert places_of_outsider(db, world) == ["waiting@sofie"]


def test_a_welcome_hands_over_nothing_in_another_case(world: World) -> None:
    another = "update memberships set person_id = %(waiting)s where id = %(mother@side)s"
    with after(world, another) as db:
        assert row(db, world, REDEEM)
        assert places_of_outsider(db, world) == ["waiting@sofie"]


def test_a_welcome_hands_over_no_place_of_somebody_who_logs_in(world: World) -> None:
    """Were such a welcome ever written, its link would give away every place of that person."""
    forged = "update invitations set membership_id = %(father@sofie)s where id = %(+waiting)s"
    with after(world, forged) as db:
        assert row(db, world, REDEEM) is None
        assert places_of_outsider(db, world) == []


SENDABLE = {
    "+admin": True,  # agreed
    "+auditor": True,  # sent
    "+boy10": True,  # opened
    "+colleague": False,  # proposed only
    "+leader": False,  # declined
    "+girl15": False,  # refused
    "+teacher": False,  # accepted
    "+waiting": True,  # a welcome
}


@pytest.mark.parametrize("name", SENDABLE)
def test_the_worker_gets_an_address_only_for_what_may_be_sent(world: World, name: str) -> None:
    with asking(world, "worker") as db:
        issued = row(db, world, f"select email from issue_invitation(%({name})s, 'x')")
        assert (issued is not None) == SENDABLE[name]


def test_the_live_room_is_told_who_is_in_force_and_from_where(world: World) -> None:
    with asking(world, "live") as db:
        _, entries, members = row(db, world, "select seq, entries, members from changes(%(family)s, 0, 200)")
    assert {name: members[str(id_)] for id_, name in world.names.items() if str(id_) in members} == {
        "caseworker": 0, "mother": 0, "father": 0, "grandmother": 0, "psychologist": 24, "teacher": 28,
    }  # fmt: skip
    assert [entry["seq"] for entry in entries] == list(range(1, 56))


def test_the_live_room_writes_a_look_only_for_somebody_who_is_in(world: World) -> None:
    with asking(world, "admin") as db:
        db.execute("set local role rundtom_live")
        for who in ("kindergarten", "healthvisitor", "outsider", "father"):
            db.execute(f"select look_live(%({who})s, %(family)s)".encode(), world.parameters)
        db.execute("reset role")
        looked = db.execute("select person_id from looks where what = 'live'").fetchall()
    assert looked == [(world.ids["father"],)]


WAITING = "select reference, name, title, due_on - current_date > 8 from waiting_answers()"
TEACHER_LEAVES = "update memberships set ended_at = now() where id = %(teacher@family)s"
LEADS_THE_SCHOOL = """insert into employments (id, person_id, unit_id, title, role)
                      values (gen_random_uuid(), %(jobadviser)s, %(unit_school)s, 'skoleleder', 'leader')"""


def waiting_for(db: Connection, world: World, who: str) -> list[tuple[Any, ...]]:
    become(db, world.ids[who])
    return db.execute(WAITING).fetchall()


def test_a_leader_is_told_who_has_to_answer_and_nobody_else_is(world: World) -> None:
    """A reference, a name and a title of work: no child, no words, and not what a circle calls somebody ("gæst")."""
    reference = str(world.ids["Emil"])[:8]
    waits = (("caseworker", "rådgiver"), ("caseworker", "rådgiver"), ("teacher", "lærer"))
    rows = [(reference, BY_KEY[who].name, title, True) for who, title in waits]
    with asking(world, "web") as db:
        assert sorted(waiting_for(db, world, "leader")) == sorted(rows)
        for who in set(BY_KEY) - {"leader"}:
            assert waiting_for(db, world, who) == []


def test_the_leader_of_the_writers_unit_is_told_while_the_place_lasts(world: World) -> None:
    for done, told in (((LEADS_THE_SCHOOL,), ["lærer"]), ((LEADS_THE_SCHOOL, TEACHER_LEAVES), [])):
        with after(world, *done) as db:
            assert [title for _, _, title, _ in waiting_for(db, world, "jobadviser")] == told
    with after(world, TEACHER_LEAVES) as db:
        assert len(waiting_for(db, world, "leader")) == 3, "it is still to be answered, and the case is of her unit"


def test_a_draft_lasts_a_month_longer_than_the_place(world: World) -> None:
    kept = "select p.name, d.form, d.thread_id from drafts d join persons p on p.id = d.person_id"
    with asking(world, "admin") as db:
        before = set(db.execute(kept).fetchall())
        db.execute("update memberships set ended_at = now() - interval '31 days' where person_id = %s",
                   [world.ids["kindergarten"]])  # fmt: skip
        db.execute("set local role rundtom_worker")
        db.execute("select end_what_is_over()")
        db.execute("reset role")
        gone = before - set(db.execute(kept).fetchall())
    assert {name for name, _, _ in gone} == {BY_KEY["kindergarten"].name}
    assert {name for name, form, _ in before - gone if form == "new_case"} == {
        BY_KEY[it].name for it in ("mother", "outsider")
    }


@pytest.mark.parametrize("task", ["builtin:procrastinate.builtin.remove_old_jobs", "clock:reconcile"])
def test_a_request_queues_mails_and_nothing_else(world: World, task: str) -> None:
    with asking(world, "web") as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("select enqueue(%s, '{}')", [task])
    with asking(world, "web") as db:
        db.execute("select enqueue('mail:send_news', '{}')")
