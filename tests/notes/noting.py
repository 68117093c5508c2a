"""A note and what is said to it, as people of the village do it."""

from typing import Any
from uuid import uuid4

from tests.people_of import Place, Someone

NOTE = {
    "challenges": "Emil sover dårligt og kommer for sent.",
    "resources": "Emil er glad for sin lærer. Mor og far taler godt sammen.",
    "proposals": "Vi prøver en fast sengetid i tre uger.",
}


def publishes(who: Someone, place: Place, **changes: Any) -> dict[str, Any]:
    note: dict[str, Any] = who.did(who.post(f"{place.path}/notes", **NOTE | {"id": str(uuid4())} | changes))
    return note


def corrects(who: Someone, place: Place, note: dict[str, Any], **changes: Any) -> Any:
    return who.post(f"{place.path}/notes/{note['id']}/versions", **NOTE | {"version": note["version"]} | changes)


def responds(who: Someone, place: Place, note: dict[str, Any], **changes: Any) -> Any:
    said = {
        "id": str(uuid4()),
        "kind": "not_right",
        "box": "challenges",
        "version": 1,
        "words": "Han kommer til tiden.",
    }
    return who.post(f"{place.path}/notes/{note['id']}/responses", **said | changes)


def answers(who: Someone, place: Place, response: dict[str, Any], words: str = "Det retter jeg.", **more: Any) -> Any:
    return who.post(f"{place.path}/responses/{response['id']}/answer", words=words, **more)


def reads_note(who: Someone, place: Place, note: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(f"{place.path}/notes/{note['id']}"))
    return found


def asked(who: Someone, place: Place, note: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The response as it stands, once somebody has given it."""
    found: dict[str, Any] = who.did(responds(who, place, note, **changes))["responses"][-1]
    return found


def on_home(who: Someone, place: Place) -> dict[str, Any]:
    """The line of this case on somebody's home."""
    cases = who.did(who.get("/api/cases"))["cases"]
    line: dict[str, Any] = next(it for it in cases if it["id"] == place.case)
    return line
