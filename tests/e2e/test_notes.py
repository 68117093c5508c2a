"""A note's life: from a phone, read at once, contradicted, answered; late when it is late; corrected in the open."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.noting import OBJECTION, REPLY, answers, boxes, objects, says_not_right, thread_path
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.notes.noting import NOTE, publishes
from tests.people_of import Place
from tests.village import BY_KEY

# What phones and keyboards leave at the ends of a text, and what must stay inside it.
TYPED = {
    "resources": "\u00a0 \n\tEmil er glad for sin lærer.\n\n  Han synger: «Mester Jakob»\u2003om aftenen.\u2028\n ",
    "challenges": "\ufeffHan sover uroligt.  \n",
    "proposals": "\n\n",
}
STANDS = {
    "resources": "Emil er glad for sin lærer.\n\n  Han synger: «Mester Jakob»\u2003om aftenen.",
    "challenges": "\ufeffHan sover uroligt.",
    "child_view": "Jeg vil gerne selv\ncykle i skole",
}


def stands_beside(person: OnScreen) -> None:
    """What was said and what was answered, in one frame."""
    both = person.page.locator(".response").filter(has_text=OBJECTION).filter(has_text=REPLY)
    expect(both).to_be_visible(timeout=WITHIN_A_SECOND)
    expect(person.page.locator(".note-box").filter(has=both)).to_contain_text(person.says("note.challenges"))


def test_a_note_from_a_phone_is_contradicted_and_answered_live(
    three: tuple[Place, OnScreen, OnScreen, OnScreen],
) -> None:
    place, caseworker, mother, teacher = three
    caseworker.page.goto(f"{thread_path(place)}/note?template=visit")
    caseworker.reads(caseworker.says("write.resources_visit"))
    for box, words in TYPED.items():
        caseworker.fills(f"write.{box}", words)
    caseworker.page.get_by_text(caseworker.says("write.voices")).click()
    caseworker.ticks("write.child_own_words")
    caseworker.fills("write.child_text_own_words", f" {STANDS['child_view']}\u3000\n")
    caseworker.page.get_by_label(BY_KEY["mother"].name).check()
    caseworker.reads(caseworker.says("write.has_heard", name=BY_KEY["mother"].name))
    caseworker.reads(caseworker.says("write.lacks_heard", name=BY_KEY["father"].name))
    caseworker.reads(caseworker.says("write.lacks_proposals"))
    caseworker.presses("write.preview")
    caseworker.reads(caseworker.says("write.preview_title"))
    assert boxes(caseworker) == STANDS
    caseworker.presses("write.publish")

    mother.reads("Han sover uroligt.", WITHIN_A_SECOND)
    mother.reads(mother.says("note.of_visit"))
    for person in (mother, teacher, caseworker):
        expect(person.page.locator("article.note")).to_have_count(1)
        assert boxes(person) == STANDS

    says_not_right(mother, "challenges", f" \n{OBJECTION}\n")
    for person in (caseworker, teacher):
        person.reads(OBJECTION, WITHIN_A_SECOND)
        expect(person.page.locator(".response")).to_contain_text(f"{BY_KEY['caseworker'].name} skal svare senest")
    expect(teacher.finds("note.to_answer")).to_have_count(0)
    expect(mother.finds("note.to_answer")).to_have_count(0)

    answers(caseworker, "Mette", REPLY)
    for person in (mother, teacher, caseworker):
        stands_beside(person)
        assert boxes(person) == STANDS


def test_a_correction_keeps_what_stood_before(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, caseworker, mother, teacher = three
    note = publishes(village["caseworker"], place)
    objects(village, place, note)
    mother.reads(OBJECTION)
    expect(mother.finds("note.correct")).to_have_count(0)
    caseworker.presses("note.correct")
    field = caseworker.page.get_by_label(caseworker.says("write.challenges"), exact=True)
    expect(field).to_have_value(NOTE["challenges"])
    expect(caseworker.page.get_by_role("radio", name=caseworker.says("write.name_visit"))).to_have_count(0)
    field.fill("Emil kom til tiden i sidste uge.")
    caseworker.presses("write.preview")
    caseworker.presses("write.correct_publish")
    for person in (mother, teacher):
        person.reads("Emil kom til tiden i sidste uge.", WITHIN_A_SECOND)
        assert boxes(person)["challenges"] == "Emil kom til tiden i sidste uge."
        person.page.get_by_role("button", name=re.compile("Se, hvad der stod før")).click()
        expect(person.page.locator(".note-earlier blockquote", has_text=NOTE["challenges"])).to_be_visible()
        person.reads(person.says("note.said_before"))

    # The line about the correction leads to the note, also from far below and on a fresh page.
    for number in range(34):
        village["caseworker"].writes(place, f"Besked nummer {number}.")
    mother.goes_to(place)
    village["caseworker"].did(
        village["caseworker"].post(
            f"{place.path}/notes/{note['id']}/versions", **NOTE | {"version": 2, "proposals": "Vi ses i morgen."}
        )
    )
    expect(mother.page.locator("article.note")).to_have_count(0)
    mother.presses("note.see")
    expect(mother.page.locator("article.note")).to_be_in_viewport()
    expect(mother.page.locator("article.note")).to_contain_text("Vi ses i morgen.")
    teacher.page.goto(f"{thread_path(place)}#e{note['seq']}")
    expect(teacher.page.locator("article.note")).to_be_in_viewport()


def test_a_draft_comes_back_in_its_own_place_only(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, caseworker, mother, _ = three
    publishes(village["caseworker"], place)
    mother.presses("note.said_not_right")
    mother.fills("reply.not_right", OBJECTION)
    mother.page.reload()
    mother.presses("note.said_not_right")
    expect(mother.page.get_by_label(mother.says("reply.not_right"), exact=True)).to_have_value(OBJECTION)
    caseworker.presses("note.correct")
    caseworker.fills("write.proposals", "Vi ringer på fredag.")
    caseworker.page.reload()
    expect(caseworker.page.get_by_label(caseworker.says("write.proposals"), exact=True)).to_have_value(
        "Vi ringer på fredag."
    )
    caseworker.page.goto(f"{thread_path(place)}/note")
    expect(caseworker.page.get_by_label(caseworker.says("write.proposals"), exact=True)).to_have_value("")


def writing(person: OnScreen, place: Place, name: str) -> None:
    """Every state of the form."""
    person.page.goto(f"{thread_path(place)}/note?template=first_conversation")
    person.looks_right(f"{name}-form")
    person.presses("write.preview")
    person.reads(person.says("write.resources_missing"))
    person.looks_right(f"{name}-form-fault")
    person.fills("write.resources", NOTE["resources"])
    heavy = "Forældrene er ressourcesvage og nægter at samarbejde med kommunens familieforebyggende indsatser, "
    person.fills("write.challenges", heavy + "selv om vi mange gange har forklaret dem, at det er for barnets skyld.")
    person.page.get_by_text(person.says("write.voices")).click()
    person.ticks("write.child_summary")
    person.fills("write.child_text_summary", "Emil vil gerne cykle selv.")
    person.page.get_by_label(BY_KEY["mother"].name).check()
    person.reads("“ressourcesvage”")
    person.looks_right(f"{name}-form-full")
    person.presses("write.preview")
    person.reads(person.says("write.preview_title"))
    person.looks_right(f"{name}-preview")


def standing(village: Village, place: Place) -> None:
    """A note with everything that can stand in it: late, answered, agreed, corrected."""
    heard = [village["caseworker"].place_of(place, who)["membership"] for who in ("mother", "father")]
    child = {"child_view": "Jeg vil gerne cykle selv.", "child_view_choice": "own_words", "heard": heard}
    note = publishes(village["caseworker"], place, **child)
    response = objects(village, place, note)
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/responses/{response}/answer", words=REPLY))
    objects(village, place, note, "whole")
    agree = {"id": response[:-4] + "abcd", "kind": "agree", "box": "proposals", "version": 1}
    village["father"].did(village["father"].post(f"{place.path}/notes/{note['id']}/responses", **agree))
    village.rows(
        "update responses set due_on = current_date - 3 where thread_id = %s and box = 'whole' returning id",
        place.thread,
    )
    new = NOTE | child | {"version": 1, "challenges": "Emil kom for sent to gange i uge 47."}
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/notes/{note['id']}/versions", **new))
    kept = publishes(village["caseworker"], place, child_view_choice="kept", template="free", proposals="")
    objects(village, place, kept, "proposals")


@pytest.mark.parametrize(
    ("size", "language"), [("phone", "da"), ("desktop", "da"), ("narrow", "da"), ("phone", "en"), ("desktop", "en")]
)
def test_every_state_of_a_note_is_accessible_and_fits(
    village: Village, screens: Screens, size: str, language: str
) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    standing(village, place)
    caseworker, mother, leader = (screens.of(who, size) for who in ("caseworker", "mother", "leader"))
    name = f"{size}-{language}"
    for person in (caseworker, mother, leader):
        person.reads_in(language)
    leader.looks_right(f"{name}-leader")
    writing(caseworker, place, name)
    for person in (caseworker, mother):
        person.goes_to(place)
        expect(person.page.locator("article.note")).to_have_count(2)
        person.looks_right(f"{name}-thread-{person.who}")
    mother.page.locator("article.note").first.get_by_role("button", expanded=False).first.click()
    expect(mother.page.locator(".note-earlier")).to_be_visible()
    mother.presses("note.said_not_right")
    mother.presses("reply.send")
    mother.looks_right(f"{name}-respond")
    caseworker.presses("note.to_answer")
    caseworker.page.locator(".reply textarea").fill(REPLY)
    caseworker.looks_right(f"{name}-answer")
    for person in (caseworker, mother, leader):
        person.reads_in("da")
