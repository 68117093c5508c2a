"""What people do in the world of the matrix, each by the route that the product has for it."""

from datetime import date, timedelta
from uuid import uuid4

from app.access.door import token_hash
from app.dates import today
from app.people.commands import dismiss
from tests.matrix.people import ISSUER
from tests.matrix.spot import Spot
from tests.matrix.world import World


async def agree(world: World, spot: Spot, invitation: str, *givers: str) -> None:
    """Everybody whose word it takes; whoever proposed it has given his with that."""
    for giver in givers:
        answer = await world.ask(giver, "POST", f"{spot.path}/invitations/{invitation}/agreement", until=None)
        assert answer.status in (201, 409), answer.body


async def write(world: World, spot: Spot, holder: str, staff: str) -> None:
    """A message, one withdrawn, one corrected later; and the staff's message and note."""
    spot.ids["message"] = await world.writes(holder, spot, f"words of {holder}")
    spot.ids["withdrawn"] = await world.writes(holder, spot, f"withdrawn words of {holder}")
    await world.did(holder, "POST", f"{spot.path}/messages/{spot.ids['withdrawn']}/withdrawal")
    corrected = await world.writes(holder, spot, f"corrected words of {holder}")
    world.admin("update messages set posted_at = now() - interval '11 minutes' where id = %s", corrected)
    anew = world.words(f"new words of {holder}")
    await world.did(holder, "POST", f"{spot.path}/messages/{corrected}/correction", text=anew)
    spot.own["message", holder] = spot.ids["message"]
    await world.writes(staff, spot, f"words of {staff}")
    spot.ids["note"] = await world.notes(staff, spot, f"note of {staff}")


async def say_to_notes(world: World, spot: Spot, holder: str, staff: str) -> None:
    """What the family says to the staff's note: one waits for an answer, one has it."""
    for name in ("response", "answered"):
        spot.ids[name] = await world.responds(holder, spot, spot.ids["note"], f"response of {holder}, {name}")
    answer = world.words(f"answer of {staff}")
    await world.did(staff, "POST", f"{spot.path}/responses/{spot.ids['answered']}/answer", words=answer)


async def sum_up(world: World, spot: Spot, holder: str, staff: str) -> None:
    """Where we are: one confirmed, one rejected, one overtaken, one that waits."""
    for name in ("settled", "rejected summary", "overtaken", "summary"):
        spot.ids[name] = await world.sums_up(staff, spot, f"summary of {staff}, {name}")
        if name == "settled":
            await world.did(holder, "POST", f"{spot.path}/summary/{spot.ids[name]}/confirmation")
        if name == "rejected summary":
            why = world.words(f"why {holder} rejected")
            await world.did(holder, "POST", f"{spot.path}/summary/{spot.ids[name]}/rejection", words=why)


async def share(world: World, spot: Spot, holder: str, staff: str) -> None:
    """A photo of the family's and one of the staff's; and one that was taken back."""
    spot.ids["withdrawn attachment"] = await world.shares(holder, spot, f"withdrawn file of {holder}")
    await world.did(holder, "POST", f"{spot.path}/attachments/{spot.ids['withdrawn attachment']}/withdrawal")
    spot.ids["attachment"] = await world.shares(holder, spot, f"file of {holder}")
    await world.shares(staff, spot, f"file of {staff}")


async def go_back(world: World, spot: Spot) -> None:
    """What stood there before the last guests came is spoken of again: those without the history read none of it."""
    note, path = spot.ids["old note"], spot.path
    anew = world.boxes("corrected old note") | {"version": 1}
    await world.did("caseworker", "POST", f"{path}/notes/{note}/versions", **anew)
    for name in ("old response", "old answered"):
        spot.ids[name] = await world.responds("mother", spot, note, f"response to the old note, {name}")
    answer = world.words("answer about the old note")
    await world.did("caseworker", "POST", f"{path}/responses/{spot.ids['old answered']}/answer", words=answer)
    why = world.words("why the old summary was rejected")
    await world.did("mother", "POST", f"{path}/summary/{spot.ids['old summary']}/rejection", words=why)


async def professionals_note(world: World, spot: Spot) -> None:
    """Each a note of their own, that somebody has said something to. One will be on duty only, and one will be gone."""
    for who in ("teacher", "onduty", "kindergarten"):
        note = await world.notes(who, spot, f"note of {who}")
        spot.own["response", who] = await world.responds("father", spot, note, f"response to {who}")
    spot.ids["left behind"] = spot.own.pop(("response", "kindergarten"))
    spot.ids["on duty"] = spot.own["response", "onduty"]


