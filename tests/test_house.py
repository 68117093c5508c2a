"""The rules of the house as code: who imports whom, and what each file may not do. See ARCHITECTURE.md.

A rule that turns out wrong is changed here and there, with the reason; no list of exceptions grows.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.house_acts import NOT_ASKED, NOT_TOLD
from tests.house_files import FILES, MODULES, ROOMS, ROOT, calls, floor, functions, imports, module, of_rooms, tree

# Whose actions another room may use. Stages: a notification that is sent or settled is the case's step in the same
# transaction, or a clock would run for what nobody sent.
LOWER_ROOMS = ("cases", "people", "stages", "threads")


def test_no_arrow_runs_back_up() -> None:
    ours = {name: path for name, path in MODULES.items() if name.partition(".")[2] or path.name != "__init__.py"}
    wrong = []
    for name, path in ours.items():
        for other in set(imports(path)) - {""}:
            same_folder = "." in name and name.partition(".")[0] == other.partition(".")[0]
            both_embedded = name.startswith("embedded") and other.startswith("embedded")
            reads = name.endswith(".reads") and other.endswith(".reads")
            room, below = name.partition(".")[0], other.partition(".")[0]
            acts = name.endswith(".actions") and other.endswith(".actions") and below in set(LOWER_ROOMS) - {room}
            if not (floor(other) < floor(name) or same_folder or both_embedded or reads or acts):
                wrong.append(f"{name} imports {other}")
    assert wrong == []


def test_no_two_files_import_each_other_in_a_circle() -> None:
    arrows = {name: set(imports(path)) & set(MODULES) - {name} for name, path in MODULES.items()}
    while ends := {name for name, to in arrows.items() if not to & arrows.keys()}:
        arrows = {name: to for name, to in arrows.items() if name not in ends}
    assert arrows == {}


def test_a_room_uses_of_another_only_models_and_reads_and_lower_actions() -> None:
    wrong = []
    for name, path in MODULES.items():
        room, _, part = name.partition(".")
        for other in imports(path) if room in ROOMS else ():
            there, _, what = other.partition(".")
            allowed = what in ("models", "reads") or (what == "actions" == part and there in LOWER_ROOMS)
            if there in ROOMS and there != room and not allowed:
                wrong.append(f"{name} imports {other}")
    assert wrong == []


def test_the_ground_floor_knows_no_room() -> None:
    """Access, the journal and the live room know rooms by table and id only."""
    for name, path in MODULES.items():
        if name.partition(".")[0] in ("access", "journal", "live", "db", "jobs"):
            assert not {it.partition(".")[0] for it in imports(path)} & set(ROOMS), name


# -- where SQL and transactions may stand ------------------------------------------------------------------------------
SQL = re.compile(r"\s*(select|insert into|update|delete from|with)\s+\S", re.IGNORECASE)
VERBS = {"select", "insert", "update", "delete"}
SQL_PLACES = re.compile(r"access\..*|db|journal|jobs|live\.hub|embedded.*|\w+\.(reads|actions)")


def speaks_sql(path: Path) -> bool:
    documentation = {id(node.body[0].value) for node in ast.walk(tree(path))
                     if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                     and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            found = bool(SQL.match(node.value))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            found = bool(VERBS & {alias.name for alias in node.names})
        else:
            continue
        if found:
            return True
    return False


def test_sql_stands_only_where_it_is_looked_for() -> None:
    assert [name for name, path in MODULES.items() if speaks_sql(path) and not SQL_PLACES.fullmatch(name)] == []


def test_nobody_commits_but_the_request_itself() -> None:
    """One transaction a request (db.py): a commit in between leaves half a thing, and forgets who asks."""
    for name, path in MODULES.items():
        forbidden = {"commit", "rollback", "begin"} - ({"begin"} if name == "db" else set())
        assert not set(calls(tree(path))) & forbidden, name


def test_identity_is_set_in_one_place_and_for_one_transaction() -> None:
    setters = {name for name, path in MODULES.items() if "set_config" in path.read_text()}
    assert setters == {"db"}
    for page in (ROOT / "app" / "db.py", *(ROOT / "migrations").glob("*.sql")):
        for found in re.findall(r"set_config\([^;]*?, (true|false)\)", page.read_text(encoding="utf-8")):
            assert found == "true", f"{page.name}: a pooled connection would carry it to the next borrower"


def test_one_file_reads_the_environment() -> None:
    readers = {
        name for name, path in MODULES.items() if re.search(r"os\.(environ(?!\.update)|getenv)", path.read_text())
    }
    assert readers == set(), "settings.py alone, through pydantic-settings"


# -- what the files of a room may not do -------------------------------------------------------------------------------
@pytest.mark.parametrize("path", of_rooms("routes"), ids=module)
def test_routes_only_parse_call_and_shape(path: Path) -> None:
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Try | ast.If | ast.IfExp)]
    for function in functions(path):
        acting = [it for it in ast.walk(function) if isinstance(it, ast.Attribute)
                  and isinstance(it.value, ast.Name) and it.value.id == "actions"]  # fmt: skip
        assert len(acting) <= 1, f"{function.name} calls two actions"
        assert function.end_lineno is not None
        assert function.end_lineno - function.lineno < 12, f"{function.name} is no longer just a route"


@pytest.mark.parametrize("path", of_rooms("actions"), ids=module)
def test_actions_speak_no_http_send_no_mail_and_read_no_settings(path: Path) -> None:
    imported = {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in imported if re.match(r"fastapi|starlette|aiosmtplib|app\.settings", name)]


@pytest.mark.parametrize("path", of_rooms("models"), ids=module)
def test_models_have_no_session_no_queries_and_no_hooks(path: Path) -> None:
    words = {alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not words & {"AsyncSession", "Session", "event", "select", "relationship"}


# -- every act asks, and is told ---------------------------------------------------------------------------------------
def test_every_action_asks_once_and_records_once() -> None:
    actions = {it.name: it for path in of_rooms("actions") for it in functions(path)
               if isinstance(it, ast.AsyncFunctionDef) and not it.name.startswith("_")}  # fmt: skip
    assert {name for name, it in actions.items() if calls(it).count("must") != 1} == set(NOT_ASKED)
    assert {name for name, it in actions.items() if calls(it).count("record") != 1} == set(NOT_TOLD)


# -- short -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", FILES, ids=module)
def test_files_and_functions_are_short(path: Path) -> None:
    """250 lines a file; 30 a function, its documentation not counted."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
    for function in functions(path):
        start = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        head = function.body[0].lineno - function.lineno
        assert function.end_lineno is not None
        assert head + function.end_lineno - start.lineno + 1 <= 30, function.name
