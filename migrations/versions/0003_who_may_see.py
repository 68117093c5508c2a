"""who may see: consents, pauses, custody, private facts, duty access, whole looks, sessions of a device"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROLES = (
    "role in ('caseworker', 'child', 'custody_holder', 'foster_parent', 'interpreter', 'on_duty', 'parent',"
    " 'professional', 'relative', 'support_person', 'volunteer', 'young_person')"
)
STEPS = (
    "step in ('accepted', 'agreed', 'bounced', 'declined', 'opened', 'proposed', 'refused', 'reminded', 'renewed',"
    " 'sent')"
)
# The first room of the other house: no role of the product reads it, only functions in doors/screening.sql.
# No key points from here to there or back: a case's row must not tell that this one exists.
PROTECTED = """
    create schema protected;
    create table protected.screenings (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null,
      signs text[] not null
        constraint ck_screenings_signs check (cardinality(signs) > 0
                                              and signs <@ '{honour_conflict,negative_social_control}'),
      ticked_by uuid not null,
      ticked_at timestamptz not null default now(),
      assessment text,
      not_to_invite text[] not null default '{}',
      signed_by uuid,
      signed_at timestamptz,
      constraint ck_screenings_signed check ((signed_at is null) = (signed_by is null)
                                             and (signed_at is null) = (assessment is null)));
    create unique index uq_screenings_one_open on protected.screenings (case_id) where signed_at is null;
    create index ix_screenings_case_id on protected.screenings (case_id);
    alter table protected.screenings enable row level security;
    alter table protected.screenings force row level security;
    create policy by_door on protected.screenings to rundtom_authz using (true) with check (true);
    create table protected.looks (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null,
      person_id uuid not null,
      at timestamptz not null default now());
    create index ix_looks_case_id on protected.looks (case_id, at);
    alter table protected.looks enable row level security;
    alter table protected.looks force row level security;
    create policy by_door on protected.looks to rundtom_authz using (true) with check (true);
    grant usage on schema protected to rundtom_authz;
    grant select, insert, update on protected.screenings to rundtom_authz;
    grant select, insert on protected.looks to rundtom_authz;
