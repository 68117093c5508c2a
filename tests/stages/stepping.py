"""A case taken on, step by step, by whoever may."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2

from app.dates import now
from tests.conftest import Village
from tests.people_of import Place, Someone

WHY = "Skolen har skrevet til os om Emil."
CHILDS = "Jeg vil gerne have fred om aftenen."
# What each step needs beside its reason.
NEEDS: dict[str, dict[str, Any]] = {
    "danger_assessed": {"danger": False},
    "screened": {"outcome": "section_19", "track": "light"},
    "decided": {"outcome": "support", "child_view_choice": "own_words", "child_view": CHILDS, "committee": False},
    "started": {"measure": "En støtteperson hjemme to gange om ugen"},
    "followed_up": {"outcome": "continues", "weeks": 6},
}
TO_A_START = ("notified", "danger_assessed", "screened", "decided", "started")


def step_body(step: str, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "step": step, "words": WHY} | NEEDS.get(step, {}) | more


def moves(who: Someone, place: Place, step: str, **more: Any) -> httpx2.Response:
    return who.post(f"{place.path}/stages", **step_body(step, **more))


def refusal(answer: httpx2.Response) -> str:
    return f"{answer.status_code} {answer.json()['code']}"


def goes(who: Someone, place: Place, *steps: str) -> dict[str, Any]:
    """Through these steps; the last one."""
    made: dict[str, Any] = {}
    for step in steps:
        made = who.did(moves(who, place, step))
    return made


def reads_stages(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(f"{place.path}/stages"))
    return found


def stands(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.sees(place)["standing"]
    return found


def signs(who: Someone, place: Place, stage: str, **more: Any) -> httpx2.Response:
    body = {"id": str(uuid4()), "words": "Jeg har læst underretningen og ser det også sådan."} | more
    return who.post(f"{place.path}/stages/{stage}/signature", **body)


def days_ago(days: float) -> str:
    return (now() - timedelta(days=days)).isoformat()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def longer_ago(village: Village, place: Place, days: int) -> None:
    """All that happened in this case happened so many days before."""
    moved = (
        "update stages set happened_at = happened_at - make_interval(days => %s), due_at = due_at - make_interval("
        "days => %s), plan_due_at = plan_due_at - make_interval(days => %s), complain_until = complain_until - %s"
        " where thread_id = %s returning id"
    )
    assert village.rows(moved, days, days, days, days, place.thread)
