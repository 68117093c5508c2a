"""Where the case is: the mother reads the same line as the caseworker, and sees each step come."""

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.people_of import Place
from tests.stages.stepping import TO_A_START, goes, longer_ago

WHY = "Skolen har skrevet til os om Emil."


def chooses(person: OnScreen, key: str) -> None:
    person.page.get_by_label(person.says(key), exact=True).check()


def reads_of(person: OnScreen, key: str) -> None:
    """In the line above the conversation, or on the page of the steps."""
    person.reads(person.says(key), WITHIN_A_SECOND * 5)


def test_the_mother_sees_each_step_come_with_what_is_next_until_when_and_at_whom(
    village: Village, screens: Screens, family: Place
) -> None:
    karen, mother = screens.of("caseworker", "desktop"), screens.of("mother")
    for person in (karen, mother):
        person.goes_to(family)
    karen.presses("stages.title")
    reads_of(karen, "stages.none")
    karen.presses("stages.add")
    chooses(karen, "stages.step_notified")
    karen.presses("stages.send")
    reads_of(karen, "stages.why_missing")
    karen.looks_right("why-missing")
    karen.fills("stages.why", WHY)
    karen.presses("stages.send")
    karen.reads(WHY)
    reads_of(mother, "stages.step_notified")
    reads_of(mother, "stages.next_danger_assessed")
    mother.reads("hos Karen Lindqvist (rådgiver)")
    mother.looks_right("line")
    mother.presses("stages.see")
    mother.reads(WHY)
    expect(mother.finds("stages.add")).to_have_count(0)
    mother.looks_right("steps")
    mother.goes_to("/")
    line = mother.page.locator(".case").filter(has=mother.page.locator(f'a[href*="{family.case}"]'))
    expect(line.get_by_text(mother.says("stages.next_danger_assessed"))).to_be_visible()


def test_with_danger_the_page_leads_elsewhere_and_keeps_nothing(
    village: Village, screens: Screens, family: Place
) -> None:
    goes(village["caseworker"], family, "notified")
    karen = screens.of("caseworker")
    karen.goes_to(f"/cases/{family.case}/threads/{family.thread}/stages")
    karen.presses("stages.add")
    chooses(karen, "stages.step_danger_assessed")
    chooses(karen, "stages.danger_yes")
    karen.reads(karen.says("stages.danger_help"))
    expect(karen.finds("stages.danger_link")).to_be_visible()
    karen.looks_right("danger")
    karen.presses("stages.send")
    karen.reads(karen.says("error.danger_elsewhere"))
    assert village.rows("select count(*) from stages where thread_id = %s", family.thread) == [(1,)]
    chooses(karen, "stages.danger_no")
    karen.fills("stages.why", "Jeg har talt med skolen.")
    karen.presses("stages.send")
    reads_of(karen, "stages.step_danger_assessed")


def test_the_form_grows_with_what_is_at_stake(village: Village, screens: Screens, family: Place) -> None:
    goes(village["caseworker"], family, "notified", "danger_assessed")
    karen = screens.of("caseworker")
    karen.goes_to(f"/cases/{family.case}/threads/{family.thread}/stages")
    karen.presses("stages.add")
    chooses(karen, "stages.step_screened")
    expect(karen.page.get_by_label(karen.says("stages.track_light"), exact=True)).to_be_visible()
    chooses(karen, "stages.ground_violence")
    expect(karen.page.get_by_label(karen.says("stages.track_light"), exact=True)).to_have_count(0)
    expect(karen.page.get_by_label(karen.says("stages.outcome_section_19"), exact=True)).to_have_count(0)
    karen.reads(karen.says("stages.full_only"))
    chooses(karen, "stages.outcome_section_20")
    karen.fills("stages.why", "Emil har fortalt om slag.")
    karen.looks_right("serious")
    karen.presses("stages.send")
    karen.reads("Emil har fortalt om slag.")
    karen.presses("stages.add")
    chooses(karen, "stages.step_decided")
    karen.presses("stages.send")
    for key in ("stages.child_view_missing", "error.who_took_part", "stages.why_missing"):
        reads_of(karen, key)
    karen.looks_right("decision")


def test_what_the_municipality_is_late_with_is_red_for_the_mother(
    village: Village, screens: Screens, family: Place
) -> None:
    goes(village["caseworker"], family, *TO_A_START)
    longer_ago(village, family, 120)
    mother = screens.of("mother")
    mother.goes_to(family)
    late = mother.page.locator(".late").filter(has_text="For sent")
    expect(late.first).to_be_visible()
    expect(late.first).to_contain_text("Hos Karen Lindqvist (rådgiver)")
    mother.looks_right("late")


def test_a_plan_that_is_chosen_and_a_file_that_is_asked_for_stand_in_the_fathers_line(
    village: Village, screens: Screens, family: Place
) -> None:
    goes(village["caseworker"], family, "notified", "danger_assessed", "screened")
    karen, father = screens.of("caseworker"), screens.of("father", "desktop")
    karen.goes_to(f"/cases/{family.case}/threads/{family.thread}/stages")
    father.goes_to(family)
    karen.presses("stages.add")
    for key in ("step_decided", "outcome_support", "child_view_own_words", "committee_no"):
        chooses(karen, f"stages.{key}")
    karen.page.get_by_label(karen.says("stages.child_view"), exact=True).last.fill("Jeg vil gerne sove.")
    karen.fills("stages.why", "Emil sover dårligt.")
    karen.presses("stages.send")
    karen.reads(karen.says("stages.choose"))
    karen.looks_right("plan")
    chooses(karen, "stages.plan_yes")
    karen.presses("stages.send")
    karen.reads("Barnets plan skal være klar senest")
    karen.presses("stages.add")
    chooses(karen, "stages.step_file_asked")
    karen.fills("stages.why_file_asked", "Jonas vil se det hele.")
    karen.presses("stages.send")
    karen.reads("Jonas vil se det hele.")
    longer_ago(village, family, 6)  # the start has come and gone; the file is due in these days
    karen.presses("stages.add")
    chooses(karen, "stages.step_started")
    karen.fills("stages.measure", "En støtteperson")
    karen.fills("stages.why", "Familien er klar.")
    karen.presses("stages.send")
    reads_of(father, "stages.next_file_answered")
    father.looks_right("file-asked")
    father.presses("stages.see")
    father.reads("Barnets plan skal være klar senest")
    father.looks_right("beside")
    karen.presses("stages.add")
    chooses(karen, "stages.step_file_answered")
    karen.fills("stages.why_file_answered", "Jonas har fået det hele.")
    karen.looks_right("file-answered")
    karen.presses("stages.send")
    karen.reads("Jonas har fået det hele.")
    expect(father.finds("stages.next_file_answered")).to_have_count(0)
