"""Something half written, as a form keeps it."""

from typing import Any
from uuid import uuid4

from tests.people_of import Place, Someone

HALF = "Emil sov hos mig i nat, og jeg vil gerne si"
PHONE, DESK = str(uuid4()), str(uuid4())  # writers: a tab each


def draft(who: Someone, text: str = HALF, version: int = 0, **more: Any) -> dict[str, Any]:
    person = who.did(who.get("/api/me"))["person"]["id"]
    return {"id": str(uuid4()), "person": person, "writer": PHONE, "text": text, "version": version} | more


def keeps(who: Someone, place: Place, form: str = "message", about: str = "", **more: Any) -> Any:
    return who.put(f"{place.path}/drafts/{form}/{about or place.thread}", **draft(who, **more))


def drops(who: Someone, place: Place, id_: str, form: str = "message") -> Any:
    return who.browser.delete(f"{place.path}/drafts/{form}/{place.thread}", params={"id": id_})
