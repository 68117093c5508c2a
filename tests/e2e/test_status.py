"""Where we are now, mentions, links, and the way to what is new: a thread that stays readable, as people meet it."""

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.notes.noting import publishes
from tests.people_of import Place
from tests.village import BY_KEY

NOW = "Emil kommer i skole hver dag. Vi mødes igen om tre uger."


def test_a_status_is_proposed_confirmed_and_pinned_for_everybody_live(
    village: Village, screens: Screens, family: Place
) -> None:
    caseworker, mother, father = screens.of("caseworker", "desktop"), screens.of("mother"), screens.of("father")
    father.goes_to(family)
    caseworker.goes_to(family)
    caseworker.presses("status.title")
    caseworker.fills("status.words", NOW)
    caseworker.presses("status.send")
    caseworker.reads(caseworker.says("status.waits"))
    caseworker.looks_right("proposed")
    waiting = father.says("status.waiting", name=BY_KEY["caseworker"].name)
    father.reads(waiting, WITHIN_A_SECOND)
    father.looks_right("waiting")
    mother.goes_to(family)
    mother.presses("status.waiting", name=BY_KEY["caseworker"].name)
    mother.reads(NOW)
    mother.looks_right("settling")
    mother.presses("status.yes")
    mother.reads("Mette Holm sagde ja")
    father.reads("Aftalt med familien", WITHIN_A_SECOND)
    expect(father.page.locator(".pinned .prose")).to_have_text(NOW)
    father.does_not_read(waiting)
    caseworker.reads("Mette Holm sagde ja", WITHIN_A_SECOND)
    father.looks_right("pinned")


def test_a_no_says_why_and_everybody_reads_it(village: Village, screens: Screens, family: Place) -> None:
    said = village["caseworker"].post(f"{family.path}/summary", id="1" * 8 + family.thread[8:], words="Alt er godt.")
    village["caseworker"].did(said)
    caseworker, mother = screens.of("caseworker", "desktop"), screens.of("mother")
    for person in (caseworker, mother):
        person.goes_to(f"/cases/{family.case}/threads/{family.thread}/status")
    mother.presses("status.no")
    mother.presses("status.send_no")
    mother.reads(mother.says("status.why_missing"))
    mother.looks_right("why-missing")
    mother.fills("status.why", "Han er stadig ked af det.")
    mother.presses("status.send_no")
    for person in (mother, caseworker):
        person.reads("Han er stadig ked af det.")
        person.reads(person.says("status.none"))
    caseworker.looks_right("rejected")


def test_home_leads_in_one_tap_to_what_waits_and_says_who_has_the_ball(village: Village, screens: Screens) -> None:
    """A parent whom nothing else is asked: home shows three things at most."""
    place = village["caseworker"].opens_dialogue("fosterparent")
    village["caseworker"].did(
        village["caseworker"].post(f"{place.path}/summary", id="2" * 8 + place.thread[8:], words=NOW)
    )
    parent = screens.of("fosterparent")
    parent.reads(parent.says("home.ball", name="Karen Lindqvist", capacity="rådgiver"))
    parent.looks_right("home")
    parent.page.locator(f'.panel-task a[href$="{place.thread}/status"]').click()
    parent.presses("status.yes")
    parent.reads("sagde ja")
    parent.goes_to("/")
    expect(parent.page.locator(".panel-task")).to_have_count(0)


