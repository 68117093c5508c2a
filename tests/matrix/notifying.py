"""Notifications in the world of the matrix: in no case, so each state is only another one."""

from typing import Any
from uuid import uuid4

import orjson

from app.dates import now
from tests.matrix.people import EXTRAS
from tests.matrix.world import World


async def notify(world: World) -> None:
    """The teacher's go to the caseworker, the job adviser's to the colleague; the leader's to the neighbour, who is
    away from then on. Whose list that is stands in advising.py. A citizen's, with a name, to the department."""
    world.admin("delete from absences")
    own, spots = world.spots["own"], world.spots
    own.ids["concern"] = await _notifies(world, "teacher", "own")
    await _does(world, "caseworker", own.ids["concern"], "danger-assessment", danger=False, words="assessment of own")
    spots["other case"].ids["concern"] = await _notifies(world, "jobadviser", "another")
    spots["closed"].ids["concern"] = closed = await _notifies(world, "teacher", "closed")
    passed, stand_in = await _notifies(world, "teacher", "passed"), await _notifies(world, "leader", "covered")
    seen = await world.did("caseworker", "GET", f"/api/concerns/{passed}")
    [colleague] = [it["employment"] for it in seen["colleagues"] if it["name"] == world.name("colleague")]
    await _does(world, "caseworker", passed, "passing-on", to=colleague, words="what a colleague should know")
    await _does(world, "caseworker", closed, "receipt", way="phone")
    silent = {"silent_why": world.words("why the notifier is told nothing")}
    await _does(
        world, "caseworker", closed, "settlement", outcome="not_a_notification", words="why it is none", **silent
    )
    await _becomes_part_of_a_case(world)
    _a_citizen_notifies(world)
    await world.did("neighbour", "PUT", "/api/me/absence", from_on=world.today, to_on=world.tomorrow)
    spots |= {"passed on": spots["passed on"].but(concern=passed), "stand-in": spots["stand-in"].but(concern=stand_in)}
    own.ids["concern"] = await _notifies(world, "teacher", "open")
    for who in ("admin", "auditor", "caseworker", "colleague", "neighbour", "onduty"):  # whoever works may
        await _notifies(world, who, f"{who}'s")


async def _notifies(world: World, who: str, what: str) -> str:
    [job] = (await world.did(who, "GET", "/api/me"))["employments"]
    texts = ("child_name", "child_details", "relation", "words", "child_words", "parents_words")
    said = {text: world.words(f"{text} of the {what} notification") for text in texts}
    choices = {"danger": False, "area": "home", "parents_told": "yes"}
    made = {"id": str(uuid4()), "employment": job["id"], **choices, **said}
    return str((await world.did(who, "POST", "/api/concerns", **made))["id"])


async def _does(world: World, who: str, concern: str, step: str, **said: Any) -> None:
    if "words" in said:
        said["words"] = world.words(said["words"])
    await world.did(who, "POST", f"/api/concerns/{concern}/{step}", id=str(uuid4()), **said)


async def _becomes_part_of_a_case(world: World) -> None:
    """A case that no state of the matrix asks about: a further step would be the next one in what they ask."""
    spot = await world.opens_case("colleague", "Dot", [EXTRAS[0]])
    one = await _notifies(world, "jobadviser", "settled")
    why = {"nameless_why": world.words("why the family is not told who")}
    await _does(
        world, "colleague", one, "settlement", outcome="case", case=spot.case, words="what the family reads", **why
    )


def _a_citizen_notifies(world: World) -> None:
    texts = ("notifier_name", "notifier_contact", "relation", "child_name", "words")
    said = {text: world.words(f"{text} of a citizen") for text in texts}
    said |= {"area": "home", "parents_told": "unknown", "unit_id": str(world.admin(
        "select id from units where kind = 'school'")[0][0])}  # fmt: skip
    at, today = now().isoformat(), world.today
    dates = {
        "received_at": at,
        "assess_red_at": at,
        "assess_due_at": at,
        "receipt_due_on": today,
        "settle_due_on": today,
    }
    made = "select receive_concern(%s, 'citizen', %s::jsonb, %s::jsonb)"
    assert world.admin(made, str(uuid4()), *(orjson.dumps(it).decode() for it in (said, dates))) == [("received",)]
