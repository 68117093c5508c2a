"""who receives from which unit, and asking for advice without naming the child"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_absences_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_absences_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_absences")),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_name", sa.Text(), nullable=False),
        sa.Column("receiver_title", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "area in ('absence', 'behaviour', 'development', 'home', 'other', 'wellbeing')",
            name=op.f("ck_consultations_area"),
        ),
        sa.CheckConstraint("receiver_id <> employment_id", name=op.f("ck_consultations_somebody_else")),
        sa.ForeignKeyConstraint(["employment_id"], ["employments.id"], name=op.f("fk_consultations_employment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_consultations_person_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["employments.id"], name=op.f("fk_consultations_receiver_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_consultations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(op.f("ix_consultations_employment_id"), "consultations", ["employment_id"], unique=False)
    op.create_index(op.f("ix_consultations_receiver_id"), "consultations", ["receiver_id"], unique=False)
    op.create_table(
        "routings",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("deputy_id <> caseworker_id", name=op.f("ck_routings_somebody_else")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["employments.id"], name=op.f("fk_routings_caseworker_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["employments.id"], name=op.f("fk_routings_deputy_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_routings_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_routings")),
    )
    op.create_table(
        "consultation_closures",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'other' or words ~ '\\S'", name=op.f("ck_consultation_closures_something_else_says_what")
        ),
        sa.CheckConstraint(
            "outcome in ('advice_enough', 'other', 'talk_with_parents')", name=op.f("ck_consultation_closures_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consultation_closures_consultation_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultation_closures")),
    )
    op.create_table(
        "consultation_lines",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_consultation_lines_words_not_empty")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consultation_lines_consultation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_consultation_lines_person_id")),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_consultation_lines")),
    )
    op.create_table(
        "consultation_passings",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_title", sa.Text(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consultation_passings_consultation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_consultation_passings_person_id")),
        sa.ForeignKeyConstraint(["to_id"], ["employments.id"], name=op.f("fk_consultation_passings_to_id")),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_consultation_passings")),
    )
