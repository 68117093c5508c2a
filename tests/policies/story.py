"""A small fixed world for the policies, made by the product's own actions: threads of Emil's, Sofie's and Ida's.

Emil   family  caseworker, mother, father, grandmother from the start.
               kindergarten came and was ended; healthvisitor's last day has passed; psychologist came, was ended, and
               is back without the history; teacher came without the history.
       side    mother and caseworker. closed: caseworker, mother and father; closed, reopened, closed.
       quiet   caseworker, mother and the boy of 10; nothing has happened since it was opened.
       left    mother; the teacher opened it, and the boy was in it.
       unborn  mother and father; its opening stopped half way, before anything was recorded.
Sofie  sofie   colleague, father (without the beginning), and somebody who has never logged in ("waiting"). Some ids are
               those of Emil's notes, responses and summaries.
Ida    ida     colleague and girl15; nothing has happened since it was opened. By hand: the psychologist, and the leader
               on duty.
Emil's case belongs to the family department. The mother has shown her address to the caseworker, and for a while to
the teacher; the father his to the mother, in the thread "closed". Somebody is to get custody; the colleague came in on
duty (by_hand.sql). What the caseworker noted is older than what psychologist and teacher may read, and so is all that
is said to it; "begun" was where they were before these came. The outsider worked in the family department once.
Nobody else is in anything. What each sees stands in visible.csv.
"""

from pathlib import Path
from uuid import uuid4

import psycopg

from app.access.models import Membership
from app.access.sessions import Login, sign_in
from app.db import make_engine, transaction
from app.embedded import Urls, conninfo
from app.invitations import actions as invitations
from app.threads import actions as threads
from app.threads.models import Thread
from tests.conftest import settle
from tests.policies.world import World
from tests.village import BY_KEY, CAST, UNITS

ISSUER = "https://provider.example"
BY_HAND = Path(__file__).parent / "by_hand.sql"


async def make_world(urls: Urls) -> World:
    world = World(urls, make_engine(urls.web, size=2), make_engine(urls.worker, size=1))
    await settle(urls, ISSUER)
    for subject, person in world.admin("select subject, person_id from identities"):
        world.call(subject, person)
    await _family(world)
    await _guests(world)
    await _unsettled(world)
    await _other_threads(world)
    await _notes_are_answered(world)
    _sit_by_hand(world)
    await _give_names(world)
    await _who_may_see(world)
    await world.web.dispose()
    await world.worker.dispose()
    return world


async def _family(world: World) -> None:
    for who in ("kindergarten", "mother", "outsider", "teacher"):
        async with transaction(world.web) as db:
            world.tokens[f"session of {who}"] = await sign_in(
                db, Login(ISSUER, who, BY_KEY[who].name, BY_KEY[who].email, "high", None, "jwt", 30)
            )
    await world.opens_case("caseworker", "Emil", "family", [("mother", True), ("father", True), ("grandmother", False)])
    await world.writes("mother", "family", "hello")  # 2
    await world.writes("father", "family", "fixed")
    await world.writes("father", "family", "withdrawn")
    async with world.in_("father", "family") as (db, member):
        await threads.withdraw_message(db, member, world.ids["withdrawn"])  # 5
    await world.notes("caseworker", "family", "note")


async def _guests(world: World) -> None:
    await world.comes_in("kindergarten", history=True)  # 7-10
    await world.writes("kindergarten", "family", "goodbye")
    await world.looks("kindergarten", "family")
    await world.is_ended("kindergarten", "caseworker", "family")  # 12
    await world.comes_in("healthvisitor", history=True)  # 13-16
    await world.comes_in("psychologist", history=True)  # 17-20
    await world.is_ended("psychologist", "caseworker", "family")
    await world.comes_in("psychologist", "psychologist2", history=False)  # 22-25
    await world.comes_in("teacher", history=False)  # 26-29
    await world.writes("mother", "family", "later")  # 30
    await world.corrects_late("father", "family", "fixed")
    await world.notes("teacher", "family", "teachers")
    await world.corrects_late("mother", "family", "later")  # 33
    await world.looks("mother", "family")
    await world.looks("teacher", "family")
    world.admin("update memberships set ends_on = current_date - 2 where person_id = %s", world.ids["healthvisitor"])


async def _unsettled(world: World) -> None:
    """Invitations that nobody has come in by: proposed, declined, agreed, sent, opened, refused."""
    await world.proposes("teacher", "family", "colleague")  # 34
    await world.proposes("caseworker", "family", "leader")
    async with world.in_("mother", "family") as (db, member):
        await invitations.decline_invitation(db, member, world.ids["+leader"])  # 36
    for guest in ("admin", "auditor", "boy10", "girl15"):
        await world.proposes("mother", "family", guest)  # 37 38 40 42
        if guest != "admin":
            await world.mails(guest)  # 39 41 43
    await world.opens_link("boy10")  # 44
    async with world.as_("girl15") as db:
        await invitations.refuse_invitation(db, world.viewer("girl15"), world.tokens["secret of girl15"])  # 45