def test_somebody_is_named_and_a_note_is_pointed_at(village: Village, screens: Screens, family: Place) -> None:
    village.brings_in(family, "teacher", history=True)
    note = publishes(village["caseworker"], family)
    for number in range(40):
        village["mother"].writes(family, f"Besked {number}")
    caseworker, teacher = screens.of("caseworker"), screens.of("teacher", "desktop")
    caseworker.goes_to(family)
    box = caseworker.page.get_by_label(caseworker.says("composer.label"), exact=True)
    box.press_sequentially("Hej @")
    caseworker.looks_right("pick")
    caseworker.page.get_by_role("button", name=BY_KEY["teacher"].name, exact=True).click()
    expect(box).to_be_focused()
    box.press_sequentially(f"se #{note['seq']}")
    assert box.input_value() == f"Hej @{BY_KEY['teacher'].name} se #{note['seq']}"
    caseworker.presses("composer.send")
    teacher.page.reload()
    line = teacher.page.locator(f'.cases a[href$="{family.thread}"]')
    expect(line.get_by_text(teacher.says("thread.mentioned"), exact=True)).to_be_visible()
    teacher.looks_right("mentioned")
    line.click()
    expect(teacher.page.locator("strong.named").last).to_have_text(f"@{BY_KEY['teacher'].name}")
    # The note stands far up: the link fetches what lies between, and goes there.
    teacher.page.get_by_role("link", name=f"#{note['seq']}").click()
    expect(teacher.page.locator(f"#e{note['seq']}")).to_be_in_viewport()


def test_there_is_a_way_to_the_first_new_line_however_far_up_it_is(
    village: Village, screens: Screens, family: Place
) -> None:
    for number in range(5):
        village["caseworker"].writes(family, f"Kendt {number}")
    village["mother"].did(village["mother"].put(f"{family.path}/read-mark", seq=village["mother"].sees(family)["seq"]))
    for number in range(70):
        village["caseworker"].writes(family, f"Nyt {number}")
    mother = screens.of("mother")
    mother.goes_to(family)
    mother.reads("Nyt 69")
    mother.does_not_read("Nyt 0")
    mother.looks_right("far-up")
    mother.presses("thread.to_first_new")
    expect(mother.page.get_by_text("Nyt 0", exact=True)).to_be_in_viewport()
    expect(mother.page.locator(".newline")).to_be_in_viewport()
    expect(mother.page.locator(".newline")).to_be_focused()


def proposes(village: Village, place: Place, number: int, words: str) -> None:
    path, one = f"{place.path}/summary", f"{number}" * 8 + place.thread[8:]
    village["caseworker"].did(village["caseworker"].post(path, id=one, words=words))


def test_nobody_says_yes_to_a_proposal_that_came_under_the_thumb(
    village: Village, screens: Screens, family: Place
) -> None:
    proposes(village, family, 3, "Alt er godt.")
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/status")
    mother.presses("status.no")
    mother.fills("status.why", "Ikke helt godt.")
    proposes(village, family, 4, NOW)
    mother.reads(mother.says("status.newer"), WITHIN_A_SECOND)
    expect(mother.finds("status.yes")).to_have_count(0)
    expect(mother.finds("status.no")).to_have_count(0)
    mother.looks_right("newer")
    mother.presses("circle.accept")
    waiting = mother.page.get_by_role("heading", name=mother.says("status.waiting", name=BY_KEY["caseworker"].name))
    expect(waiting).to_be_focused()
    mother.does_not_read(mother.says("status.newer"))
    mother.presses("status.yes")
    expect(mother.page.get_by_role("heading", name=mother.says("status.now"), exact=True)).to_be_focused()
    mother.presses("thread.back_to")
    expect(mother.page.locator(".pinned .prose")).to_have_text(NOW)
    expect(mother.page.get_by_role("region", name=mother.says("draft.unsent"))).to_contain_text("Ikke helt godt.")


def test_who_was_second_reads_why_nothing_happened(village: Village, screens: Screens, family: Place) -> None:
    proposes(village, family, 5, NOW)
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/status")
    expect(mother.finds("status.yes")).to_be_visible()
    # Her answer is already on its way when somebody else's is heard of.
    path = f"{family.path}/summary/{'5' * 8 + family.thread[8:]}/confirmation"
    mother.page.route(
        "**/confirmation", lambda route: (village["father"].did(village["father"].post(path)), route.continue_())
    )
    mother.presses("status.yes")
    mother.reads(mother.says("error.already_settled"))
    expect(mother.finds("status.yes")).to_have_count(0)
    mother.reads(mother.says("error.already_settled"))
