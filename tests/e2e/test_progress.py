"""How it goes: numbers by each for himself, a line with a sentence and a table; well-being; the evaluation."""

from playwright.sync_api import expect

from app.dates import today
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.e2e.planning import at_plan, card, dialogue_with_girl, tap
from tests.plans.planning import changes_action, in_days, plans, says, sets_goal
from tests.plans.test_plans import boys_place, dialogue_with_boy

HER_WORDS = "Jeg vil gerne i skole uden at få ondt i maven."
HIS_WORDS = "Jeg vil gerne sove hele natten."


def gives(person: OnScreen, words: str, *numbers: int) -> None:
    """Before, now and hoped for."""
    tap(person, card(person, words), "plan.give_scale")
    for key, number in zip(("before", "now", "hoped"), numbers, strict=True):
        group = person.page.get_by_role("group", name=person.says(f"plan.scale_{key}"))
        group.get_by_role("radio").nth(number).check()


def test_each_gives_numbers_and_a_line_says_how_it_goes(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    sets_goal(village["girl15"], place, HER_WORDS)
    girl, mother = at_plan(screens.of("girl15"), place), at_plan(screens.of("mother"), place)
    caseworker = at_plan(screens.of("caseworker", "desktop"), place)
    gives(girl, HER_WORDS, 3, 5, 8)
    girl.looks_right("giving")
    girl.presses("plan.send")
    his = "Sofie Holm Krogh: fra 3 til 5, håber på 8."
    expect(card(mother, HER_WORDS).get_by_role("img", name=his)).to_be_visible(timeout=WITHIN_A_SECOND * 2)
    gives(mother, HER_WORDS, 2, 2, 9)
    mother.presses("plan.send")
    both = f"{his} Mette Holm: 2 som før, håber på 9."
    for person in (girl, mother, caseworker):
        expect(card(person, HER_WORDS).get_by_role("img", name=both)).to_be_visible(timeout=5000)
        card(person, HER_WORDS).get_by_text(person.says("plan.as_table")).click()
        row = card(person, HER_WORDS).get_by_role("row").filter(has_text="Sofie Holm Krogh")
        assert [cell.inner_text() for cell in row.get_by_role("cell").all()] == ["3", "5", "8"]
    mother.looks_right("line")
    caseworker.looks_right("line")
    # Whoever has given numbers before is asked how it is now; and is one point further on.
    tap(girl, card(girl, HER_WORDS), "plan.give_scale")
    girl.page.get_by_role("group", name=girl.says("plan.scale_now")).get_by_role("radio").nth(7).check()
    girl.presses("plan.send")
    expect(card(mother, HER_WORDS).get_by_role("img", name="Sofie Holm Krogh: fra 3 til 7, håber på 8.")).to_be_visible(
        timeout=WITHIN_A_SECOND * 2
    )


def test_a_childs_numbers_are_chosen_by_faces(village: Village, screens: Screens) -> None:
    place = dialogue_with_boy(village)
    sets_goal(village["caseworker"], place, HIS_WORDS, kind="wish", words_of=boys_place(village["caseworker"], place))
    caseworker = at_plan(screens.of("caseworker"), place)
    expect(card(caseworker, HIS_WORDS)).to_contain_text("Sagt af Emil Holm Krogh. Skrevet ned af Karen Lindqvist")
    tap(caseworker, card(caseworker, HIS_WORDS), "plan.give_scale")
    expect(caseworker.page.locator(".face")).to_have_count(0)
    caseworker.page.get_by_label("Emil Holm Krogh", exact=True).check()
    expect(caseworker.page.locator(".face")).to_have_count(33)
    for key, number in (("before", 2), ("now", 5), ("hoped", 10)):
        group = caseworker.page.get_by_role("group", name=caseworker.says(f"plan.scale_{key}"))
        group.get_by_role("radio").nth(number).check()
    expect(caseworker.page.get_by_role("radio", name="5, midt imellem").nth(1)).to_be_checked()
    caseworker.looks_right("faces")
    caseworker.presses("plan.send")
    caseworker.page.get_by_role("img", name="Emil Holm Krogh: fra 2 til 5, håber på 10.").wait_for()


def test_well_being_is_a_shape_and_a_word_and_the_missing_are_named(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    mother, teacher = at_plan(screens.of("mother"), place), at_plan(screens.of("teacher", "desktop"), place)
    section = mother.page.get_by_role("region", name=mother.says("progress.wellbeing", child="Sofie"))
    expect(section).to_contain_text("mangler vi svar fra 2 fagpersoner")
    teacher.presses("progress.rate")
    teacher.ticks("progress.yellow")
    teacher.presses("plan.send")
    teacher.reads(teacher.says("progress.words_missing"))
    teacher.fills("progress.words", "Hun går hjem før frikvarteret.")
    teacher.looks_right("rating")
    teacher.presses("plan.send")
    expect(section).to_contain_text("Hun går hjem før frikvarteret.", timeout=WITHIN_A_SECOND)
    expect(section).to_contain_text("mangler vi svar fra en fagperson")
    mother.presses("progress.rate")
    mother.ticks("progress.green")
    mother.presses("plan.send")
    half = mother.says("progress.spring" if today().month <= 6 else "progress.autumn", year=str(today().year))
    expect(section.get_by_role("img", name=f"I {half}: 1 siger grøn, 1 siger gul.")).to_be_visible(timeout=5000)
    section.get_by_text(mother.says("plan.as_table")).click()
    expect(section.get_by_role("row").filter(has_text="Anders Winther")).to_contain_text("Gul")
    mother.looks_right("wellbeing")
    teacher.looks_right("wellbeing")


def test_family_and_professionals_say_theirs_side_by_side(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    village["caseworker"].did(says(village["caseworker"], place, "evaluations", due_on=in_days(-1)))
    girl, caseworker = at_plan(screens.of("girl15"), place), at_plan(screens.of("caseworker", "desktop"), place)
    section = girl.page.get_by_role("region", name=girl.says("progress.evaluation"), exact=True)
    expect(section.locator(".late")).to_contain_text("For sent: vi skulle have set på planen")
    expect(section).to_contain_text(girl.says("progress.both_missing"))
    girl.presses("progress.give_view")
    girl.presses("plan.send")
    girl.reads(girl.says("progress.view_missing"))
    girl.fills("progress.worked", "Anders ved porten.")
    expect(girl.page.get_by_text("Kladden er gemt")).to_be_visible(timeout=8000)
    girl.page.reload()
    expect(girl.page.get_by_label(girl.says("progress.worked"))).to_have_value("Anders ved porten.")
    girl.fills("progress.change", "Færre møder.")
    girl.presses("plan.send")
    caseworker.reads("Færre møder.", WITHIN_A_SECOND * 2)
    caseworker.reads(caseworker.says("progress.professionals_missing"))
    caseworker.presses("progress.give_view")
    caseworker.fills("progress.worked", "Sofie har været i skole hver dag.")
    caseworker.presses("plan.send")
    expect(section).to_contain_text("Familien og fagpersonerne har begge skrevet", timeout=WITHIN_A_SECOND * 2)
    expect(section.locator(".side").nth(1)).to_contain_text("hver dag")
    girl.looks_right("evaluation")
    caseworker.looks_right("evaluation")
    caseworker.presses("progress.new_day")
    caseworker.fills("progress.which_day", in_days(60))
    caseworker.presses("plan.send")
    expect(section).to_contain_text("Vi ser på planen sammen den", timeout=WITHIN_A_SECOND * 2)


def test_a_full_plan_fits_every_screen(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    people = {who: village[who] for who in ("girl15", "mother", "caseworker", "teacher")}
    goal = sets_goal(people["girl15"], place, HER_WORDS, area="school")
    for who, numbers in (
        ("girl15", (3, 5, 8)),
        ("mother", (2, 4, 9)),
        ("caseworker", (2, 5, 7)),
        ("teacher", (4, 5, 8)),
    ):
        before, now, hoped = numbers
        scale = says(people[who], place, "scales", goal=goal["id"], before=before, now=now, hoped=hoped)
        people[who].did(scale)
    for who, colour in (("mother", "yellow"), ("teacher", "red"), ("caseworker", "green")):
        people[who].did(says(people[who], place, "wellbeing", colour=colour, words="Hun er træt om morgenen."))
    step = people["mother"].did(plans(people["mother"], place, "mother", "Vi spiser morgenmad sammen", goal=goal["id"]))
    people["mother"].did(changes_action(people["mother"], place, step, "done"))
    people["mother"].did(plans(people["mother"], place, "teacher", "Anders tager imod ved porten", goal=goal["id"]))
    people["caseworker"].did(plans(people["caseworker"], place, "girl15", "Sofie sender en besked hver fredag"))
    day = people["caseworker"].did(says(people["caseworker"], place, "evaluations", due_on=in_days(20)))
    for who in ("mother", "teacher"):
        view = says(
            people[who], place, f"evaluations/{day['id']}/views", worked="Ro om morgenen.", change="Færre skift."
        )
        people[who].did(view)
    for who, size, options in (
        ("mother", "phone", {}),
        ("teacher", "desktop", {}),
        ("girl15", "narrow", {"forced_colors": "active"}),
    ):
        person = at_plan(screens.of(who, size, **options), place)
        expect(person.page.get_by_role("img")).to_have_count(2)
        person.looks_right(f"full-{size}")
        person.reads_in("en")
        person.looks_right(f"full-{size}")
        person.reads_in("da")
