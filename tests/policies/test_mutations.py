"""Would we notice? Each policy is loosened, one at a time; the tables typed by hand must catch every one of them.

A loosened policy lives in a transaction that is undone, seen there as the web role.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from app.embedded import conninfo
from tests.policies.checker import Connection, misseen, slips
from tests.policies.world import World

# One condition of a policy, as PostgreSQL writes it back, and one of a function, as it stands.
CONDITION = re.compile(
    r"in_force\([^()]*\)|\([\w.]+ = \( SELECT me\(\) AS me\)\)|\([\w.]+ (?:=|<>|>|IS NULL|IS NOT NULL)[^()]*\)"
    r"|\([\w.]+ = ANY \((?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^()]*)[^()]*\)\)"
)
ASKED = re.compile(
    r"(?:in_force|works_today)\([^()]*\)|\b(?:\w+\.)?person_id = me\(\)"
    r"|\b[em]\.\w+ = (?:me\(\)|[pv]_\w+|any \(p_roles\))"
)
FUNCTIONS = (
    "concerns_to_handle",
    "enter_thread",
    "is_new_to",
    "may_stand_as",
    "my_consultations",
    "my_family_threads",
    "my_threads",
    "my_units",
    "record_event",
    "sits_with_me",
    "takes_new",
    "works_as",
)
# Asked twice: the tables that these ask have policies of their own, through which they ask.
TWICE = {
    "actions.author: with check without (thread_id = ANY (( SELECT my_threads() AS my_threads)::uuid[]))",
    "cases.member: using without (m.person_id = ( SELECT me() AS me))",
    "cases.member: using without in_force(m.*)",
    "fact_grants.granted: using without in_force(m.*)",
    "fact_grants.owner_insert: with check without (m.thread_id = ANY (( SELECT my_threads() AS my_threads)::uuid[]))",
    "fact_grants.owner_update: using (true)",
    "fact_grants.owner_update: using without (owner_id = ( SELECT me() AS me))",
    "fact_grants.owner_update: with check without (owner_id = ( SELECT me() AS me))",
    "fact_looks.owner_delete: using (true)",
    "fact_looks.owner_delete: using without (owner_id = ( SELECT me() AS me))",
    "fact_looks.reader: with check without (g.ended_at IS NULL)",
    "fact_looks.reader: with check without (m.id = g.membership_id)",
    "fact_looks.reader: with check without (m.person_id = ( SELECT me() AS me))",
    "fact_looks.reader: with check without in_force(m.*)",
    "invitation_claims.member: using without in_force(m.*)",
    "private_facts.granted: using without (g.ended_at IS NULL)",
    "private_facts.granted: using without (m.person_id = ( SELECT me() AS me))",
    "private_facts.granted: using without in_force(m.*)",
    "private_facts.owner: with check without (m.person_id = ( SELECT me() AS me))",
    "private_facts.owner: with check without in_force(m.*)",
    "stages.author: with check without in_force(m.*)",
    "threads.opening: with check without (m.person_id = ( SELECT me() AS me))",
    "threads.opening: with check without in_force(m.*)",
    "units.known: using without (p.id = ( SELECT me() AS me))",
    "callback_steps.author: with check without (m.thread_id = c.thread_id)",
    "callback_steps.author: with check without (person_id = ( SELECT me() AS me))",
    "callback_steps.author: with check without in_force(m.*)",
    "concerns.sent: using without (e.id = concerns.employment_id)",
    "concerns.sent: using without (person_id = ( SELECT me() AS me))",
    "contact_cards.mine: using without (e.person_id = ( SELECT me() AS me))",
    "contact_cards.mine: with check without (e.person_id = ( SELECT me() AS me))",
    "contact_cards.shared: using without (m.thread_id = ANY (( SELECT my_threads() AS my_threads)::uuid[]))",
    "contact_cards.shared: using without in_force(m.*)",
    "contacts.author_update: using without (thread_id = ANY (( SELECT my_threads() AS my_threads)::uuid[]))",
    "joint_concerns.author: with check without (m.person_id = ( SELECT me() AS me))",
    "joint_concerns.author: with check without in_force(m.*)",
    "joint_parts.author: with check without (j.thread_id = joint_parts.thread_id)",
    "joint_parts.author: with check without (thread_id = ANY (( SELECT my_threads() AS my_threads)::uuid[]))",
    "joint_steps.author: with check without (j.thread_id = joint_steps.thread_id)",
    "joint_steps.author: with check without (m.thread_id = j.thread_id)",
    "joint_steps.author: with check without (person_id = ( SELECT me() AS me))",
    "joint_steps.author: with check without in_force(m.*)",
    "stages.author: with check without (m.role = 'professional'::text)",
    # No loosening: with this gone, less can be written.
    "consultation_lines.author: with check without (x.consultation_id = consultation_lines.consultation_id)",
    "is_new_to() without e.case_id = p_case",
    "is_new_to() without m.case_id = p_case",
    "is_new_to() without m.person_id = me()",
    "joint_parts.author: with check without (s.concern_id = joint_parts.concern_id)",
    "joint_parts.author: with check without (s.thread_id = joint_parts.thread_id)",
}


@dataclass(frozen=True)
class Mutant:
    """`table`: whose policy it is; of a function, none."""

    name: str
    statement: str
    table: str = ""


@contextmanager
def mutated(world: World, *statements: str) -> Iterator[Connection]:
    with psycopg.connect(conninfo(world.urls.admin)) as db, db.transaction(force_rollback=True):
        for statement in statements:
            db.execute(statement.encode())
        db.execute("set local role rundtom_web")
        yield db


def mutants(world: World) -> Iterator[Mutant]:
    policies = world.admin(
        "select tablename, policyname, cmd, qual, with_check from pg_policies where 'rundtom_web' = any (roles)"
        " order by 1, 2"
    )
    for table, policy, command, qual, check in policies:
        where, alter = f"{table}.{policy}", f"alter policy {policy} on {table}"
        if command in ("SELECT", "ALL"):
            yield Mutant(f"{where}: removed", f"drop policy {policy} on {table}", table)
        if qual:
            yield Mutant(f"{where}: using (true)", f"{alter} using (true)", table)
        if check:
            yield Mutant(f"{where}: with check (true)", f"{alter} with check (true)", table)
        for part, expression in (("using", qual or ""), ("with check", check or "")):
            for loose, condition in loosened(expression, CONDITION):
                yield Mutant(f"{where}: {part} without {condition}", f"{alter} {part} ({loose})", table)
    for name in FUNCTIONS:
        [(definition,)] = world.admin(f"select pg_get_functiondef('{name}'::regproc)")
        for loose, condition in loosened(definition, ASKED):
            yield Mutant(f"{name}() without {condition}", loose)


def loosened(expression: str, condition: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in condition.finditer(expression):
        yield expression[: found.start()] + "true" + expression[found.end() :], " ".join(found[0].split())


def caught(world: World, mutant: Mutant) -> str | None:
    """The first thing that anybody sees or does differently; looked for where it is likely before everywhere."""
    with mutated(world, mutant.statement) as db:
        here = next(misseen(db, world, [mutant.table]), None) if mutant.table else None
        return here or next(slips(db, world), None) or next(misseen(db, world), None)


def test_unmutated_nothing_is_caught(world: World) -> None:
    with mutated(world) as db:
        assert list(misseen(db, world)) == []
        assert list(slips(db, world)) == []


def test_every_loosened_policy_is_caught(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    every = list(mutants(world))
    killed = {mutant.name: caught(world, mutant) for mutant in every}
    alive = [name for name, by in killed.items() if by is None]
    with capsys.disabled():
        print(f"\npolicies loosened: {len(every)}, caught: {len(every) - len(alive)}", *alive, sep="\n  ")
    assert set(alive) == TWICE
