"""Searching: from anywhere, by keyboard, to where it stands; and nothing of it stays in the browser."""

import json
from uuid import uuid4

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.notes.noting import publishes
from tests.people_of import Place


def searches(person: OnScreen, words: str) -> None:
    person.page.get_by_label(person.says("search.words")).fill(words)
    person.page.keyboard.press("Enter")


def everything_kept(person: OnScreen) -> str:
    """What the browser has of it: addresses, and what pages may store."""
    stored = "JSON.stringify([location.href, history.state, {...localStorage}, {...sessionStorage}])"
    return str(person.page.evaluate(stored)) + json.dumps(person.context.storage_state())


def test_somebody_searches_and_stands_where_it_is_said(village: Village, screens: Screens, family: Place) -> None:
    word = f"tamfugl{uuid4().hex[:8]}"
    for number in range(40):  # the first page of the thread does not reach back to it
        village["mother"].writes(family, f"{word} i haven" if number == 0 else f"Besked {number}")
    note = publishes(village["caseworker"], family, resources=f"Emil passer sine {word}")
    mother = screens.of("mother")
    asked: list[str] = []
    mother.page.on("request", lambda request: asked.append(request.url))
    mother.presses("search.link")
    expect(mother.page.get_by_role("heading", level=1)).to_be_focused()
    mother.looks_right("empty")
    searches(mother, word[:10])
    mother.reads(mother.says("search.found_other", count="2"))
    expect(mother.page.locator("mark").first).to_have_text(word)
    mother.looks_right("found")
    mother.page.locator(".hit-what").first.click()
    expect(mother.page.locator(f"#e{note['seq']}")).to_be_in_viewport()
    mother.page.go_back()
    mother.reads(mother.says("search.found_other", count="2"))  # the words are still there, and asked anew
    mother.page.locator(".hit-what").last.click()
    said = mother.page.get_by_text(f"{word} i haven")
    expect(said).to_be_in_viewport()
    assert word[:10] not in everything_kept(mother)
    assert not [url for url in asked if word[:10] in url]
    mother.page.goto("/search")
    expect(mother.page.get_by_label(mother.says("search.words"))).to_have_value("")


def test_nothing_found_and_nothing_asked_are_said_in_plain_words(
    village: Village, screens: Screens, family: Place
) -> None:
    caseworker = screens.of("caseworker", "desktop")
    caseworker.goes_to(f"/cases/{family.case}")
    caseworker.presses("case.more_search")
    caseworker.reads(caseworker.says("search.told"))
    searches(caseworker, "krokodillefarm")
    caseworker.reads(caseworker.says("search.nothing"))
    caseworker.looks_right("nothing")
    searches(caseworker, "og")
    caseworker.reads(caseworker.says("search.not_understood"))
    searches(caseworker, "x")
    caseworker.reads(caseworker.says("search.too_short"))
    expect(caseworker.page.get_by_label(caseworker.says("search.words"))).to_be_focused()
    caseworker.looks_right("too-short")


def test_one_case_or_all_and_older_ones_on_demand(village: Village, screens: Screens) -> None:
    word = f"ugle{uuid4().hex[:8]}"
    here, there = (village["neighbour"].opens_dialogue("outsider") for _ in range(2))
    for place, count in ((there, 2), (here, 23)):
        for number in range(count):
            village["neighbour"].writes(place, f"En {word}, nummer {number}")
    neighbour = screens.of("neighbour", "desktop")
    neighbour.goes_to(f"/search?case={here.case}")
    searches(neighbour, word)
    neighbour.reads(neighbour.says("search.newest", count="20"))
    neighbour.looks_right("many")
    neighbour.presses("search.older")
    expect(neighbour.page.locator(".hit-what")).to_have_count(23)
    expect(neighbour.page.locator(".hit-what").nth(20)).to_be_focused()
    neighbour.page.get_by_label(neighbour.says("search.only_here")).uncheck()
    searches(neighbour, word)
    neighbour.presses("search.older")
    expect(neighbour.page.locator(".hit-what")).to_have_count(25)


def test_what_is_gone_is_gone_on_the_way_back(village: Village, screens: Screens, family: Place) -> None:
    """Nothing that was found is kept: whoever comes back asks again, with the rights of that moment."""
    word = f"spurv{uuid4().hex[:8]}"
    said = village["mother"].writes(family, f"En {word}")
    father = screens.of("father")
    father.goes_to("/search")
    searches(father, word)
    father.reads(father.says("search.found_one"))
    father.page.locator(".hit-what").click()
    father.page.wait_for_url(f"**/threads/{family.thread}*")  # the page that one goes back from shows the word, too
    father.reads(word)
    village["mother"].did(village["mother"].post(f"{family.path}/messages/{said['id']}/withdrawal"))
    father.page.go_back()
    father.reads(father.says("search.nothing"))
    father.does_not_read(word)
