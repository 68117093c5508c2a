"""notifications, and what was done with each"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("employment_id", sa.Uuid(), nullable=True),
        sa.Column("notifier_name", sa.Text(), server_default="", nullable=False),
        sa.Column("notifier_title", sa.Text(), server_default="", nullable=False),
        sa.Column("notifier_contact", sa.Text(), server_default="", nullable=False),
        sa.Column("relation", sa.Text(), server_default="", nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("child_name", sa.Text(), server_default="", nullable=False),
        sa.Column("child_details", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("child_words", sa.Text(), server_default="", nullable=False),
        sa.Column("parents_told", sa.Text(), nullable=False),
        sa.Column("parents_words", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assess_red_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assess_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_due_on", sa.Date(), nullable=False),
        sa.Column("settle_due_on", sa.Date(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(person_id, employment_id) = case source when 'professional' then 2 else 0 end",
            name=op.f("ck_concerns_who_is_known"),
        ),
        sa.CheckConstraint(
            "area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')",
            name=op.f("ck_concerns_area"),
        ),
        sa.CheckConstraint(
            "case when anonymous then notifier_name || notifier_title || notifier_contact = '' "
            "else notifier_name ~ '\\S' end",
            name=op.f("ck_concerns_an_anonymous_notifier_is_nobody"),
        ),
        sa.CheckConstraint("not anonymous or source = 'citizen'", name=op.f("ck_concerns_by_work_with_a_name")),
        sa.CheckConstraint("parents_told in ('no', 'unknown', 'yes')", name=op.f("ck_concerns_parents_told")),
        sa.CheckConstraint("source in ('citizen', 'professional')", name=op.f("ck_concerns_source")),
        sa.CheckConstraint(
            "case when taken_out_at is null then words ~ '\\S' else child_name || child_details || words "
            "|| child_words || parents_words || relation || notifier_contact = '' and area = 'other' "
            "and parents_told = 'unknown' and anonymous = (source = 'citizen') end",
            name=op.f("ck_concerns_words_or_taken_out"),
        ),
        sa.CheckConstraint(
            "(taken_out_at is null) = (digest is null)", name=op.f("ck_concerns_taken_out_and_known_again")
        ),
        sa.CheckConstraint("receiver_id <> employment_id", name=op.f("ck_concerns_somebody_else")),
        sa.ForeignKeyConstraint(["employment_id"], ["employments.id"], name=op.f("fk_concerns_employment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_concerns_person_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["employments.id"], name=op.f("fk_concerns_receiver_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_concerns_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
    )
    op.create_index(op.f("ix_concerns_employment_id"), "concerns", ["employment_id"], unique=False)
    op.create_index(op.f("ix_concerns_receiver_id"), "concerns", ["receiver_id"], unique=False)
    op.create_table(
        "concern_steps",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("to_name", sa.Text(), server_default="", nullable=False),
        sa.Column("to_title", sa.Text(), server_default="", nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("nameless_why", sa.Text(), server_default="", nullable=False),
        sa.Column("silent_why", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome is not distinct from 'case') = (thread_id is not null) and "
            "(thread_id is null) = (stage_id is null)",
            name=op.f("ck_concern_steps_which_case"),
        ),
        sa.CheckConstraint("(step = 'passed_on') = (to_id is not null)", name=op.f("ck_concern_steps_to_whom")),
        sa.CheckConstraint(
            "(step = 'receipted') = (way is not null) and way in ('here', 'letter', 'phone')",
            name=op.f("ck_concern_steps_way"),
        ),
        sa.CheckConstraint(
            "(step = 'settled') = (outcome is not null) and outcome in ('case', "
            "'elsewhere', 'not_a_notification', 'nothing_more', 'other_municipality')",
            name=op.f("ck_concern_steps_outcome"),
        ),
        sa.CheckConstraint(
            "case when taken_out_at is null then step in ('passed_on', 'receipted') or words ~ '\\S' "
            "else step in ('danger_assessed', 'passed_on') and words = '' end",
            name=op.f("ck_concern_steps_says_why"),
        ),
        sa.CheckConstraint(
            "nameless_why || silent_why = '' or (step = 'settled' and outcome <> 'elsewhere')",
            name=op.f("ck_concern_steps_says_no_more"),
        ),
        sa.CheckConstraint(
            "step in ('danger_assessed', 'passed_on', 'receipted', 'settled')", name=op.f("ck_concern_steps_step")
        ),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_concern_steps_concern_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_concern_steps_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "stage_id"], ["stages.thread_id", "stages.id"], name="fk_concern_steps_stage"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["employments.id"], name=op.f("fk_concern_steps_to_id")),
        sa.PrimaryKeyConstraint("concern_id", "id", name=op.f("pk_concern_steps")),
    )
    op.create_index(
        "uq_concern_steps_once",
        "concern_steps",
        ["concern_id", "step"],
        unique=True,
        postgresql_where=sa.text("step <> 'passed_on'"),
    )
