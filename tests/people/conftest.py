"""The app, trusting two providers: the demo's real one, and a hostile one under several names."""

import json
from collections.abc import Iterator

import pytest

from tests.database import Server
from tests.people.browser import FORGED, REFUSED, App, Browser, running_app
from tests.people.hostile import BROKEN_DISCOVERY, CLIENT_ID, CLIENT_SECRET, HONEST, Hostile, hostile_provider
from tests.people.provider import SUBSTANTIAL, RealProvider, free_port, provider


@pytest.fixture(scope="session")
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def real(port: int) -> Iterator[RealProvider]:
    with provider(f"http://localhost:{port}") as running:
        yield running


@pytest.fixture(scope="session")
def liar() -> Iterator[Hostile]:
    with hostile_provider() as running:
        yield running


@pytest.fixture(scope="session")
def issuers(real: RealProvider, liar: Hostile) -> str:
    base = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "acr": [SUBSTANTIAL]}
    named = [(key, liar.url(key)) for key in (HONEST, *BROKEN_DISCOVERY)] + [
        ("gone", f"http://127.0.0.1:{free_port()}")
    ]
    hostile = [{**base, "key": key, "name": {"da": key, "en": key}, "url": url} for key, url in named]
    other = {**hostile[0], "key": "other"}
    return json.dumps([*real.issuers, *hostile, other])


@pytest.fixture(scope="session")
def app(server: Server, port: int, issuers: str) -> Iterator[App]:
    with running_app(server.clone(), port, ISSUERS=issuers, LOGINS_PER_10_MINUTES="100000") as running:
        yield running


@pytest.fixture
def browser(app: App) -> Iterator[Browser]:
    with Browser(base_url=app.url) as one:
        yield one


@pytest.fixture
def other_browser(app: App) -> Iterator[Browser]:
    with Browser(base_url=app.url) as one:
        yield one


@pytest.fixture
def hostile(liar: Hostile) -> Hostile:
    liar.tell_the_truth()
    return liar


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, count in sorted(FORGED.items()):
        terminalreporter.write_line(f"forged {what}: {count}, not refused: {count - REFUSED[what]}")
