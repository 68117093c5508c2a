"""somebody has the ball: one holder a case, a deputy, and the hand-over"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# As it is done at opening: the caseworker in the family thread, else whoever opened it, while there.
HOLDERS = """
    update cases c set holder_id = coalesce(
      (select m.person_id from memberships m join threads t on t.id = m.thread_id and t.kind = 'family'
        where m.case_id = c.id and m.ended_at is null and (m.role = 'caseworker' or m.person_id = c.opened_by)
        order by m.role <> 'caseworker', m.starts_at, m.id limit 1), c.opened_by)
"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("holder_id", sa.Uuid(), nullable=True))
    op.add_column("cases", sa.Column("deputy_id", sa.Uuid(), nullable=True))
    op.execute(HOLDERS)
    op.alter_column("cases", "holder_id", nullable=False)
    op.create_foreign_key(op.f("fk_cases_holder_id"), "cases", "persons", ["holder_id"], ["id"])
    op.create_foreign_key(op.f("fk_cases_deputy_id"), "cases", "persons", ["deputy_id"], ["id"])
    op.create_check_constraint("deputy_is_another", "cases", "deputy_id <> holder_id")
    op.create_table(
        "hand_overs",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("from_person", sa.Uuid(), nullable=False),
        sa.Column("to_person", sa.Uuid(), nullable=False),
        sa.Column("to_employment", sa.Uuid(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_title", sa.Text(), nullable=False),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("from_person <> to_person", name=op.f("ck_hand_overs_to_another")),
        sa.ForeignKeyConstraint(["from_person"], ["persons.id"], name=op.f("fk_hand_overs_from_person")),
        sa.ForeignKeyConstraint(["to_person"], ["persons.id"], name=op.f("fk_hand_overs_to_person")),
        sa.ForeignKeyConstraint(["to_employment"], ["employments.id"], name=op.f("fk_hand_overs_to_employment")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_hand_overs_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_hand_overs_thread_id_seq")),
    )
    op.create_index(op.f("ix_hand_overs_id"), "hand_overs", ["id"], unique=False)
    op.create_index(op.f("ix_hand_overs_to_person"), "hand_overs", ["to_person"], unique=False)
    op.create_table(
        "hand_over_answers",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("hand_over_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "outcome in ('accepted', 'declined', 'withdrawn')", name=op.f("ck_hand_over_answers_outcome")
        ),
        sa.CheckConstraint(
            "(outcome = 'accepted') = (message_id is not null)",
            name=op.f("ck_hand_over_answers_accepted_with_introduction"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_hand_over_answers_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "hand_over_id"],
            ["hand_overs.thread_id", "hand_overs.id"],
            name=op.f("fk_hand_over_answers_thread_id"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_id", "message_id"], ["messages.thread_id", "messages.id"], name="fk_hand_over_answers_message"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_hand_over_answers_seq"
        ),
        sa.PrimaryKeyConstraint("thread_id", "hand_over_id", name=op.f("pk_hand_over_answers")),
    )
    op.create_table(
        "ball_passes",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_person", sa.Uuid(), nullable=False),
        sa.Column("to_person", sa.Uuid(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("from_person <> to_person", name=op.f("ck_ball_passes_to_another")),
        sa.ForeignKeyConstraint(["from_person"], ["persons.id"], name=op.f("fk_ball_passes_from_person")),
        sa.ForeignKeyConstraint(["to_person"], ["persons.id"], name=op.f("fk_ball_passes_to_person")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_ball_passes_seq"),
        sa.PrimaryKeyConstraint("thread_id", "seq", name=op.f("pk_ball_passes")),
    )
