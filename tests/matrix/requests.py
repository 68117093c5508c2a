"""What is asked of each route: its address, and the body that fits it."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.attachments.sharing import photo
from tests.citizens.passer_by import WORRY
from tests.matrix.bodies import (
    Body,
    action,
    card,
    correction,
    custody_ended,
    day,
    draft,
    duty,
    goal,
    hand_over,
    new_case,
    new_message,
    new_note,
    new_thread,
    nothing,
    notification,
    once,
    proposal,
    question,
    rating,
    recording,
    response,
    scale,
    summary,
    to_the_leader,
    token,
    words,
)
from tests.matrix.spot import Spot
from tests.matrix.world import World

THREAD = "/api/cases/{case}/threads/{thread}"
DRAFT = THREAD + "/drafts/{form}/{about}"
HOLE = re.compile(r"{(\w+)}")


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
