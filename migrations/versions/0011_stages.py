"""the steps of a case, each with its day and its reason"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "stages",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("track", sa.Text(), nullable=True),
        sa.Column("grounds", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("child_view_choice", sa.Text(), nullable=True),
        sa.Column("child_view", sa.Text(), server_default="", nullable=False),
        sa.Column("involved", sa.Text(), server_default="", nullable=False),
        sa.Column("committee", sa.Boolean(), nullable=True),
        sa.Column("complain_until", sa.Date(), nullable=True),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=True),
        sa.Column("oral", sa.Boolean(), nullable=True),
        sa.Column("plan", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("new_eyes", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "found_by",
            TSVECTOR(),
            sa.Computed(
                "to_tsvector('danish'::regconfig, words || ' ' || child_view || ' ' || involved || ' ' || measure)",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(step = 'complained') = (oral is not null)", name=op.f("ck_stages_how_complained")),
        sa.CheckConstraint(
            "(step = 'decided') = (child_view_choice is not null) and child_view_choice in ('none', "
            "'own_words', 'summary') and (child_view_choice is null or child_view ~ '\\S')",
            name=op.f("ck_stages_no_decision_without_the_child"),
        ),
        sa.CheckConstraint(
            "(step = 'decided') = (committee is not null) and (step = 'decided') = (complain_until is not null)",
            name=op.f("ck_stages_told_how_to_complain"),
        ),
        sa.CheckConstraint(
            "(step = 'screened') = (track is not null) and track in ('full', 'light')", name=op.f("ck_stages_track")
        ),
        sa.CheckConstraint("(step = 'started') = (measure ~ '\\S')", name=op.f("ck_stages_what_started")),
        sa.CheckConstraint(
            "(step in ('complained', 'reconsidered', 'co_signed', 'provisional', 'plan_ready', 'file_answered')) = "
            "(about is not null)",
            name=op.f("ck_stages_about_a_step"),
        ),
        sa.CheckConstraint(
            "(step in ('screened', 'decided', 'followed_up', 'reconsidered')) = (outcome is not null) and "
            "(outcome is null or step = 'screened' and outcome in ('nothing_more', 'section_19', "
            "'section_20') or step = 'decided' and outcome in ('support', 'no_support', 'other') or step = "
            "'followed_up' and outcome in ('continues', 'changes', 'ends') or step = 'reconsidered' and "
            "outcome in ('changed', 'upheld'))",
            name=op.f("ck_stages_outcome"),
        ),
        sa.CheckConstraint(
            "grounds = '{}' or grounds <@ array['complex', 'violence', 'after_shelter'] and outcome is not "
            "distinct from 'section_20'",
            name=op.f("ck_stages_a_serious_case_is_assessed_in_full"),
        ),
        sa.CheckConstraint(
            "outcome <> 'section_20' or track = 'full'", name=op.f("ck_stages_a_full_assessment_is_no_light_track")
        ),
        sa.CheckConstraint(
            "step in ('notified', 'danger_assessed', 'screened', 'decided', 'started', 'followed_up', "
            "'closed', 'complained', 'reconsidered', 'co_signed', 'provisional', 'plan_ready', 'file_asked', "
            "'file_answered')",
            name=op.f("ck_stages_step"),
        ),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_stages_says_why")),
        sa.CheckConstraint(
            "plan = (plan_due_at is not null) and (not plan or outcome is not distinct from 'support')",
            name=op.f("ck_stages_a_plan_of_support"),
        ),
        sa.CheckConstraint("weeks between 1 and 52", name=op.f("ck_stages_weeks")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_stages_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "about"], ["stages.thread_id", "stages.id"], name="fk_stages_about"),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_stages_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_stages")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_stages_thread_id_seq")),
    )
    op.create_index(
        "uq_stages_once",
        "stages",
        ["thread_id", "about", "step"],
        unique=True,
        postgresql_where=sa.text("step in ('reconsidered', 'co_signed', 'provisional', 'plan_ready', 'file_answered')"),
    )
