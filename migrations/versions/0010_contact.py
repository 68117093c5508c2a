"""contact cards, calls that are asked for, and what took place"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0010"
down_revision = "0009"


def stems(words: str) -> sa.Computed:
    return sa.Computed(f"to_tsvector('danish'::regconfig, {words})", persisted=True)


def upgrade() -> None:
    op.create_table(
        "contact_cards",
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("answers_within", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "answers_within in ('next_day', 'same_day', 'two_days', 'week')",
            name=op.f("ck_contact_cards_answers_within"),
        ),
        sa.CheckConstraint("phone ~ '\\S'", name=op.f("ck_contact_cards_phone_not_empty")),
        sa.ForeignKeyConstraint(["employment_id"], ["employments.id"], name=op.f("fk_contact_cards_employment_id")),
        sa.PrimaryKeyConstraint("employment_id", name=op.f("pk_contact_cards")),
    )
    op.create_table(
        "callbacks",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("suits", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "found_by",
            TSVECTOR(),
            sa.Computed("to_tsvector('danish'::regconfig, words || ' ' || suits)", persisted=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_callbacks_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_callbacks_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_callbacks_thread_id_seq")),
    )
    op.create_table(
        "contacts",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "found_by",
            TSVECTOR(),
            sa.Computed("to_tsvector('danish'::regconfig, who || ' ' || words)", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint("kind in ('call', 'meeting', 'other', 'visit')", name=op.f("ck_contacts_kind")),
        sa.CheckConstraint(
            "withdrawn_at is null or (who, words) = ('', '')", name=op.f("ck_contacts_nothing_kept_of_a_withdrawn_one")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_contacts_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_contacts_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_contacts_thread_id_seq")),
    )
    op.create_table(
        "callback_steps",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("callback_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("step in ('reached', 'tried', 'withdrawn')", name=op.f("ck_callback_steps_step")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_callback_steps_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "callback_id"],
            ["callbacks.thread_id", "callbacks.id"],
            name=op.f("fk_callback_steps_thread_id"),
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_callback_steps_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_callback_steps")),
    )
    op.create_index("ix_callback_steps_callback_id", "callback_steps", ["thread_id", "callback_id"], unique=False)
    op.create_index(
        "uq_callback_steps_settled_once",
        "callback_steps",
        ["thread_id", "callback_id"],
        unique=True,
        postgresql_where=sa.text("step <> 'tried'"),
    )
