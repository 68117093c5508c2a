"""notes have versions and are answered; where we are now; drafts on the server"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("writer", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_drafts_person_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_drafts_thread_id")),
        sa.UniqueConstraint(
            "person_id",
            "form",
            "thread_id",
            "about",
            name=op.f("uq_drafts_person_id_form_thread_id_about"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_drafts_thread_id"), "drafts", ["thread_id"], unique=False)
    op.create_table(
        "summaries",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_summaries_words_not_empty")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_summaries_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_summaries_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_summaries")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_summaries_thread_id_seq")),
    )
    op.create_table(
        "note_versions",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("challenges", sa.Text(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("proposals", sa.Text(), nullable=False),
        sa.Column("child_view", sa.Text(), server_default="", nullable=False),
        sa.Column("child_view_choice", sa.Text(), server_default="none", nullable=False),
        sa.Column("heard", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(child_view_choice in ('own_words', 'summary')) = (child_view ~ '\\S')",
            name=op.f("ck_note_versions_child_view_as_chosen"),
        ),
        sa.CheckConstraint(
            "child_view_choice in ('kept', 'none', 'own_words', 'summary')",
            name=op.f("ck_note_versions_child_view_choice"),
        ),
        sa.CheckConstraint("resources ~ '\\S'", name=op.f("ck_note_versions_resources_not_empty")),
        sa.ForeignKeyConstraint(
            ["thread_id", "note_id"], ["notes.thread_id", "notes.id"], name=op.f("fk_note_versions_thread_id")
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_note_versions_seq"),
        sa.PrimaryKeyConstraint("thread_id", "note_id", "version", name=op.f("pk_note_versions")),
    )
    op.create_table(
        "summary_settlements",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("confirmed or words ~ '\\S'", name=op.f("ck_summary_settlements_a_no_says_why")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_summary_settlements_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_summary_settlements_seq"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id", "summary_id"],
            ["summaries.thread_id", "summaries.id"],
            name=op.f("fk_summary_settlements_thread_id"),
        ),
        sa.PrimaryKeyConstraint("thread_id", "summary_id", name=op.f("pk_summary_settlements")),
    )
    op.create_table(
        "responses",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("responded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(kind = 'agree') = (due_on is null)", name=op.f("ck_responses_due_unless_agreed")),
        sa.CheckConstraint(
            "box in ('challenges', 'child_view', 'proposals', 'resources', 'whole')", name=op.f("ck_responses_box")
        ),
        sa.CheckConstraint("kind = 'agree' or words ~ '\\S'", name=op.f("ck_responses_words_unless_agreed")),
        sa.CheckConstraint("kind in ('agree', 'missing', 'not_right')", name=op.f("ck_responses_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_responses_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "note_id", "version"],
            ["note_versions.thread_id", "note_versions.note_id", "note_versions.version"],
            name=op.f("fk_responses_thread_id"),
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_responses_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_responses")),
    )
    op.create_index("ix_responses_note_id", "responses", ["thread_id", "note_id"], unique=False)
    op.create_table(
        "response_answers",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_response_answers_words_not_empty")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_response_answers_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "response_id"],
            ["responses.thread_id", "responses.id"],
            name=op.f("fk_response_answers_thread_id"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_response_answers_seq"
        ),
        sa.PrimaryKeyConstraint("thread_id", "response_id", name=op.f("pk_response_answers")),
    )
    op.add_column("notes", sa.Column("template", sa.Text(), server_default="free", nullable=False))
    op.create_check_constraint(
        "template", "notes", "template in ('assessment', 'first_conversation', 'free', 'phone_call', 'visit')"
    )
    # What a note says becomes its first version.
    op.execute(
        "insert into note_versions (thread_id, note_id, version, seq, challenges, resources, proposals, written_at)"
        " select thread_id, id, 1, seq, challenges, resources, proposals, published_at from notes"
    )
    op.drop_column("notes", "challenges")
    op.drop_column("notes", "resources")
    op.drop_column("notes", "proposals")
    # Why a place was ended is read by the others from now on: nobody was told so who wrote it before.
    op.execute("update memberships set end_reason = null where end_reason not in ('consent', 'expired')")
