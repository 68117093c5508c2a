"""Circles: what is written in a thread that one is not in leaves no trace that one could see."""

import re
import time
from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.people_of import Place, Someone
from tests.test_contract import ROUTES
from tests.threads.test_threads import open_thread
from tests.village import BY_KEY

# The page for printing says when it was asked for.
ASKED_AT = re.compile(rb'"at":"[^"]+"')
# Told to oneself about oneself; they change by being asked for.
OWN = ("/api/me", "/api/admin", "/api/audit", "/auth", "/api/health", "/openapi", "/api/issuers", "/concerns/public")


def everything_seen(who: Someone, place: Place) -> dict[str, bytes]:
    """Each GET that needs no more than this case and this thread, and what came."""
    seen = {}
    for route in ROUTES:
        method, _, path = route.partition(" ")
        if method == "GET" and not path.startswith(OWN):
            path = path.replace("{case}", place.case).replace("{thread}", place.thread)
            if "{" not in path:
                answer = who.get(f"{path}?after=0" if path.endswith("/changes") else path)
                content = ASKED_AT.sub(b"", answer.content, count=1) if path.endswith("/access") else answer.content
                seen[path] = str(answer.status_code).encode() + content
    return seen


@pytest.fixture
def apart(village: Village) -> Place:
    """A case of the father's alone in the world: nothing else of his changes meanwhile."""
    return village["caseworker"].opens_dialogue("mother", "father")


def test_the_father_sees_nothing_of_the_mothers_thread(village: Village, apart: Place) -> None:
    father = village["father"]
    body = {"purpose": "Kun mor og Karen", "members": [village["caseworker"].place_of(apart, "mother")["membership"]]}
    everything_seen(father, apart)
    if (second := time.time() % 60) > 25:  # what is printed has the minute on it: both times the same one
        time.sleep(60 - second)
    before, mails = everything_seen(father, apart), village.mails_to("father")
    assert len(before) >= 6
    with father.listens(apart) as ear:
        ear.ask(home=True)
        frames = len(ear.raw) + 1
        opened = village["caseworker"].post(f"/api/cases/{apart.case}/threads", **body)
        own = Place(apart.case, village["caseworker"].did(opened)["id"])
        village["mother"].writes(own, "Kun til Karen")
        village["caseworker"].writes(own, "Kun til Mette")
        note = {"id": str(uuid4()), "challenges": "", "resources": "Mormor", "proposals": ""}
        village["caseworker"].did(village["caseworker"].post(f"{own.path}/notes", **note))
        village.brings_in(own, "psychologist", capacity="psykolog")
        village["mother"].ends(own, "psychologist")
        village["caseworker"].did(village["caseworker"].post(f"{own.path}/closure", reason="Færdig"))
        village["mother"].browser.delete(f"{own.path}/closure")
        assert father.get(own.path).status_code == 404
        assert father.get(own.path).content == father.get(own.path.replace(own.thread, str(uuid4()))).content
        village["mother"].did(village["mother"].get(own.path))
        assert len(ear.raw) == frames, "no bell rings for him"
    assert everything_seen(father, apart) == before
    assert village.mails_to("father") == mails


def test_a_person_acts_in_one_capacity_in_each_thread(village: Village, family: Place) -> None:
    """The kindergarten's leader is a scout leader besides: in another thread, by another invitation."""
    village.brings_in(family, "kindergarten", capacity="leder af børnehave")
    scouts = open_thread(village, "mother", family, "father")
    village["mother"].proposes(scouts, "kindergarten", capacity="spejderleder", role="volunteer")
    village["kindergarten"].accepts(village.link_for("kindergarten"))
    lone = village["kindergarten"]
    assert lone.sees(family)["me"]["capacity"] == "leder af børnehave"
    assert lone.sees(scouts)["me"]["capacity"] == "spejderleder"
    names = village["mother"].sees(scouts)["people"]
    as_scout = next(it["membership"] for it in names if it["capacity"] == "spejderleder")
    opened = village["mother"].post(f"/api/cases/{family.case}/threads", purpose="Turen", members=[as_scout])
    trip = Place(family.case, village["mother"].did(opened)["id"])
    assert lone.sees(trip)["me"] | {"membership": ""} == {
        "membership": "", "role": "volunteer", "capacity": "spejderleder",
    }  # fmt: skip
    mother = next(it["membership"] for it in names if it["name"] == BY_KEY["mother"].name)
    for acting, expected in ((lone.sees(scouts)["me"]["membership"], 403), (None, 201)):
        body = {"purpose": "Sommer", "members": [mother], "acting": acting}
        assert lone.post(f"/api/cases/{family.case}/threads", **body).status_code == expected
    stolen = lone.post(f"/api/cases/{family.case}/threads", purpose="x", members=[mother], acting=mother)
    assert stolen.status_code == 404, "nobody acts in somebody else's place"
