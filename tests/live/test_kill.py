"""Promise 3 when the worst happens: the app is killed (SIGKILL) under load, twenty times.

What was acknowledged is there, once. Whoever listened has every entry, without a gap and without a double.
"""

import os
import random
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx2
import orjson
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.conftest import Village
from tests.people.provider import free_port
from tests.people_of import Place, Someone, until

KILLS = 20
WRITERS = ("mother", "father", "caseworker") * 2
LISTENERS = ("mother", "father", "caseworker") * 2
LIFE_S = (0.05, 0.4)  # from an acknowledgement to the kill, at random: any moment of a post may be the last
PATIENCE_S = 60
PAUSE_S = 0.1  # after nobody answered


@dataclass
class App:
    """The real one, as its own process, on the village's database."""

    village: Village
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | self.village.environment | {"PORT": str(self.port)}
        command = [sys.executable, "-m", "app.cli", "serve"]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()


@contextmanager
def running(apps: list[App]) -> Iterator[None]:
    for app in apps:
        app.start()
    try:
        yield
    finally:
        for app in apps:
            app.kill()


@dataclass
class Client(ABC):
    """Tries one address after the other, for as long as it is not over."""

    someone: Someone
    place: Place
    apps: list[App]
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for app in cycle(self.apps):
            if self.done:
                return
            try:
                self.work(app.port)
            except (httpx2.TransportError, OSError, WebSocketException):
                time.sleep(PAUSE_S)

    @property
    def done(self) -> bool:
        return self.over.is_set()

    @abstractmethod
    def work(self, port: int) -> None:
        """What it does at one address, until that address is gone."""


@dataclass
class Writer(Client):
    """Posts one message after the other, each under its own id until it is acknowledged, however often it takes."""

    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)  # by port
    cut_off: int = 0  # posts on their way when the app died: stored or not, the writer cannot know

    @property
    def done(self) -> bool:
        """Not before what was cut off on its way is known to be stored."""
        return self.over.is_set() and not self.waiting

    def work(self, port: int) -> None:
        cookies = dict(self.someone.browser.cookies)
        with httpx2.Client(base_url=f"http://localhost:{port}", cookies=cookies, timeout=PATIENCE_S) as browser:
            while not self.done:
                self.waiting = self.waiting or {"id": str(uuid4()), "text": f"nummer {len(self.acknowledged)}"}
                try:
                    answer = browser.post(f"{self.place.path}/messages", json=self.waiting)
                except (httpx2.ReadError, httpx2.RemoteProtocolError, httpx2.WriteError):
                    self.cut_off += 1
                    raise
                # 409: the first try of this id is still at work. 503: a new app that is not connected yet.
                assert answer.status_code in (201, 409, 503), answer.text
                if answer.is_success:
                    self.answers[port] += 1
                    self.acknowledged[self.waiting["id"]] = answer.json()
                    self.waiting = {}


@dataclass
class Listener(Client):
    """Follows the thread and comes back by cursor. Nothing is dropped here: a double would be seen."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    cursor: int = 0

    def work(self, port: int) -> None:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.someone.browser.cookies.items())}
        address, origin = f"ws://localhost:{port}/api/live", f"http://localhost:{port}"
        with connect(address, origin=origin, additional_headers=headers, compression=None) as ws:  # type: ignore[arg-type]
            ws.send(orjson.dumps({"thread": self.place.thread, "after": self.cursor}).decode())
            while not self.over.is_set():
                frame = orjson.loads(ws.recv())
                self.entries += frame["entries"]
                self.cursor = frame["seq"]


@contextmanager
def at_work(clients: list[Any]) -> Iterator[None]:
    threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for client in clients:
            client.over.set()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def kill_often(apps: list[App], writers: list[Writer]) -> None:
    """Always the app that answers; it is started anew, and its people try the other one meanwhile."""

    def answers(app: App) -> int:
        return sum(writer.answers[app.port] for writer in writers)

    def answering() -> App:
        before = {app.port: answers(app) for app in apps}
        found: App = until(lambda: next((app for app in apps if answers(app) > before[app.port]), None), PATIENCE_S)
        return found

    chance = random.Random(4)  # noqa: S311 no secret
    for _ in range(KILLS):
        app = answering()
        time.sleep(chance.uniform(*LIFE_S))
        app.kill()
        app.start()


def everything(village: Village, place: Place) -> list[dict[str, Any]]:
    """What is there in the end, read by somebody who never listened."""
    entries: list[dict[str, Any]] = []
    while more := village["mother"].get(f"{place.path}/changes", after=len(entries)).json()["entries"]:
        entries += more
    return entries


def test_killed_under_load_nothing_acknowledged_is_lost_and_nothing_comes_twice(
    village: Village, family: Place
) -> None:
    apps = [App(village), App(village)]
    writers = [Writer(village[who], family, apps) for who in WRITERS]
    listeners = [Listener(village[who], family, apps) for who in LISTENERS]
    with at_work(listeners), running(apps):
        with at_work(writers):
            kill_often(apps, writers)
        last = village["mother"].sees(family)["seq"]
        until(lambda: all(listener.cursor == last for listener in listeners), PATIENCE_S)

    there = everything(village, family)
    assert [entry["seq"] for entry in there] == list(range(1, last + 1))
    stored = [entry for entry in there if entry["kind"] == "message_posted"]
    kept = {key: entry for writer in writers for key, entry in writer.acknowledged.items()}
    assert len(stored) == len(kept) == sum(len(writer.acknowledged) for writer in writers)
    assert {entry["id"]: entry for entry in stored} == kept
    for listener in listeners:
        assert listener.entries == there
    assert sum(writer.cut_off for writer in writers) >= KILLS, "each time somebody was in the middle of a post"
