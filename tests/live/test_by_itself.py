"""What ends by itself ends on the second: a place by the hour, a last day at midnight, a session left alone."""

import time
from datetime import datetime, timedelta

import psycopg

from app.access.door import token_hash
from app.dates import DENMARK, today
from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place, Someone, until


def ends_in(village: Village, place: Place, who: str, seconds: float) -> None:
    membership = village[who].place_of(place, who)["membership"]
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(
            "update memberships set ends_at = now() + make_interval(secs => %s) where id = %s", (seconds, membership)
        )


def session_ends_in(village: Village, someone: Someone, seconds: float) -> None:
    """As if it had been left alone for so long."""
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(
            "update sessions set seen_at = now() + make_interval(secs => %s) - make_interval(mins => idle_minutes)"
            " where token_hash = %s",
            (seconds, token_hash(someone.browser.cookies["rundtom"])),
        )


def test_a_place_for_some_hours_ends_in_the_open_socket_when_they_are_over(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    ends_in(village, family, "teacher", 2)
    start = time.monotonic()
    with village["teacher"].listens(family) as ear, village["mother"].listens(family) as mother:
        village["mother"].writes(family, "I tide")
        ear.hears("I tide")
        until(lambda: ear.closed == 4403)
        assert 1.9 < time.monotonic() - start < 3
        assert ear.frames[-1] == {"thread": family.thread, "entries": [], "seq": None, "gone": True}
        village["mother"].writes(family, "For sent")
        mother.hears("For sent")
        assert mother.closed is None, "the others stay"
    assert "For sent" not in ear.texts
    assert village["teacher"].get(family.path).status_code == 404


def test_hours_that_begin_while_the_page_is_open_end_there_too(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    with village["teacher"].listens(family) as ear:
        ends_in(village, family, "teacher", 1)
        start = time.monotonic()
        village["mother"].writes(family, "Tiden løber")
        until(lambda: ear.closed == 4403)
        assert time.monotonic() - start < 2


def test_a_last_day_ends_at_midnight_in_denmark(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute("update memberships set ends_on = %s where thread_id = %s", (today(), family.thread))
    with psycopg.connect(conninfo(village.urls.live)) as live:
        told = live.execute("select ends_in from changes(%s, 0, 0)", (family.thread,)).fetchone()
    midnight = datetime.combine(today() + timedelta(days=1), datetime.min.time(), DENMARK)
    assert told
    assert abs(told[0] - (midnight - datetime.now(DENMARK)).total_seconds()) < 5


def test_a_session_left_alone_ends_its_sockets_on_the_second(village: Village, family: Place) -> None:
    father = village.another_browser_of("father")
    session_ends_in(village, father, 2)
    start = time.monotonic()
    with father.listens(family) as ear, village["father"].listens(family) as other:
        until(lambda: ear.closed == 4401)
        assert 1.9 < time.monotonic() - start < 3.5
        assert other.closed is None, "another browser is another session"
