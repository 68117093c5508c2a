"""`rundtom migrate`: bring the database to this version, as its owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(owner_url: str) -> None:
    """Run the pending versions and renew the policies, in one transaction. Safe to run again."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    command.upgrade(config, "head")
