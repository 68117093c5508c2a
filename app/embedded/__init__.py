"""A PostgreSQL of our own when no DATABASE_URL names another: started on demand, gone with the last who uses it.

    running = embedded.start(Path("var"))    # makes it the first time, adopts it when it already runs
    running.urls.web                         # postgresql+psycopg://rundtom_web:...@/rundtom?host=...
    running.stop()                           # or simply end

Reachable only through a unix socket in a folder of mode 0700, with generated passwords (scram-sha-256).
Where it lives and from which binaries: place.py. How it is made and started: server.py.
Who stops it: keeper.py.
"""

import fcntl
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from app.embedded.keeper import HELD, PATIENCE_S
from app.embedded.place import EmbeddedError, Place, find_home, find_place, find_sockets
from app.embedded.server import ADMIN, await_end, await_ready, initialise, launch

__all__ = ["EmbeddedError", "Running", "Urls", "conninfo", "erase", "start"]

ROLES = Path(__file__).parents[2] / "migrations" / "roles.sql"
LOGINS = {"owner": "rundtom_owner", "web": "rundtom_web", "live": "rundtom_live", "worker": "rundtom_worker"}
DATABASE = "rundtom"

_held: set[socket.socket] = set()  # a line lives until stop() or the end of this process, whoever forgets its Running


@dataclass(frozen=True)
class Urls:
    """One URL for each role, as SQLAlchemy takes it (psycopg)."""

    admin: str  # superuser: for tests and for roles.sql, never for the app
    owner: str
    web: str
    live: str
    worker: str

    def of_database(self, name: str) -> "Urls":
        """The same roles in another database of this server."""
        return replace(self, **{role: url.replace(f"@/{DATABASE}?", f"@/{name}?") for role, url in vars(self).items()})

    def as_environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.web,
            "DATABASE_OWNER_URL": self.owner,
            "DATABASE_LIVE_URL": self.live,
            "DATABASE_WORKER_URL": self.worker,
        }


def conninfo(url: str) -> str:
    """SQLAlchemy's URL as libpq takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@dataclass(frozen=True)
class Running:
    urls: Urls
    adopted: bool  # somebody else had started it
    _line: socket.socket

    def stop(self) -> None:
        """Let go; if nobody else holds on, the server has stopped when this returns."""
        _held.discard(self._line)
        with self._line as line:
            line.shutdown(socket.SHUT_WR)
            line.settimeout(PATIENCE_S + 10)
            line.recv(1)


def start(data_dir: Path, *, durable: bool = True, pgbin: Path | None = None) -> Running:
    """Start or adopt the server that lives under `data_dir`. Raises EmbeddedError."""
    place = find_place(data_dir, pgbin)
    with _alone(place.home):
        passwords = _passwords(place)
        urls = _urls(place, passwords)
        if line := _adopt(place):
            _held.add(line)
            return Running(urls, True, line)
        await_end(place.data)
        if not place.data.exists():
            initialise(place, passwords["admin"], durable=durable)
        line = launch(place, durable=durable)
        try:
            await_ready(place, conninfo(urls.admin), line)
            _prepare(urls, passwords)
        except BaseException:
            line.close()
            raise
        _held.add(line)
        return Running(urls, False, line)


def erase(data_dir: Path) -> None:
    """Stop the server that lives under `data_dir`, whoever uses it, and delete it with all its data."""
    home, user = find_home(data_dir)
    if home.exists():
        with _alone(home):
            await_end(home / "data")
            shutil.rmtree(find_sockets(home, user))
            shutil.rmtree(home)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One starter at a time; the kernel frees the lock of one who died."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _passwords(place: Place) -> dict[str, str]:
    if place.passwords.exists():
        return dict(json.loads(place.passwords.read_text()))
    if place.data.exists():
        raise EmbeddedError(f"{place.passwords} is missing: put it back, or delete {place.home} to start afresh.")
    passwords = {role: secrets.token_urlsafe(24) for role in ("admin", *LOGINS)}
    descriptor, unfinished = tempfile.mkstemp(dir=place.home)  # 0600
    with os.fdopen(descriptor, "w") as opened:
        json.dump(passwords, opened)
    Path(unfinished).rename(place.passwords)
    return passwords


def _urls(place: Place, passwords: dict[str, str]) -> Urls:
    end = f"@/{DATABASE}?host={quote(str(place.sockets), safe='')}&port=5432"
    names = {"admin": ADMIN, **LOGINS}
    return Urls(**{role: f"postgresql+psycopg://{name}:{passwords[role]}{end}" for role, name in names.items()})


def _adopt(place: Place) -> socket.socket | None:
    """A line to the keeper of a server that runs, or None."""
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_S)
    try:
        line.connect(str(place.keeper))
        if line.recv(1) == HELD:
            line.settimeout(None)
            return line
    except OSError:
        pass  # no keeper, or one on its way out
    line.close()
    return None


def _prepare(urls: Urls, passwords: dict[str, str]) -> None:
    """The database and its roles, as a database administrator would make them on a real server."""
    with psycopg.connect(conninfo(urls.admin), dbname=ADMIN, autocommit=True) as server:
        if not server.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            server.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
    with psycopg.connect(conninfo(urls.admin)) as database:
        database.execute(ROLES.read_bytes())
        for role, name in LOGINS.items():
            # Sent as a scram verifier: the password itself never reaches the server, nor any log.
            verifier = database.pgconn.encrypt_password(
                passwords[role].encode(), name.encode(), algorithm=b"scram-sha-256"
            )
            change = sql.SQL("alter role {} password {}").format(sql.Identifier(name), verifier.decode())
            database.execute(change)
