"""The files of the house: where each belongs, and what is read out of them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "app").rglob("*.py"))
ROOMS = (
    "admin",
    "attachments",
    "audit",
    "caseload",
    "cases",
    "concerns",
    "consultations",
    "contacts",
    "custody",
    "drafts",
    "duty",
    "facts",
    "guidance",
    "hand_overs",
    "invitations",
    "joint_concerns",
    "looks",
    "notes",
    "overview",
    "people",
    "plans",
    "progress",
    "records",
    "screening",
    "search",
    "stages",
    "summaries",
    "threads",
    "waiting",
)

# From the ground up: a file imports from lower floors only, or from its own folder.
FLOORS = (
    ("dates", "settings", "embedded*", "migrate", "pages"),
    ("clocks", "text"),
    ("html",),
    ("errors",),
    ("db", "files.*", "middleware"),
    ("access.*",),
    ("jobs", "journal", "rates"),
    ("shapes",),
    ("*.models",),
    ("shapes.*",),
    (
        "*.reads",
        "*.shapes",
        "concerns.citizen_form",
        "invitations.life",
        "records.joint_shapes",
        "records.plan_shapes",
        "records.press",
        "records.words",
        "stages.growing",
        "stages.steps",
    ),
    ("records.contacted", "records.joined", "records.lines", "records.planned", "records.printing", "threads.above"),
    ("*.actions", "attachments.receiving", "attachments.serving", "records.paper"),
    ("concerns.citizen", "records.delivery"),
    (
        "*.routes",
        "concerns.citizen_routes",
        "live.*",
        "people.commands",
        "people.discovery",
        "people.log*",
        "people.oidc",
    ),
    ("main",),
    ("cli",),
)


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "app").with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in FILES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules of app/ that a file imports, wherever in it the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "app":
            inside = (node.module or "").removeprefix("app").removeprefix(".")
            for alias in node.names:
                full = f"{inside}.{alias.name}".removeprefix(".")
                yield full if full in MODULES else inside
        elif isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("app.") for alias in node.names if alias.name.startswith("app."))


def floor(name: str) -> int:
    for height, patterns in enumerate(FLOORS):
        if any(re.fullmatch(pattern.replace(".", r"\.").replace("*", r"\w+"), name) for pattern in patterns):
            return height
        if any(pattern.endswith("*") and name.startswith(pattern[:-1]) for pattern in patterns if "." not in pattern):
            return height
    raise AssertionError(f"app/{name} stands on no floor: say where it belongs")


def calls(node: ast.AST) -> list[str]:
    """Names of what is called: `must` for member.must(…), `record` for record(…)."""
    called = [it.func for it in ast.walk(node) if isinstance(it, ast.Call)]
    return [it.attr if isinstance(it, ast.Attribute) else it.id for it in called
            if isinstance(it, ast.Attribute | ast.Name)]  # fmt: skip


def of_rooms(part: str) -> list[Path]:
    return [path for name, path in MODULES.items() if re.fullmatch(rf"({'|'.join(ROOMS)})\.{part}", name)]


def functions(path: Path) -> Iterator[ast.AsyncFunctionDef | ast.FunctionDef]:
    yield from (it for it in ast.walk(tree(path)) if isinstance(it, ast.AsyncFunctionDef | ast.FunctionDef))
