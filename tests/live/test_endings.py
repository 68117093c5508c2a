"""Gone means gone, whichever way: the open socket within a second, every address, and the links one has sent out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place, Someone, until
from tests.village import BY_KEY

AT_ONCE_S = 1
PLACE_LOST, SESSION_LOST = 4403, 4401


@dataclass(frozen=True)
class Ending:
    """What happens to somebody who is in the thread: whose place, by which deed, and what the socket says."""

    who: str
    happens: Callable[[Village, Place, Someone], None]
    code: int = PLACE_LOST

    @property
    def http(self) -> int:
        return 404 if self.code == PLACE_LOST else 401


def ended_by_a_custody_holder(village: Village, place: Place, gone: Someone) -> None:
    village["mother"].ends(place, "teacher")


def left_of_oneself(village: Village, place: Place, gone: Someone) -> None:
    gone.ends(place, "teacher")


def paused(village: Village, place: Place, gone: Someone) -> None:
    membership = village["mother"].place_of(place, "teacher")["membership"]
    village["mother"].did(village["mother"].post(f"{place.path}/memberships/{membership}/pause"))


def frozen(village: Village, place: Place, gone: Someone) -> None:
    """Somebody else may be using the child's login."""
    membership = village["caseworker"].place_of(place, "girl15")["membership"]
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/memberships/{membership}/pause"))


def consent_withdrawn(village: Village, place: Place, gone: Someone) -> None:
    """Of the place itself, not of what the guest has proposed since."""
    mine = [it for it in village["mother"].consents(place) if it["recipient"].startswith(BY_KEY["teacher"].name)]
    village["mother"].withdraws(place, mine[-1])


def custody_ended(village: Village, place: Place, gone: Someone) -> None:
    membership = village["caseworker"].place_of(place, "father")["membership"]
    body = {"change": "ended", "membership": membership, "basis": "Afgørelse fra Familieretshuset"}
    village["caseworker"].did(village["caseworker"].post(f"/api/cases/{place.case}/custody-changes", **body))


def hours_over(village: Village, place: Place, gone: Someone) -> None:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        ends = "update memberships set ends_at = now() where thread_id = %s and name = %s"
        db.execute(ends, (place.thread, gone.persona.name))
        db.execute("select pg_notify('rundtom_live', %s)", (place.thread,))


def logged_out(village: Village, place: Place, gone: Someone) -> None:
    gone.did(gone.post("/auth/logout"))


def ended_from_another_device(village: Village, place: Place, gone: Someone) -> None:
    mine = next(it["id"] for it in gone.did(gone.get("/api/me/sessions"))["sessions"] if it["here"])
    other = village["teacher"]
    other.did(other.post(f"/api/me/sessions/{mine}/ending"))


ENDINGS = [
    Ending("teacher", ended_by_a_custody_holder),
    Ending("teacher", left_of_oneself),
    Ending("teacher", paused),
    Ending("girl15", frozen),
    Ending("teacher", consent_withdrawn),
    Ending("father", custody_ended),
    Ending("teacher", hours_over),
    Ending("teacher", logged_out, SESSION_LOST),
    Ending("teacher", ended_from_another_device, SESSION_LOST),
]


def with_everybody(village: Village) -> Place:
    people = [("mother", "mor", "custody_holder"), ("father", "far", "custody_holder"), ("girl15", "datter", "child")]
    family = [
        {"name": BY_KEY[key].name, "email": BY_KEY[key].email, "capacity": capacity, "role": role}
        for key, capacity, role in people
    ]
    place = village["caseworker"].opens_dialogue(family=family)
    village.brings_in(place, "teacher")
    return place


def invites(village: Village, place: Place, who: Someone) -> str:
    """The secret of a link that somebody's proposal has led to."""
    proposed = who.proposes(place, "psychologist")
    if who.persona.key != "father":  # he agrees by proposing
        village["mother"].agrees(place, proposed)
    token = village.link_for("psychologist")
    opened = village["psychologist"].post("/api/invitations/opening", token=token)
    assert opened.is_success, "it works while the one who proposed it is there"
    return token


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda it: it.happens.__name__)
def test_gone_means_gone(village: Village, ending: Ending) -> None:
    place = with_everybody(village)
    gone = village.another_browser_of(ending.who)
    token = invites(village, place, gone)
    with gone.listens(place) as ear, village["mother"].listens(place) as mother:
        village["caseworker"].writes(place, "Før")
        ear.hears("Før")
        start = time.monotonic()
        ending.happens(village, place, gone)
        until(lambda: ear.closed is not None, AT_ONCE_S - (time.monotonic() - start))
        assert ear.closed == ending.code
        assert ear.frames[-1].get("gone", False) == (ending.code == PLACE_LOST)
        village["caseworker"].writes(place, "Efter")
        mother.hears("Efter")
    assert "Efter" not in ear.texts
    for answer in tries(gone, place):
        assert answer == ending.http
    if ending.code == PLACE_LOST:
        late = village["psychologist"].post("/api/invitations/redemption", token=token)
        assert (late.status_code, late.json()["code"]) == (410, "invitation_unusable")


def tries(someone: Someone, place: Place) -> list[int]:
    """Every address of the thread and of the case, by reading and by writing."""
    read = [place.path, f"{place.path}/messages", f"{place.path}/changes", f"{place.path}/consents"]
    read += [f"/api/cases/{place.case}", f"/api/cases/{place.case}/access", f"/api/cases/{place.case}/looks"]
    written = [
        someone.post(f"{place.path}/messages", id=str(uuid4()), text="Jeg er her endnu"),
        someone.put(f"{place.path}/read-mark", seq=1),
    ]
    return [someone.get(address).status_code for address in read] + [answer.status_code for answer in written]