async def begin_to_write(world: World, spot: Spot, *people: str) -> None:
    """Nobody else's, whatever becomes of the place."""
    for who in people:
        about = f"{spot.path}/drafts/response/{spot.ids['note']}"
        await world.did(who, "PUT", about, **new_draft(world, who, f"draft of {who}"))


def new_draft(world: World, who: str, what: str) -> dict[str, object]:
    ids = {"id": str(uuid4()), "writer": str(uuid4()), "person": world.persons[who]}
    return ids | {"text": world.words(what), "version": 0}


async def invite(world: World, spot: Spot, holder: str, staff: str, *givers: str) -> None:
    """One invitation that waits, one that is on its way, one that a guest came in by."""
    spot.ids["invitation"] = await world.proposes(staff, spot, "outsider", "professional")
    sent = await world.proposes(holder, spot, "invited", "relative")
    accepted = await world.proposes(holder, spot, "helper", "professional")
    for invitation in (sent, accepted):
        await agree(world, spot, invitation, *givers)
    await world.mails()
    spot.ids |= {"sent": sent, "token": world.secrets[sent], "accepted": accepted}
    await world.did("helper", "POST", "/api/invitations/redemption", token=world.secrets[accepted])


async def consent(world: World, spot: Spot, holder: str, *givers: str) -> None:
    """Everybody's own consent to the helper; and one that was withdrawn."""
    for who in givers:
        for it in (await world.did(who, "GET", f"{spot.path}/consents"))["consents"]:
            if it["may_withdraw"] and it["invitation"] == spot.ids["accepted"]:
                spot.own["consent", who] = it["id"]
    spot.ids["consent"] = spot.own["consent", holder]
    taken_back = await world.proposes(holder, spot, "outsider", "relative")
    listed = (await world.did(holder, "GET", f"{spot.path}/consents"))["consents"]
    spot.ids["withdrawn consent"] = next(it["id"] for it in listed if it["invitation"] == taken_back)
    await world.did(holder, "POST", f"{spot.path}/consents/{spot.ids['withdrawn consent']}/withdrawal")


async def claim(world: World, spot: Spot, holder: str) -> None:
    """Somebody else comes with the link of the person invited: one such is waiting, one was rejected."""
    for name, who in (("claim", "outsider"), ("rejected", "jobadviser")):
        assert (await world.ask(who, "POST", "/api/invitations/opening", token=spot.ids["token"])).status == 410
        query = "select id from invitation_claims where invitation_id = %s and person_id = %s"
        [(made,)] = world.admin(query, spot.ids["sent"], world.persons[who])
        spot.ids[name] = str(made)
    claims = f"{spot.path}/invitations/{spot.ids['sent']}/claims"
    await world.did(holder, "POST", f"{claims}/{spot.ids['rejected']}/rejection")


async def keep_facts(world: World, spot: Spot, holder: str) -> None:
    """An address shown to the staff; shown to the guest and taken back; and a number that was erased."""
    path = f"/api/cases/{spot.case}/facts"
    for name, kind in (("fact", "address"), ("erased", "phone")):
        kept = await world.did(holder, "POST", path, kind=kind, text=world.words(f"{kind} of {holder}"))
        spot.ids[name] = kept["id"]
    for name, to in (("taken back", "guest"), ("grant", "staff")):
        shown = await world.did(holder, "POST", f"{path}/{spot.ids['fact']}/grants", membership=spot.ids[to])
        spot.ids[name] = shown["id"]
    await world.did(holder, "DELETE", f"{path}/{spot.ids['fact']}/grants/{spot.ids['taken back']}")
    await world.did(holder, "DELETE", f"{path}/{spot.ids['erased']}")


async def ask_for_custody(world: World, spot: Spot, staff: str) -> None:
    for name in ("change", "refused"):
        asked = await world.did(
            staff,
            "POST",
            f"/api/cases/{spot.case}/custody-changes",
            change="granted",
            name=world.words("name of a parent"),
            email=f"{world.mark('address of a parent')}@demo.example",
            capacity=world.words("capacity of a parent"),
            basis=world.words("basis of custody"),
        )
        spot.ids[name] = asked["id"]


async def hand_over(world: World, spot: Spot, holder: str) -> None:
    """To the leader: one was taken back; and one waits, but under the risk screening."""
    job = (await world.did("leader", "GET", "/api/me"))["employments"][0]["id"]
    for name in ("taken back hand-over", "hand_over"):
        asked = {"id": str(uuid4()), "employment": job, "stays": False}
        why = world.words(f"reason of {holder}, {name}")
        await world.did(holder, "POST", f"{spot.path}/hand-overs", **asked, reason=why)
        spot.ids[name] = asked["id"]
        if name == "taken back hand-over" or spot is world.spots["protected"]:
            await world.did(holder, "POST", f"{spot.path}/hand-overs/{asked['id']}/withdrawal")


