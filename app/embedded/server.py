"""The embedded PostgreSQL's process: made, started under its keeper, ready, ended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from app.embedded import keeper as keeper_program
from app.embedded.keeper import HELD, PATIENCE_S
from app.embedded.place import EmbeddedError, Place

ADMIN = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "jit": "off",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No personal data in the log. An error's text names the value that was wrong, so errors are left to the app.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
LOG_KEPT = 1_000_000  # bytes
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}  # tests: fast, lost in a crash


def initialise(place: Place, password: str, *, durable: bool) -> None:
    """Under another name first: an initdb that was killed leaves no half-made database behind."""
    unfinished = Path(tempfile.mkdtemp(prefix="data-", dir=place.home))
    secret = unfinished.with_suffix(".secret")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if place.user:
        for path in (unfinished, secret):
            os.chown(path, place.user.pw_uid, place.user.pw_gid)
    command: list[str | Path] = [
        *(place.binaries / "initdb", "--pgdata", unfinished, "--username", ADMIN, "--pwfile", secret),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"),
        *(["--locale=C.UTF-8"] if place.major < 17 else BUILTIN_LOCALE),
        *([] if durable else ["--no-sync"]),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place.home, **place.as_user)
    finally:
        secret.unlink()
    if done.returncode:
        shutil.rmtree(unfinished)
        raise EmbeddedError(f"initdb did not succeed: {done.stderr.strip()}")
    unfinished.rename(place.data)


# LC_CTYPE matters: with C, lower('Å') stays 'Å' and trigram search misses Danish words.
BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8"]


def launch(place: Place, *, durable: bool) -> socket.socket:
    """Start the keeper, which starts the server; the line that is returned keeps both alive."""
    settings = SETTINGS | ({} if durable else FORGETFUL) | {"unix_socket_directories": str(place.sockets)}
    server = [str(place.binaries / "postgres"), "-D", str(place.data)]
    server += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    owner = [str(place.user.pw_uid), str(place.user.pw_gid)] if place.user else ["", ""]
    place.keeper.unlink(missing_ok=True)
    line, its_end = socket.socketpair()
    mode = "ab" if place.log.exists() and place.log.stat().st_size < LOG_KEPT else "wb"
    with socket.socket(socket.AF_UNIX) as listener, its_end, place.log.open(mode) as log:
        listener.bind(str(place.keeper))
        listener.listen()
        handed = (listener.fileno(), its_end.fileno())
        keeper = [sys.executable, "-I", "-S", keeper_program.__file__, *map(str, handed), str(place.keeper), *owner]
        subprocess.run(  # returns at once: the keeper forks itself loose
            [*keeper, *server],
            check=True,
            pass_fds=handed,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=place.home,
            start_new_session=True,  # Ctrl-C in the terminal is for the app, which then lets go
        )
    return line


def await_ready(place: Place, admin: str, line: socket.socket) -> None:
    """After a crash this includes the recovery, so it may take its time."""
    line.settimeout(PATIENCE_S)
    held = line.recv(1) == HELD
    deadline = time.monotonic() + PATIENCE_S
    while held and time.monotonic() < deadline:
        try:
            psycopg.connect(admin, dbname=ADMIN).close()
        except psycopg.OperationalError as error:
            if "password authentication" in str(error):
                raise EmbeddedError(f"{place.passwords} does not fit the database beside it.") from None
            held = not _ended(line)
            time.sleep(0.02)
        else:
            line.settimeout(None)
            return
    raise EmbeddedError(f"PostgreSQL did not start: {place.log.read_text(errors='replace')[-600:].strip()}")


def _ended(line: socket.socket) -> bool:
    """The keeper closes the line when its server has ended."""
    line.setblocking(False)
    try:
        return not line.recv(1)
    except BlockingIOError:
        return False


def await_end(data: Path) -> None:
    """Stop a server without a keeper, or wait for one that is stopping; clear away what a dead one left."""
    deadline = time.monotonic() + PATIENCE_S
    while pid := _server_pid(data):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"The PostgreSQL of {data} (process {pid}) does not stop: stop it by hand.")
        os.kill(pid, signal.SIGINT)
        time.sleep(0.05)


def _server_pid(data: Path) -> int | None:
    """The server of this data folder; a stale pid file, whose number may be another program's by now, is removed."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return None
    if _is_postgres(pid):
        return pid
    pid_file.unlink(missing_ok=True)
    return None


def _is_postgres(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")  # Linux; small images have no ps
    if Path("/proc/self").exists():
        text = status.read_text() if status.exists() else ""
        return "postgres" in text.partition("\n")[0] and "zombie" not in text
    said = subprocess.run(
        ["/bin/ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in said
