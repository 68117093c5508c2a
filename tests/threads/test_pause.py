"""A pause works like an ending and can be taken back: a guest's place, and a child's login that others may be using."""

from uuid import uuid4

from tests.conftest import Village
from tests.people_of import Place, until
from tests.threads.test_threads import open_thread
from tests.village import BY_KEY


def pause_path(place: Place, membership: str) -> str:
    return f"{place.path}/memberships/{membership}/pause"


def test_a_paused_guest_finds_nothing_and_the_family_sees_since_when(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    place = village["mother"].place_of(family, "teacher")
    assert place["may_pause"]
    assert place["paused_at"] is None
    circle = village["mother"].sees(family)["circle"]
    with village["teacher"].listens(family) as ear:
        paused = village["mother"].did(village["mother"].post(pause_path(family, place["membership"])))
        until(lambda: ear.closed == 4403, 2)
        assert ear.frames[-1] == {"thread": family.thread, "entries": [], "seq": None, "gone": True}
    for path in (family.path, f"{family.path}/messages", f"/api/cases/{family.case}"):
        assert village["teacher"].get(path).status_code == 404
    assert village["teacher"].post(f"{family.path}/messages", id=str(uuid4()), text="x").status_code == 404
    now = village["father"].sees(family)
    [shown] = [it for it in now["people"] if it["name"] == BY_KEY["teacher"].name]
    assert (shown["paused_at"], shown["ended_at"]) == (paused["paused_at"], None)
    assert now["circle"] > circle, "whoever writes is asked to look again"


def test_a_resumed_guest_reads_on_also_what_was_written_meanwhile(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    path = pause_path(family, village["mother"].place_of(family, "teacher")["membership"])
    village["mother"].did(village["mother"].post(path))
    village["mother"].writes(family, "Imens")
    assert village["mother"].post(path).status_code == 409
    assert village["father"].browser.delete(path).status_code == 204, "anybody with custody"
    assert village["father"].browser.delete(path).status_code == 409
    assert village["teacher"].texts(family) == ["Imens"]
    kinds = [entry["kind"] for entry in village["mother"].reads(family)][-3:]
    assert kinds == ["member_paused", "message_posted", "member_resumed"]


def test_a_paused_place_can_be_ended(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    place = village["mother"].place_of(family, "teacher")["membership"]
    village["mother"].did(village["mother"].post(pause_path(family, place)))
    village["mother"].did(village["mother"].post(f"{family.path}/memberships/{place}/ending"))
    assert village["mother"].browser.delete(pause_path(family, place)).status_code == 404


def test_nobody_pauses_family_or_caseworker_and_no_guest_pauses_anybody(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    for who in ("mother", "caseworker"):
        place = village["father"].place_of(family, who)
        assert not place["may_pause"]
        assert village["father"].post(pause_path(family, place["membership"])).status_code == 403
    teacher = village["mother"].place_of(family, "teacher")["membership"]
    assert village["teacher"].post(pause_path(family, teacher)).status_code == 403
    assert village["mother"].post(pause_path(family, str(uuid4()))).status_code == 404


CHILD = {"name": "Sofie Holm Krogh", "email": "girl15@demo.example", "capacity": "barnet", "role": "child"}
MOTHER = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}


def test_the_caseworker_freezes_a_childs_login_in_the_whole_case(village: Village) -> None:
    """A parent may be holding the child's phone."""
    place = village["caseworker"].opens_dialogue(family=[MOTHER, CHILD])
    own = open_thread(village, "caseworker", place, "girl15")
    child = village["caseworker"].place_of(place, "girl15")
    assert child["may_pause"]
    assert village["mother"].post(pause_path(place, child["membership"])).status_code == 403, "not by a parent"
    with village["girl15"].listens(place, own) as ear:
        village["caseworker"].did(village["caseworker"].post(pause_path(place, child["membership"])))
        until(lambda: ear.closed == 4403, 2)
    for it in (place, own):
        assert village["girl15"].get(it.path).status_code == 404
    assert [entry["kind"] for entry in village["caseworker"].reads(own)][-1] == "member_paused"
    assert village["caseworker"].browser.delete(pause_path(place, child["membership"])).status_code == 204
    assert village["girl15"].get(own.path).status_code == 200
