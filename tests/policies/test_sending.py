"""Who comes in by a notification that is sent, and nobody else: bring_caseworker in doors/joint_concerns.sql."""

from typing import Any

import psycopg
import pytest

from tests.policies.checker import Connection, become
from tests.policies.test_doors import after, row
from tests.policies.world import World

# Nobody of the municipality sits there any more; the colleague receives from the unit.
LEFT = "update memberships set ended_at = now() where id = %(caseworker@family)s"
RECEIVES = "insert into routings (unit_id, caseworker_id) values (%(unit_families)s, %(job_colleague)s)"
ALONE = (LEFT, RECEIVES)
WRITTEN = "select (select count(*) from memberships), (select count(*) from events)"


def brings(db: Connection, world: World, who: str, place: str, job: str = "job_colleague", circle: Any = None) -> Any:
    """Afterwards everything can be looked at."""
    become(db, world.ids[who])
    call = "select bring_caseworker(%s, %s, %s, %s)"
    said = db.execute(call, [world.ids[place], world.ids["lately"], world.ids[job], circle]).fetchone()
    db.execute("reset role")
    return said and said[0]


def who_sits_there(db: Connection, world: World) -> Any:
    """The colleague's place, and who has the ball."""
    place = "select role, history_from from memberships where (thread_id, person_id) = (%(family)s, %(colleague)s)"
    holder = row(db, world, "select holder_id from cases where id = %(Emil)s")
    return row(db, world, place), world.names[holder[0]]


@pytest.mark.parametrize(
    ("done", "history"),
    [(ALONE, 0), ((*ALONE, "delete from stages where thread_id = %(family)s"), 39)],
    ids=["it was the municipality's before", "she reads from where it was begun"],
)
def test_whoever_receives_from_the_unit_comes_and_has_the_ball(
    world: World, done: tuple[str, ...], history: int
) -> None:
    """And nothing else becomes another: nobody else's history, and no other case's unit."""
    with after(world, *done, "update cases set unit_id = %(unit_school)s where id = %(Ida)s") as db:
        assert brings(db, world, "teacher", "teacher@family") is None
        assert who_sits_there(db, world) == (("caseworker", history), "colleague")
        assert row(db, world, "select history_from from memberships where id = %(teacher@family)s") == (28,)
        assert row(db, world, "select unit_id from cases where id = %(Ida)s") == (world.ids["unit_school"],)


def test_where_a_caseworker_sits_nobody_else_comes(world: World) -> None:
    with after(world, RECEIVES) as db:
        assert brings(db, world, "teacher", "teacher@family") is None
        assert who_sits_there(db, world) == (None, "caseworker")


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("mother", "mother@family"),  # she may write, and not send
        ("mother", "teacher@family"),
        ("outsider", "teacher@family"),
        ("psychologist", "teacher@family"),
        ("kindergarten", "kindergarten@family"),  # ended
        ("healthvisitor", "healthvisitor@family"),  # the last day has passed
        ("psychologist", "psychologist@family"),  # back by another
        ("leader", "leader@ida"),  # on duty
        ("colleague", "colleague@sofie"),
    ],
)
def test_only_a_professional_in_the_thread_brings_anybody(world: World, who: str, place: str) -> None:
    with after(world, *ALONE) as db, pytest.raises(psycopg.Error) as refusal:
        brings(db, world, who, place)
    assert refusal.value.sqlstate == "RD404"


FAMILY_OF = "update memberships set person_id = %(colleague)s where id = %(grandmother@family)s"
ANOTHERS = "update memberships set person_id = %(caseworker)s where id = %(father@family)s"
NOBODY_WORKS = "update employments set ended_on = current_date - 1 where role = 'caseworker'"
BACK = "update memberships set ended_at = null where id = %(teacher@left)s"


@pytest.mark.parametrize(
    ("done", "place", "job", "why"),
    [
        ((), "teacher@family", "job_leader", "other_caseworker"),
        ((), "teacher@family", "job_neighbour", "other_caseworker"),
        ((NOBODY_WORKS,), "teacher@family", "job_colleague", "no_caseworker"),
        ((BACK,), "teacher@left", "job_colleague", "no_caseworker"),  # no family thread
        ((FAMILY_OF,), "teacher@family", "job_colleague", "other_caseworker"),  # the family is her own
        ((FAMILY_OF, ANOTHERS), "teacher@family", "job_caseworker", "no_caseworker"),  # of both
    ],
)
def test_nobody_comes_but_whoever_the_family_was_shown(
    world: World, done: tuple[str, ...], place: str, job: str, why: str
) -> None:
    with after(world, *ALONE, *done) as db:
        db.execute("reset role")
        before = row(db, world, WRITTEN)
        db.execute("set local role rundtom_web")
        assert brings(db, world, "teacher", place, job) == why
        assert row(db, world, WRITTEN) == before


CLOSED = """insert into closures (id, thread_id, reason, closed_by)
            values (gen_random_uuid(), %(family)s, 'x', %(mother@family)s)"""


@pytest.mark.parametrize(
    ("done", "circle", "state"), [((), 1, "RD409"), ((CLOSED,), None, "RD423")], ids=["another circle", "closed"]
)
def test_nobody_comes_into_another_circle_or_a_closed_thread(
    world: World, done: tuple[str, ...], circle: int | None, state: str
) -> None:
    with after(world, *ALONE, *done) as db, pytest.raises(psycopg.Error) as refusal:
        brings(db, world, "teacher", "teacher@family", circle=circle)
    assert refusal.value.sqlstate == state
