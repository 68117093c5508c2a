"""A draft is the writer's alone, and its thread's alone: words meant for one circle never turn up in another."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.drafts.drafting import keeps
from tests.people_of import Place, Someone


@pytest.fixture
def aside(village: Village, family: Place) -> Place:
    """Mother and caseworker, without the father."""
    mother = village["mother"]
    members = [mother.place_of(family, "caseworker")["membership"]]
    thread = mother.did(mother.post(f"/api/cases/{family.case}/threads", purpose="Kun os to", members=members))
    return Place(family.case, thread["id"])


def begins(who: Someone, place: Place, about: str, text: str = "Jeg tænker", **more: Any) -> Any:
    return keeps(who, place, "response", about, text=text, **more)


def gives_up(who: Someone, place: Place, about: str, id_: str) -> Any:
    return who.browser.delete(f"{place.path}/drafts/response/{about}", params={"id": id_})


def drafts(who: Someone, place: Place) -> list[str]:
    return [it["text"] for it in who.sees(place)["drafts"]]


def publishes(who: Someone, place: Place, note: str) -> None:
    who.did(who.post(f"{place.path}/notes", id=note, resources="Mormor"))


def test_nobody_else_sees_it(village: Village, family: Place) -> None:
    village["mother"].did(begins(village["mother"], family, family.thread))
    assert drafts(village["mother"], family) == ["Jeg tænker"]
    for who in ("father", "caseworker"):
        assert drafts(village[who], family) == []
        his = str(uuid4())
        village[who].did(begins(village[who], family, family.thread, "Også jeg", id=his))
        village[who].did(gives_up(village[who], family, family.thread, his))
    assert drafts(village["mother"], family) == ["Jeg tænker"]


def test_the_same_id_in_two_threads_is_two_drafts(village: Village, family: Place, aside: Place) -> None:
    """Two notes may be given one id by whoever writes them. What the mother writes aside must not turn up beside it."""
    note, mother, same = str(uuid4()), village["mother"], str(uuid4())
    for place, text in ((family, "Til alle"), (aside, "Kun til Karen")):
        publishes(village["caseworker"], place, note)
        mother.did(begins(mother, place, note, text, id=same))
    assert (drafts(mother, family), drafts(mother, aside)) == (["Til alle"], ["Kun til Karen"])
    mother.did(gives_up(mother, family, note, same))
    assert (drafts(mother, family), drafts(mother, aside)) == ([], ["Kun til Karen"])


def test_what_one_sends_takes_away_nobody_elses_draft(village: Village, family: Place, aside: Place) -> None:
    """Nor one's own in another thread, though a client gave all of them one id."""
    same, mother, father = str(uuid4()), village["mother"], village["father"]
    for who, place in ((mother, family), (mother, aside), (father, family)):
        who.did(keeps(who, place, id=same, text="Jeg tænker"))
    mother.did(mother.post(f"{family.path}/messages", id=same, text="Sendt"))
    assert (drafts(mother, family), drafts(mother, aside)) == ([], ["Jeg tænker"])
    assert drafts(father, family) == ["Jeg tænker"]


def test_what_lies_in_a_thread_that_one_has_left_is_in_nobodys_way(
    village: Village, family: Place, aside: Place
) -> None:
    """Neither an error of ours nor a way to tell that something still lies there."""
    note, mother = str(uuid4()), village["mother"]
    for place in (family, aside):
        publishes(village["caseworker"], place, note)
    mother.did(begins(mother, family, note))
    mother.did(mother.post(f"{family.path}/memberships/{mother.sees(family)['me']['membership']}/ending"))
    gone = (begins(mother, family, note), gives_up(mother, family, note, str(uuid4())))
    assert [answer.status_code for answer in gone] == [404, 404]
    mother.did(begins(mother, aside, note))
    assert drafts(mother, aside) == ["Jeg tænker"]


def test_of_what_is_older_than_ones_history_there_is_nothing_to_write_about(village: Village, family: Place) -> None:
    """Though it is corrected and answered while one is there: its id is known from the line that says so."""
    caseworker, mother, note, response = village["caseworker"], village["mother"], str(uuid4()), str(uuid4())
    publishes(caseworker, family, note)
    village.brings_in(family, "teacher", history=False)
    teacher = village["teacher"]
    caseworker.did(caseworker.post(f"{family.path}/notes/{note}/versions", version=1, resources="Farfar"))
    said = {"kind": "missing", "box": "whole", "version": 1, "words": "Faster"}
    mother.did(mother.post(f"{family.path}/notes/{note}/responses", id=response, **said))
    lines = [entry["id"] for entry in teacher.reads(family)]
    assert {note, response} <= set(lines), "the premise: that it happened is told"
    absent = begins(teacher, family, str(uuid4()))
    for about in (note, response):
        answer = begins(teacher, family, about)
        assert (answer.status_code, answer.content) == (absent.status_code, absent.content) == (404, absent.content)
    [home] = [it for it in teacher.did(teacher.get("/api/cases"))["cases"] if it["id"] == family.case]
    assert (home["to_answer"], home["next"]["what"]) == ([], "place_ends")
    assert "Faster" not in str(teacher.reads(family)) + str(home)
    assert teacher.did(teacher.get(f"{family.path}/messages"))["notes"] == []
