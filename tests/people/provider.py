"""The demo's identity provider, the real one, started for tests.

with provider("http://localhost:8500") as idp:
    environment = {"ISSUERS": json.dumps(idp.issuers)}
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import httpx2

from app.settings import Settings
from demo.config import GROUPS, Ports, app_environment, provider_environment, provider_url
from demo.run import NODE, PROVIDER

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/loa/Substantial"
LOW = "https://data.gov.dk/concept/core/nsis/loa/Low"
# Not of the village: somebody whose login is too weak for us.
WEAK = {"key": "weak", "name": "Lise Lav", "group": "citizens", "says": "Logger ind uden MitID", "acr": LOW}
WEAK["email"] = "weak@demo.example"


@dataclass
class RealProvider:
    url: str
    process: subprocess.Popen[bytes]
    issuers: list[dict[str, Any]]  # as the app's ISSUERS wants them

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_http(url: str, process: subprocess.Popen[bytes], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, f"ended before {url} answered"
        try:
            httpx2.get(url, timeout=5)
            return
        except httpx2.HTTPError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


@contextmanager
def provider(app_url: str) -> Iterator[RealProvider]:
    """One provider with three clients, citizens, staff and schools, as the demo has it, for an app at this address."""
    assert PROVIDER.exists(), "build it first: make provider"
    ports = Ports(free_port() - 1)
    settings, secrets = Settings(public_url=app_url), {name: token_urlsafe(32) for name in ("app", *GROUPS)}
    said = provider_environment(settings, ports, secrets, Path())
    said |= {"PERSONAS": json.dumps([*json.loads(said["PERSONAS"]), WEAK]), "KEYS_FILE": ""}
    issuers = json.loads(app_environment(settings, ports, secrets)["ISSUERS"])
    process = subprocess.Popen([NODE, PROVIDER], env={**os.environ, **said}, stdout=subprocess.DEVNULL)
    try:
        await_http(f"{provider_url(ports)}/.well-known/openid-configuration", process)
        yield RealProvider(provider_url(ports), process, issuers)
    finally:
        process.kill()
        process.wait()
