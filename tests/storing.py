"""Each write that a professional's words go into, done once: what the tests of openness try each field of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.dates import today
from app.stages.models import ABOUT, StageStep
from tests.conftest import Village
from tests.joint_concerns.together import begun, sends, writes
from tests.notes.noting import NOTE, asked, publishes
from tests.people_of import Place
from tests.plans.planning import in_days, plans, says, sets_goal
from tests.stages.stepping import TO_A_START, moves, step_body

THREAD = "/api/cases/{case}/threads/{thread}"
AS = " as "  # what a body is, where it can be one of several


def new(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid4())} | more


Deed = Callable[[Village, Place, str], tuple[str, dict[str, Any]]]  # the address, and a good body


def _on(path: str, **body: Any) -> Deed:
    return lambda village, place, who: (f"{place.path}/{path}", new(**body) if path not in ("closure",) else dict(body))


def _correction(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    return f"{place.path}/messages/{village[who].writes(place, 'Hej')['id']}/correction", {"text": "Nyt"}


def _version(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    note = publishes(village[who], place)
    return f"{place.path}/notes/{note['id']}/versions", NOTE | {
        "version": 1,
        "child_view_choice": "summary",
        "child_view": "x",
    }


def _answer(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    said = asked(village["mother"], place, publishes(village[who], place))
    return f"{place.path}/responses/{said['id']}/answer", {"words": "Tak"}


def _ending(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    """The teacher leaves, and says why; the caseworker ends a guest's place."""
    if who == "teacher":
        return f"{place.path}/memberships/{village[who].sees(place)['me']['membership']}/ending", {"reason": "Slut"}
    return f"{place.path}/memberships/{village[who].place_of(place, 'teacher')['membership']}/ending", {
        "reason": "Slut"
    }


