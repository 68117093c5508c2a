"""The graded path of a worry; and a notification that health visitor and mother write before each other's eyes."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.joint_concerns.together import SEEN, WISH, WORKS, WORRY, receives, written
from tests.people_of import Place

SOON = WITHIN_A_SECOND * 5


@pytest.fixture
def talk_of_teacher(village: Village) -> Place:
    return village["teacher"].opens_dialogue("mother")


def chooses(person: OnScreen, key: str) -> None:
    person.page.get_by_label(person.says(key), exact=True).check()


def asks_of(person: OnScreen, *keys: str) -> None:
    for key in keys:
        person.reads(person.says(key), SOON)


def test_health_visitor_and_mother_write_it_at_once_and_it_is_sent(village: Village, screens: Screens) -> None:
    talk = village["healthvisitor"].opens_dialogue("mother")
    birgit, mother = screens.of("healthvisitor", "desktop"), screens.of("mother")
    for person in (birgit, mother):
        person.goes_to(talk)
    birgit.presses("stages.title")
    birgit.presses("joint.title")
    asks_of(birgit, "joint.none")
    chooses(birgit, "joint.danger_no")
    chooses(birgit, "consult.area_wellbeing")
    birgit.looks_right("begin")
    birgit.presses("joint.begin_yes")
    asks_of(birgit, "joint.turn_notifier", "joint.parts_none")
    mother.presses("concerns.see")
    mother.page.get_by_role("link", name=mother.says("consult.area_wellbeing")).click()
    asks_of(mother, "joint.turn_notifier")
    birgit.presses("joint.part")
    birgit.fills("joint.ask_words_notifier", WORRY)
    birgit.fills("joint.ask_besides_notifier", WORKS)
    birgit.presses("joint.part_send")
    asks_of(mother, "joint.turn_family")
    mother.reads(WORRY)
    mother.reads("kommer Karen Lindqvist (rådgiver) med i samtalen")
    mother.presses("joint.part")
    mother.looks_right("part")
    mother.presses("joint.part_send")
    asks_of(mother, "joint.words_missing")
    mother.fills("joint.ask_words_family", SEEN)
    mother.fills("joint.ask_besides_family", WISH)
    mother.presses("joint.part_send")
    birgit.reads(SEEN, SOON)
    birgit.reads(WISH)
    birgit.looks_right("both-have-written")
    birgit.presses("joint.send")
    birgit.presses("joint.send_yes")
    asks_of(birgit, "joint.turn_caseworker")
    asks_of(mother, "joint.turn_caseworker")
    expect(mother.finds("joint.part_again")).to_have_count(0)
    mother.looks_right("sent")
    karen = village["caseworker"]
    [concern] = karen.did(karen.get(f"{talk.path}/concerns"))["concerns"]
    karen.did(receives(karen, talk, concern["id"], words="Tak. Jeg ringer i morgen."))
    for person in (birgit, mother):
        person.reads("Tak. Jeg ringer i morgen.", SOON)
        asks_of(person, "joint.state_received")
    mother.goes_to(talk)
    asks_of(mother, "stages.next_danger_assessed")


def test_what_was_being_written_when_it_was_sent_is_not_lost(village: Village, screens: Screens) -> None:
    birgit = village["healthvisitor"]
    talk = birgit.opens_dialogue("mother")
    concern = written(birgit, village["mother"], talk)
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{talk.case}/threads/{talk.thread}/concerns/{concern}")
    mother.presses("joint.part_again")
    with mother.page.expect_response("**/drafts/**"):
        mother.fills("joint.ask_words_family", "Jeg nåede ikke at blive færdig.")
    to = birgit.did(birgit.get(f"{talk.path}/concerns/{concern}"))["comes"]["employment"]
    sending = {"id": str(uuid4()), "to": to}
    birgit.did(birgit.post(f"{talk.path}/concerns/{concern}/sending", **sending))
    asks_of(mother, "joint.turn_caseworker", "draft.unsent")
    mother.reads("Jeg nåede ikke at blive færdig.")
    mother.looks_right("too-late")


def test_danger_leads_out_of_the_conversation_and_nothing_is_sent(village: Village, screens: Screens) -> None:
    talk = village["healthvisitor"].opens_dialogue("mother")
    birgit = screens.of("healthvisitor")
    birgit.goes_to(f"/cases/{talk.case}/threads/{talk.thread}/concerns")
    sent: list[str] = []
    birgit.page.on("request", lambda it: sent.append(it.method))
    chooses(birgit, "joint.danger_yes")
    asks_of(birgit, "joint.danger_help")
    birgit.presses("joint.danger_link")
    asks_of(birgit, "worry.danger_title", "worry.danger_suspect", "worry.danger_112")
    birgit.reads(text("worry.danger_phone", phone="12 34 56 78"))
    expect(birgit.finds("worry.danger_door")).to_have_count(0)
    birgit.looks_right("danger")
    assert set(sent) <= {"GET"}, "nothing has been told to anybody"


def test_the_way_begins_with_the_mildest_and_no_role_takes_the_last_away(
    village: Village, screens: Screens, talk_of_teacher: Place
) -> None:
    for who in ("teacher", "leader", "caseworker", "jobadviser", "psychologist"):
        person = screens.of(who)
        person.goes_to("/")
        person.presses("home.worry")
        asks_of(person, "joint.danger")
        person.presses("worry.go_on")
        asks_of(person, "joint.danger_missing")
        chooses(person, "joint.danger_no")
        person.presses("worry.go_on")
        asks_of(person, "worry.duty", "worry.together")
        notify = person.finds("worry.notify")
        expect(notify).to_have_attribute("href", "/concerns/new")
        if who == "teacher":
            chooses(person, "consult.area_absence")
            person.page.get_by_text(person.says("guide.title")).click()
            person.reads("Barnet er væk mere og mere")
            person.looks_right("ways")
            person.presses("worry.together_which")
            person.page.get_by_role("link", name="Hvordan går det med Emil?").first.click()
            asks_of(person, "joint.title", "joint.begin")
    mother = screens.of("mother")
    mother.goes_to("/worry")
    asks_of(mother, "worry.not_yours")
    expect(mother.finds("worry.go_on")).to_have_count(0)
    mother.looks_right("not-for-parents")
