import csv
import io

from app.access.may import Act, Role
from app.shapes import Answer
from app.text import text

SOURCE = "app/access/may.py"
# Danish Excel splits at semicolons, and takes a file without this mark for Windows' own letters: æ, ø and å break.
MARK = "\ufeff"


class PermissionLine(Answer):
    act: Act
    when_closed: bool
    roles: list[Role]


class PermissionsOut(Answer):
    """The table that decides who may do what; `source` is the file it is made from."""

    source: str
    roles: list[Role]
    acts: list[PermissionLine]


Lines = list[tuple[Act, bool, frozenset[Role]]]


def as_page(lines: Lines) -> PermissionsOut:
    acts = [PermissionLine(act=act, when_closed=closed, roles=sorted(roles)) for act, closed, roles in lines]
    return PermissionsOut(source=SOURCE, roles=list(Role), acts=acts)


def as_csv(lines: Lines, language: str) -> str:
    """A line an act, a column a role, in the reader's language."""
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";")
    roles = [text(f"role_name.{role}", language) for role in Role]
    sheet.writerow([text("permissions.act", language), text("permissions.when_closed", language), *roles])
    words = {yes: text(f"permissions.{'yes' if yes else 'no'}", language) for yes in (True, False)}
    for act, closed, allowed in lines:
        cells = [words[closed], *(words[role in allowed] for role in Role)]
        sheet.writerow([text(f"act.{act}", language), *cells])
    return MARK + out.getvalue()