def _words(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    [child] = [it for it in village[who].sees(place)["people"] if it["role"] == "child"]
    return f"{place.path}/words", new(text="Hej", words_of=child["membership"])


def _invitation(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    named = {"name": "Ny", "email": "ny@demo.example", "capacity": "nabo", "role": "relative", "purpose": "At hjælpe"}
    return f"{place.path}/invitations", named | {
        "ends_on": (today() + timedelta(days=9)).isoformat(),
        "history": False,
        "kinds": ["everyday"],
    }


def _goal(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    return f"{place.path}/goals", new(kind="wish", area="home", words="x")


def _goal_change(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    goal = sets_goal(village[who], place)
    return f"{place.path}/goals/{goal['id']}/changes", new(step="reworded", words="x")


def _action(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    owner = village[who].sees(place)["me"]["membership"]
    return f"{place.path}/actions", new(words="x", owner=owner, due_on=in_days(3))


def _action_change(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    action = village[who].did(plans(village[who], place, "mother"))
    return f"{place.path}/actions/{action['id']}/changes", new(step="reworded", words="x")


def _view(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    day = village[who].did(says(village[who], place, "evaluations", due_on=in_days(3)))
    return f"{place.path}/evaluations/{day['id']}/views", new(worked="x", change="y")


def _hand_over(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    """One waits at a time."""
    ball = village[who].did(village[who].get(f"{place.path}/ball"))
    if ball["waiting"]:
        village[who].did(village[who].post(f"{place.path}/hand-overs/{ball['waiting']['id']}/withdrawal"))
    return f"{place.path}/hand-overs", new(employment=ball["colleagues"][0]["employment"], stays=False)


def _thread(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
    mother = village[who].place_of(place, "mother")["membership"]
    return f"/api/cases/{place.case}/threads", new(purpose="Om skolen", members=[mother])


# What has to come before each step of a case.
BEFORE = {step: TO_A_START[:n] for n, step in enumerate((*TO_A_START, "followed_up"))} | {
    "closed": TO_A_START[:3],
    "complained": TO_A_START[:4],
    "reconsidered": (*TO_A_START[:4], "complained"),
    "provisional": TO_A_START[:3],
    "plan_ready": TO_A_START[:4],
    "file_asked": (),
    "file_answered": ("file_asked",),
}
# What these need of the step before them.
FULL = {"screened": {"outcome": "section_20", "track": "full"}}
OF_EARLIER: dict[str, dict[str, dict[str, Any]]] = {"provisional": FULL, "plan_ready": {"decided": {"plan": True}}}


def _step(step: str) -> Deed:
    def deed(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
        before: list[dict[str, Any]] = []
        for earlier in BEFORE[step]:
            more = OF_EARLIER.get(step, {}).get(earlier, {}) | _about(earlier, before)
            before.append(village[who].did(moves(village[who], place, earlier, **more)))
        more = {"outcome": "upheld"} if step == "reconsidered" else {}
        return f"{place.path}/stages", step_body(step, **_about(step, before), **more)

    return deed


def _about(step: str, before: list[dict[str, Any]]) -> dict[str, Any]:
    """The last step is what those are about which stand beside the way."""
    oral = {"oral": True} if step == "complained" else {}
    return oral | ({"about": before[-1]["id"]} if StageStep(step) in ABOUT else {})


def _concern(what: str) -> Deed:
    """Begun by the teacher, who has written in it; and sent, before its receipt."""

    def deed(village: Village, place: Place, who: str) -> tuple[str, dict[str, Any]]:
        teacher = village["teacher"]
        known = teacher.did(teacher.get(f"{place.path}/concerns"))["concerns"]
        concern = next((it["id"] for it in known if it["state"] == "writing"), None) or begun(teacher, place)
        teacher.did(writes(teacher, place, concern))
        if what == "receipt":
            teacher.did(sends(teacher, place, concern, words="x"))
        return f"{place.path}/concerns/{concern}/{what}", new(words="x")

    return deed


DEEDS: dict[str, Deed] = {
    "POST /api/cases/{case}/threads": _thread,
    f"POST {THREAD}/actions": _action,
    f"POST {THREAD}/actions/{{action}}/changes": _action_change,
    f"POST {THREAD}/callbacks": _on("callbacks"),
    f"POST {THREAD}/closure": _on("closure", reason="Færdig"),
    **{
        f"POST {THREAD}/concerns/{{concern}}/{what}": _concern(what)
        for what in ("closure", "parts", "receipt", "sending")
    },
    f"POST {THREAD}/contacts": _on("contacts", kind="visit"),
    f"POST {THREAD}/evaluations/{{evaluation}}/views": _view,
    f"POST {THREAD}/goals": _goal,
    f"POST {THREAD}/goals/{{goal}}/changes": _goal_change,
    f"POST {THREAD}/hand-overs": _hand_over,
    f"POST {THREAD}/invitations": _invitation,
    f"POST {THREAD}/memberships/{{membership}}/ending": _ending,
    f"POST {THREAD}/messages": _on("messages", text="Hej"),
    f"POST {THREAD}/messages/{{message}}/correction": _correction,
    f"POST {THREAD}/notes": _on("notes", **NOTE, child_view="x", child_view_choice="own_words"),
    f"POST {THREAD}/notes/{{note}}/versions": _version,
    f"POST {THREAD}/responses/{{response}}/answer": _answer,
    **{f"POST {THREAD}/stages{AS}{step}": _step(step) for step in BEFORE},
    f"POST {THREAD}/summary": _on("summary", words="Her er vi"),
    f"POST {THREAD}/wellbeing": _on("wellbeing", colour="yellow", words="Træt"),
    f"POST {THREAD}/words": _words,
}
JOINT = f"POST {THREAD}/concerns/{{concern}}"
# It is she who rings; and whom a notification is for.
NOT_CASEWORKERS = {f"POST {THREAD}/callbacks", f"{JOINT}/closure", f"{JOINT}/sending"}
STEPS = {f"POST {THREAD}/stages{AS}{step}" for step in BEFORE}
CASEWORKERS_ONLY = {f"POST {THREAD}/closure", f"POST {THREAD}/hand-overs", f"{JOINT}/receipt"} | STEPS
