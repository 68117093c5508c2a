"""What the catalogue must say, whatever the rows are: each line is a leak that somebody has had."""

from typing import Any

import pytest

from tests.policies.checker import PRIVATE, table
from tests.policies.world import World

ROLES = ("rundtom_web", "rundtom_live", "rundtom_worker")
FOREIGN = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"


def one_column(world: World, statement: str) -> list[Any]:
    return [value for (value,) in world.admin(statement)]


def test_row_security_is_enabled_and_forced_on_every_table(world: World) -> None:
    """Without FORCE the owner would see all. alembic_version holds a number, and nobody but the owner may touch it."""
    bare = one_column(
        world,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity)",
    )
    assert bare == ["alembic_version"]
    assert set(bare) < PRIVATE


@pytest.mark.parametrize("role", ROLES)
def test_the_roles_own_nothing_and_belong_to_nobody(world: World, role: str) -> None:
    flags = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit"
    assert one_column(world, f"select {flags} from pg_roles where rolname = '{role}'") == [False]
    assert one_column(world, f"select 1 from pg_shdepend where refobjid = '{role}'::regrole and deptype = 'o'") == []
    assert one_column(world, f"select roleid::regrole from pg_auth_members where member = '{role}'::regrole") == []


@pytest.mark.parametrize("role", [*ROLES, "public"])
def test_the_roles_create_nothing(world: World, role: str) -> None:
    who = "0" if role == "public" else f"'{role}'::regrole"
    grants = world.admin(
        "select n.nspname, a.privilege_type from pg_namespace n, aclexplode(n.nspacl) a"
        f" where {FOREIGN} and a.grantee = {who} union all select datname, a.privilege_type"
        f" from pg_database, aclexplode(datacl) a where datname = current_database() and a.grantee = {who}"
    )
    [(database,)] = world.admin("select current_database()")
    expected = {
        "rundtom_web": {(database, "CONNECT"), ("public", "USAGE")},
        "rundtom_live": {(database, "CONNECT"), ("public", "USAGE")},
        "rundtom_worker": {(database, "CONNECT"), ("public", "USAGE"), ("jobs", "USAGE")},
        "public": set(),
    }
    assert set(grants) == expected[role]


def granted(world: World, role: str) -> dict[str, str]:
    """What a role may do with each relation of public, as grants.csv writes it."""
    who = "0" if role == "public" else f"'{role}'::regrole"
    found = world.admin(
        f"""select c.relname, lower(a.privilege_type), '' from pg_class c, aclexplode(c.relacl) a
             where c.relnamespace = 'public'::regnamespace and a.grantee = {who}
            union all
            select c.relname, lower(a.privilege_type), string_agg(t.attname, ' ' order by t.attname)
              from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
             where c.relnamespace = 'public'::regnamespace and a.grantee = {who} group by 1, 2"""
    )
    order = ["select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain"]
    rights: dict[str, list[str]] = {}
    for name, right, columns in sorted(found, key=lambda row: order.index(row[1])):
        rights.setdefault(name, []).append(f"{right}({columns})" if columns else right)
    return {name: " ".join(several) for name, several in rights.items()}


def test_the_web_role_may_do_to_tables_what_is_listed(world: World) -> None:
    assert granted(world, "rundtom_web") == {line["table"]: line["the web role may"] for line in table("grants")}


@pytest.mark.parametrize("role", ["rundtom_live", "rundtom_worker", "public"])
def test_nobody_else_may_do_anything_to_tables(world: World, role: str) -> None:
    assert granted(world, role) == {}


def test_every_function_is_listed_with_its_callers(world: World) -> None:
    """Definer functions see more than their caller: one that is not on the list is a hole."""
    found = world.admin(
        f"""select p.proname, case when p.prosecdef then p.proowner::regrole::text else 'caller' end,
                   replace(coalesce(p.proconfig[1], ''), 'search_path=', ''),
                   coalesce((select string_agg(coalesce(nullif(a.grantee, 0)::regrole::text, 'PUBLIC'), ' '
                                     order by a.grantee::regrole::text)
                     from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                    where a.grantee <> p.proowner), '')
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = 'public' or (p.prosecdef and {FOREIGN}) order by 1"""
    )
    listed = [(line["function"], line["runs as"], line["search path"], line["callers"]) for line in table("functions")]
    assert [tuple(part.replace("rundtom_", "") for part in row) for row in found] == listed


def test_definer_functions_have_a_fixed_search_path_and_an_owner_that_cannot_log_in(world: World) -> None:
    paths = {line["search path"] for line in table("functions") if line["runs as"] != "caller"}
    assert paths == {"pg_catalog, public, pg_temp", "jobs, pg_catalog, pg_temp"}, "temporary objects come last"
    assert {line["runs as"] for line in table("functions")} == {"caller", "authz"}
    assert one_column(world, "select rolcanlogin from pg_roles where rolname = 'rundtom_authz'") == [False]


def test_nobody_may_call_the_queue_but_the_worker(world: World) -> None:
    callers = one_column(
        world,
        "select distinct coalesce(nullif(a.grantee, 0)::regrole::text, 'PUBLIC') from pg_proc p,"
        " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        " where p.pronamespace = 'jobs'::regnamespace and a.grantee <> p.proowner",
    )
    assert set(callers) == {"rundtom_authz", "rundtom_worker"}


def test_views_ask_as_their_reader_and_none_is_materialized(world: World) -> None:
    views = world.admin(
        "select relname, relkind, reloptions from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('v', 'm', 'f')"
    )
    assert views == [("entries", "v", ["security_invoker=true"])]


def test_no_number_is_shared_between_audiences(world: World) -> None:
    """A sequence tells everybody how much happens elsewhere. Ids are random, seqs are counted per thread."""
    statement = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'"
    assert one_column(world, statement) == []
    assert one_column(world, "select 1 from pg_attribute where attidentity <> '' and attrelid >= 16384"
                      " and attrelid::regclass::text not like 'jobs.%'") == []  # fmt: skip


def test_nothing_is_deleted_along_with_something_else(world: World) -> None:
    """A cascade reaches rows that its caller neither sees nor may delete."""
    statement = (
        "select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"
        " and (confdeltype <> 'a' or confupdtype <> 'a')"
    )
    assert one_column(world, statement) == []


def test_every_policy_is_for_one_named_role_and_only_the_web_role_has_its_own(world: World) -> None:
    found = world.admin("select policyname, roles::text[], permissive, qual, with_check from pg_policies"
                        " where schemaname = 'public'")  # fmt: skip
    for name, roles, permissive, reads, writes in found:
        assert permissive == "PERMISSIVE"
        assert roles in ([["rundtom_owner"], ["rundtom_authz"]] if name.startswith("by_") else [["rundtom_web"]])
        assert name.startswith("by_") or "true" not in (reads, writes)


def test_there_are_no_extensions_or_rules_and_one_trigger(world: World) -> None:
    """Places end in many ways, by the web role's own update too: that somebody has the ball then, no way may forget."""
    assert one_column(world, "select extname from pg_extension") == ["plpgsql"]
    triggers = "select tgname from pg_trigger where not tgisinternal and tgrelid::regclass::text not like 'jobs.%'"
    assert one_column(world, triggers) == ["ball_of_ended_place"]
    assert one_column(world, "select rulename from pg_rules where schemaname = 'public'") == []
