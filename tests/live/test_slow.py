"""A reader that takes nothing: what waits for it leaves only while it may still be read."""

import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from websockets.client import ClientProtocol
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from app.live.socket import FAREWELL_S, FRESH_S
from tests.conftest import Village
from tests.people_of import SOON_S, Place, Someone

LONG = "Det var en lang dag. " * 190  # some 4 KB: the most that a message may be
SMALL = 4096  # bytes that the sleeping phone's own system takes


@dataclass
class Sleeper:
    """A page on a phone that has gone to sleep: its socket stands open, and nothing reads it."""

    wire: socket.socket
    protocol: ClientProtocol

    def asks(self, **what: Any) -> None:
        self.protocol.send_text(orjson.dumps(what))
        self._say()

    def wakes(self, seconds: float = SOON_S) -> list[dict[str, Any]]:
        """All the frames that come, until nothing has come for so long or the line is dead."""
        frames: list[dict[str, Any]] = []
        while select.select([self.wire], [], [], seconds)[0] and self._hear():
            events: list[Any] = self.protocol.events_received()
            frames += [orjson.loads(it.data) for it in events if getattr(it, "opcode", None) is Opcode.TEXT]
        return frames

    @property
    def cut(self) -> bool:
        return self.protocol.close_code is not None

    def _hear(self) -> bool:
        try:
            data = self.wire.recv(65536)
        except ConnectionResetError:
            data = b""
        self.protocol.receive_data(data) if data else self.protocol.receive_eof()
        return bool(data)

    def _say(self) -> None:
        self.wire.sendall(b"".join(self.protocol.data_to_send()))


@contextmanager
def asleep(someone: Someone, place: Place) -> Iterator[Sleeper]:
    where = urlsplit(someone.url)
    with socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        wire.connect(("127.0.0.1", where.port))
        protocol = ClientProtocol(parse_uri(f"ws://{where.netloc}/api/live"), origin=someone.url)  # type: ignore[arg-type]
        request = protocol.connect()
        request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in someone.browser.cookies.items())
        protocol.send_request(request)
        it = Sleeper(wire, protocol)
        it._say()
        while protocol.state is not State.OPEN:
            it._hear()
        protocol.events_received()
        it.asks(thread=place.thread, after=0)
        time.sleep(0.5)  # it shows the thread now
        yield it


def write_much(village: Village, place: Place, count: int) -> list[str]:
    texts = [f"nummer {number} {LONG}" for number in range(count)]
    for text in texts:
        village["caseworker"].writes(place, text)
    return [text.strip() for text in texts]


def said(frames: list[dict[str, Any]]) -> list[str]:
    return [it["text"] for frame in frames for it in frame["entries"] if it["kind"] == "message_posted"]


def test_what_waited_for_a_slow_reader_does_not_leave_after_the_place_has_ended(
    village: Village, family: Place
) -> None:
    village.brings_in(family, "teacher")
    with asleep(village["teacher"], family) as teacher:
        texts = write_much(village, family, 60)
        village["mother"].ends(family, "teacher")
        time.sleep(FAREWELL_S + 0.5)
        heard = said(teacher.wakes())
        assert len(heard) < len(texts) / 3, "only what had reached the phone or was on its way there"
        assert heard == texts[: len(heard)]
        assert teacher.cut


def test_what_waited_does_not_leave_after_the_session_has_ended(village: Village, family: Place) -> None:
    father = village.another_browser_of("father")
    with asleep(father, family) as phone:
        texts = write_much(village, family, 60)
        assert father.post("/auth/logout").is_success
        time.sleep(FAREWELL_S + 0.5)
        assert len(said(phone.wakes())) < len(texts) / 3
        assert phone.cut


def test_a_slow_reader_that_wakes_has_everything_once_and_in_order(village: Village, family: Place) -> None:
    with asleep(village["father"], family) as phone, village["mother"].listens(family) as mother:
        texts = write_much(village, family, 40)
        mother.hears(texts[-1])
        time.sleep(FRESH_S + 1)
        assert said(phone.wakes(2 * FRESH_S)) == texts
        assert not phone.cut
