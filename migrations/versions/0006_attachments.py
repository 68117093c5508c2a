"""photos and documents that somebody shares in a thread"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumbnail", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state in ('ready', 'waiting')) = (key is not null)", name=op.f("ck_attachments_bytes_while_it_stands")
        ),
        sa.CheckConstraint(
            "media in ('docx', 'jpeg', 'odp', 'ods', 'odt', 'pdf', 'png', 'pptx', 'xlsx')",
            name=op.f("ck_attachments_media"),
        ),
        sa.CheckConstraint("name ~ '\\S'", name=op.f("ck_attachments_name_not_empty")),
        sa.CheckConstraint(
            "num_nulls(key, name, caption, digest) in (0, 4)", name=op.f("ck_attachments_all_or_nothing_of_it")
        ),
        sa.CheckConstraint("state in ('ready', 'refused', 'waiting', 'withdrawn')", name=op.f("ck_attachments_state")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_attachments_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_attachments_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_attachments_thread_id_seq")),
    )
    op.create_index("ix_attachments_key", "attachments", ["key"], unique=True)
    op.create_index("ix_attachments_person_id", "attachments", ["thread_id", "person_id"], unique=False)
