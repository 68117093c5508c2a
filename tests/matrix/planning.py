"""A plan in the world of the matrix: something of each kind, in each stage."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.dates import today
from tests.matrix.spot import Spot
from tests.matrix.world import World


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


async def does(world: World, doer: str, spot: Spot, path: str, /, **body: Any) -> str:
    """Under an id of its own; the id."""
    new = {"id": str(uuid4())} | body
    await world.did(doer, "POST", f"{spot.path}/{path}", **new)
    return str(new["id"])


async def goal(world: World, who: str, spot: Spot, what: str, **more: Any) -> str:
    return await does(world, who, spot, "goals", kind="goal", area="home", words=world.words(what), **more)


async def action(world: World, who: str, spot: Spot, what: str, **more: Any) -> str:
    owner = world.place(who, spot)
    return await does(world, who, spot, "actions", words=world.words(what), owner=owner, due_on=day(5), **more)


async def plan(world: World, spot: Spot, holder: str, staff: str) -> None:
    """Of the staff: a goal and an action that wait for a yes. Of the holder: a goal let be, an action done."""
    spot.ids["goal"] = it = await goal(world, staff, spot, f"goal of {staff}")
    spot.ids["action"] = await action(world, staff, spot, f"action of {staff}", goal=it)
    spot.ids["dropped goal"] = let_be = await goal(world, holder, spot, f"goal of {holder}")
    why = world.words(f"why {holder} let it be")
    await does(world, holder, spot, f"goals/{let_be}/changes", step="dropped", words=why)
    spot.ids["done action"] = done = await action(world, holder, spot, f"action of {holder}")
    how = world.words(f"how {holder} did it")
    await does(world, holder, spot, f"actions/{done}/changes", step="done", words=how)
    for who in (holder, staff):
        await does(world, who, spot, "scales", goal=it, before=2, now=4, hoped=8)
    seen = world.words(f"what {holder} sees")
    await does(world, holder, spot, "wellbeing", colour="yellow", words=seen)
    spot.ids["replaced evaluation"] = await does(world, staff, spot, "evaluations", due_on=day(-2))
    spot.ids["evaluation"] = await does(world, staff, spot, "evaluations", due_on=day(8))
    said = {"worked": world.words(f"what worked for {holder}"), "change": world.words(f"what {holder} would change")}
    await does(world, holder, spot, f"evaluations/{spot.ids['evaluation']}/views", **said)


async def plan_early(world: World, spot: Spot, child: str) -> None:
    """Before the guests come."""
    spot.ids["old goal"] = await goal(world, "caseworker", spot, f"old goal at {child}")
    spot.ids["old action"] = await action(world, "caseworker", spot, f"old action at {child}")
    seen = world.words(f"what caseworker saw of old at {child}")
    await does(world, "caseworker", spot, "wellbeing", colour="red", words=seen)
    spot.ids["old evaluation"] = await does(world, "caseworker", spot, "evaluations", due_on=day(3))


async def go_on_with_it(world: World, spot: Spot) -> None:
    """After they came: those without the history read none of it."""
    anew = {"step": "reworded", "words": world.words("new words for the old goal")}
    await does(world, "mother", spot, f"goals/{spot.ids['old goal']}/changes", **anew)
    anew = {"step": "reworded", "words": world.words("new words for the old action")}
    await does(world, "mother", spot, f"actions/{spot.ids['old action']}/changes", **anew)
    view = {"worked": world.words("what worked of old")}
    await does(world, "mother", spot, f"evaluations/{spot.ids['old evaluation']}/views", **view)
    await does(world, "mother", spot, "scales", goal=spot.ids["old goal"], before=1, now=1, hoped=9)


async def same_ids(world: World, here: Spot, there: Spot) -> None:
    """Ids are made by clients: elsewhere a goal and an action have those of the staff's here."""
    await goal(world, "neighbour", there, "goal of the same id", id=here.ids["goal"])
    again = {"step": "reworded", "words": world.words("new words for the goal of the same id")}
    await does(world, "neighbour", there, f"goals/{here.ids['goal']}/changes", **again)
    await action(world, "neighbour", there, "action of the same id", id=here.ids["action"])
    again = {"step": "reworded", "words": world.words("new words for the action of the same id")}
    await does(world, "neighbour", there, f"actions/{here.ids['action']}/changes", **again)
    numbers = {"before": 3, "now": 3, "hoped": 3}
    await does(world, "neighbour", there, "scales", goal=here.ids["goal"], **numbers)
    there.ids["evaluation"] = same = here.ids["evaluation"]
    await does(world, "neighbour", there, "evaluations", due_on=day(9), id=same)
    view = {"worked": world.words("what worked at the evaluation of the same id")}
    await does(world, "neighbour", there, f"evaluations/{same}/views", **view)


async def takes_on(world: World, who: str, spot: Spot, step: str, **more: Any) -> str:
    return await does(world, who, spot, "stages", step=step, words=world.words(f"why {who} wrote {step}"), **more)


async def take_all_steps(world: World, spot: Spot, staff: str) -> None:
    """Once all the way to a complaint; then a notification whose assessment waits for somebody who is new."""
    await takes_on(world, staff, spot, "notified")
    await takes_on(world, staff, spot, "danger_assessed", danger=False)
    await takes_on(world, staff, spot, "screened", outcome="section_20", track="full", grounds=["complex"])
    heard = {"child_view_choice": "own_words", "child_view": world.words(f"what the child said to {staff}")}
    part = {"involved": world.words(f"who took part, by {staff}"), "committee": False}
    decision = await takes_on(world, staff, spot, "decided", outcome="support", **heard, **part)
    await takes_on(world, staff, spot, "started", measure=world.words(f"measure of {staff}"))
    await takes_on(world, staff, spot, "complained", about=decision, oral=True)
    await takes_on(world, staff, spot, "notified")
    spot.ids["stage"] = await takes_on(world, staff, spot, "danger_assessed", danger=False)
