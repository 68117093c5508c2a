"""`rundtom demo` as a person starts it, and its post office."""

import json
import os
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx2
import pytest

from app import embedded
from demo.config import Ports
from demo.mailbox import open_mailbox
from demo.run import busy
from tests.village import CAST

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    """The first of four free ones in a row, below those that the system hands out for outgoing connections."""
    return next(first for first in range(20000 + os.getpid() % 1000 * 10, 32000, 10) if not busy(Ports(first)))


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rundtom-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        embedded.erase(Path(name))


def start_demo(data_dir: Path, port: int) -> subprocess.Popen[str]:
    environment = os.environ | {"DATA_DIR": str(data_dir), "PORT": str(port), "COLUMNS": "80"}
    command = [sys.executable, "-m", "app.cli", "demo"]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def what_it_says(demo: subprocess.Popen[str]) -> str:
    """Until it is ready."""
    assert demo.stdout
    said = ""
    for line in demo.stdout:
        said += line
        if "Ctrl-C stops it" in line:
            break
    return said


def cases_of(key: str, port: int) -> list[str]:
    with httpx2.Client(base_url=f"http://localhost:{port}", follow_redirects=True) as browser:
        browser.get("/auth/login", params={"issuer": "staff", "login_hint": key})
        assert browser.get("/api/me").json()["person"]["email"] == f"{key}@demo.example"
        return sorted(case["id"] for case in browser.get("/api/cases").json()["cases"])


def test_demo_from_nothing_and_again(data_dir: Path, port: int) -> None:
    demo = start_demo(data_dir, port)
    said = what_it_says(demo)
    for persona in CAST:
        link = f"http://localhost:{port}/auth/login?issuer={persona.group}&login_hint={persona.key} "
        assert link in said, "whole, however narrow the terminal"
    cases = {persona.key: cases_of(persona.key, port) for persona in CAST}
    assert len(cases["caseworker"]) >= 25
    assert not cases["outsider"]
    demo.send_signal(signal.SIGINT)
    rest, _ = demo.communicate(timeout=120)
    assert (demo.returncode, rest.strip()) == (0, "Stopped. The data is kept for the next time.")

    again = start_demo(data_dir, port)
    what_it_says(again)
    assert cases_of("caseworker", port) == cases["caseworker"]
    second = start_demo(data_dir, port)
    assert f"make demo PORT={port + 10}" in second.communicate(timeout=120)[0]
    assert second.returncode == 1
    again.kill()
    again.communicate()
    wait_until_free(port)


def wait_until_free(first: int) -> None:
    """Nothing of a killed demo stays behind."""
    deadline = time.monotonic() + 20
    for port in (first, first + 1):
        while time.monotonic() < deadline:
            try:
                httpx2.get(f"http://127.0.0.1:{port}/", timeout=2)
            except httpx2.HTTPError:
                break
            time.sleep(0.1)
        else:
            pytest.fail(f"something still answers on port {port}")


def test_busy_port_is_told_before_anything_starts(data_dir: Path, port: int) -> None:
    with open_mailbox(data_dir / "mails", "127.0.0.1", port + 2, port + 3):
        demo = start_demo(data_dir / "new", port)
        said, _ = demo.communicate(timeout=120)
    assert demo.returncode == 1
    assert f"Port {port + 2} (for the mailbox) is in use" in said
    assert not (data_dir / "new").exists()


def test_mailbox(data_dir: Path, port: int) -> None:
    file, page = data_dir / "mails.jsonl", f"http://127.0.0.1:{port}"
    with open_mailbox(file, "127.0.0.1", port, port + 1):
        assert "ingen mails" in httpx2.get(page).text
        send(
            port + 1,
            "grandmother@demo.example",
            "Én",
            "Se http://localhost/invitation#a_b-c.\n<script>alert(1)</script>",
        )
        send(port + 1, "nobody@demo.example", "To", "...")
    with open_mailbox(file, "127.0.0.1", port, port + 1):
        mails = httpx2.get(f"{page}/mails.json").json()
        shown = httpx2.get(page).text
        assert httpx2.get(f"{page}/else").status_code == 404
    assert [(mail["subject"], mail["to"]) for mail in mails] == [
        ("To", ["nobody@demo.example"]),
        ("Én", ["grandmother@demo.example"]),
    ]
    assert "Inger Holm (grandmother@demo.example)" in shown
    assert '<a href="http://localhost/invitation#a_b-c">' in shown
    assert "<script" not in shown
    assert json.loads(file.read_text().splitlines()[0])["subject"] == "Én"


def send(port: int, to: str, subject: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "rundtom@demo.example", to, subject
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)
