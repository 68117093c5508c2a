"""What the family says to a note: answered by whose turn it is; late when it is late; never to a circle unseen."""

import json

from playwright.sync_api import expect

from tests.conftest import Village
from tests.drafts.drafting import keeps
from tests.e2e.conftest import Screens
from tests.e2e.noting import OBJECTION, objects
from tests.e2e.person import WITHIN_A_SECOND, OnScreen
from tests.notes.noting import publishes
from tests.people_of import Place
from tests.village import BY_KEY


def test_who_agrees_needs_no_words_and_nobody_has_to_answer(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, caseworker, mother, _ = three
    publishes(village["caseworker"], place)
    mother.presses("note.said_missing")
    mother.presses("reply.send")
    mother.reads(mother.says("reply.missing_missing"))
    mother.presses("note.said_agree")
    mother.presses("reply.send")
    expect(mother.page.locator(".response")).to_contain_text(mother.says("note.said_agree"))
    response = caseworker.page.locator(".response")
    expect(response).to_contain_text(BY_KEY["mother"].name, timeout=WITHIN_A_SECOND)
    expect(response).not_to_contain_text("senest")


def test_nothing_is_sent_to_a_circle_that_its_writer_has_not_seen(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, caseworker, mother, _ = three
    note = publishes(village["caseworker"], place)
    mother.presses("note.said_not_right")
    mother.fills("reply.not_right", OBJECTION)
    village.brings_in(place, "psychologist", capacity="psykolog")
    mother.reads(mother.says("circle.changed"), WITHIN_A_SECOND)
    mother.presses("reply.send")
    mother.reads(mother.says("composer.look_first"))
    assert village["mother"].did(village["mother"].get(f"{place.path}/notes/{note['id']}"))["responses"] == []
    mother.presses("circle.accept")
    mother.presses("reply.send")
    caseworker.reads(OBJECTION)


def test_without_a_net_the_card_says_so(village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]) -> None:
    place, _, mother, _ = three
    publishes(village["caseworker"], place)
    expect(mother.finds("note.said_agree")).to_be_visible()
    mother.context.set_offline(True)
    mother.presses("note.said_agree")
    mother.reads(mother.says("error.offline"))
    mother.context.set_offline(False)
    mother.presses("note.said_not_right")
    expect(mother.page.get_by_label(mother.says("reply.not_right"), exact=True)).to_be_visible()


def test_a_note_that_could_not_be_fetched_comes_with_what_is_heard_next(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, _, mother, _ = three
    mother.page.route("**/notes/*", lambda route: route.abort(), times=1)
    publishes(village["caseworker"], place)
    mother.reads(mother.says("note.coming"), WITHIN_A_SECOND)
    village["caseworker"].writes(place, "Så er noten der.")
    expect(mother.page.locator("article.note")).to_be_visible(timeout=WITHIN_A_SECOND)


def test_whose_turn_it_is_to_answer_follows_who_is_there(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    """The teacher wrote the note, and is gone: now it is the caseworker's to answer."""
    place, caseworker, _, _ = three
    objects(village, place, publishes(village["teacher"], place))
    caseworker.reads(OBJECTION)
    expect(caseworker.finds("note.to_answer")).to_have_count(0)
    village["caseworker"].ends(place, "teacher")
    expect(caseworker.finds("note.to_answer")).to_be_visible(timeout=WITHIN_A_SECOND)


def test_an_answer_that_was_begun_waits_until_it_is_asked_for(
    village: Village, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, caseworker, _, _ = three
    response = objects(village, place, publishes(village["caseworker"], place))
    kept = keeps(
        village["caseworker"], place, "answer", response, id=response,
        text=json.dumps({"id": response, "words": "Det retter jeg.", "box": "whole"}),
    )  # fmt: skip
    village["caseworker"].did(kept)
    caseworker.goes_to(place)
    caseworker.reads(caseworker.says("draft.here"))
    expect(caseworker.page.locator(".reply")).to_have_count(0)
    caseworker.presses("note.to_answer")
    expect(caseworker.page.locator(".reply textarea")).to_have_value("Det retter jeg.")
    caseworker.presses("reply.answer_send")
    expect(caseworker.page.locator(".reply")).to_have_count(0)
    # What has been sent is no draft that was not sent.
    caseworker.page.wait_for_load_state("networkidle")
    caseworker.does_not_read(caseworker.says("draft.unsent"))


def test_what_is_late_is_late_for_all_three_and_on_the_leaders_home(
    village: Village, screens: Screens, three: tuple[Place, OnScreen, OnScreen, OnScreen]
) -> None:
    place, *people = three
    objects(village, place, publishes(village["caseworker"], place))
    late = "update responses set due_on = current_date - 3 where thread_id = %s returning due_on"
    assert village.rows(late, place.thread)
    said = set()
    for person in people:
        person.goes_to(place)
        waits = person.page.locator(".response-part").filter(has_text=person.says("note.late"))
        expect(waits).to_contain_text(f"{BY_KEY['caseworker'].name} skulle have svaret senest")
        said.add(waits.locator("p").inner_text())
    assert len(said) == 1, "the same words for everybody"

    leader = screens.of("leader")
    leader.reads(leader.says("waiting.title"))
    line = leader.page.locator(".thread-line").filter(has_text=place.case[:8])
    expect(line).to_contain_text(BY_KEY["caseworker"].name)
    expect(line).to_contain_text(leader.says("note.late"))
    leader.does_not_read(OBJECTION)
    colleague = screens.of("colleague")
    # What the leader's home fetches late would be there by now.
    colleague.page.wait_for_load_state("networkidle")
    colleague.reads(colleague.says("home.at_work"))
    colleague.does_not_read(colleague.says("waiting.title"))


def test_a_leader_whose_list_did_not_come_is_told_so(screens: Screens) -> None:
    leader = screens.of("leader")
    leader.page.route("**/api/waiting", lambda route: route.abort())
    leader.page.reload()
    leader.reads(leader.says("waiting.title"))
    leader.reads(leader.says("error.offline"))
