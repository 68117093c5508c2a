"""Notifying, and handling what came, in the words of the tests."""

from typing import Any
from uuid import uuid4

import httpx2
import psycopg
from psycopg.types.json import Jsonb

from app.dates import now
from app.embedded import conninfo
from tests.conftest import Village
from tests.consultations.asking import job
from tests.people_of import Place, Someone

SEEN = "Emil har gemt sig i garderoben tre dage i træk. Han siger, at han ikke vil hjem i weekenden."
SAYS = "Jeg vil gerne være hos mormor."
WHY = "Jeg har talt med læreren. Emil er ikke i fare nu."
REGISTERED = "Journalnummer 2026-4711"
TOLD = "Jeg ringede til mor i går. Hun ved, at jeg skriver."


def concern_body(who: Someone, **changes: Any) -> dict[str, Any]:
    body = {
        "id": str(uuid4()),
        "employment": job(who),
        "danger": False,
        "child_name": "Emil Holm Krogh",
        "child_details": "10 år, går i 4. klasse",
        "relation": "Jeg er hans klasselærer",
        "area": "wellbeing",
        "words": SEEN,
        "child_words": SAYS,
        "parents_told": "yes",
        "parents_words": TOLD,
    }
    return body | changes


def notifies(who: Someone, **changes: Any) -> httpx2.Response:
    return who.post("/api/concerns", **concern_body(who, **changes))


def notified(who: Someone, **changes: Any) -> Any:
    return who.did(notifies(who, **changes))


def citizen_notifies(village: Village, *, one: str = "", became: str = "received", **changes: Any) -> str:
    """As the public page does it: the web role, and nobody logged in. Its id."""
    one = one or str(uuid4())
    said = {"anonymous": False, "notifier_name": "Gerda Nabo", "notifier_contact": "12 34 56 78", "area": "home"}
    said |= {"words": "Jeg hører gråd hver nat.", "parents_told": "unknown", "child_name": "Emil"} | changes
    at = now().isoformat()
    dates = dict.fromkeys(("received_at", "assess_red_at", "assess_due_at"), at)
    dates |= dict.fromkeys(("receipt_due_on", "settle_due_on"), now().date().isoformat())
    with psycopg.connect(conninfo(village.urls.web)) as db:
        [answer] = db.execute("select receive_concern(%s, 'citizen', %s, %s)", [one, Jsonb(said), Jsonb(dates)])
    assert answer == (became,)
    return one


def path(concern: Any, step: str = "") -> str:
    return f"/api/concerns/{concern['id'] if isinstance(concern, dict) else concern}{step}"


def reads(who: Someone, concern: Any) -> Any:
    return who.did(who.get(path(concern)))


def sees(who: Someone, concern: Any) -> bool:
    """By the list and by its address alike."""
    one = concern["id"] if isinstance(concern, dict) else concern
    listed = [it["id"] for it in who.did(who.get("/api/concerns"))["concerns"]]
    opened = who.get(path(concern)).status_code == 200
    assert (one in listed) == opened
    return opened


def assesses(who: Someone, concern: Any, **more: Any) -> httpx2.Response:
    return who.post(path(concern, "/danger-assessment"), **{"id": str(uuid4()), "danger": False, "words": WHY} | more)


def receipts(who: Someone, concern: Any, way: str = "here", **more: Any) -> httpx2.Response:
    return who.post(path(concern, "/receipt"), **{"id": str(uuid4()), "way": way} | more)


def passes_on(who: Someone, concern: Any, to: str, **more: Any) -> httpx2.Response:
    return who.post(path(concern, "/passing-on"), **{"id": str(uuid4()), "to": to} | more)


def settles(who: Someone, concern: Any, outcome: str, **more: Any) -> httpx2.Response:
    body = {"id": str(uuid4()), "outcome": outcome, "words": "Der er ikke mere at gøre her."} | more
    return who.post(path(concern, "/settlement"), **body)


def has_come(sender: Someone, handler: Someone, **changes: Any) -> Any:
    """Notified, and receipted."""
    sent = notified(sender, **changes)
    handler.did(receipts(handler, sent))
    return sent


def takes_out(who: Someone, concern: Any, **more: Any) -> httpx2.Response:
    return settles(who, concern, "elsewhere", **{"words": REGISTERED} | more)


def settles_into(who: Someone, concern: Any, place: Place, **more: Any) -> httpx2.Response:
    return settles(who, concern, "case", **{"case": place.case, "words": SEEN} | more)


def on_home(who: Someone, concern: Any) -> list[str]:
    one = concern["id"] if isinstance(concern, dict) else concern
    return [it["what"] for it in who.did(who.get("/api/cases"))["concerns"] if it["id"] == one]


def led(who: Someone, concern: Any) -> list[Any]:
    one = concern["id"] if isinstance(concern, dict) else concern
    return [it for it in who.did(who.get("/api/concerns"))["led"] if it["reference"] == one[:8]]


def older(village: Village, concern: Any, hours: int) -> None:
    """As if it had come so many hours before."""
    moved = (
        "update concerns set received_at = received_at - make_interval(hours => %s), assess_red_at = assess_red_at - "
        "make_interval(hours => %s), assess_due_at = assess_due_at - make_interval(hours => %s), receipt_due_on = "
        "receipt_due_on - %s, settle_due_on = settle_due_on - %s where id = %s returning id"
    )
    assert village.rows(moved, hours, hours, hours, hours // 24, hours // 24, concern["id"])


def answers(who: Someone, concern: Any, to: str, case: str) -> list[httpx2.Response]:
    """Whatever can be asked of one notification."""
    return [
        who.get(path(concern)),
        assesses(who, concern),
        receipts(who, concern),
        passes_on(who, concern, to),
        settles(who, concern, "not_a_notification"),
        settles(who, concern, "case", case=case),
    ]
