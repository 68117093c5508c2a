"""the job queue: procrastinate's own schema, in a schema of its own"""

from importlib import resources

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("create schema jobs")
    op.execute("set local search_path = jobs, pg_catalog")
    schema = (resources.files("procrastinate.sql") / "schema.sql").read_text(encoding="utf-8")
    # Through the driver itself: the text has percent signs of its own.
    op.get_bind().connection.cursor().execute(schema)
    op.execute("set local search_path = public, pg_catalog")
