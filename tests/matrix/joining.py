"""Notifications that are written together, in the world of the matrix: they stand with the family."""

from tests.matrix.planning import does
from tests.matrix.spot import Spot
from tests.matrix.world import World


async def write_together_early(world: World, spot: Spot) -> None:
    """Before the last guests come."""
    spot.ids["old joint"] = old = await does(world, "mother", spot, "concerns", area="home")
    await writes(world, "mother", spot, old, "old notification")


async def go_on_with_it(world: World, spot: Spot) -> None:
    """After they came, it is given up: those without the history read none of it."""
    await gives_up(world, "mother", spot, spot.ids["old joint"], "old notification")


async def write_together(world: World, spot: Spot, holder: str, staff: str) -> None:
    """By the guest and the family: one that waits for its receipt, one that has it, one given up; and one that is being
    written, but under the risk screening, where the next can be begun."""
    spot.ids["sent_joint"] = await sends(world, spot, holder, "sent notification")
    spot.ids["received joint"] = received = await sends(world, spot, holder, "received notification")
    thanks = world.words(f"what {staff} says with the receipt")
    await does(world, staff, spot, f"concerns/{received}/receipt", words=thanks)
    spot.ids["given-up joint"] = let_be = await begins(world, spot, holder, "notification given up")
    await gives_up(world, holder, spot, let_be, "notification given up")
    spot.ids["joint"] = spot.ids["sent_joint"]
    if spot is not world.spots["protected"]:
        spot.ids["joint"] = await begins(world, spot, holder, "notification being written")


async def the_teacher_joins_in(world: World, spot: Spot) -> None:
    """Whoever has said something may send it."""
    if spot is not world.spots["protected"]:
        await writes(world, "teacher", spot, spot.ids["joint"], "notification being written")


async def begins(world: World, spot: Spot, holder: str, what: str) -> str:
    begun = await does(world, holder, spot, "concerns", area="wellbeing")
    for who in ("helper", holder):
        await writes(world, who, spot, begun, what)
    return begun


async def sends(world: World, spot: Spot, holder: str, what: str) -> str:
    begun = await begins(world, spot, holder, what)
    await does(world, "helper", spot, f"concerns/{begun}/sending")
    return begun


async def writes(world: World, who: str, spot: Spot, concern: str, what: str) -> None:
    said = {key: world.words(f"{key} of {who}, {what}") for key in ("words", "besides", "child_view")}
    await does(world, who, spot, f"concerns/{concern}/parts", **said)


async def gives_up(world: World, who: str, spot: Spot, concern: str, what: str) -> None:
    await does(world, who, spot, f"concerns/{concern}/closure", words=world.words(f"why {who} let be: {what}"))
