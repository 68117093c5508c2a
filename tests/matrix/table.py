"""matrix.csv, typed by hand: what each request must answer, in each state of what it asks for, to each person.

A cell is a status, with a letter where the status alone does not say enough.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.matrix.inside import Answer
from tests.matrix.people import COLUMNS

FILE = Path(__file__).parent.parent / "matrix.csv"
CODES = {
    "400": "logout_refused",
    "204": "",
    "401": "not_logged_in",
    "403": "not_allowed",
    "403n": "not_new_here",
    "403u": "step_up_needed",
    "404": "not_found",
    "409a": "consultation_closed",
    "409b": "concern_open",
    "409c": "thread_closed",
    "409o": "concern_settled",
    "409q": "concern_done",
    "409e": "stages_elsewhere",
    "409f": "family_stays",
    "409d": "draft_elsewhere",
    "409m": "message_withdrawn",
    "409h": "hand_over_waits",
    "409n": "note_changed",
    "409p": "concern_elsewhere",
    "409s": "already_settled",
    "409v": "concern_over",
    "410": "invitation_unusable",
}


@dataclass(frozen=True, eq=False)
class Row:
    request: str
    state: str
    cells: dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    with FILE.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert tuple(lines[0]) == ("request", "state", *COLUMNS), "a column for everybody"
    return tuple(Row(line["request"], line["state"], {who: line[who] for who in COLUMNS}) for line in lines)


def http() -> list[Row]:
    return [row for row in rows() if not row.request.startswith("WS ")]


def cell(answer: Answer) -> str:
    """How the table writes this answer."""
    status = str(answer.status)
    found = [key for key, code in CODES.items() if key[:3] == status and code == answer.code]
    return found[0] if found else f"{status} {answer.code}".strip()
