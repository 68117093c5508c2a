"""The line between the app and its database is dead, or so slow that it might as well be: nothing is sent on authority
from before, and what should have ended has ended when the line is back."""

import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import make_url
from websockets.sync.client import connect

from app.live.database import LISTEN
from app.live.socket import FRESH_S
from tests.conftest import Village
from tests.people.provider import await_http, free_port
from tests.people_of import Ear, Place, Someone, until

SILENCE_S = FRESH_S + 1.5
BACK_S = 15  # the line is tried again after at most 5 s


@dataclass
class Wire:
    """All that the live room and PostgreSQL say to each other goes through here, or does not."""

    folder: Path
    server: str
    answers: threading.Event = field(default_factory=threading.Event)  # from the server to those who read
    rings: threading.Event = field(default_factory=threading.Event)  # and to the bell

    def __post_init__(self) -> None:
        self.answers.set()
        self.rings.set()
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(self.folder / Path(self.server).name))
        self.door.listen(50)
        threading.Thread(target=self._open, daemon=True).start()

    @contextmanager
    def dead(self, *which: threading.Event) -> Iterator[None]:
        for each in which:
            each.clear()
        try:
            yield
        finally:
            for each in which:
                each.set()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.server)
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Both ways, until either end hangs up. What the server says waits while this line is dead."""
        line = self.answers
        with suppress(OSError), near, far:
            while True:
                for said in select.select([near, far], [], [])[0]:
                    data = said.recv(65536)
                    if not data:
                        return
                    if said is near:
                        line = self.rings if LISTEN.encode() in data else line
                        far.sendall(data)
                    else:
                        line.wait()
                        near.sendall(data)


@dataclass
class Apart:
    """The app once more, as its own process: it hears of the same database through a wire of ours."""

    wire: Wire
    port: int

    @contextmanager
    def hears(self, someone: Someone, place: Place) -> Iterator[Ear]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in someone.browser.cookies.items())}
        address, origin = f"ws://localhost:{self.port}/api/live", f"http://localhost:{self.port}"
        with connect(address, origin=origin, additional_headers=headers, compression=None) as ws:  # type: ignore[arg-type]
            ear = Ear(ws)
            ear.ask(thread=place.thread, after=0)
            until(lambda: ear.frames)
            yield ear


@pytest.fixture(scope="module")
def apart(village: Village, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    url, port = make_url(village.urls.live), free_port()
    wire = Wire(
        tmp_path_factory.mktemp("wire"), f"{url.query['host']}/.s.PGSQL.{url.query.get('port', url.port or 5432)}"
    )
    through = url.update_query_dict({"host": str(wire.folder)}).render_as_string(hide_password=False)
    environment = os.environ | village.environment | {"PORT": str(port), "DATABASE_LIVE_URL": through}
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "serve"], env=environment, stderr=subprocess.DEVNULL)
    await_http(f"http://localhost:{port}/api/health/ready", process)
    yield Apart(wire, port)
    process.terminate()
    process.wait(20)
    wire.door.close()


def test_while_the_line_is_dead_nobody_gets_anything_and_afterwards_only_who_may(
    village: Village, family: Place, apart: Apart
) -> None:
    village.brings_in(family, "teacher")
    with apart.hears(village["teacher"], family) as teacher, apart.hears(village["mother"], family) as mother:
        village["mother"].writes(family, "Mens alt virker")
        teacher.hears("Mens alt virker")
        mother.hears("Mens alt virker")
        with apart.wire.dead(apart.wire.answers, apart.wire.rings):
            village["mother"].ends(family, "teacher")
            village["mother"].writes(family, "I stilheden")
            time.sleep(SILENCE_S)
            assert teacher.closed is None, "the app cannot know yet"
        until(lambda: teacher.closed == 4403, BACK_S)
        until(lambda: "I stilheden" in mother.texts, BACK_S)
    assert teacher.frames[-1]["gone"]
    assert "I stilheden" not in teacher.texts


def test_an_answer_that_was_long_on_its_way_is_not_believed(village: Village, family: Place, apart: Apart) -> None:
    """It names a member of the moment when it was given."""
    village.brings_in(family, "teacher")
    with apart.hears(village["teacher"], family) as teacher, apart.hears(village["mother"], family) as mother:
        with apart.wire.dead(apart.wire.answers):
            village["mother"].writes(family, "Læst, mens læreren var her")
            time.sleep(0.3)  # the bell has rung, and the answer is on its way
            village["mother"].ends(family, "teacher")
            time.sleep(SILENCE_S)
        until(lambda: teacher.closed == 4403, BACK_S)
        until(lambda: "Læst, mens læreren var her" in mother.texts, BACK_S)
    assert "Læst, mens læreren var her" not in teacher.texts


def test_a_session_that_ended_in_the_silence_has_ended_when_it_is_over(
    village: Village, family: Place, apart: Apart
) -> None:
    father = village.another_browser_of("father")
    with apart.hears(father, family) as ear, apart.hears(village["mother"], family) as mother:
        with apart.wire.dead(apart.wire.rings):
            assert father.post("/auth/logout").is_success
            village["mother"].writes(family, "Efter at far gik")
            time.sleep(SILENCE_S)
        until(lambda: ear.closed == 4401, BACK_S)
        until(lambda: "Efter at far gik" in mother.texts, BACK_S)
    assert "Efter at far gik" not in ear.texts


def test_killing_the_bell_does_not_keep_a_place_open(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    with village["teacher"].listens(family) as teacher, village["mother"].listens(family) as mother:
        assert village.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rundtom_live'"
            " and datname = current_database()"
        )
        village["mother"].ends(family, "teacher")
        village["mother"].writes(family, "Uden klokke")
        until(lambda: teacher.closed == 4403)
        mother.hears("Uden klokke")
    assert "Uden klokke" not in teacher.texts
