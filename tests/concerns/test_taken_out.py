"""A notification is taken out while somebody else does something with it; and the database holds to what it says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest

from app.embedded import conninfo
from tests.citizens.passer_by import where_in
from tests.concerns.notifying import assesses, has_come, notified, passes_on, reads, settles, takes_out
from tests.conftest import Village
from tests.consultations.asking import away, employment_of

SENDER, HANDLER = "teacher", "caseworker"


def receipted(village: Village) -> Any:
    return has_come(village[SENDER], village[HANDLER])


def test_of_two_at_once_one_takes_it_out(village: Village) -> None:
    karen, peter = village[HANDLER], village["colleague"]
    sent = receipted(village)
    with away(village, HANDLER), ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda who: takes_out(who, sent).status_code, [karen, peter]))
    assert answers.count(201) == 1
    assert answers in ([201, 404], [201, 409], [409, 201]), "a deputy who comes too late does not even see it"
    assert len(reads(karen, sent)["steps"]) == 2


@pytest.mark.parametrize(
    "does",
    [assesses, lambda who, one, **more: settles(who, one, "not_a_notification", **more)],
    ids=["assess", "settle"],
)
def test_what_is_written_while_it_is_taken_out_is_not_kept(
    village: Village, does: Callable[..., httpx2.Response]
) -> None:
    karen, sent, secret = village[HANDLER], receipted(village), uuid4().hex
    with ThreadPoolExecutor(1) as apart, psycopg.connect(conninfo(village.urls.web)) as db:
        is_karen = "select set_config('app.person_id', %s, true)"
        db.execute(is_karen, [person_id(village, HANDLER)])
        assert db.execute("select take_out_concern(%s, gen_random_uuid(), 'x')", [sent["id"]]).fetchone() == (
            "taken_out",
        )
        writing = apart.submit(does, karen, sent, words=secret)
        with pytest.raises(TimeoutError):
            writing.result(1)
        db.commit()
        assert writing.result(10).status_code == 409
    assert where_in(village.urls, secret) == []


@pytest.mark.parametrize(
    "change",
    [
        "words = 'x'",
        "child_name = 'x'",
        "relation = 'x'",
        "area = 'home'",
        "parents_told = 'yes'",
        "anonymous = true",
        "taken_out_at = null",
        "digest = null",
    ],
)
def test_what_was_taken_out_never_comes_back(village: Village, change: str) -> None:
    """Nobody may change a row; and if somebody might, the database would not have it."""
    karen, sent = village[HANDLER], receipted(village)
    karen.did(takes_out(karen, sent))
    with pytest.raises(psycopg.errors.CheckViolation):
        village.rows(f"update concerns set {change} where id = %s returning id", sent["id"])


@pytest.mark.parametrize(
    ("step", "change"),
    [
        ("danger_assessed", "words = 'x'"),
        ("passed_on", "words = 'x'"),
        ("danger_assessed", "silent_why = 'x'"),
        ("settled", "silent_why = 'x'"),
        ("settled", "words = ''"),
    ],
)
def test_nor_does_what_was_written_to_it(village: Village, step: str, change: str) -> None:
    karen, peter, sent = village[HANDLER], village["colleague"], receipted(village)
    karen.did(assesses(karen, sent))
    karen.did(passes_on(karen, sent, employment_of(village, "colleague")))
    peter.did(takes_out(peter, sent))
    with pytest.raises(psycopg.errors.CheckViolation):
        village.rows(
            f"update concern_steps set {change} where concern_id = %s and step = %s returning id", sent["id"], step
        )


@pytest.mark.parametrize("change", ["words = ''", "digest = 'x'", "taken_out_at = now()"])
def test_and_no_other_is_without_its_words(village: Village, change: str) -> None:
    sent = notified(village[SENDER])
    with pytest.raises(psycopg.errors.CheckViolation):
        village.rows(f"update concerns set {change} where id = %s returning id", sent["id"])


def person_id(village: Village, who: str) -> str:
    return str(village.rows("select person_id from identities where subject = %s", who)[0][0])
