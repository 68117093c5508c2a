"""Asking for a call, ringing, and writing down what took place, as people of the village do it."""

from typing import Any
from uuid import uuid4

from tests.people_of import Place, Someone

CARD = {"phone": "70 12 34 56", "hours": "mandag-torsdag 8-9", "answers_within": "next_day"}


def keeps_card(who: Someone, **changes: Any) -> Any:
    [job] = who.did(who.get("/api/me"))["employments"]
    return who.put("/api/me/contact-card", **CARD | {"employment": job["id"]} | changes)


def asks(who: Someone, place: Place, words: str = "Om skolen i morgen", **more: Any) -> Any:
    return who.post(f"{place.path}/callbacks", **{"id": str(uuid4()), "words": words} | more)


def rings(who: Someone, place: Place, callback: dict[str, Any], *, reached: bool = True, **more: Any) -> Any:
    path = f"{place.path}/callbacks/{callback['id']}/calls"
    return who.post(path, **{"id": str(uuid4()), "reached": reached} | more)


def needs_none(who: Someone, place: Place, callback: dict[str, Any]) -> Any:
    return who.post(f"{place.path}/callbacks/{callback['id']}/withdrawal")


def logs(writer: Someone, place: Place, kind: str = "visit", **more: Any) -> Any:
    return writer.post(f"{place.path}/contacts", **{"id": str(uuid4()), "kind": kind} | more)


def page(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(f"{place.path}/contacts"))
    return found


def pinned(who: Someone, place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.sees(place)["callbacks"]
    return found
