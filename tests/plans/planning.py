"""A plan, as people of the village make it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.dates import today
from tests.people_of import Place, Someone

HIS_WORDS = "Jeg vil gerne sove hele natten. Og have en ven med hjem."


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def sets_goal(who: Someone, place: Place, words: str = HIS_WORDS, **more: Any) -> dict[str, Any]:
    new = {"id": str(uuid4()), "kind": "goal", "area": "home", "words": words}
    goal: dict[str, Any] = who.did(who.post(f"{place.path}/goals", **new | more))
    return goal


def changes_goal(who: Someone, place: Place, goal: dict[str, Any], step: str, **more: Any) -> Any:
    return who.post(f"{place.path}/goals/{goal['id']}/changes", **{"id": str(uuid4()), "step": step} | more)


def plans(who: Someone, place: Place, owner: str, words: str = "Vi læser en bog klokken 20", **more: Any) -> Any:
    """`owner`: somebody of the cast."""
    new = {"id": str(uuid4()), "words": words, "owner": who.place_of(place, owner)["membership"]}
    days = {} if "weeks" in more else {"due_on": in_days(14)}
    return who.post(f"{place.path}/actions", **new | days | more)


def changes_action(who: Someone, place: Place, action: dict[str, Any], step: str, **more: Any) -> Any:
    return who.post(f"{place.path}/actions/{action['id']}/changes", **{"id": str(uuid4()), "step": step} | more)


def reads_plan(who: Someone, place: Place) -> Any:
    return who.did(who.get(f"{place.path}/goals"))


def reads_progress(who: Someone, place: Place) -> Any:
    return who.did(who.get(f"{place.path}/progress"))


def says(who: Someone, place: Place, what: str, **body: Any) -> Any:
    return who.post(f"{place.path}/{what}", **{"id": str(uuid4())} | body)
