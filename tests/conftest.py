"""The whole house for a test run: PostgreSQL, identity provider, mail server, the app and its worker. All real."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from app.access.door import token_hash
from app.db import make_engine, transaction
from app.embedded import Urls, conninfo
from app.people import actions as people
from app.people.models import EmploymentRole, UnitKind
from tests.attachments.scanner import Scanner, scanning
from tests.database import Server
from tests.people.provider import RealProvider, await_http, free_port, provider
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY, CAST, UNITS
from tests.workers import pytest_xdist_make_scheduler

__all__ = ["pytest_xdist_make_scheduler"]

RUNNING = pytest.StashKey["Village"]()
AWAKE_S = 300  # sessions end after half an hour of doing nothing
TOKEN = re.compile(r"/invitation#([A-Za-z0-9_-]+)")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@dataclass
class Mailbox:
    """A mail server that keeps what comes. `refuses`: what it says to which address instead."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 the name aiosmtpd calls
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 the name aiosmtpd calls
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"

    def to(self, address: str) -> list[Message]:
        return [mail for mail in self.mails if mail["To"] == address]

    def body(self, mail: Message) -> str:
        return bytes(mail.get_payload(decode=True)).decode()  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


async def settle(urls: Urls, issuer: str) -> None:
    """The cast, known by the provider's word, and where they work."""
    engine = make_engine(urls.owner)
    async with transaction(engine) as db:
        for persona in CAST:
            person = await people.know_identity(db, issuer, persona.key, persona.name, persona.email)
            if persona.employed:
                unit, title, role = persona.employed
                name, kind = UNITS[unit]
                where = await people.know_unit(db, name, UnitKind(kind))
                receives = persona.key == "caseworker"
                await people.employ(db, person, where, title, EmploymentRole(role), receives_new=receives)
    await engine.dispose()


@dataclass
class Village:
    """The running product and the people in it. Each test opens cases of its own."""

    url: str
    urls: Urls
    mailbox: Mailbox
    environment: dict[str, str]
    _known: dict[str, Someone] = field(default_factory=dict)
    _seen: float = field(default_factory=time.monotonic)

    def __getitem__(self, key: str) -> Someone:
        if key not in self._known:
            self._known[key] = self.another_browser_of(key)
        return self._known[key]

    def another_browser_of(self, key: str) -> Someone:
        return Someone(self.url, BY_KEY[key])

    def stays_awake(self) -> None:
        """Nobody's session ends because tests without the village took long."""
        if time.monotonic() - self._seen > AWAKE_S:
            self._seen = time.monotonic()
            for person in self._known.values():
                person.get("/api/me")

    def link_for(self, who: str) -> str:
        """The secret mailed for the newest invitation to somebody, once the mail is here."""
        return str(until(lambda: self.newest_link(who), 10))

    def mails_to(self, who: str) -> int:
        """How many mails somebody has got, once whatever was queued before this has been worked off."""
        waiting = (
            "select count(*) from jobs.procrastinate_jobs where task_name like 'mail:send%%'"
            " and status in ('todo', 'doing') and coalesce(scheduled_at, now()) <= now()"
        )
        until(lambda: self.rows(waiting) == [(0,)], 30)
        return len(self.mailbox.to(BY_KEY[who].email))

    def newest_link(self, who: str) -> str | None:
        """The one in the newest mail, if it belongs to the newest invitation."""
        newest = "select id from invitations where lower(email) = lower(%s) order by proposed_at desc limit 1"
        issued = f"select token_hash from invitation_tokens where invitation_id = ({newest})"
        hashes = {bytes(row[0]) for row in self.rows(issued, BY_KEY[who].email)}
        links = (TOKEN.search(self.mailbox.body(mail)) for mail in reversed(self.mailbox.to(BY_KEY[who].email)))
        return next((link[1] for link in links if link and token_hash(link[1]) in hashes), None)

    def brings_in(
        self, place: Place, who: str, *, by: str = "caseworker", giver: str = "mother", **changes: Any
    ) -> None:
        """Somebody is proposed by the caseworker, agreed to by the mother, and accepts."""
        self[giver].agrees(place, self[by].proposes(place, who, **changes))
        self[who].accepts(self.link_for(who))

    def files(self, key: object = "") -> list[str]:
        """What lies in the store, or of it what has this key."""
        lying = Path(self.environment["DATA_DIR"], "files").glob(f"{key}*")
        return sorted(it.name for it in lying)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Straight from the database, as its superuser."""
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            return db.execute(query, values).fetchall()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if village := item.config.stash.get(RUNNING, None):
        village.stays_awake()


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", *command], env=os.environ | environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def app_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def idp(app_port: int) -> Iterator[RealProvider]:
    with provider(f"http://localhost:{app_port}") as it:
        yield it


@pytest.fixture(scope="session")
def scanner() -> Iterator[Scanner]:
    with scanning() as it:
        yield it


@pytest.fixture(scope="session")
def village(
    request: pytest.FixtureRequest,
    server: Server,
    idp: RealProvider,
    app_port: int,
    mailbox: Mailbox,
    scanner: Scanner,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Village]:
    urls = server.clone()
    # In a thread of its own: a browser of the tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, settle(urls, idp.url)).result()
    environment = {
        **urls.as_environment(),
        "PORT": str(app_port),
        "SECRET_KEY": "signs the login cookies of this test run",
        "ISSUERS": json.dumps(idp.issuers),
        "MUNICIPALITY": "Solbæk Kommune",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mailbox.port),
        "DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "FILES_PER_HOUR": "100000",
        "POSTS_PER_MINUTE": "100000",
        "INVITATIONS_PER_DAY": "100000",
        "SEARCHES_PER_MINUTE": "100000",
        "CONCERN_PHONE": "12 34 56 78",
        "CONCERNS_PER_HOUR": "100000",
        "CONCERNS_PER_HOUR_IN_ALL": "100000",
        "COPIES_PER_HOUR": "100000",
        "DUTY_ACCESSES_PER_DAY": "100000",
        "LOGINS_PER_10_MINUTES": "100000",
    }
    # The app knows no scanner, so that files stand there at once; what another one holds, this worker has scanned.
    working = environment | {"CLAMAV_SOCKET": scanner.address}
    with running(["app.cli", "serve"], environment) as app, running(["app.cli", "worker"], working):
        url = f"http://localhost:{app_port}"
        await_http(f"{url}/api/health/ready", app)
        request.config.stash[RUNNING] = it = Village(url, urls, mailbox, environment)
        yield it
        del request.config.stash[RUNNING]


@pytest.fixture
def family(village: Village) -> Place:
    """A fresh case: the caseworker has opened a dialogue with mother and father."""
    return village["caseworker"].opens_dialogue("mother", "father")
