"""Scenario 1: a first worry becomes a plan and a printed report, long before there is a case with the municipality."""

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import expect

from app.dates import today
from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.e2e.planning import action, at_plan, card, tap
from tests.e2e.test_progress import gives
from tests.e2e.test_take_home import content, taken
from tests.people_of import Place
from tests.records.story import words_of
from tests.village import BY_KEY

HIS_WORDS = "jeg vil gerne have en at lege med i frikvarteret"
GOAL = "Villads har en fast makker i frikvarteret"
CALM = "Vi vil gerne have ro om morgenen"


def names(teacher: OnScreen, number: int, name: str, email: str, capacity: str, role: str) -> None:
    """The person of this number in the form."""
    for key, value in (("person_name", name), ("person_email", email), ("person_capacity", capacity)):
        teacher.page.get_by_label(text(f"new.{key}"), exact=True).nth(number).fill(value)
    teacher.page.get_by_label(text(f"new.{role}")).nth(number).check()


def opens(teacher: OnScreen, boy: str, worry: str) -> Place:
    """From the school, with the family alone: the family department is not asked."""
    teacher.presses("home.open")
    teacher.fills("new.child", boy)
    teacher.fills("new.purpose", worry)
    for number, who in enumerate(("mother", "father")):
        if number:
            teacher.presses("new.add")
        names(teacher, number, BY_KEY[who].name, BY_KEY[who].email, who, "custody")
    teacher.presses("new.add")
    names(teacher, 2, boy, "", "barnet", "is_child")
    teacher.page.get_by_label(text("new.department")).first.uncheck()
    teacher.presses("new.yes")
    expect(teacher.page.get_by_label(text("composer.label"))).to_be_visible()
    return teacher.is_at()


def comes_in(person: OnScreen, place: Place, worry: str) -> None:
    """Home follows by itself; from there to the plan."""
    person.reads(worry, WITHIN_A_SECOND * 3)
    person.page.get_by_role("link", name=worry).first.click()
    person.presses("plan.title")
    expect(person.finds("plan.new_goal").first).to_be_visible()
    assert person.page.url.endswith(f"{place.thread}/plan")


def sets(person: OnScreen, words: str, kind: str, area: str, whose: str = "") -> None:
    person.presses("plan.new_goal")
    person.ticks(f"plan.kind_{kind}")
    if whose:
        person.page.get_by_label(whose, exact=True).check()
    person.fills("plan.words", words)
    person.ticks(f"plan.area_{area}")
    person.presses("plan.send")
    expect(person.finds("plan.send")).to_have_count(0)
    expect(card(person, words)).to_be_visible()


def plans(person: OnScreen, goal: str, words: str, owner: str) -> None:
    tap(person, card(person, goal), "plan.new_action")
    person.fills("plan.action_words", words)
    mine = owner == BY_KEY[person.who].name
    person.page.get_by_label(person.says("common.you_named", name=owner) if mine else owner, exact=True).check()
    person.fills("plan.last_day", (today() + timedelta(days=14)).isoformat())
    person.presses("plan.send")
    # What was sent may be on the page before its form is gone, which would take the next one along.
    expect(person.finds("plan.send")).to_have_count(0)
    expect(action(person, words)).to_be_visible()


def test_from_a_first_worry_to_a_printed_report(village: Village, screens: Screens) -> None:
    boy = f"Villads {uuid4().hex[:4]}"  # nothing is known of him
    worry = f"{boy} er blevet stille i skolen"
    teacher, mother = screens.of("teacher", "desktop"), screens.of("mother")
    father, caseworker = screens.of("father"), screens.of("caseworker", "desktop")
    place = opens(teacher, boy, worry)
    for person in (mother, father):
        comes_in(person, place, worry)
    at_plan(teacher, place)

    # The teacher rates him yellow; what the boy says is written down as his.
    teacher.presses("progress.rate")
    teacher.ticks("progress.yellow")
    teacher.fills("progress.words", "Han sidder for sig selv.")
    teacher.presses("plan.send")
    mother.reads("Han sidder for sig selv.", WITHIN_A_SECOND * 2)
    sets(mother, HIS_WORDS, "wish", "friends", boy)
    sets(father, CALM, "goal", "home")
    sets(teacher, GOAL, "goal", "school")
    tap(mother, card(mother, GOAL), "plan.yes")
    expect(card(teacher, GOAL)).to_contain_text(teacher.says("plan.is_agreed"), timeout=WITHIN_A_SECOND * 2)

    # Each says how it is, and each has something to do.
    for person, numbers in ((mother, (2, 3, 8)), (father, (3, 4, 7)), (teacher, (2, 4, 9))):
        gives(person, GOAL, *numbers)
        person.presses("plan.send")
        expect(person.finds("plan.send")).to_have_count(0)
    tasks = (
        (GOAL, "Anders finder en makker", BY_KEY["teacher"].name),
        (CALM, "Mor lægger tøj frem om aftenen", BY_KEY["mother"].name),
        (CALM, "Far kører ham om tirsdagen", BY_KEY["father"].name),
    )
    for goal, words, owner in tasks:
        plans(mother, goal, words, owner)
    for person in (father, teacher):
        for _, words, owner in tasks:
            expect(action(person, words)).to_contain_text(owner, timeout=WITHIN_A_SECOND * 2)
    father.looks_right("plan")

    # The report: everything agreed, and who saw it. For the municipality there is still no case.
    mother.goes_to(f"/cases/{place.case}/threads/{place.thread}/take-home")
    printed = words_of(content(taken(mother, "report")))
    for words in (boy, HIS_WORDS, CALM, GOAL, "Han sidder for sig selv.", *(it for _, it, _ in tasks)):
        assert words in printed, words
    assert f"{BY_KEY['teacher'].name} (" in printed.partition(text("paper.looks"))[2], "who has looked"
    of = village.rows("select u.kind from cases c join units u on u.id = c.unit_id where c.id = %s", place.case)
    assert of == [("school",)]
    caseworker.page.reload()
    caseworker.does_not_read(boy)
    assert village["caseworker"].get(place.path).status_code == 404
