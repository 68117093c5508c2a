"""A plan in their own words, made and kept by several people at once, each in front of a screen."""

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.e2e.planning import action, at_plan, card, dialogue_with_girl, facts, tap
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


def test_late_is_shown_alike_whoever_it_belongs_to(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    goal = sets_goal(village["girl15"], place, HER_WORDS)
    village["girl15"].did(plans(village["girl15"], place, "girl15", "Jeg går i seng kl. 22", due_on=in_days(-2)))
    on_time = plans(village["mother"], place, "caseworker", STEP, goal=goal["id"], starts_on=in_days(0), weeks=6)
    village["mother"].did(on_time)
    mother, caseworker = at_plan(screens.of("mother"), place), at_plan(screens.of("caseworker", "desktop"), place)
    late = mother.page.locator("li.plan-action").filter(has_text="Jeg går i seng")
    expect(late.locator(".late")).to_contain_text("For sent: skulle være gjort den")
    expect(action(mother, STEP)).to_contain_text("6 uger: fra")
    for find, words in ((action, "Jeg går i seng"), (action, STEP), (card, HER_WORDS)):
        assert facts(find(mother, words)) == facts(find(caseworker, words)), words
    mother.looks_right("late")
    # And beside the thread's lines: what is next, with the way to it.
    caseworker.presses("thread.back_to")
    beside = caseworker.page.locator(".side-plan").filter(has_text="Jeg går i seng")
    expect(beside).to_contain_text("For sent: Sofie Holm Krogh")
    caseworker.looks_right("beside-the-thread")
    beside.get_by_role("link").click()
    girl = at_plan(screens.of("girl15"), place)
    tap(girl, action(girl, "Jeg går i seng"), "plan.do_done")
    expect(action(caseworker, "Jeg går i seng").locator(".late")).to_have_count(0, timeout=WITHIN_A_SECOND)


def test_a_no_says_why_and_the_words_are_changed_without_a_new_plan(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    village["caseworker"].did(plans(village["caseworker"], place, "caseworker", "Sofie taler med en psykolog"))
    girl, caseworker = at_plan(screens.of("girl15"), place), at_plan(screens.of("caseworker", "desktop"), place)
    tap(girl, action(girl, "psykolog"), "plan.no")
    girl.presses("plan.send")
    girl.reads(girl.says("plan.change_missing"))
    girl.fills("plan.why_declined", "Jeg vil hellere tale med Anders.")
    girl.looks_right("declining")
    girl.presses("plan.send")
    theirs = action(caseworker, "psykolog")
    expect(theirs).to_contain_text("Jeg vil hellere tale med Anders.", timeout=WITHIN_A_SECOND)
    expect(theirs).to_contain_text(caseworker.says("plan.is_declined"))
    tap(caseworker, theirs, "plan.more")
    tap(caseworker, theirs, "plan.do_reworded")
    caseworker.fills("plan.why_reworded", "Sofie taler med Anders hver torsdag")
    caseworker.presses("plan.send")
    mine = action(girl, "hver torsdag")
    expect(mine).to_contain_text(girl.says("plan.is_proposed"), timeout=WITHIN_A_SECOND)
    girl.presses("circle.accept")  # the words are new: she looks before she says yes
    tap(girl, mine, "plan.yes")
    now = action(caseworker, "hver torsdag")
    expect(now).to_contain_text(caseworker.says("plan.is_agreed"), timeout=WITHIN_A_SECOND)
    tap(caseworker, now, "plan.do_moved")
    caseworker.fills("plan.new_day", in_days(30))
    caseworker.fills("plan.why_moved", "Anders har ferie")
    caseworker.presses("plan.send")
    tap(caseworker, now, "plan.do_handed")
    caseworker.page.get_by_label(BY_KEY["teacher"].name, exact=True).check()
    caseworker.presses("plan.send")
    expect(mine).to_contain_text("Anders Winther (lærer)", timeout=WITHIN_A_SECOND)
    mine.get_by_text(girl.says("plan.history_other", count="6")).click()
    for words in ("Karen Lindqvist rettede ordene", "gav det videre til Anders Winther", "Anders har ferie"):
        expect(mine.get_by_text(words)).to_be_visible()
    girl.looks_right("history")


def test_nobody_says_yes_to_words_that_came_under_the_thumb(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    step = village["caseworker"].did(plans(village["caseworker"], place, "caseworker", "Vi ringer hver dag"))
    girl = at_plan(screens.of("girl15"), place)
    expect(girl.finds("plan.yes")).to_be_visible()
    changes_action(village["caseworker"], place, step, "reworded", words="Vi ringer hver uge")
    girl.reads(girl.says("plan.newer"), WITHIN_A_SECOND)
    expect(girl.finds("plan.yes")).to_have_count(0)
    girl.presses("circle.accept")
    girl.presses("plan.yes")
    expect(action(girl, "hver uge")).to_contain_text(girl.says("plan.is_agreed"))


def test_what_is_reached_is_folded_away_and_can_be_taken_up_again(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    sets_goal(village["girl15"], place, "Jeg vil lære at svømme", kind="wish")
    girl, mother = at_plan(screens.of("girl15"), place), at_plan(screens.of("mother", "desktop"), place)
    tap(girl, card(girl, "svømme"), "plan.more")
    tap(girl, card(girl, "svømme"), "plan.do_reached")
    girl.fills("plan.why_reached", "Far tog med i svømmehallen")
    girl.presses("plan.send")
    over = mother.page.get_by_text(mother.says("plan.over_one"), exact=True)
    over.click(timeout=5000)
    expect(card(mother, "svømme")).to_contain_text(mother.says("plan.is_reached"))
    mother.looks_right("reached")
    tap(mother, card(mother, "svømme"), "plan.do_resumed")
    expect(girl.page.get_by_text(girl.says("plan.over_one"), exact=True)).to_have_count(0, timeout=WITHIN_A_SECOND)
    expect(card(girl, "svømme")).to_contain_text(girl.says("plan.is_wish"))


def test_nothing_that_is_typed_is_lost(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    goal = sets_goal(village["caseworker"], place, HER_WORDS)
    girl = at_plan(screens.of("girl15"), place)
    girl.presses("plan.new_goal")
    girl.fills("plan.words", "Jeg vil have en hund")
    girl.ticks("plan.area_leisure")
    tap(girl, card(girl, HER_WORDS), "plan.no")
    girl.fills("plan.why_declined", "Det er ikke mine ord.")
    expect(girl.page.get_by_text("Kladden er gemt")).to_have_count(2, timeout=8000)
    girl.page.reload()
    expect(girl.page.get_by_label(girl.says("plan.words"), exact=True)).to_have_value("Jeg vil have en hund")
    expect(girl.page.get_by_label(girl.says("plan.area_leisure"), exact=True)).to_be_checked()
    expect(girl.page.get_by_label(girl.says("plan.why_declined"))).to_have_value("Det er ikke mine ord.")
    # What it was about is put aside meanwhile: the words are still there to be copied.
    path = f"{place.path}/goals/{goal['id']}/changes"
    body = {"id": goal["id"], "step": "dropped", "words": "Vi begynder forfra"}
    village["caseworker"].did(village["caseworker"].post(path, **body))
    left = girl.page.get_by_role("region", name=girl.says("draft.unsent"))
    expect(left).to_contain_text("Det er ikke mine ord.")
    girl.looks_right("left")
    tap(girl, girl.page.locator("form"), "plan.send")
    expect(card(girl, "Jeg vil have en hund")).to_be_visible()
    girl.page.reload()
    expect(card(girl, "Jeg vil have en hund")).to_be_visible()
    expect(girl.page.get_by_label(girl.says("plan.words"), exact=True)).to_have_count(0)


def test_who_comes_while_one_writes_is_seen_before_it_is_saved(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    girl = at_plan(screens.of("girl15"), place)
    girl.presses("plan.new_goal")
    girl.fills("plan.words", "Jeg vil sove hos mormor")
    girl.ticks("plan.area_family")
    invitation = village["caseworker"].proposes(place, "psychologist", capacity="psykolog")
    for giver in ("mother", "girl15"):
        village[giver].agrees(place, invitation)
    village["psychologist"].accepts(village.link_for("psychologist"))
    girl.reads(girl.says("circle.changed"))
    girl.presses("plan.send")
    girl.reads(girl.says("composer.look_first"))
    girl.presses("circle.accept")
    girl.presses("plan.send")
    expect(card(girl, "mormor")).to_be_visible()


def test_home_leads_in_one_tap_to_what_waits_and_to_what_is_mine_to_do(village: Village, screens: Screens) -> None:
    """A father whom nothing else is asked: home shows three things at most."""
    place = village["caseworker"].opens_dialogue("birthfather")
    goal = sets_goal(village["caseworker"], place, "Emil ser sin far hver uge")
    village["caseworker"].did(plans(village["caseworker"], place, "birthfather", "Vi spiser sammen onsdag"))
    father = screens.of("birthfather")
    proposal = father.says("home.task_settle_other", name="Karen Lindqvist", capacity="rådgiver", count="2")
    father.reads(proposal)
    father.looks_right("home-asked")
    father.page.locator(f'.panel-task a[href$="{place.thread}/plan#p-{goal["id"]}"]').click()
    expect(card(father, "hver uge").get_by_role("heading", level=3)).to_be_in_viewport()
    tap(father, card(father, "hver uge"), "plan.yes")
    tap(father, action(father, "onsdag"), "plan.yes")
    expect(action(father, "onsdag")).to_contain_text(father.says("plan.is_agreed"))
    father.goes_to("/")
    father.does_not_read(proposal)
    father.reads("Din aftale: “Vi spiser sammen onsdag”. Senest")
    father.reads("Dennis Kjær gør noget efter planen senest")
    father.looks_right("home-to-do")
    father.presses("home.task_see")
    tap(father, action(father, "onsdag"), "plan.do_done")
    expect(action(father, "onsdag")).to_contain_text(father.says("plan.is_done"))
    father.goes_to("/")
    father.does_not_read("Din aftale")


def test_a_closed_threads_plan_is_read_and_printed_not_changed(village: Village, screens: Screens) -> None:
    place = dialogue_with_girl(village)
    goal = sets_goal(village["girl15"], place, HER_WORDS)
    village["girl15"].did(plans(village["girl15"], place, "girl15", STEP, goal=goal["id"]))
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/closure", reason="Det går godt nu"))
    mother = at_plan(screens.of("mother"), place)
    expect(card(mother, HER_WORDS)).to_contain_text(STEP)
    main = mother.page.locator("main")
    expect(main.get_by_role("button")).to_have_text([mother.says("thread.print")])
    mother.page.emulate_media(media="print")
    mother.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(main).to_contain_text("Det her kan læses af")
    expect(main.get_by_text("skrev det den").first).to_be_visible()
    expect(main.get_by_role("button")).to_have_count(0)
    mother.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    mother.page.emulate_media(media="screen")
    expect(main.get_by_text("skrev det den").first).to_be_hidden()
