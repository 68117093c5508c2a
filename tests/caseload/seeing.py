"""A caseworker's own list, as somebody reads it."""

from typing import Any

from tests.conftest import Village
from tests.people_of import Place, Someone


def caseload(who: Someone) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get("/api/caseload"))
    return found


def line(who: Someone, place: Place) -> dict[str, Any]:
    """This case there."""
    found: dict[str, Any] = next(it for it in caseload(who)["cases"] if it["id"] == place.case)
    return found


def what(waits: list[dict[str, Any]]) -> list[str]:
    return [it["what"] for it in waits]


def wrote_days_ago(village: Village, place: Place, days: int, *, family_only: bool = False) -> None:
    """As if all that the family, or anybody, has written so far had been written so many days ago."""
    moved = (
        "update events e set at = now() - make_interval(days => %s) from memberships a where a.id = e.actor_id"
        " and e.thread_id = %s and (not %s or a.role = 'custody_holder') returning e.seq"
    )
    assert village.rows(moved, days, place.thread, family_only)
    opened = "update threads set opened_at = now() - make_interval(days => %s) where id = %s returning id"
    assert village.rows(opened, days, place.thread)
