"""What is sent to each route: a good body, so that nothing but a right is missing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from app.dates import today
from tests.attachments.sharing import photo
from tests.citizens.passer_by import WORRY
from tests.matrix.world import Spot, World

THREAD = "/api/cases/{case}/threads/{thread}"
DRAFT = THREAD + "/drafts/{form}/{about}"
HOLE = re.compile(r"{(\w+)}")
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


# Where an address speaks of another one than the word in it says.
ALSO = {
    "DELETE " + THREAD + "/memberships/{membership}/pause": {"membership": "paused"},
    "GET " + THREAD + "/concerns/{concern}": {"concern": "joint"},
    "POST " + THREAD + "/concerns/{concern}/closure": {"concern": "joint"},
    "POST " + THREAD + "/concerns/{concern}/parts": {"concern": "joint"},
    "POST " + THREAD + "/concerns/{concern}/receipt": {"concern": "sent_joint"},
    "POST " + THREAD + "/concerns/{concern}/sending": {"concern": "joint"},
    "POST " + THREAD + "/invitations/{invitation}/claims/{claim}/approval": {"invitation": "sent"},
    "POST " + THREAD + "/invitations/{invitation}/claims/{claim}/rejection": {"invitation": "sent"},
    "POST " + THREAD + "/invitations/{invitation}/prolongation": {"invitation": "accepted"},
    "POST " + THREAD + "/memberships/{membership}/pause": {"membership": "guest"},
} | {f"{method} {DRAFT}": {"about": "note"} for method in ("DELETE", "PUT")}
# Which form of those that there are: a new draft, the one that one has begun, and what lies in no thread.
FORMS = {
    "DELETE " + DRAFT: "response",
    "DELETE /api/drafts/{form}": "new_case",
    "PUT " + DRAFT: "message",
    "PUT /api/drafts/{form}": "new_case",
}
BODIES: dict[str, Body] = {
    "DELETE /api/cases/{case}/facts/{fact}": nothing,
    "DELETE /api/cases/{case}/facts/{fact}/grants/{grant}": nothing,
    "DELETE /api/drafts/{form}": nothing,
    "DELETE /api/me/absence": nothing,
    "DELETE " + DRAFT: nothing,
    "DELETE " + THREAD + "/closure": nothing,
    "DELETE " + THREAD + "/memberships/{membership}/pause": nothing,
    "POST /api/balls/{case}/assignment": lambda world, spot, who: {
        "employment": hand_over(world, spot, who)["employment"]
    },
    "POST /api/cases": new_case,
    "POST /api/cases/{case}/custody-changes": custody_ended,
    "POST /api/cases/{case}/facts": lambda *_: {"kind": "phone", "text": "12 34 56 78"},
    "POST /api/cases/{case}/facts/{fact}/grants": lambda world, spot, who: {"membership": spot.named(who, "guest")},
    "POST /api/cases/{case}/looks/{look}/question": lambda *_: {"text": "Hvorfor?"},
    "POST /api/cases/{case}/screening": lambda *_: {"signs": ["honour_conflict"]},
    "POST /api/cases/{case}/screening/signature": lambda *_: {"assessment": "Ingen fare", "not_to_invite": []},
    "POST /api/cases/{case}/threads": new_thread,
    "POST /api/concerns": notification,
    "POST /api/concerns/{concern}/danger-assessment": once(danger=False, words="Han er hos mormor"),
    "POST /api/concerns/{concern}/passing-on": to_the_leader,
    "POST /api/concerns/{concern}/receipt": once(way="phone"),
    "POST /api/concerns/{concern}/settlement": once(outcome="not_a_notification", words="Det er reklame"),
    "POST /api/consultations": question,
    "POST /api/consultations/{consultation}/closure": lambda *_: {"outcome": "advice_enough"},
    "POST /api/consultations/{consultation}/lines": once(words="Tak"),
    "POST /api/consultations/{consultation}/passing-on": to_the_leader,
    "POST /api/custody-changes/{change}/approval": nothing,
    "POST /api/custody-changes/{change}/refusal": nothing,
    "POST /api/duty-accesses": duty,
    "POST /api/duty-accesses/{access}/sight": nothing,
    "POST /api/hand-overs/{hand_over}/acceptance": lambda *_: {"words": "Hej, jeg hedder Hanne"},
    "POST /api/hand-overs/{hand_over}/refusal": nothing,
    "POST /api/invitations/opening": token,
    "POST /api/invitations/redemption": token,
    "POST /api/invitations/refusal": token,
    "POST /api/invitations/renewal": token,
    "POST /api/me/session/renewal": nothing,
    "POST /api/me/sessions/{session}/ending": nothing,
    # Every marker begins so: whatever it finds, it shows.
    "POST /api/search": lambda *_: {"words": "zq"},
    "POST /auth/backchannel-logout/{issuer}": lambda *_: b"logout_token=forged",
    "POST /auth/logout": nothing,
    "POST /concerns/public/form": lambda *_: urlencode({"id": str(uuid4())} | WORRY).encode(),
    "POST " + THREAD + "/actions": action,
    "POST " + THREAD + "/actions/{action}/changes": once(step="agreed"),
    "POST " + THREAD + "/attachments": lambda *_: photo(32, 20),
    "POST " + THREAD + "/attachments/{attachment}/withdrawal": nothing,
    "POST " + THREAD + "/callbacks": once(words="Om skolen"),
    "POST " + THREAD + "/callbacks/{callback}/calls": once(reached=True),
    "POST " + THREAD + "/callbacks/{callback}/withdrawal": nothing,
    "POST " + THREAD + "/closure": lambda *_: {"reason": "Vi er færdige"},
    "POST " + THREAD + "/concerns": once(area="home"),
    "POST " + THREAD + "/concerns/{concern}/closure": once(words="Vi taler sammen i stedet"),
    "POST " + THREAD + "/concerns/{concern}/parts": once(words="Emil er træt"),
    "POST " + THREAD + "/concerns/{concern}/receipt": once(words="Tak"),
    "POST " + THREAD + "/concerns/{concern}/sending": once(),
    "POST " + THREAD + "/consents/{consent}/withdrawal": nothing,
    "POST " + THREAD + "/contacts": once(kind="visit"),
    "POST " + THREAD + "/contacts/{contact}/withdrawal": nothing,
    "POST " + THREAD + "/evaluations": once(due_on=day(30)),
    "POST " + THREAD + "/evaluations/{evaluation}/views": once(worked="Det hele"),
    "POST " + THREAD + "/goals": goal,
    "POST " + THREAD + "/goals/{goal}/changes": once(step="reworded", words="Emil er glad for skolen"),
    "POST " + THREAD + "/hand-overs": hand_over,
    "POST " + THREAD + "/hand-overs/{hand_over}/withdrawal": nothing,
    "POST " + THREAD + "/invitations": proposal,
    "POST " + THREAD + "/invitations/{invitation}/agreement": lambda *_: {"until": None},
    "POST " + THREAD + "/invitations/{invitation}/claims/{claim}/approval": nothing,
    "POST " + THREAD + "/invitations/{invitation}/claims/{claim}/rejection": nothing,
    "POST " + THREAD + "/invitations/{invitation}/consents": recording,
    "POST " + THREAD + "/invitations/{invitation}/declining": nothing,
    "POST " + THREAD + "/invitations/{invitation}/prolongation": lambda *_: {"until": day(200)},
    "POST " + THREAD + "/memberships/{membership}/ending": nothing,
    "POST " + THREAD + "/memberships/{membership}/pause": nothing,
    "POST " + THREAD + "/messages": new_message,
    "POST " + THREAD + "/messages/{message}/correction": lambda *_: {"text": "Nyt"},
    "POST " + THREAD + "/messages/{message}/withdrawal": nothing,
    "POST " + THREAD + "/notes": new_note,
    "POST " + THREAD + "/notes/{note}/responses": response,
    "POST " + THREAD + "/notes/{note}/versions": correction,
    "POST " + THREAD + "/responses/{response}/answer": lambda *_: {"words": "Det skriver vi til"},
    "POST " + THREAD + "/scales": scale,
    "POST " + THREAD + "/stages": once(step="notified", words="Skolen har skrevet"),
    "POST " + THREAD + "/stages/{stage}/signature": once(words="Jeg ser det også sådan"),
    "POST " + THREAD + "/summary": summary,
    "POST " + THREAD + "/summary/{summary}/confirmation": nothing,
    "POST " + THREAD + "/summary/{summary}/rejection": lambda *_: {"words": "Det er ikke det, vi aftalte"},
    "POST " + THREAD + "/wellbeing": rating,
    "POST " + THREAD + "/words": words,
    "PUT /api/cases/{case}/facts/{fact}": lambda *_: {"text": "Flyttet"},
    "PUT /api/drafts/{form}": draft,
    "PUT /api/me/absence": lambda *_: {"from_on": day(9), "to_on": day(10)},
    "PUT /api/me/contact-card": card,
    "PUT /api/me/language": lambda *_: {"language": "da"},
    "PUT " + DRAFT: draft,
    "PUT " + THREAD + "/deputy": lambda *_: {"employment": None},
    "PUT " + THREAD + "/read-mark": lambda *_: {"seq": 1},
}
QUERIES = {
    "POST " + THREAD + "/attachments": "?id=00000000-0000-4000-8000-000000000001",
    "DELETE /api/drafts/{form}": "?id=00000000-0000-4000-8000-000000000000",
    "DELETE " + DRAFT: "?id=00000000-0000-4000-8000-000000000000",
    "GET /api/cases/{case}/export": "?format=json",
    "GET " + THREAD + "/changes": "?after=0",
    "GET " + THREAD + "/export": "?format=json",
}


def address(request: str, spot: Spot, who: str) -> str:
    path = request.partition(" ")[2].replace("{form}", FORMS.get(request, ""))
    also = ALSO.get(request, {})
    filled = HOLE.sub(lambda hole: spot.named(who, also.get(hole[1], hole[1])), path)
    return filled + QUERIES.get(request, "")


def body(request: str, world: World, spot: Spot, who: str) -> Any:
    return None if request.startswith(("GET ", "HEAD ")) else BODIES[request](world, spot, who)
