"""One embedded PostgreSQL for a test run, and as many fresh, migrated databases on it as the tests ask for.

    with Server() as server:
        urls = server.clone()     # a database of one's own, in well under a tenth of a second
        ...
        server.drop(urls)

PGBIN chooses the version: PGBIN=/usr/lib/postgresql/15/bin make test.
"""

import tempfile
import uuid
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from app import embedded
from app.embedded import DATABASE, Urls, conninfo
from app.migrate import migrate
from app.settings import get_settings


class Server:
    def __enter__(self) -> "Server":
        # 0755 around the server's own 0700 folder: as root, the server runs as somebody else.
        self.folder = Path(tempfile.mkdtemp(prefix="rundtom-tests-"))
        self.folder.chmod(0o755)
        self.running = embedded.start(self.folder, durable=False, pgbin=get_settings().pgbin)
        migrate(self.running.urls.owner)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.running.stop()
        embedded.erase(self.folder)
        self.folder.rmdir()

    def clone(self) -> Urls:
        """A new database like the migrated one. A database's own grants are not cloned, so they are made again."""
        name = sql.Identifier(f"test_{uuid.uuid4().hex[:12]}")
        with self._admin() as admin:
            admin.execute(
                sql.SQL("create database {} template {} owner rundtom_owner strategy file_copy").format(
                    name, sql.Identifier(DATABASE)
                )
            )
            admin.execute(sql.SQL("revoke all on database {} from public").format(name))
            admin.execute(
                sql.SQL("grant connect on database {} to rundtom_web, rundtom_live, rundtom_worker").format(name)
            )
        return self.running.urls.of_database(name.as_string().strip('"'))

    def drop(self, urls: Urls) -> None:
        name = sql.Identifier(psycopg.conninfo.conninfo_to_dict(conninfo(urls.web))["dbname"])
        with self._admin() as admin:
            admin.execute(sql.SQL("drop database {} with (force)").format(name))

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(conninfo(self.running.urls.admin), dbname="postgres", autocommit=True)
