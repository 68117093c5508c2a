"""Runs as the owner: pending versions, then who sees (policies.sql, doors/, callers.sql), all in one transaction."""

from pathlib import Path

from alembic import context
from sqlalchemy import create_engine, pool

from app.access import models as access_models
from app.attachments import models as attachments_models
from app.audit import models as audit_models
from app.cases import models as cases_models
from app.concerns import models as concerns_models
from app.consultations import models as consultations_models
from app.contacts import models as contacts_models
from app.custody import models as custody_models
from app.db import Base
from app.drafts import models as drafts_models
from app.duty import models as duty_models
from app.facts import models as facts_models
from app.hand_overs import models as hand_overs_models
from app.invitations import models as invitations_models
from app.joint_concerns import models as joint_concerns_models
from app.journal import Event
from app.notes import models as notes_models
from app.people import models as people_models
from app.plans import models as plans_models
from app.progress import models as progress_models
from app.stages import models as stages_models
from app.summaries import models as summaries_models
from app.threads import models as threads_models

HERE = Path(__file__).parent
TABLES = (
    access_models,
    attachments_models,
    audit_models,
    cases_models,
    concerns_models,
    consultations_models,
    contacts_models,
    custody_models,
    drafts_models,
    duty_models,
    facts_models,
    hand_overs_models,
    invitations_models,
    joint_concerns_models,
    Event,
    notes_models,
    people_models,
    plans_models,
    progress_models,
    stages_models,
    summaries_models,
    threads_models,
)


def run() -> None:
    # Waiting for a lock is bounded: a migration must not stop the people who are writing.
    options = {"options": "-c lock_timeout=2000 -c statement_timeout=600000"}
    engine = create_engine(
        context.config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool, connect_args=options
    )
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            # One at a time: two processes of one installation may start together.
            connection.exec_driver_sql("set local lock_timeout = '60s'")
            connection.exec_driver_sql("select pg_advisory_xact_lock(7239857)")
            connection.exec_driver_sql("set local lock_timeout = '2s'")
            context.run_migrations()
            for page in (HERE / "policies.sql", *sorted((HERE / "doors").glob("*.sql")), HERE / "callers.sql"):
                # Through the driver itself: the pages are read as they stand, percent signs and all.
                connection.connection.cursor().execute(page.read_text(encoding="utf-8"))


run()
