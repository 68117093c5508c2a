"""With a scanner, a file is held until that has looked at it: known to whoever shared it, and opened by nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.files.scanner import ScanFailed, is_clean
from tests.attachments.scanner import VIRUS, Scanner
from tests.attachments.sharing import listed, path, pdf, photo, shared
from tests.conftest import Village, running
from tests.people.provider import await_http, free_port
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY


@pytest.fixture(scope="module")
def guarded(village: Village, scanner: Scanner) -> Iterator[Village]:
    """The same house, entered by another door: this app knows the scanner that the worker asks."""
    port = free_port()
    environment = village.environment | {"PORT": str(port), "CLAMAV_SOCKET": scanner.address}
    environment |= {"PUBLIC_URL": village.url}  # where people log in; this one is only asked for files
    with running(["app.cli", "serve"], environment) as app:
        await_http(f"http://localhost:{port}/api/health/ready", app)
        yield Village(f"http://localhost:{port}", village.urls, village.mailbox, environment)


@contextmanager
def held(scanner: Scanner) -> Iterator[None]:
    scanner.asked.clear()
    scanner.may_answer.clear()
    try:
        yield
    finally:
        scanner.may_answer.set()


def through(village: Village, guarded: Village, who: str) -> Someone:
    """Somebody logged in at the one, sharing by the other: the session is the same."""
    someone = village.another_browser_of(who)
    someone.browser.headers["Host"] = village.url.removeprefix("http://")
    someone.browser.base_url = guarded.url
    return someone


def test_nobody_opens_it_before_the_scanner_has_spoken(
    village: Village, guarded: Village, scanner: Scanner, family: Place
) -> None:
    mother = through(village, guarded, "mother")
    with held(scanner):
        added = shared(mother, family, name="Skovtur.jpg")
        assert (added["state"], added["name"]) == ("waiting", "Skovtur.jpg")
        assert scanner.asked.wait(20)
        for what in ("file", "thumbnail"):
            own = mother.get(path(family, added, what))
            assert (own.status_code, own.json()["code"]) == (409, "file_waiting")
            assert village["father"].get(path(family, added, what)).status_code == 404
        assert [it["id"] for it in listed(village["mother"], family)] == [added["id"]]
        assert listed(village["father"], family) == []
        page = village["father"].did(village["father"].get(f"{family.path}/messages"))
        assert (page["entries"][-1]["kind"], page["attachments"]) == ("attachment_added", [])
        assert "Skovtur" not in str(page), "not even what it is called"
    with village["father"].listens(family) as ear:
        until(lambda: "attachment_checked" in [e["kind"] for f in ear.frames for e in f["entries"]], 20)
    [seen] = listed(village["father"], family)
    assert (seen["state"], seen["name"]) == ("ready", "Skovtur.jpg")
    served = village["father"].get(path(family, added)).content
    assert served in scanner.scanned, "what is opened is what was scanned"
    assert photo() not in scanner.scanned


def test_what_the_scanner_finds_is_erased_and_its_sharer_told(
    village: Village, guarded: Village, scanner: Scanner, family: Place
) -> None:
    mother = through(village, guarded, "mother")
    with held(scanner):
        added = shared(mother, family, pdf(), "Regning.pdf")
        [(key,)] = village.rows("select key from attachments where id = %s", added["id"])
        assert len(village.files(key)) == 1
        scanner.says = b"stream: Tests.EICAR FOUND\0"
    until(lambda: listed(village["mother"], family)[0]["state"] == "refused", 20)
    scanner.says = b""
    for who in ("mother", "father"):
        [seen] = listed(village[who], family)
        assert (seen["state"], seen["name"], seen["may_withdraw"]) == ("refused", None, False)
        assert seen["author"]["name"] == BY_KEY["mother"].name
        assert village[who].get(path(family, added)).status_code == 404
    until(lambda: village.files(key) == [], 20)


def test_one_that_is_withdrawn_while_it_waits_stays_withdrawn(
    village: Village, guarded: Village, scanner: Scanner, family: Place
) -> None:
    mother = through(village, guarded, "mother")
    with held(scanner):
        added = shared(mother, family)
        assert scanner.asked.wait(20)
        mother.did(mother.post(f"{family.path}/attachments/{added['id']}/withdrawal"))
    jobs = (
        "select count(*) from jobs.procrastinate_jobs where task_name like 'files:%%' and status in ('todo', 'doing')"
    )
    until(lambda: village.rows(jobs) == [(0,)], 20)
    assert [it["state"] for it in listed(village["father"], family)] == ["withdrawn"]
    kinds = "select kind from events where object_id = %s order by seq"
    assert village.rows(kinds, added["id"]) == [("attachment_added",), ("attachment_withdrawn",)]


async def some(data: bytes) -> object:
    yield data


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK FOR NOW\0", b"\0"])
async def test_an_answer_that_says_neither_is_no_answer(scanner: Scanner, says: bytes) -> None:
    scanner.says = says
    try:
        with pytest.raises(ScanFailed):
            await is_clean(scanner.address, some(b"x"))  # type: ignore[arg-type]
    finally:
        scanner.says = b""


async def test_a_scanner_that_is_away_is_asked_again_later(scanner: Scanner) -> None:
    with pytest.raises(ScanFailed):
        await is_clean(f"127.0.0.1:{free_port()}", some(b"x"))  # type: ignore[arg-type]
    assert await is_clean(scanner.address, some(b"x" * 300_000)) is True  # type: ignore[arg-type]
    assert len(scanner.scanned[-1]) == 300_000
    assert await is_clean(scanner.address, some(VIRUS)) is False  # type: ignore[arg-type]
