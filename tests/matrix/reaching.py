"""Contact in the world of the matrix: a card, calls that were asked for, and what took place."""

from tests.matrix.planning import does
from tests.matrix.spot import Spot
from tests.matrix.world import World


async def be_in_contact(world: World, spot: Spot, holder: str, staff: str) -> None:
    """The staff's card and two visits, one of them withdrawn; of the holder a call that waits, and one made."""
    await keep_card(world, staff)
    spot.ids["callback"] = await asks(world, holder, spot, f"call of {holder}")
    spot.ids["settled callback"] = settled = await asks(world, holder, spot, f"settled call of {holder}")
    await does(world, staff, spot, f"callbacks/{settled}/calls", reached=True)
    spot.ids["contact"] = await logs(world, staff, spot, f"visit of {staff}")
    spot.ids["withdrawn contact"] = gone = await logs(world, staff, spot, f"withdrawn visit of {staff}")
    await world.did(staff, "POST", f"{spot.path}/contacts/{gone}/withdrawal")


async def be_in_contact_early(world: World, spot: Spot, child: str) -> None:
    """Before the guests come."""
    spot.ids["old callback"] = await asks(world, "mother", spot, f"old call at {child}")
    # A day before the others: whose history begins later must not be shown its day.
    world.admin("update callbacks set due_on = due_on - 1 where id = %s", spot.ids["old callback"])
    spot.ids["old contact"] = await logs(world, "caseworker", spot, f"old visit at {child}")


async def go_on_with_it(world: World, spot: Spot) -> None:
    """After they came: somebody rings, and nobody answers."""
    await does(world, "caseworker", spot, f"callbacks/{spot.ids['old callback']}/calls", reached=False)


async def keep_card(world: World, who: str) -> None:
    """A number has no letters: its marker is put there by hand."""
    [job] = (await world.did(who, "GET", "/api/me"))["employments"]
    told = {"employment": job["id"], "hours": world.words(f"hours of {who}")}
    await world.did(who, "PUT", "/api/me/contact-card", phone="70 10 20 30", answers_within="next_day", **told)
    phone = world.words(f"phone of {who}")
    world.admin("update contact_cards set phone = %s where employment_id = %s", phone, job["id"])


async def asks(world: World, who: str, spot: Spot, what: str) -> str:
    told = {key: world.words(f"{key} of {what}") for key in ("words", "suits")}
    return await does(world, who, spot, "callbacks", **told)


async def logs(world: World, writer: str, spot: Spot, what: str) -> str:
    told = {key: world.words(f"{key} of {what}") for key in ("who", "words")}
    return await does(world, writer, spot, "contacts", kind="visit", **told)