async def leave(world: World, spot: Spot) -> None:
    """By every way out there is."""
    place = {who: world.place(who, spot) for who in ("formerholder", "kindergarten", "onduty", "psychologist")}
    for who, by in (("kindergarten", "caseworker"), ("onduty", "onduty")):
        why = world.words(f"reason why {who} left")
        await world.did(by, "POST", f"{spot.path}/memberships/{place[who]}/ending", reason=why)
    over = {"change": "ended", "membership": place["formerholder"], "basis": world.words("basis of ending custody")}
    await world.did("caseworker", "POST", f"/api/cases/{spot.case}/custody-changes", **over)
    await world.did("mother", "POST", f"{spot.path}/memberships/{place['psychologist']}/pause")
    world.admin("update memberships set ends_on = current_date - 2 where id = %s", world.place("healthvisitor", spot))
    spot.ids |= {
        "ended": place["kindergarten"],
        "formerholder": place["formerholder"],
        "paused": place["psychologist"],
        "child": world.place("child", spot),
    }


def tell_birthday(world: World, spot: Spot, born: date) -> None:
    world.admin("update cases set child_born = %s where id = %s", born, spot.case)
    spot.born = born.isoformat()


async def come_on_duty(world: World, spot: Spot) -> None:
    """Somebody who was a guest once: comes, leaves again, and the leader has seen it; comes once more, and stays."""
    job = (await world.did("onduty", "GET", "/api/me"))["employments"][0]["id"]
    child = {"child_name": spot.child, "child_born": spot.born, "employment": job}
    for name in ("seen", "access"):
        why = world.words("reason of being on duty")
        spot.ids[name] = (await world.did("onduty", "POST", "/api/duty-accesses", **child, reason=why))["id"]
        if name == "seen":
            await world.did("leader", "POST", f"/api/duty-accesses/{spot.ids[name]}/sight")
            query = "select thread_id, id from memberships where case_id = %s and role = 'on_duty'"
            for thread, place in world.admin(query, spot.case):
                path = f"/api/cases/{spot.case}/threads/{thread}/memberships/{place}/ending"
                await world.did("onduty", "POST", path)
    await world.did("onduty", "GET", spot.path)


async def screen(world: World, spot: Spot, *, signed: bool) -> None:
    path = f"/api/cases/{spot.case}/screening"
    await world.did("caseworker", "POST", path, signs=["honour_conflict"])
    if signed:
        named = [f"{world.mark('address of somebody not to invite')}@demo.example"]
        told = {"assessment": world.words("assessment of risk"), "not_to_invite": named}
        await world.did("caseworker", "POST", f"{path}/signature", **told)


async def dismissal(world: World, places: int) -> None:
    """Whoever no longer works there may still log in."""
    query = "select u.name from units u join employments e on e.unit_id = u.id where e.person_id = %s"
    [(unit,)] = world.admin(query, world.persons["dismissed"])
    ended, _ = await dismiss(world.urls.owner, ISSUER, "dismissed", unit, None)
    assert ended == places
    world.sessions["dismissed"] = await world.logs_in("dismissed")


async def use_the_same_id(world: World, here: Spot, there: Spot) -> None:
    """Ids are made by clients: elsewhere a note has the id of the staff's note here."""
    twin = await world.notes("neighbour", there, "note of the same id", here.ids["note"])
    there.ids["twin"] = await world.responds("parentC", there, twin, "response to the note of the same id")


def tell_apart(world: World) -> None:
    """By hand: what the same people would otherwise look the same by in two threads; and who came later."""
    own, side, closed, other = (world.spots[it] for it in ("own", "other circle", "closed", "other case"))
    elsewhere = "update memberships set capacity = %s, starts_at = starts_at - interval '1 day' where id = %s"
    world.admin(elsewhere, world.words("capacity of caseworker at the side"), side.ids["staff"])
    late = "update responses set due_on = %s where id = %s"
    world.admin(late, today() - timedelta(days=1), own.ids["old response"])
    world.admin(late, today() - timedelta(days=3), side.ids["response"])
    later = "update memberships set history_from = (select seq from summaries where id = %s) where id = %s"
    world.admin(later, closed.ids["old summary"], closed.ids["staff"])
    world.admin(later, other.ids["summary"], other.ids["holder"])


def session_of(world: World, who: str) -> str:
    [(session,)] = world.admin("select id from sessions where token_hash = %s", token_hash(world.sessions[who]))
    return str(session)
