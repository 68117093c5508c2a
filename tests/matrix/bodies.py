"""A good body for each route, so that nothing but a right is missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.dates import today
from tests.matrix.spot import Spot
from tests.matrix.world import World

Body = Callable[[World, Spot, str], Any]


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def nothing(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {}


def new_message(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "text": "Hej"}


def new_note(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "resources": "Mormor"}


def correction(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"version": 1, "resources": "Mormor og farfar"}


def response(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": "missing", "box": "whole", "version": 1, "words": "Vi har også en faster"}


def summary(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "words": "Vi prøver en fast sengetid"}


def goal(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": "goal", "area": "school", "words": "Emil kommer i skole"}


def action(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "words": "Vi ringer", "owner": spot.named(who, "holder"), "due_on": day(7)}


def scale(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "goal": spot.named(who, "goal"), "before": 1, "now": 3, "hoped": 9}


def rating(world: World, spot: Spot, who: str) -> dict[str, Any]:
    """As a child told it."""
    return {"id": str(uuid4()), "colour": "green", "words_of": spot.named(who, "child")}


def once(**body: Any) -> Body:
    """Under a new id each time."""
    return lambda *_: {"id": str(uuid4())} | body


def draft(world: World, spot: Spot, who: str) -> dict[str, Any]:
    ids = {"id": str(uuid4()), "writer": str(uuid4()), "person": world.persons.get(who) or str(uuid4())}
    return ids | {"text": "Jeg tænker", "version": 0}


def token(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"token": spot.ids.get("token", "x" * 43)}


def proposal(world: World, spot: Spot, who: str) -> dict[str, Any]:
    named = {"name": "Ny", "email": "ny@demo.example", "capacity": "nabo", "role": "relative", "purpose": "At hjælpe"}
    return named | {"ends_on": day(9), "history": False, "kinds": ["everyday"]}


def new_case(world: World, spot: Spot, who: str) -> dict[str, Any]:
    family = [{"name": "Ny", "email": "ny@demo.example", "capacity": "mor", "role": "custody_holder"}]
    job = spot.named(who, "employment")  # of one's own: none for the family
    return {
        "child_name": "Ny", "employment": job or None, "capacity": None if job else "far", "purpose": "At tale sammen",
        "family": family, "with_family_department": False,
    }  # fmt: skip


def new_thread(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"purpose": "At tale sammen", "members": [spot.named(who, "holder")]}


def recording(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"giver": spot.named(who, "holder"), "how": "paper", "given_on": day(0), "until": None}


def words(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return new_message(world, spot, who) | {"words_of": spot.named(who, "child")}


def custody_ended(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"change": "ended", "membership": spot.named(who, "holder"), "basis": "En dom"}


def hand_over(world: World, spot: Spot, who: str) -> dict[str, Any]:
    job = world.spots["own"].own.get(("employment", "leader")) or str(uuid4())
    return {"id": str(uuid4()), "employment": job, "stays": False, "reason": "Jeg går på barsel"}


def duty(world: World, spot: Spot, who: str) -> dict[str, Any]:
    child = {"child_name": spot.child or "Ingen", "child_born": spot.born or day(-4000)}
    employment = world.spots["own"].own.get(("employment", who)) or str(uuid4())
    return child | {"employment": employment, "reason": "Et opkald fra skolen i aften"}


def question(world: World, spot: Spot, who: str) -> dict[str, Any]:
    """In work of one's own: none for the family."""
    job = spot.named(who, "employment") or str(uuid4())
    return {"id": str(uuid4()), "employment": job, "area": "wellbeing", "words": "Hvem kan jeg spørge?"}


def notification(world: World, spot: Spot, who: str) -> dict[str, Any]:
    """In work of one's own, whatever that is: none for the family."""
    return question(world, spot, who) | {"danger": False, "child_name": "Emil", "parents_told": "yes"}


def to_the_leader(world: World, spot: Spot, who: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "to": world.spots["own"].own["employment", "leader"]}


def card(world: World, spot: Spot, who: str) -> dict[str, Any]:
    employment = world.spots["own"].own.get(("employment", who)) or str(uuid4())
    return {"employment": employment, "phone": "70 10 20 30", "answers_within": "next_day"}
