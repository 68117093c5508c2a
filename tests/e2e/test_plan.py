"""A plan in their own words, made and kept by several people at once, each in front of a screen."""

from playwright.sync_api import expect

from app.dates import today
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.e2e.planning import action, at_plan, card, dialogue_with_girl, facts, tap, writes_goal
from tests.plans.planning import changes_action, in_days, plans, sets_goal
from tests.village import BY_KEY

HER_WORDS = "Jeg vil gerne i skole uden at få ondt i maven."
STEP = "Anders henter Sofie ved porten kl. 7.50"


def test_a_goal_in_her_own_words_is_made_and_followed_by_all_at_once(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    girl, mother = at_plan(screens.of("girl15"), place), at_plan(screens.of("mother"), place)
    caseworker = at_plan(screens.of("caseworker", "desktop"), place)
    teacher = at_plan(screens.of("teacher", "desktop"), place)
    girl.looks_right("empty")
    girl.presses("plan.new_goal")
    girl.looks_right("new-goal")
    girl.presses("plan.send")
    girl.reads(girl.says("plan.words_missing"))
    girl.ticks("plan.kind_goal")
    girl.fills("plan.words", HER_WORDS)
    girl.ticks("plan.area_school")
    girl.presses("plan.send")
    for person in (girl, mother, caseworker, teacher):
        expect(card(person, HER_WORDS).get_by_role("heading", name=f"“{HER_WORDS}”")).to_be_visible(
            timeout=WITHIN_A_SECOND * 3
        )
    expect(girl.page.get_by_role("heading", name=HER_WORDS)).to_be_focused()
    # The caseworker writes who does what until when; it waits for the family.
    tap(caseworker, card(caseworker, HER_WORDS), "plan.new_action")
    caseworker.fills("plan.action_words", STEP)
    caseworker.page.get_by_label(BY_KEY["teacher"].name, exact=True).check()
    caseworker.fills("plan.last_day", in_days(14))
    caseworker.looks_right("new-action")
    caseworker.presses("plan.send")
    expect(action(mother, STEP)).to_contain_text(mother.says("plan.is_proposed"), timeout=WITHIN_A_SECOND)
    expect(action(teacher, STEP).get_by_role("button", name=teacher.says("plan.do_done"))).to_have_count(0)
    mother.looks_right("proposed")
    tap(mother, action(mother, STEP), "plan.yes")
    expect(action(teacher, STEP)).to_contain_text(teacher.says("plan.is_agreed"), timeout=WITHIN_A_SECOND)
    tap(teacher, action(teacher, STEP), "plan.do_done")
    for person in (girl, mother, caseworker, teacher):
        expect(action(person, STEP)).to_contain_text(person.says("plan.is_done"), timeout=WITHIN_A_SECOND)
    teacher.looks_right("done")
    girl.reads_in("en")
    girl.looks_right("done")
    girl.reads_in("da")
