"""what is written can be searched: its Danish stems beside it, made by the database

No index on the stems, on purpose: see migrations/doors/search.sql. The tables are written anew once.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0007"
down_revision = "0006"

# Which words of which table.
WORDS = {
    "action_changes": ("words",),
    "actions": ("words",),
    "attachments": ("translate(name, '._-', '   ')", "caption"),  # else "skema.pdf" is one word
    "evaluation_views": ("worked", "change"),
    "goal_changes": ("words",),
    "goals": ("words",),
    "messages": ("text",),
    "note_versions": ("challenges", "resources", "proposals", "child_view"),
    "response_answers": ("words",),
    "responses": ("words",),
    "summaries": ("words",),
    "summary_settlements": ("words",),
    "wellbeing": ("words",),
}


def upgrade() -> None:
    for table, columns in WORDS.items():
        together = " || ' ' || ".join(columns)
        stems = sa.Computed(f"to_tsvector('danish'::regconfig, {together})", persisted=True)
        op.add_column(table, sa.Column("found_by", TSVECTOR(), stems, nullable=True))
