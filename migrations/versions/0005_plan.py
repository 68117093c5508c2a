"""the plan in their own words, and how it goes"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "evaluations",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_evaluations_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_evaluations_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_evaluations")),
    )
    op.create_table(
        "goals",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words_of", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "area in ('family', 'feelings', 'friends', 'health', 'home', 'leisure', 'school', 'other')",
            name=op.f("ck_goals_area"),
        ),
        sa.CheckConstraint("kind in ('goal', 'wish')", name=op.f("ck_goals_kind")),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_goals_words_not_empty")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_goals_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_goals_seq"),
        sa.ForeignKeyConstraint(["words_of"], ["memberships.id"], name=op.f("fk_goals_words_of")),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_goals")),
    )
    op.create_table(
        "wellbeing",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words_of", sa.Uuid(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("colour = 'green' or words ~ '\\S'", name=op.f("ck_wellbeing_says_what_is_seen")),
        sa.CheckConstraint("colour in ('green', 'red', 'yellow')", name=op.f("ck_wellbeing_colour")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_wellbeing_person_id")),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_wellbeing_seq"),
        sa.ForeignKeyConstraint(["words_of"], ["memberships.id"], name=op.f("fk_wellbeing_words_of")),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_wellbeing")),
    )
    op.create_table(
        "actions",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("weeks", sa.SmallInteger(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("words ~ '\\S'", name=op.f("ck_actions_words_not_empty")),
        sa.CheckConstraint("(starts_on is null) = (weeks is null)", name=op.f("ck_actions_a_measure_has_both")),
        sa.CheckConstraint("weeks between 1 and 52", name=op.f("ck_actions_weeks")),
        sa.ForeignKeyConstraint(["owner"], ["memberships.id"], name=op.f("fk_actions_owner")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_actions_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "goal_id"], ["goals.thread_id", "goals.id"], name=op.f("fk_actions_thread_id")
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_actions_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_actions")),
    )
    op.create_table(
        "evaluation_views",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words_of", sa.Uuid(), nullable=True),
        sa.Column("worked", sa.Text(), server_default="", nullable=False),
        sa.Column("change", sa.Text(), server_default="", nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("worked ~ '\\S' or change ~ '\\S'", name=op.f("ck_evaluation_views_says_something")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_evaluation_views_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "evaluation_id"],
            ["evaluations.thread_id", "evaluations.id"],
            name=op.f("fk_evaluation_views_thread_id"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_evaluation_views_seq"
        ),
        sa.ForeignKeyConstraint(["words_of"], ["memberships.id"], name=op.f("fk_evaluation_views_words_of")),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_evaluation_views")),
    )
    op.create_index(
        "ix_evaluation_views_evaluation_id", "evaluation_views", ["thread_id", "evaluation_id"], unique=False
    )
    op.create_table(
        "goal_changes",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "step in ('agreed', 'declined', 'dropped', 'reached', 'resumed', 'reworded')",
            name=op.f("ck_goal_changes_step"),
        ),
        sa.CheckConstraint(
            "step not in ('declined', 'dropped', 'reworded') or words ~ '\\S'", name=op.f("ck_goal_changes_says_why")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_goal_changes_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "goal_id"], ["goals.thread_id", "goals.id"], name=op.f("fk_goal_changes_thread_id")
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_goal_changes_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_goal_changes")),
    )
    op.create_index("ix_goal_changes_goal_id", "goal_changes", ["thread_id", "goal_id"], unique=False)
    op.create_table(
        "scales",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words_of", sa.Uuid(), nullable=True),
        sa.Column("before", sa.SmallInteger(), nullable=False),
        sa.Column("now", sa.SmallInteger(), nullable=False),
        sa.Column("hoped", sa.SmallInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "before between 0 and 10 and now between 0 and 10 and hoped between 0 and 10",
            name=op.f("ck_scales_0_to_10"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_scales_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "goal_id"], ["goals.thread_id", "goals.id"], name=op.f("fk_scales_thread_id")
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_scales_seq"),
        sa.ForeignKeyConstraint(["words_of"], ["memberships.id"], name=op.f("fk_scales_words_of")),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_scales")),
    )
    op.create_index("ix_scales_goal_id", "scales", ["thread_id", "goal_id"], unique=False)
    op.create_table(
        "action_changes",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(step = 'handed') = (owner is not null)", name=op.f("ck_action_changes_handed_to_somebody")
        ),
        sa.CheckConstraint("(step = 'moved') = (due_on is not null)", name=op.f("ck_action_changes_moved_to_a_day")),
        sa.CheckConstraint(
            "step in ('agreed', 'declined', 'done', 'dropped', 'handed', 'moved', 'reopened', 'reworded')",
            name=op.f("ck_action_changes_step"),
        ),
        sa.CheckConstraint(
            "step not in ('declined', 'dropped', 'reworded') or words ~ '\\S'", name=op.f("ck_action_changes_says_why")
        ),
        sa.ForeignKeyConstraint(["owner"], ["memberships.id"], name=op.f("fk_action_changes_owner")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_action_changes_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id", "action_id"], ["actions.thread_id", "actions.id"], name=op.f("fk_action_changes_thread_id")
        ),
        sa.ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_action_changes_seq"),
        sa.PrimaryKeyConstraint("thread_id", "id", name=op.f("pk_action_changes")),
    )
    op.create_index("ix_action_changes_action_id", "action_changes", ["thread_id", "action_id"], unique=False)
