"""How large, how often, how much; and what a slow or endless body meets."""

import socket
from collections.abc import Iterator
from uuid import uuid4

import pytest

from app.settings import Settings
from tests.attachments.sharing import listed, photo, shared, shares
from tests.conftest import Village, running
from tests.people.provider import await_http, free_port
from tests.people_of import Place, Someone, until

LIMIT = 1_000_000


@pytest.fixture(scope="module")
def narrow(village: Village) -> Iterator[Someone]:
    """The mother, where a file is at most 1 MB, two photos are plenty, and five may be tried in an hour."""
    port = free_port()
    environment = village.environment | {"PORT": str(port), "PUBLIC_URL": village.url, "FILE_BYTES": str(LIMIT)}
    environment |= {"FILE_BYTES_PER_PERSON": str(40_000), "FILES_PER_HOUR": "8"}
    with running(["app.cli", "serve"], environment) as app:
        await_http(f"http://localhost:{port}/api/health/ready", app)
        mother = village.another_browser_of("mother")
        mother.browser.headers["Host"] = village.url.removeprefix("http://")
        mother.browser.base_url = f"http://localhost:{port}"
        yield mother


def test_a_file_is_as_large_as_it_may_be_and_no_larger(narrow: Someone, family: Place) -> None:
    for content in (bytes(LIMIT + 1), in_pieces(LIMIT + 1)):
        answer = narrow.browser.post(f"{family.path}/attachments", params={"id": str(uuid4())}, content=content)
        assert (answer.status_code, answer.json()["code"]) == (413, "file_too_big")
    answer = narrow.browser.post(f"{family.path}/attachments", params={"id": str(uuid4())}, content=bytes(LIMIT))
    assert (answer.status_code, answer.json()["code"]) == (415, "file_type"), "it was read to its end"


def in_pieces(length: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for at in range(0, length, 50_000):
        yield bytes(min(50_000, length - at))


def test_only_that_one_address_takes_more(narrow: Someone, family: Place) -> None:
    for path in ("messages", "attachments/", f"attachments/{uuid4()}/withdrawal", "attachments/x/attachments"):
        answer = narrow.browser.post(f"{family.path}/{path}", content=bytes(70_000))
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large"), path
    answer = narrow.browser.put(f"{family.path}/attachments", content=bytes(70_000))
    assert answer.status_code == 413


def test_one_person_shares_so_much_in_one_thread_and_others_go_on(
    village: Village, narrow: Someone, family: Place
) -> None:
    added = [shared(narrow, family), shared(narrow, family)]
    assert sum(it["size"] for it in added) > 40_000 > added[0]["size"]
    full = shares(narrow, family, photo())
    assert (full.status_code, full.json()["code"]) == (409, "file_full")
    shared(village["father"], family)
    narrow.did(narrow.post(f"{family.path}/attachments/{added[0]['id']}/withdrawal"))
    shared(narrow, family)
    assert len(listed(village["father"], family)) == 4


def test_so_often_in_an_hour(narrow: Someone, family: Place) -> None:
    """Eight have been tried by now, or will be here; trying costs, whatever comes of it."""
    answers = [shares(narrow, family, b"x").status_code for _ in range(8)]
    assert answers[-1] == 429
    assert set(answers) <= {415, 429}


def test_whoever_may_not_is_told_before_the_body_is_read(village: Village, family: Place) -> None:
    """No connection and no disk for the bytes of somebody who is nobody there."""
    host, port = village.url.removeprefix("http://").split(":")
    for cookie, status in (
        (f"rundtom={village['outsider'].browser.cookies['rundtom']}", b"404"),
        ("rundtom=x", b"401"),
    ):
        head = f"POST {family.path}/attachments?id={uuid4()} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n"
        with socket.create_connection((host, int(port)), 10) as line:
            line.sendall(f"{head}Content-Length: 900000\r\n\r\n".encode() + bytes(10))
            assert line.recv(4096).split(b" ", 2)[1] == status


def test_a_slow_body_holds_no_connection_of_the_database(village: Village, family: Place) -> None:
    host, port = village.url.removeprefix("http://").split(":")
    cookie = f"rundtom={village['mother'].browser.cookies['rundtom']}"
    head = f"POST {family.path}/attachments?id={uuid4()} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n"
    lines = [socket.create_connection((host, int(port)), 10) for _ in range(25)]  # more than the pool has
    try:
        for line in lines:
            line.sendall(f"{head}Content-Length: 900000\r\n\r\n".encode() + bytes(1000))
        village["father"].writes(family, "Hej")
        waiting = "select 1 from pg_stat_activity where usename = 'rundtom_web' and state = 'idle in transaction'"
        until(lambda: village.rows(waiting) == [])
    finally:
        for line in lines:
            line.close()


def test_a_scanner_and_a_store_are_named_well() -> None:
    for wrong in ("localhost", "clamd.ctl", "host:port"):
        with pytest.raises(ValueError, match="clamav_socket"):
            Settings(clamav_socket=wrong)
    for right in ("/run/clamav/clamd.ctl", "clamav:3310", "[::1]:3310"):
        assert Settings(clamav_socket=right).clamav_socket == right
    assert Settings(files_options={"endpoint": "http://localhost:9000"}).files_on_loopback
    assert not Settings(files_options={"endpoint": "http://storage.example"}).files_on_loopback
