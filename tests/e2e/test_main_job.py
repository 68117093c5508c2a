"""The main job, as three people at once: open, write, note, invite, end. Live, and nobody reloads."""

from playwright.sync_api import expect

from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.consenting import WHY, agrees, proposes_teacher
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.village import BY_KEY


def open_dialogue(caseworker: OnScreen) -> None:
    caseworker.presses("home.open")
    caseworker.fills("new.child", "Emil")
    caseworker.fills("new.purpose", "En god morgen før skole")
    caseworker.fills("new.person_name", BY_KEY["mother"].name)
    caseworker.fills("new.person_email", BY_KEY["mother"].email)
    caseworker.fills("new.person_capacity", "mor")
    caseworker.page.get_by_label(text("new.custody")).first.check()
    caseworker.presses("new.yes")
    expect(caseworker.page.get_by_label(text("composer.label"))).to_be_visible()


def test_a_family_a_caseworker_and_a_teacher_in_one_open_thread(village: Village, screens: Screens) -> None:
    caseworker, mother = screens.of("caseworker", "desktop"), screens.of("mother", "phone")
    open_dialogue(caseworker)
    place = caseworker.is_at()

    # The mother's home follows by itself: the new conversation stands there.
    mother.reads("En god morgen før skole", WITHIN_A_SECOND)
    mother.page.get_by_role("link", name="En god morgen før skole").first.click()
    mother.reads(BY_KEY["caseworker"].name)
    mother.writes("Emil kom for sent igen i dag.")
    caseworker.reads("Emil kom for sent igen i dag.", WITHIN_A_SECOND)
    caseworker.writes("Tak fordi du skriver. Hvad plejer at hjælpe?")
    mother.reads("Hvad plejer at hjælpe?", WITHIN_A_SECOND)

    caseworker.presses("composer.note")
    caseworker.fills("write.challenges", "Morgenerne er svære.")
    caseworker.fills("write.resources", "Emil vil gerne i skole.")
    caseworker.fills("write.proposals", "Vi prøver et fast vækkeur.")
    caseworker.presses("write.preview")
    caseworker.reads(text("write.preview_title"))
    caseworker.presses("write.publish")
    mother.reads("Emil vil gerne i skole.", WITHIN_A_SECOND)

    proposes_teacher(caseworker)
    mother.presses("invitation.waits", name=BY_KEY["teacher"].name)
    mother.reads(WHY)
    agrees(mother)

    token = village.link_for("teacher")
    teacher = screens.of(None, "desktop")
    teacher.page.goto(f"/invitation#{token}")
    teacher.reads(text("login.title"))
    teacher.log_in("teacher", "/invitation")
    teacher.reads(text("guest.title"))
    assert token not in teacher.page.url
    teacher.reads(WHY)
    teacher.presses("guest.yes")
    expect(teacher.page.get_by_label(text("composer.label"))).to_be_visible()
    teacher.does_not_read("Emil kom for sent igen i dag.")

    mother.goes_to(place)
    caseworker.goes_to(place)
    teacher.writes("Hej Mette. Emil er glad i timerne.")
    for person in (mother, caseworker):
        person.reads("Emil er glad i timerne.", WITHIN_A_SECOND)

    mother.presses("thread.people")
    mother.presses("people.end", name=BY_KEY["teacher"].name)
    mother.presses("people.end_yes")
    teacher.reads(text("gone.title"), WITHIN_A_SECOND)
    teacher.does_not_read("Emil er glad i timerne.")
    assert village["teacher"].get(place.path).status_code == 404
