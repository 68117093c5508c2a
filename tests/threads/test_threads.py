"""Threads with a purpose and a circle of their own; closing, reopening, ending a place."""

import threading
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

from app.dates import today
from tests.conftest import Village
from tests.people_of import Place


def open_thread(village: Village, who: str, family: Place, *members: str) -> Place:
    case = village[who].did(village[who].get(f"/api/cases/{family.case}"))
    ids = [village[who].place_of(family, member)["membership"] for member in members]
    assert "open_thread" in case["may"]
    opened = village[who].did(village[who].post(f"/api/cases/{family.case}/threads", purpose="Skolestart", members=ids))
    return Place(family.case, opened["id"])


def test_a_further_thread_exists_only_for_its_circle(village: Village, family: Place) -> None:
    with_mother = open_thread(village, "caseworker", family, "mother")
    village["mother"].writes(with_mother, "Kun mellem os to")
    assert village["caseworker"].texts(with_mother) == ["Kun mellem os to"]
    assert village["father"].get(with_mother.path).status_code == 404
    case = village["father"].did(village["father"].get(f"/api/cases/{family.case}"))
    assert [it["id"] for it in case["threads"]] == [family.thread]


def test_a_thread_without_family_cannot_be_opened(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    teacher = village["caseworker"].place_of(family, "teacher")["membership"]
    answer = village["caseworker"].post(f"/api/cases/{family.case}/threads", purpose="Om familien", members=[teacher])
    assert (answer.status_code, answer.json()["code"]) == (422, "family_missing")


def test_strangers_cannot_be_put_into_a_thread(village: Village, family: Place) -> None:
    elsewhere = village["colleague"].opens_dialogue("grandmother")
    stranger = village["colleague"].place_of(elsewhere, "grandmother")["membership"]
    for unknown in (stranger, str(uuid4())):
        answer = village["caseworker"].post(f"/api/cases/{family.case}/threads", purpose="x", members=[unknown])
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_closed_thread_is_for_reading_until_it_is_reopened(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Tak for nu")
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Det går godt igen"))
    closed = village["mother"].sees(family)
    assert (closed["closed"]["reason"], closed["closed"]["by"]) == ("Det går godt igen", "Karen Lindqvist")
    refused = village["mother"].post(f"{family.path}/messages", id=str(uuid4()), text="Men nu…")
    assert (refused.status_code, refused.json()["code"]) == (409, "thread_closed")
    assert village["father"].texts(family) == ["Tak for nu"]
    assert village["caseworker"].post(f"{family.path}/closure", reason="igen").status_code == 409
    assert village["mother"].browser.delete(f"{family.path}/closure").status_code == 204
    assert village["mother"].browser.delete(f"{family.path}/closure").status_code == 409
    village["mother"].writes(family, "Vi er her igen")
    kinds = [entry["kind"] for entry in village["father"].reads(family)]
    assert kinds == ["thread_opened", "message_posted", "thread_closed", "thread_reopened", "message_posted"]


def test_an_ended_place_is_gone_at_once_and_its_words_remain(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].writes(family, "Emil har det godt i klassen")
    village["mother"].ends(family, "teacher")
    for path in (family.path, f"{family.path}/messages", f"/api/cases/{family.case}"):
        assert village["teacher"].get(path).status_code == 404
    assert village["mother"].texts(family) == ["Emil har det godt i klassen"]
    past = [it for it in village["mother"].sees(family)["people"] if it["ended_at"]]
    assert [it["name"] for it in past] == ["Anders Winther"]


def test_a_guest_may_leave_and_the_family_stays(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].ends(family, "teacher")
    assert village["teacher"].get(family.path).status_code == 404
    mother = village["caseworker"].place_of(family, "mother")
    assert not mother["may_end"]
    answer = village["caseworker"].post(f"{family.path}/memberships/{mother['membership']}/ending")
    assert (answer.status_code, answer.json()["code"]) == (409, "family_stays")
    village["father"].ends(family, "father")
    assert village["father"].get(family.path).status_code == 404
    last = village["mother"].post(f"{family.path}/memberships/{mother['membership']}/ending")
    assert (last.status_code, last.json()["code"]) == (409, "family_stays"), "the last of the family stays"
    caseworker = village["mother"].place_of(family, "caseworker")
    assert village["mother"].post(f"{family.path}/memberships/{caseworker['membership']}/ending").status_code == 403


def test_a_guest_ends_nobody(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village.brings_in(family, "psychologist", capacity="psykolog")
    place = village["teacher"].place_of(family, "psychologist")
    assert not place["may_end"]
    assert village["teacher"].post(f"{family.path}/memberships/{place['membership']}/ending").status_code == 403
    assert village["psychologist"].get(family.path).status_code == 200


def test_a_guest_opens_no_thread_without_a_custody_holder(village: Village) -> None:
    place = village["caseworker"].opens_dialogue(
        "mother",
        family=[
            {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"},
            {"name": "Emil Holm Krogh", "email": "boy10@demo.example", "capacity": "barn", "role": "child"},
        ],
    )
    village.brings_in(place, "teacher")
    child = village["teacher"].place_of(place, "boy10")["membership"]
    alone = village["teacher"].post(f"/api/cases/{place.case}/threads", purpose="Kun os to", members=[child])
    assert (alone.status_code, alone.json()["code"]) == (422, "family_missing")
    with_caseworker = open_thread(village, "caseworker", place, "boy10")
    assert village["boy10"].sees(with_caseworker)["purpose"] == "Skolestart"
    stuck = village["boy10"].post(f"{with_caseworker.path}/invitations", **PROPOSAL)
    assert (stuck.status_code, stuck.json()["code"]) == (422, "family_missing"), "nobody there could agree"


PROPOSAL = {
    "name": "Anders", "email": "a@demo.example", "capacity": "lærer", "role": "professional", "purpose": "skole",
    "kinds": ["school"], "ends_on": (today() + timedelta(days=30)).isoformat(), "history": False,
}  # fmt: skip


def test_opening_again_with_the_same_id_is_the_same_thread(village: Village, family: Place) -> None:
    mother = village["caseworker"].place_of(family, "mother")["membership"]
    body = {"id": str(uuid4()), "purpose": "Skolestart", "members": [mother]}
    first, again = (village["caseworker"].post(f"/api/cases/{family.case}/threads", **body) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())


def test_nothing_is_written_into_a_thread_while_it_is_closed(village: Village, family: Place) -> None:
    """Two people write and a third closes and reopens, all at once."""
    over = threading.Event()

    def write(who: str) -> None:
        while not over.is_set():
            village[who].post(f"{family.path}/messages", id=str(uuid4()), text="midt i det hele")

    writers = [threading.Thread(target=write, args=(who,)) for who in ("mother", "father")]
    [writer.start() for writer in writers]
    for _ in range(15):
        village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="nu"))
        village["caseworker"].did(village["caseworker"].browser.delete(f"{family.path}/closure"))
    over.set()
    [writer.join() for writer in writers]
    query = "select kind from events where thread_id = %s order by seq"
    kinds = [kind for (kind,) in village.rows(query, family.thread)]
    after_closing = {later for kind, later in pairwise(kinds) if kind == "thread_closed"}
    assert after_closing == {"thread_reopened"}
    assert kinds.count("message_posted") > 15
