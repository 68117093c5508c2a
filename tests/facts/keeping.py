"""What a parent does with private facts."""

from typing import Any
from uuid import uuid4

from tests.people_of import Place, Someone
from tests.village import BY_KEY


def facts(place: Place) -> str:
    return f"/api/cases/{place.case}/facts"


def page(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(facts(place)))
    return found


def keeps(who: Someone, place: Place, text: str, kind: str = "address") -> str:
    return str(who.did(who.post(facts(place), kind=kind, text=text))["id"])


def shows(who: Someone, place: Place, fact: str, to: str) -> str:
    [other] = [it for it in page(who, place)["people"] if it["name"] == BY_KEY[to].name]
    granted = who.did(who.post(f"{facts(place)}/{fact}/grants", membership=other["membership"]))
    return str(granted["id"])


def shown(who: Someone, place: Place) -> list[str]:
    return [it["text"] for it in page(who, place)["shown"]]


def a_marker() -> str:
    return f"Hemmelig Allé {uuid4().hex}"
