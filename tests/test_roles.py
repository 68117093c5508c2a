"""What the database roles can and cannot do, as migrations/roles.sql makes them."""

import psycopg
import pytest

from app.embedded import Urls, conninfo
from tests.database import Server


@pytest.fixture(scope="module")
def urls(server: Server) -> Urls:
    return server.clone()


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        return connection.execute(question.encode()).fetchall()


def test_each_role_logs_in_as_itself(urls: Urls) -> None:
    users = {role: ask(url, "select current_user")[0][0] for role, url in vars(urls).items()}
    assert users == {
        "admin": "postgres",
        "owner": "rundtom_owner",
        "web": "rundtom_web",
        "live": "rundtom_live",
        "worker": "rundtom_worker",
    }


def test_roles_have_no_power_they_do_not_need(urls: Urls) -> None:
    rows = ask(
        urls.admin,
        "select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication,"
        " rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname like 'rundtom%' order by 1",
    )
    assert rows == [
        ("rundtom_authz", False, False, None),
        ("rundtom_live", True, False, True),
        ("rundtom_owner", True, False, True),
        ("rundtom_web", True, False, True),
        ("rundtom_worker", True, False, True),
    ]
    members = "select roleid::regrole::text, member::regrole::text from pg_auth_members where roleid >= 16384"
    assert ask(urls.admin, members) == [("rundtom_authz", "rundtom_owner")]


def test_owner_hands_functions_over_without_holding_the_rights_itself(urls: Urls) -> None:
    with psycopg.connect(conninfo(urls.owner)) as owner:
        owner.execute("create function f() returns int language sql security definer as 'select 1'")
        owner.execute("alter function f() owner to rundtom_authz")
    holds = ask(urls.owner, "select pg_has_role('rundtom_authz', 'usage'), has_function_privilege('f()', 'execute')")
    assert holds == [(False, False)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(urls.web, "select f()")


def test_only_the_owner_may_create(urls: Urls) -> None:
    for url in (urls.web, urls.live, urls.worker):
        for attempt in ("create table t (n int)", "create schema s", "create temp table t (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(url, attempt)
    with psycopg.connect(conninfo(urls.owner)) as owner:
        owner.execute("create table t (n int); create schema s")


def test_danish_letters(urls: Urls) -> None:
    assert ask(urls.web, "select lower('ÆØÅ'), upper('æøå'), 'blåbær' ~* 'BLÅBÆR'") == [("æøå", "ÆØÅ", True)]
