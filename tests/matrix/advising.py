"""Advice without a name, asked in the world of the matrix: in no case, so each state is only another question."""

from uuid import uuid4

from tests.matrix.world import World

ROUTES = """
insert into routings (unit_id, caseworker_id, deputy_id)
select f.unit_id, c.id, d.id from employments f, employments c, employments d
 where f.person_id = %s and c.person_id = %s and d.person_id = %s"""


async def ask_for_advice(world: World) -> None:
    """The teacher asks the caseworker, the job adviser the colleague; the leader asks the neighbour, who is away."""
    for asker, caseworker, deputy in (
        ("teacher", "caseworker", "onduty"),
        ("jobadviser", "colleague", "onduty"),
        ("leader", "neighbour", "onduty"),
    ):
        world.admin(ROUTES, *(world.persons[it] for it in (asker, caseworker, deputy)))
    own, spots = world.spots["own"], world.spots
    own.ids["consultation"] = await _asks(world, "teacher", "own")
    await _says(world, "caseworker", own.ids["consultation"], "own")
    spots["other case"].ids["consultation"] = await _asks(world, "jobadviser", "another")
    spots["closed"].ids["consultation"] = closed = await _asks(world, "teacher", "closed")
    ending = {"outcome": "other", "words": world.words("outcome of the closed advice")}
    await world.did("teacher", "POST", f"/api/consultations/{closed}/closure", **ending)
    passed, stand_in = await _asks(world, "teacher", "passed"), await _asks(world, "leader", "covered")
    seen = await world.did("caseworker", "GET", f"/api/consultations/{passed}")
    [colleague] = [it["employment"] for it in seen["colleagues"] if it["name"] == world.name("colleague")]
    await world.did("caseworker", "POST", f"/api/consultations/{passed}/passing-on", id=str(uuid4()), to=colleague)
    await world.did("neighbour", "PUT", "/api/me/absence", from_on=world.today, to_on=world.tomorrow)
    await _says(world, "onduty", stand_in, "covered")
    spots |= {"passed on": own.but(consultation=passed), "stand-in": own.but(consultation=stand_in)}


async def _asks(world: World, who: str, what: str) -> str:
    [job] = (await world.did(who, "GET", "/api/me"))["employments"]
    said = {"area": "home", "words": world.words(f"question of the {what} advice")}
    asked = await world.did(who, "POST", "/api/consultations", id=str(uuid4()), employment=job["id"], **said)
    return str(asked["id"])


async def _says(world: World, who: str, asked: str, what: str) -> None:
    said = {"id": str(uuid4()), "words": world.words(f"answer of the {what} advice")}
    await world.did(who, "POST", f"/api/consultations/{asked}/lines", **said)
