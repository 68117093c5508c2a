"""What is on its way when a right ends: it comes before the end and ends with it, or it comes after and is refused.

One of the two is held up inside the database until the other is on its way as well.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.custody.test_custody import ends_custody
from tests.people_of import Place, until

WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


@pytest.fixture
def at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@contextmanager
def held_up(village: Village, statement: str, *values: object) -> Iterator[psycopg.Connection]:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(statement.encode(), values)
        yield db


def waits(village: Village, number: int, *or_done: Future[Any]) -> None:
    """So many are waiting for a lock, or one of these is through."""
    until(lambda: village.rows(WAITING)[0][0] >= number or any(it.done() for it in or_done), 1.5)


def test_a_thread_that_is_being_opened_ends_with_the_custody_of_its_opener(
    village: Village, family: Place, at_once: ThreadPoolExecutor
) -> None:
    father, mother = village["father"], village["father"].place_of(family, "mother")["membership"]
    place_of_father = village["caseworker"].place_of(family, "father")["membership"]
    with held_up(village, "lock table events in share mode"):
        opened = at_once.submit(father.post, f"/api/cases/{family.case}/threads", purpose="x", members=[mother])
        waits(village, 1)
        ended = at_once.submit(_ends, village, family, place_of_father)
        waits(village, 2)
    assert opened.result().status_code == 201
    assert ended.result().status_code == 201
    assert father.get(f"/api/cases/{family.case}/threads/{opened.result().json()['id']}").status_code == 404
    assert father.get(f"/api/cases/{family.case}").status_code == 404


def _ends(village: Village, place: Place, membership: str) -> Any:
    path = f"/api/cases/{place.case}/custody-changes"
    return village["caseworker"].post(path, change="ended", membership=membership, basis="Afgørelse")


def test_a_guest_who_is_accepting_goes_with_the_custody_that_the_consent_was_given_by(
    village: Village, family: Place, at_once: ThreadPoolExecutor
) -> None:
    village["father"].agrees(family, village["caseworker"].proposes(family, "teacher"))
    link, teacher = village.link_for("teacher"), village["teacher"]
    with held_up(village, "lock table invitation_steps in share mode"):
        accepted = at_once.submit(teacher.post, "/api/invitations/redemption", token=link)
        waits(village, 1)
        ended = at_once.submit(ends_custody, village, family, "father")
        waits(village, 2, ended)
    assert ended.result().status_code == 201
    accepted.result()
    assert teacher.get(family.path).status_code == 404


def test_somebody_of_the_family_leaves_while_a_guest_is_writing(
    village: Village, family: Place, at_once: ThreadPoolExecutor
) -> None:
    """Whoever writes holds the own place before the thread: whoever ends that place must not hold the thread first."""
    village.brings_in(family, "teacher")
    guest = village["mother"].place_of(family, "teacher")["membership"]
    leave: Callable[..., Any] = village["mother"].ends
    with held_up(village, "select 1 from memberships where id = %s for share", guest) as writing:
        left = at_once.submit(leave, family, "mother")
        waits(village, 1)
        writing.execute("update threads set last_at = last_at where id = %s", [family.thread])
    assert left.result()["membership"]
    assert village["teacher"].get(family.path).status_code == 404, "what stood on her consent"


def test_of_two_words_on_where_we_are_one_counts(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    caseworker, summary = village["caseworker"], str(uuid4())
    caseworker.did(caseworker.post(f"{family.path}/summary", id=summary, words="Vi prøver en fast sengetid"))
    path = f"{family.path}/summary/{summary}"
    with held_up(village, "lock table events in share mode"):
        yes = at_once.submit(village["mother"].post, f"{path}/confirmation")
        no = at_once.submit(village["father"].post, f"{path}/rejection", words="Det aftalte vi ikke")
        waits(village, 2)
    assert sorted((yes.result().status_code, no.result().status_code)) == [201, 409]
    [told] = [
        it for it in village["caseworker"].reads(family) if it["kind"] in ("summary_confirmed", "summary_rejected")
    ]
    assert told["kind"] == ("summary_confirmed" if yes.result().is_success else "summary_rejected")


def test_of_two_corrections_of_one_version_one_counts(
    village: Village, family: Place, at_once: ThreadPoolExecutor
) -> None:
    """On two screens of one person: neither is lost without being told."""
    caseworker, note = village["caseworker"], str(uuid4())
    caseworker.did(caseworker.post(f"{family.path}/notes", id=note, resources="Mormor"))
    with held_up(village, "lock table events in share mode"):
        both = [
            at_once.submit(caseworker.post, f"{family.path}/notes/{note}/versions", version=1, resources=words)
            for words in ("Farfar", "Faster")
        ]
        waits(village, 2)
    assert sorted(it.result().status_code for it in both) == [201, 409]
    assert len(caseworker.did(caseworker.get(f"{family.path}/notes/{note}"))["earlier"]) == 1


def test_nobody_answers_on_their_way_out(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    """The answer comes before the end of the place, or it is refused."""
    village.brings_in(family, "teacher")
    teacher, mother, note, response = village["teacher"], village["mother"], str(uuid4()), str(uuid4())
    teacher.did(teacher.post(f"{family.path}/notes", id=note, resources="Mormor"))
    said = {"kind": "missing", "box": "whole", "version": 1, "words": "Faster"}
    mother.did(mother.post(f"{family.path}/notes/{note}/responses", id=response, **said))
    guest = mother.place_of(family, "teacher")["membership"]
    with held_up(village, "update memberships set ended_at = now() where id = %s", guest):
        answered = at_once.submit(teacher.post, f"{family.path}/responses/{response}/answer", words="Ja")
        waits(village, 1)
    assert answered.result().status_code == 404
    [shown] = mother.did(mother.get(f"{family.path}/notes/{note}"))["responses"]
    assert shown["answer"] is None
