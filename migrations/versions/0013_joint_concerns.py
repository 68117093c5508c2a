"""notifications that notifier and family write together"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "joint_concerns",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')",
            name=op.f("ck_joint_concerns_area"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_joint_concerns_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_concerns_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_joint_concerns")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_joint_concerns_thread_id_seq")),
    )
    op.create_table(
        "joint_parts",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("besides", sa.Text(), server_default="", nullable=False),
        sa.Column("child_view", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        _found_by("words || ' ' || besides || ' ' || child_view"),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_joint_parts_says_something")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_joint_parts_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "concern_id"],
            ["joint_concerns.thread_id", "joint_concerns.id"],
            name=op.f("fk_joint_parts_thread_id"),
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_parts_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_joint_parts")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_joint_parts_thread_id_seq")),
    )
    op.create_index("ix_joint_parts_concern_id", "joint_parts", ["thread_id", "concern_id"])
    op.create_table(
        "joint_steps",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("receipt_due_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        _found_by("words"),
        sa.CheckConstraint(
            "(step = 'sent') = (receipt_due_on is not null)", name=op.f("ck_joint_steps_a_receipt_is_due_when_sent")
        ),
        sa.CheckConstraint("step <> 'given_up' or words ~ '\\S'", name=op.f("ck_joint_steps_says_why")),
        sa.CheckConstraint("step in ('given_up', 'received', 'sent')", name=op.f("ck_joint_steps_step")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_joint_steps_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "concern_id"],
            ["joint_concerns.thread_id", "joint_concerns.id"],
            name=op.f("fk_joint_steps_thread_id"),
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_joint_steps_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_joint_steps")),
        sa.UniqueConstraint("thread_id", "concern_id", "step", name=op.f("uq_joint_steps_thread_id_concern_id_step")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_joint_steps_thread_id_seq")),
    )
    op.create_index(
        "uq_joint_steps_ended_once",
        "joint_steps",
        ["thread_id", "concern_id"],
        unique=True,
        postgresql_where=sa.text("step in ('given_up', 'sent')"),
    )


def _found_by(words: str) -> sa.Column[str]:
    stems = sa.Computed(f"to_tsvector('danish'::regconfig, {words})", persisted=True)
    return sa.Column("found_by", TSVECTOR(), stems, nullable=True)