async def _other_threads(world: World) -> None:
    await world.opens_thread("mother", "side", "caseworker")
    await world.writes("mother", "side", "aside")
    await world.notes("caseworker", "side", "sidenote")
    await world.proposes("mother", "side", "outsider")  # 4
    await world.opens_thread("caseworker", "closed", "mother", "father")
    await world.writes("father", "closed", "ending")
    for reason in ("first", "second"):  # 3 4 5
        async with world.in_("caseworker", "closed") as (db, member):
            world.call(reason, await threads.close_thread(db, member, None, reason))
        if reason == "first":
            async with world.in_("mother", "closed") as (db, member):
                await threads.reopen_thread(db, member)
    await world.opens_case("colleague", "Sofie", "sofie", [("father", True), ("nobody-yet", True)])
    await world.writes("colleague", "sofie", "welcome")
    await world.writes("colleague", "sofie", "later")  # the same id as the mother's message in another thread
    await world.opens_case("colleague", "Ida", "ida", [("girl15", True)])
    await world.opens_thread("caseworker", "quiet", "mother")
    await world.opens_thread("teacher", "left", "mother")
    await world.is_ended("teacher", "teacher", "left")
    async with world.as_("mother") as db:
        thread = world.call("unborn", uuid4())
        db.add(Thread(id=thread, case_id=world.ids["Emil"], kind="other", purpose="x", opened_by=world.ids["mother"]))
        await db.flush()
        for who in ("mother", "father"):
            place = {"person_id": world.ids[who], "role": "custody_holder", "name": who, "capacity": "x"}
            db.add(Membership(case_id=world.ids["Emil"], thread_id=thread, **place))


async def _notes_are_answered(world: World) -> None:
    await world.corrects_note("caseworker", "family", "note")  # 46
    await world.responds("mother", "family", "note", "disputed")
    await world.responds("father", "family", "note", "doubted")
    await world.answers("caseworker", "family", "doubted")  # 49
    await world.responds("father", "family", "teachers", "missed")
    await world.answers("teacher", "family", "missed")
    await world.responds("mother", "family", "teachers", "asked")  # 52
    await world.sums_up("caseworker", "family", "now")
    await world.confirms("mother", "family", "now")
    await world.sums_up("teacher", "family", "next")  # 55
    await world.responds("mother", "side", "sidenote", "whispered")  # 5
    await world.sums_up("caseworker", "side", "aside_now")


def _sit_by_hand(world: World) -> None:
    """The boy, who is too young to log in; in Ida's thread a notifier, and somebody on duty."""
    placed = "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, ended_at)"
    placed += " values (gen_random_uuid(), %s, %s, %s, %s, 'x', 'x', case when %s then now() end)"
    for case, thread, who, role, is_out in (
        ("Emil", "quiet", "boy10", "child", False),
        ("Emil", "left", "boy10", "child", True),
        ("Ida", "ida", "psychologist", "professional", False),
        ("Ida", "ida", "leader", "on_duty", False),
    ):
        world.admin(placed, world.ids[case], world.ids[thread], world.ids[who], role, is_out)


async def _give_names(world: World) -> None:
    assert {persona.key for persona in CAST} <= world.ids.keys()
    [(waiting,)] = world.admin(
        "select id from persons p where not exists (select from identities where person_id = p.id)"
    )
    world.call("waiting", waiting)
    [(unnamed,)] = world.admin("select id from invitations where membership_id is not null")
    world.call("+waiting", unnamed)
    await world.mails("waiting")
    for place, person, thread in world.admin("select id, person_id, thread_id from memberships order by starts_at, id"):
        name = f"{world.names[person]}@{world.names[thread]}"
        world.call(name if name not in world.ids else f"{name}.2", place)
    for job, person in world.admin("select id, person_id from employments"):
        world.call(f"job_{world.names[person]}", job)
    for session, person in world.admin("select id, person_id from sessions"):
        world.call(f"login of {world.names[person]}", session)
    for consent, invitation in world.admin("select id, invitation_id from consents"):
        world.call(f"consent to {world.names[invitation]}", consent)
    keys = {name: key for key, (name, _) in UNITS.items()}
    for unit, name in world.admin("select id, name from units"):
        world.call(f"unit_{keys[name]}", unit)
    for who in ("caseworker", "colleague", "leader"):
        [(job,)] = world.admin("select id from employments where person_id = %s", world.ids[who])
        world.call(f"job_{who}", job)


async def _who_may_see(world: World) -> None:
    """Put there by hand: what these tables say is asked here, not how it comes about."""
    files, plans = ("aside_photo", "gone_photo", "held", "latest", "photo"), ("apart", "lately", "long_ago")
    for name in (
        *files,
        *plans,
        "access",
        "advice",
        "advised",
        "covered",
        "worry",
        "minded",
        "ended",
        "unsigned",
        "begun",
        "bye",
        "claim",
        "dropped",
        "flat",
        "glance",
        "grant",
        "home",
        "number",
        "job_outsider",
        "over",
        "past",
        "sent",
        "trail",
        "watch",
    ):
        world.call(name, uuid4())
    with psycopg.connect(conninfo(world.urls.admin)) as db:
        for statement in BY_HAND.read_text(encoding="utf-8").split(";\n"):
            db.execute(statement.encode(), world.parameters)