"""


def upgrade() -> None:
    op.create_table(
        "logout_tokens",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "jti", name=op.f("pk_logout_tokens")),
    )
    op.create_table(
        "reconciliations",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("served", sa.BigInteger(), nullable=False),
        sa.Column("looked", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_reconciliations")),
    )
    op.create_table(
        "served",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", name=op.f("pk_served")),
    )
    op.create_table(
        "duty_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_duty_accesses_case_id")),
        sa.ForeignKeyConstraint(["employment_id"], ["employments.id"], name=op.f("fk_duty_accesses_employment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_duty_accesses_person_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["persons.id"], name=op.f("fk_duty_accesses_seen_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_accesses_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_accesses")),
    )
    op.create_index(op.f("ix_duty_accesses_case_id"), "duty_accesses", ["case_id"], unique=False)
    op.create_index(op.f("ix_duty_accesses_unit_id"), "duty_accesses", ["unit_id"], unique=False)
    op.create_table(
        "private_facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('address', 'institution', 'meeting_place', 'phone')", name=op.f("ck_private_facts_kind")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_private_facts_case_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_private_facts_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_facts")),
        sa.UniqueConstraint("id", "owner_id", name=op.f("uq_private_facts_id_owner_id")),
    )
    op.create_index("ix_private_facts_case_id", "private_facts", ["case_id", "owner_id"], unique=False)
    op.create_table(
        "custody_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "change = 'ended' and membership_id is not null"
            " or change = 'granted' and num_nonnulls(name, email, capacity) = 3",
            name=op.f("ck_custody_changes_whom"),
        ),
        sa.CheckConstraint("change in ('ended', 'granted')", name=op.f("ck_custody_changes_change")),
        sa.CheckConstraint("outcome in ('approved', 'refused')", name=op.f("ck_custody_changes_outcome")),
        sa.CheckConstraint("(settled_at is null) = (outcome is null)", name=op.f("ck_custody_changes_settled")),
        sa.ForeignKeyConstraint(["asked_by"], ["persons.id"], name=op.f("fk_custody_changes_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_custody_changes_case_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_custody_changes_membership_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["persons.id"], name=op.f("fk_custody_changes_settled_by")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_custody_changes_thread_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_custody_changes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_changes")),
    )
    op.create_index(op.f("ix_custody_changes_case_id"), "custody_changes", ["case_id"], unique=False)
    op.create_index(
        "ix_custody_changes_unit_id",
        "custody_changes",
        ["unit_id"],
        unique=False,
        postgresql_where=sa.text("settled_at is null"),
    )
    op.create_table(
        "fact_grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["fact_id", "owner_id"],
            ["private_facts.id", "private_facts.owner_id"],
            name=op.f("fk_fact_grants_fact_id"),
        ),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_fact_grants_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_grants")),
    )
    op.create_index("ix_fact_grants_membership_id", "fact_grants", ["membership_id"], unique=False)
    op.create_index(
        "uq_fact_grants_one_open",
        "fact_grants",
        ["fact_id", "membership_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "fact_looks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id", "owner_id"],
            ["private_facts.id", "private_facts.owner_id"],
            name=op.f("fk_fact_looks_fact_id"),
        ),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_fact_looks_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_looks")),
    )
    op.create_index("ix_fact_looks_fact_id", "fact_looks", ["fact_id", "membership_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(how = 'digital') = (recorded_by is null)", name=op.f("ck_consents_recorded")),
        sa.CheckConstraint("how in ('digital', 'paper', 'phone')", name=op.f("ck_consents_how")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consents_case_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["memberships.id"], name=op.f("fk_consents_giver_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_consents_invitation_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["memberships.id"], name=op.f("fk_consents_recorded_by")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_consents_thread_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["memberships.id"], name=op.f("fk_consents_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_thread_id", "consents", ["thread_id"], unique=False)
    op.create_index(
        "uq_consents_once",
        "consents",
        ["invitation_id", "giver_id", "until"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_table(
        "invitation_claims",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.CheckConstraint("(settled_at is null) = (approved is null)", name=op.f("ck_invitation_claims_settled")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_claims_invitation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_invitation_claims_person_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["memberships.id"], name=op.f("fk_invitation_claims_settled_by")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_invitation_claims_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_claims")),
    )
    op.create_index(
        "uq_invitation_claims_one_a_person", "invitation_claims", ["invitation_id", "person_id"], unique=True
    )
    op.add_column(
        "invitation_steps", sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)
    )
    op.drop_constraint("pk_invitation_steps", "invitation_steps")
    op.create_primary_key("pk_invitation_steps", "invitation_steps", ["id"])
    op.create_check_constraint("step", "invitation_steps", STEPS)
    op.create_index("ix_invitation_steps_invitation_id", "invitation_steps", ["invitation_id"], unique=False)
    op.create_index(
        "uq_invitation_steps_once",
        "invitation_steps",
        ["invitation_id", "step"],
        unique=True,
        postgresql_where=sa.text("step not in ('bounced', 'reminded', 'renewed', 'sent')"),
    )
    op.add_column(
        "invitations", sa.Column("kinds", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column("invitations", sa.Column("place_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_invitations_place_id"), "invitations", ["place_id"], unique=False)
    op.create_foreign_key(op.f("fk_invitations_place_id"), "invitations", "memberships", ["place_id"], ["id"])
    op.add_column("invitations", sa.Column("every_holder", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("invitations", sa.Column("young_person", sa.Boolean(), server_default="true", nullable=False))
    # What was agreed to before there were consents stays agreed, and what was accepted became the place of that moment.
    op.execute(
        "update invitations i set place_id = m.id from invitation_steps s, memberships m where s.invitation_id = i.id"
        " and s.step = 'accepted' and i.membership_id is null and m.thread_id = i.thread_id and m.starts_at = s.at"
        " and m.role = i.role and m.capacity = i.capacity"
    )
    op.execute(
        "insert into consents (id, case_id, thread_id, invitation_id, giver_id, recipient, purpose, kinds,"
        " text_version, how, given_on, recorded_at, until)"
        " select gen_random_uuid(), i.case_id, i.thread_id, i.id, s.by_id, i.name || ', ' || i.capacity, i.purpose,"
        " i.kinds, 'before 0003', 'digital', s.at::date, s.at, i.ends_on"
        " from invitation_steps s join invitations i on i.id = s.invitation_id"
        " where s.step = 'agreed' and i.membership_id is null and i.ends_on is not null"
    )
    # A look at a case as a whole belongs to the thread that the reader was a member by.
    op.execute(
        "update looks l set thread_id = m.thread_id from memberships m"
        " where m.id = l.membership_id and l.thread_id is null"
    )
    op.add_column("looks", sa.Column("employment_id", sa.Uuid(), nullable=True))
    op.add_column("looks", sa.Column("purpose", sa.Text(), server_default="participant", nullable=False))
    op.add_column("looks", sa.Column("reason", sa.Text(), nullable=True))
    op.alter_column("looks", "thread_id", existing_type=sa.UUID(), nullable=False)
    op.alter_column("looks", "membership_id", existing_type=sa.UUID(), nullable=True)
    op.create_index(op.f("ix_looks_at"), "looks", ["at"], unique=False)
    op.create_index("ix_looks_thread_id", "looks", ["thread_id", "at"], unique=False)
    op.create_foreign_key(op.f("fk_looks_employment_id"), "looks", "employments", ["employment_id"], ["id"])
    op.add_column("memberships", sa.Column("employment_id", sa.Uuid(), nullable=True))
    op.add_column("memberships", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("memberships", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("memberships", sa.Column("paused_by", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_memberships_employment_id"), "memberships", ["employment_id"], unique=False)
    op.create_foreign_key(op.f("fk_memberships_employment_id"), "memberships", "employments", ["employment_id"], ["id"])
    op.create_foreign_key(op.f("fk_memberships_paused_by"), "memberships", "memberships", ["paused_by"], ["id"])
    op.add_column("messages", sa.Column("words_of", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_messages_words_of"), "messages", "memberships", ["words_of"], ["id"])
    op.add_column("sessions", sa.Column("issuer_key", sa.Text(), server_default="", nullable=False))
    op.add_column("sessions", sa.Column("device", sa.Text(), server_default="other", nullable=False))
    op.add_column(
        "sessions", sa.Column("fresh_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    )
    op.create_check_constraint("role", "memberships", ROLES)
    op.create_check_constraint("purpose", "looks", "purpose in ('participant', 'duty', 'reason')")
    op.create_check_constraint("one_capacity", "looks", "num_nonnulls(membership_id, employment_id) = 1")
    op.create_check_constraint("reason_given", "looks", "purpose = 'participant' or reason is not null")
    op.execute(PROTECTED)
