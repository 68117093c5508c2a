"""How the world of the matrix came about, and where in it each object state is found."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from app.dates import today
from app.db import make_engine
from app.embedded import Urls
from app.files.store import make_store
from app.main import create_app
from app.settings import get_settings
from tests.conftest import Mailbox
from tests.matrix import advising, deeds, joining, notifying, planning, reaching
from tests.matrix.people import EXTRAS, STALE, Person
from tests.matrix.spot import Spot
from tests.matrix.world import FAMILY, GUESTS, World

FIFTEEN = today() - timedelta(days=15 * 366 + 100)
TEN = today() - timedelta(days=10 * 365 + 100)
NEW_HERE = ("scoutleader", "stepfather", "teacher", "onduty")  # invited without the history
BOY = Person("boy10", family="child")
WHOLE = {"own": "Emil", "closed": "Eva", "protected": "Ada"}  # state: whose case has somebody of every role in it
GIVERS = ("mother", "girl15")


async def make_world(urls: Urls, mailbox: Mailbox) -> World:
    app = create_app()
    app.state.engine = make_engine(urls.web, size=2)
    app.state.store = make_store(get_settings())
    world = World(urls, app, mailbox)
    await world.settle()
    await world.everybody_logs_in()
    whole = {state: await full_circle(world, child) for state, child in WHOLE.items()}
    side = await world.opens_thread("mother", whole["own"], "side", ["caseworker", "father"])
    await world.did("father", "POST", f"{side.path}/memberships/{world.place('father', side)}/ending")
    other = await world.opens_case("colleague", "Bo", [EXTRAS[0], BOY], child_born=TEN.isoformat())
    far = await world.opens_case("neighbour", "Cia", [EXTRAS[1]], child_born=TEN.isoformat())
    world.spots |= whole | {"other circle": side, "other case": other, "other municipality": far}
    for spot in whole.values():
        await deeds.go_back(world, spot)
        await planning.go_on_with_it(world, spot)
        await reaching.go_on_with_it(world, spot)
        await joining.go_on_with_it(world, spot)
        await furnish(world, spot, "mother", "caseworker", *GIVERS)
        await everybody_speaks(world, spot)
        await joining.the_teacher_joins_in(world, spot)
    await furnish(world, side, "mother", "caseworker", "mother")
    await furnish(world, other, "parentB", "colleague", "parentB")
    await furnish(world, far, "parentC", "neighbour", "parentC")
    await deeds.use_the_same_id(world, whole["own"], far)
    await planning.same_ids(world, whole["own"], far)
    for spot in (*whole.values(), other):
        await deeds.hand_over(world, spot, "colleague" if spot is other else "caseworker")
    for spot in whole.values():
        await deeds.leave(world, spot)
        deeds.tell_birthday(world, spot, FIFTEEN)
        await deeds.come_on_duty(world, spot)
    for spot in (*whole.values(), other):
        await world.did("leader", "POST", f"/api/custody-changes/{spot.ids['refused']}/refusal")
    await deeds.dismissal(world, len(WHOLE))
    await deeds.screen(world, whole["own"], signed=True)
    await deeds.screen(world, whole["protected"], signed=False)
    closing = {"reason": world.words("reason of closing")}
    await world.did("caseworker", "POST", f"{whole['closed'].path}/closure", **closing)
    deeds.tell_apart(world)
    for who in ("mother", "leader", "outsider"):
        begun = deeds.new_draft(world, who, f"draft of a new case of {who}")
        await world.did(who, "PUT", "/api/drafts/new_case", **begun)
    await find_everything(world)
    await advising.ask_for_advice(world)
    await notifying.notify(world)
    await app.state.engine.dispose()
    return world


async def full_circle(world: World, child: str) -> Spot:
    """A family thread with somebody of every role in it."""
    spot = await world.opens_case("caseworker", child, FAMILY)
    # A girl of 15 and her younger brother. A case has one birthday: it is told when no clock of the worker's, which
    # goes by it, runs any more (deeds.tell_birthday).
    older = "update memberships set role = 'young_person' where thread_id = %s and person_id = %s"
    world.admin(older, spot.thread, world.persons["girl15"])
    await world.writes("mother", spot, f"old words of mother at {child}")
    spot.ids["old note"] = await world.notes("caseworker", spot, f"old note at {child}")
    await planning.plan_early(world, spot, child)
    await reaching.be_in_contact_early(world, spot, child)
    spot.ids["old stage"] = await planning.takes_on(world, "caseworker", spot, "notified")
    spot.ids["old attachment"] = await world.shares("mother", spot, f"old file of mother at {child}")
    spot.ids["old summary"] = await world.sums_up("caseworker", spot, f"old summary at {child}")
    invitations = {}
    for guest in GUESTS:
        known = guest.key not in NEW_HERE
        invitations[guest.key] = await world.proposes("mother", spot, guest.key, guest.as_guest or "", history=known)
        await deeds.agree(world, spot, invitations[guest.key], *GIVERS)
    await world.mails()
    await come_in(world, invitations, [guest for guest in invitations if guest not in NEW_HERE])
    await joining.write_together_early(world, spot)
    await come_in(world, invitations, NEW_HERE)
    spot.ids |= {"spent": world.secrets[invitations["teacher"]], "guest invitation": invitations["kindergarten"]}
    return spot


async def come_in(world: World, invitations: dict[str, str], guests: Iterable[str]) -> None:
    for guest in guests:
        token = world.secrets[invitations[guest]]
        await world.did(guest, "POST", "/api/invitations/opening", token=token)
        await world.did(guest, "POST", "/api/invitations/redemption", token=token)


async def furnish(world: World, spot: Spot, holder: str, staff: str, *givers: str) -> None:
    """Something of every kind to be found there."""
    await planning.plan(world, spot, holder, staff)
    await reaching.be_in_contact(world, spot, holder, staff)
    await deeds.write(world, spot, holder, staff)
    await deeds.say_to_notes(world, spot, holder, staff)
    await deeds.sum_up(world, spot, holder, staff)
    await deeds.share(world, spot, holder, staff)
    await deeds.begin_to_write(world, spot, holder, staff)
    await deeds.invite(world, spot, holder, staff, *givers)
    if spot is not world.spots["other circle"]:  # the steps of a case stand with its family
        await joining.write_together(world, spot, holder, staff)
        await planning.take_all_steps(world, spot, staff)
    for what, who in (("guest", "helper"), ("holder", holder), ("staff", staff)):
        spot.ids[what] = world.place(who, spot)
    spot.ids["membership"] = spot.ids["holder"]
    await deeds.consent(world, spot, holder, *givers)
    await deeds.claim(world, spot, holder)
    await world.did(staff, "GET", spot.path)
    if spot is not world.spots["other circle"]:  # of a case as a whole
        await deeds.keep_facts(world, spot, holder)
        await deeds.ask_for_custody(world, spot, staff)


async def everybody_speaks(world: World, spot: Spot) -> None:
    for one in (*FAMILY, *GUESTS):
        if one.key != "mother":
            await world.writes(one.key, spot, f"words of {one.key}")
            await world.shares(one.key, spot, f"file of {one.key}")
    await deeds.professionals_note(world, spot)
    await deeds.begin_to_write(world, spot, "father", "teacher", "onduty", "kindergarten", "psychologist")


async def find_everything(world: World) -> None:
    for spot in world.spots.values():
        of_guest = {"paused": spot.ids["guest"]} | spot.ids
        spot.ids = of_guest | dict(rows(world, LOOK, spot, "caseworker")) | dict(rows(world, CHILD, spot, "boy10"))
        for who in world.sessions:
            spot.own |= {(what, who): it for what, it in rows(world, PLACE, spot, who)}
        for what in ("attachment", "message"):
            if (what, "colleague") in spot.own:
                spot.own[what, STALE] = spot.own[what, "colleague"]
    own = world.spots["own"]
    for who in world.sessions:
        answer = await world.ask(who, "GET", "/api/me")
        jobs = answer.json.get("employments") or [{"id": ""}]
        own.own |= {("session", who): deeds.session_of(world, who), ("employment", who): jobs[0]["id"]}
    name_the_rest(world, own)


LOOK = "select 'look', id from looks where thread_id = %s and person_id = %s order by at limit 1"
PLACE = "select 'membership', id from memberships where thread_id = %s and person_id = %s and ended_at is null"
# A child too young to log in has a place under its name, and no person that anybody knows.
CHILD = "select 'child', id from memberships where thread_id = %s and person_id <> %s and role = 'child' limit 1"


def rows(world: World, query: str, spot: Spot, who: str) -> list[tuple[str, str]]:
    return [(what, str(id_)) for what, id_ in world.admin(query, spot.thread, world.persons.get(who))]


GONE = {
    "access": "seen",
    "accepted": "guest invitation",
    "action": "done action",
    "attachment": "withdrawn attachment",
    "callback": "settled callback",
    "change": "refused",
    "claim": "rejected",
    "consent": "withdrawn consent",
    "contact": "withdrawn contact",
    "evaluation": "replaced evaluation",
    "fact": "erased",
    "goal": "dropped goal",
    "grant": "taken back",
    "guest": "ended",
    "hand_over": "taken back hand-over",
    "holder": "formerholder",
    "invitation": "accepted",
    "joint": "given-up joint",
    "membership": "ended",
    "message": "withdrawn",
    "paused": "ended",
    "response": "answered",
    "sent_joint": "received joint",
    "summary": "settled",
    "token": "spent",
}


def name_the_rest(world: World, own: Spot) -> None:
    """What is no longer there; what is somebody else's; what lies elsewhere, asked for under one's own address."""
    side, protected, other = (world.spots[it] for it in ("other circle", "protected", "other case"))
    gone = {what: own.ids[name] for what, name in GONE.items()}
    of_old = (
        "action",
        "attachment",
        "callback",
        "contact",
        "evaluation",
        "goal",
        "joint",
        "note",
        "response",
        "stage",
        "summary",
    )
    apart = ("child", "fact", "grant", "hand_over", "joint", "look", "sent_joint", "stage")
    elsewhere = {what: protected.ids[what] for what in apart}
    old = {what: own.ids[f"old {what}"] for what in of_old} | {"sent_joint": own.ids["old joint"]}
    others = {what: own.ids[what] for what in ("attachment", "consent", "message", "note", "response")}
    others["membership"] = own.ids["guest"]
    world.spots |= {
        "never existed": Spot(str(uuid4()), str(uuid4())),
        "older": own.but(**old),
        "left behind": own.but(response=own.ids["left behind"]),
        "on duty": own.but(response=own.ids["on duty"]),
        "deleted": own.but(**gone, session=own.own["session", "loggedout"]),
        "smuggled": own.but(**side.ids | elsewhere | {"holder": other.ids["holder"]}),
        "another's": own.but(
            **others, session=own.own["session", "helper"], employment=own.own["employment", "neighbour"]
        ),
    }
    world.spots["another's"].own["employment", "neighbour"] = own.own["employment", "jobadviser"]
