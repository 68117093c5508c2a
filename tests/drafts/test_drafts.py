"""Promise 9: nothing written is lost. A draft comes back to the same person, in the same place, and nowhere else."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.crawl import crawl
from tests.drafts.drafting import DESK, HALF, draft, drops, keeps
from tests.notes.noting import answers, asked, corrects, publishes
from tests.people_of import Place, Someone
from tests.summaries.test_summaries import proposes, settles

THE_THREAD = "/api/cases/{case}/threads/{thread}"


def drafts(who: Someone, place: Place) -> list[tuple[str, str, str]]:
    return [(it["form"], it["about"], it["text"]) for it in who.sees(place)["drafts"]]


@pytest.mark.parametrize(("who", "form"), [("mother", "message"), ("caseworker", "message"), ("caseworker", "note")])
def test_what_was_half_written_is_there_on_another_device_after_the_session_ended(
    village: Village, family: Place, who: str, form: str
) -> None:
    phone = village.another_browser_of(who)
    kept = phone.did(keeps(phone, family, form=form))
    assert kept["version"] > 0
    assert kept["saved_at"]
    phone.did(phone.post("/auth/logout"))
    assert phone.get(family.path).status_code == 401
    desk = village.another_browser_of(who)
    assert drafts(desk, family) == [(form, family.thread, HALF)]


def test_it_comes_back_in_that_place_only(village: Village, family: Place) -> None:
    mother = village["mother"]
    other = village["caseworker"].opens_dialogue("mother")
    mother.did(keeps(mother, family))
    assert drafts(mother, other) == []
    seen = crawl(mother, family)
    assert [path for path, answer in seen.items() if HALF in answer] == [THE_THREAD]
    assert mother.did(mother.get("/api/drafts"))["drafts"] == []


def test_nobody_else_sees_that_she_is_writing(village: Village, family: Place) -> None:
    mother = village["mother"]
    before = {who: (village[who].sees(family), village[who].get("/api/cases").text) for who in ("father", "caseworker")}
    with village["father"].listens(family, after=village["father"].sees(family)["seq"]) as ear:
        frames = len(ear.raw)
        mother.did(keeps(mother, family))
        village["caseworker"].writes(family, "Hej")
        ear.hears("Hej")
        assert len(ear.raw) == frames + 1, "no frame for a draft"
    for who, (page, _) in before.items():
        assert HALF not in str(crawl(village[who], family))
        assert village[who].sees(family)["drafts"] == page["drafts"] == []
    assert "draft" not in {entry["kind"] for entry in village["father"].reads(family)}


def test_it_is_gone_in_the_same_breath_as_it_is_sent(village: Village, family: Place) -> None:
    """Whatever it becomes, and however often that is sent: no second call has to arrive for it."""
    caseworker, mother = village["caseworker"], village["mother"]
    sent = str(uuid4())
    mother.did(keeps(mother, family, id=sent))
    for _ in range(2):
        mother.did(mother.post(f"{family.path}/messages", id=sent, text="Emil sov hos mig i nat."))
        assert drafts(mother, family) == []
    refused = keeps(mother, family, id=sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "draft_sent"), "another screen had not heard yet"
    note_id = str(uuid4())
    caseworker.did(keeps(caseworker, family, form="note", id=note_id))
    note = publishes(caseworker, family, id=note_id)
    objection = str(uuid4())
    mother.did(keeps(mother, family, form="response", about=note["id"], id=objection))
    said = asked(mother, family, note, id=objection)
    caseworker.did(keeps(caseworker, family, form="answer", about=said["id"], id=said["id"]))
    caseworker.did(answers(caseworker, family, said))
    caseworker.did(keeps(caseworker, family, form="note_correction", about=note["id"], id=note["id"]))
    caseworker.did(corrects(caseworker, family, note, challenges="Rettet"))
    status = str(uuid4())
    caseworker.did(keeps(caseworker, family, form="summary", id=status))
    summary = caseworker.did(proposes(caseworker, family, id=status))
    mother.did(keeps(mother, family, form="summary", about=summary["id"], id=summary["id"]))
    mother.did(settles(mother, family, summary, "rejection", words="Nej"))
    message = mother.writes(family, "Hej")["id"]
    mother.did(keeps(mother, family, form="correction", about=message, id=message))
    mother.did(mother.post(f"{family.path}/messages/{message}/correction", text="Hej igen"))
    invitation, closure = str(uuid4()), str(uuid4())
    caseworker.did(keeps(caseworker, family, form="invitation", id=invitation))
    caseworker.proposes(family, "teacher", id=invitation)
    caseworker.did(keeps(caseworker, family, form="closure", id=closure))
    caseworker.did(caseworker.post(f"{family.path}/closure", id=closure, reason="Færdig"))
    assert drafts(caseworker, family) == drafts(mother, family) == []


def test_what_is_begun_next_stays_when_the_one_before_arrives(village: Village, family: Place) -> None:
    mother, sent = village["mother"], str(uuid4())
    mother.did(keeps(mother, family, id=sent))
    mother.did(keeps(mother, family, text="Og en ting til"))
    mother.did(mother.post(f"{family.path}/messages", id=sent, text="Emil sov hos mig i nat."))
    assert drafts(mother, family) == [("message", family.thread, "Og en ting til")]


def test_a_draft_is_given_up_by_its_own_id(village: Village, family: Place) -> None:
    mother, first = village["mother"], str(uuid4())
    mother.did(keeps(mother, family, id=first))
    assert drops(mother, family, str(uuid4())).status_code == 204
    assert len(drafts(mother, family)) == 1, "the newer one is not given up"
    for _ in range(2):
        assert drops(mother, family, first).status_code == 204
        assert drafts(mother, family) == []


def test_two_screens_never_overwrite_each_other(village: Village, family: Place) -> None:
    mother = village["mother"]
    kept = mother.did(keeps(mother, family, text="fra bussen"))
    more = mother.did(keeps(mother, family, text="fra bussen, mere", version=kept["version"]))
    assert more["version"] > kept["version"]
    for version in (0, kept["version"], 7):
        refused = keeps(mother, family, text="hjemmefra", version=version, writer=DESK)
        assert (refused.status_code, refused.json()["code"]) == (409, "draft_elsewhere")
    assert drafts(mother, family) == [("message", family.thread, "fra bussen, mere")]
    # The tab itself goes on, also when it has not heard how far it had come.
    mother.did(keeps(mother, family, text="fra bussen, og mere", version=0))
    # And the other one, once it knows.
    newest = village["mother"].sees(family)["drafts"][0]["version"]
    mother.did(keeps(mother, family, text="hjemmefra", version=newest, writer=DESK))
    assert drafts(mother, family) == [("message", family.thread, "hjemmefra")]


def test_a_version_never_comes_again(village: Village, family: Place) -> None:
    """A screen that slept must not take a new draft for the old one that it knows."""
    mother, first = village["mother"], str(uuid4())
    old = mother.did(keeps(mother, family, id=first))["version"]
    drops(mother, family, first)
    assert mother.did(keeps(mother, family, text="ny"))["version"] > old


def test_one_persons_page_saves_nothing_in_anothers_name(village: Village, family: Place) -> None:
    """A tab that was left open, and somebody else has logged in beside it."""
    father = village["father"]
    hers = draft(village["mother"])
    for path in (f"{family.path}/drafts/message/{family.thread}", "/api/drafts/new_case"):
        refused = father.put(path, **hers)
        assert (refused.status_code, refused.json()["code"]) == (401, "not_logged_in")
    assert drafts(father, family) == []
    assert HALF not in str(father.did(father.get("/api/drafts")))


def test_each_form_has_its_own(village: Village, family: Place) -> None:
    caseworker = village["caseworker"]
    note = publishes(caseworker, family)
    said = asked(village["mother"], family, note)
    places = {"message": family.thread, "note": family.thread, "note_correction": note["id"], "answer": said["id"],
              "summary": family.thread, "closure": family.thread, "invitation": family.thread}  # fmt: skip
    for form, about in places.items():
        caseworker.did(keeps(caseworker, family, form=form, about=about, text=f"kladde til {form}"))
    assert sorted(drafts(caseworker, family)) == sorted(
        (form, about, f"kladde til {form}") for form, about in places.items()
    )


def test_a_draft_is_about_something_in_this_thread(village: Village, family: Place) -> None:
    elsewhere = village["caseworker"].opens_dialogue("father")
    note = publishes(village["caseworker"], elsewhere)
    for about in (note["id"], elsewhere.thread, str(uuid4())):
        assert keeps(village["caseworker"], family, form="response", about=about).status_code == 404
    for wrong in ("new_case", "nothing", "%00"):
        assert keeps(village["caseworker"], family, form=wrong).status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"text": ""}, {"text": "x" * 30_001}, {"version": -1}, {"text": "a\x00"}, {"more": 1}, {"version": 2**53},
     {"id": "x"}, {"writer": None}, {"person": ""}],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(village: Village, family: Place, body: dict[str, Any]) -> None:
    mother = village["mother"]
    answer = mother.put(f"{family.path}/drafts/message/{family.thread}", **draft(mother) | body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert drafts(village["mother"], family) == []


def test_when_the_place_has_ended_the_draft_opens_nothing_and_comes_back_with_the_place(
    village: Village, family: Place
) -> None:
    village.brings_in(family, "teacher")
    teacher = village["teacher"]
    teacher.did(keeps(teacher, family))
    place = teacher.sees(family)["me"]["membership"]
    mother = village["mother"]
    mother.did(mother.post(f"{family.path}/memberships/{place}/pause"))
    assert keeps(teacher, family).status_code == 404
    assert drops(teacher, family, str(uuid4())).status_code == 404
    mother.did(mother.browser.delete(f"{family.path}/memberships/{place}/pause"))
    assert drafts(teacher, family) == [("message", family.thread, HALF)]


def test_a_month_after_the_place_has_ended_nobody_keeps_the_draft(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    teacher = village["teacher"]
    teacher.did(keeps(teacher, family))
    place = teacher.sees(family)["me"]["membership"]
    village["mother"].ends(family, "teacher")
    here = "select count(*) from drafts where thread_id = %s"
    ended = "update memberships set ended_at = now() - interval '{} days' where id = %s returning id"
    for days, left in ((29, 1), (31, 0)):
        village.rows(ended.format(days), place)
        village.rows("select end_what_is_over()")
        assert village.rows(here, family.thread) == [(left,)]


def test_a_dialogue_that_nobody_opened_is_forgotten_after_three_months(village: Village) -> None:
    healthvisitor = village["healthvisitor"]
    begun = draft(healthvisitor)
    healthvisitor.did(healthvisitor.put("/api/drafts/new_case", **begun))
    for days, left in ((89, 1), (91, 0)):
        village.rows(
            "update drafts set saved_at = now() - make_interval(days => %s) where id = %s returning 1",
            days,
            begun["id"],
        )
        village.rows("select end_what_is_over()")
        assert len(healthvisitor.did(healthvisitor.get("/api/drafts"))["drafts"]) == left


def test_a_dialogue_that_is_not_opened_yet_is_kept_too(village: Village) -> None:
    psychologist = village["psychologist"]
    begun = draft(psychologist)
    kept = psychologist.did(psychologist.put("/api/drafts/new_case", **begun))
    again = village.another_browser_of("psychologist")
    [found] = again.did(again.get("/api/drafts"))["drafts"]
    assert (found["form"], found["text"], found["version"]) == ("new_case", HALF, kept["version"])
    assert village["mother"].did(village["mother"].get("/api/drafts"))["drafts"] == []
    assert psychologist.put("/api/drafts/note", **begun).status_code == 404
    assert psychologist.browser.delete("/api/drafts/new_case", params={"id": begun["id"]}).status_code == 204
    assert again.did(again.get("/api/drafts"))["drafts"] == []
