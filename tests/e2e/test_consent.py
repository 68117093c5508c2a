"""Consent, as a family meets it: agreed page by page, seen by all, withdrawn in two taps, over at once."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.dates import today
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.consenting import agrees, proposes_teacher, to_the_consent
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.people_of import Place
from tests.village import BY_KEY

TEACHER = BY_KEY["teacher"].name


def are_as_big(person: OnScreen, yes: str, no: str) -> None:
    sizes = [person.finds(key).bounding_box() for key in (yes, no)]
    first, second = [(size["width"], size["height"]) for size in sizes if size]
    assert first == second


def accepts_on_screen(village: Village, screens: Screens, language: str) -> OnScreen:
    token = village.link_for("teacher")
    teacher = screens.of("teacher", "desktop")
    teacher.reads_in(language)
    teacher.page.goto(f"/invitation#{token}")
    teacher.reads(teacher.says("guest.title"))
    teacher.reads(teacher.says("information.school"))
    teacher.reads(teacher.says("step.sent", name=TEACHER))
    teacher.looks_right("offer")
    teacher.presses("guest.yes")
    expect(teacher.page.get_by_label(teacher.says("composer.label"))).to_be_visible()
    return teacher


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_consent_is_given_page_by_page_and_withdrawn_in_two_taps(
    village: Village, screens: Screens, family: Place, language: str
) -> None:
    caseworker, mother, father = screens.of("caseworker", "desktop"), screens.of("mother"), screens.of("father")
    for person in (caseworker, mother, father):
        person.reads_in(language)
        person.goes_to(family)
    proposes_teacher(caseworker, lambda page: caseworker.looks_right(page))
    caseworker.reads(caseworker.says("invite.done"))
    caseworker.looks_right("proposed")

    mother.presses("invitation.waits", name=TEACHER)
    for step in ("who", "kinds", "until"):
        mother.reads(mother.says(f"agree.{step}_title", name=TEACHER))
        mother.looks_right(f"agree-{step}")
        mother.presses("common.next")
    # The last question is not answered yet: nobody gets past it.
    mother.reads(mother.says("agree.length_missing"))
    mother.page.get_by_role("radio").first.check()
    mother.presses("common.next")
    mother.reads(mother.says("agree.regret_text", name=TEACHER))
    mother.looks_right("agree-check")
    are_as_big(mother, "agree.yes", "agree.no")
    mother.presses("agree.yes")
    mother.reads(mother.says("step.sent", name=TEACHER))
    mother.looks_right("agreed")

    teacher = accepts_on_screen(village, screens, language)
    father.presses("thread.consents")
    father.reads(f"{BY_KEY['mother'].name} (forælder)")
    father.looks_right("consents")
    assert father.finds("consent.withdraw", name=TEACHER).count() == 0, "a consent is its giver's to withdraw"

    mother.goes_to(family)
    mother.presses("thread.consents")
    mother.presses("consent.withdraw", name=TEACHER)
    mother.reads(mother.says("consent.withdraw_ask", name=TEACHER))
    mother.looks_right("withdrawing")
    mother.presses("consent.withdraw_yes")
    teacher.reads(teacher.says("gone.title"), WITHIN_A_SECOND)
    teacher.looks_right("gone")
    assert village["teacher"].get(family.path).status_code == 404
    for parent in (mother, father):
        parent.reads(parent.says("consent.before"))
        parent.looks_right("withdrawn")


def test_the_page_says_who_else_must_answer(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")["id"]
    # As in a municipality that asks every custody holder.
    village.rows("update invitations set every_holder = true where id = %s returning id", invitation)
    mother, father = screens.of("mother"), screens.of("father")
    names = {key: f"{BY_KEY[key].name} (forælder)" for key in ("mother", "father")}
    for person in (mother, father):
        person.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    to_the_consent(mother)
    mother.reads(mother.says("agree.waits_also", names=names["father"]))
    mother.presses("agree.yes")
    mother.reads(mother.says("agree.waits", names=names["father"]))
    mother.looks_right("waiting")
    agrees(father)
    # The line of what happened stays; how it stands moves on as soon as the worker has mailed the link.
    agreed = father.says("step.agreed_by", by=BY_KEY["father"].name)
    father.reads(agreed)
    mother.reads(agreed, WITHIN_A_SECOND)


def test_a_giver_may_agree_for_a_shorter_time(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")["id"]
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    for _ in range(2):
        mother.presses("common.next")
    mother.ticks("agree.length_shorter")
    mother.fills("invite.until", (today() + timedelta(days=91)).strftime("%d-%m-%Y"))
    mother.presses("common.next")
    expect(mother.page.get_by_text("Datoen skal være fra i morgen")).to_be_visible()
    mother.looks_right("agree-until-wrong")
    sooner = today() + timedelta(days=7)
    mother.fills("invite.until", sooner.strftime("%d-%m-%Y"))
    mother.presses("common.next")
    mother.presses("agree.yes")
    mother.reads(mother.says("consent.in_force"))
    given = village["mother"].did(village["mother"].get(f"{family.path}/consents"))["consents"]
    assert [it["until"] for it in given] == [sooner.isoformat()]


def test_no_is_an_answer(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")["id"]
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    to_the_consent(mother)
    mother.presses("agree.no")
    mother.reads(mother.says("state.declined"))
    assert village["caseworker"].did(village["caseworker"].get(f"{family.path}/consents"))["consents"] == []


def test_staff_writes_down_a_consent_and_its_giver_sees_it_and_can_withdraw_it(
    village: Village, screens: Screens, family: Place
) -> None:
    village["caseworker"].proposes(family, "teacher")
    caseworker, mother = screens.of("caseworker", "desktop"), screens.of("mother")
    caseworker.goes_to(f"/cases/{family.case}/threads/{family.thread}/consents")
    caseworker.presses("record.link_for", name=TEACHER)
    caseworker.reads(caseworker.says("record.title"))
    caseworker.looks_right("record")
    caseworker.presses("record.save")
    caseworker.reads(caseworker.says("record.how_missing"))
    caseworker.page.get_by_role("radio", name=BY_KEY["mother"].name).check()
    caseworker.ticks("record.how_phone")
    caseworker.presses("record.save")
    caseworker.reads(caseworker.says("record.done"))
    caseworker.looks_right("recorded")

    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/consents")
    mother.reads(mother.says("consent.how_phone"))
    mother.reads("Skrevet ned af Karen Lindqvist")
    mother.looks_right("recorded-consent")
    mother.presses("consent.withdraw", name=TEACHER)
    mother.presses("consent.withdraw_yes")
    mother.reads(mother.says("consent.before"))


def test_a_place_is_prolonged_from_home_before_it_ends(village: Village, screens: Screens) -> None:
    """A parent whom nothing else is asked: home shows three things at most."""
    soon, holder = today() + timedelta(days=3), village["stepfather"]
    family = village["caseworker"].opens_dialogue("stepfather")
    holder.agrees(family, village["caseworker"].proposes(family, "teacher", ends_on=soon.isoformat()))
    village["teacher"].accepts(village.link_for("teacher"))
    parent = screens.of("stepfather")
    parent.reads(parent.says("home.tasks"))
    parent.looks_right("home")
    parent.page.locator(f'a[href*="{family.thread}/invitations/"][href$="/prolong"]').click()
    parent.reads(parent.says("prolong.title", name=TEACHER))
    parent.looks_right("prolong")
    parent.presses("prolong.months_other", count="3")
    parent.presses("common.next")
    parent.reads(parent.says("agree.check_title"))
    parent.looks_right("prolong-check")
    are_as_big(parent, "agree.yes", "agree.no")
    parent.presses("agree.yes")
    parent.reads(parent.says("agree.thanks"))
    assert holder.place_of(family, "teacher")["until"] == (soon + timedelta(days=90)).isoformat()
    # The same way stands on the person's card, and nothing is lost by saying no there.
    parent.goes_to(f"/cases/{family.case}/threads/{family.thread}/people")
    parent.looks_right("people")
    parent.presses("people.prolong", name=TEACHER)
    parent.presses("prolong.months_other", count="6")
    parent.presses("common.next")
    parent.presses("agree.no")
    parent.reads("Så slutter det af sig selv.")
    assert holder.place_of(family, "teacher")["until"] == (soon + timedelta(days=90)).isoformat()


def test_somebody_else_at_the_link_goes_back_to_the_family(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")["id"]
    token = village.link_for("teacher")
    stranger, mother = screens.of("kindergarten", "desktop"), screens.of("mother")
    stranger.page.goto(f"/invitation#{token}")
    stranger.reads(stranger.says("guest.unusable"))
    stranger.looks_right("unusable")
    stranger.presses("guest.renew")
    stranger.reads(stranger.says("guest.renewed"))
    stranger.looks_right("renewed")

    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    mother.reads(mother.says("claim.title"))
    mother.reads(BY_KEY["kindergarten"].email)
    mother.looks_right("claim")
    are_as_big(mother, "claim.yes", "claim.no")
    mother.presses("claim.no")
    expect(mother.page.get_by_text(mother.says("claim.title"))).to_have_count(0)
    assert village["kindergarten"].post("/api/invitations/opening", token=token).status_code == 410


def test_a_mail_that_came_back_is_flagged_with_what_to_do(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")["id"]
    village.link_for("teacher")
    # The mail server's word afterwards; how it is heard is tested with a real one in tests/invitations.
    bounced = "insert into invitation_steps (invitation_id, step, thread_id) values (%s, 'bounced', %s) returning id"
    village.rows(bounced, invitation, family.thread)
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    mother.reads(mother.says("invitation.bounced_help"))
    mother.looks_right("bounced")
    mother.presses("agree.take_back")
    mother.reads(mother.says("state.declined"))
