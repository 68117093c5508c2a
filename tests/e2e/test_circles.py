"""Who is in, as what, and who is not: on the screens of those whom it concerns."""

import pytest
from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.people_of import Place
from tests.village import BY_KEY

LONE = BY_KEY["kindergarten"].name


@pytest.fixture
def place(village: Village) -> Place:
    return village["caseworker"].opens_dialogue("mother", "father")


def test_whoever_is_in_the_case_in_two_capacities_chooses_one(screens: Screens, village: Village, place: Place) -> None:
    """The kindergarten's leader is a scout leader besides; only she is asked."""
    village.brings_in(place, "kindergarten", capacity="leder af børnehave")
    mother = village["mother"]
    father = mother.place_of(place, "father")["membership"]
    opened = mother.did(mother.post(f"/api/cases/{place.case}/threads", purpose="Turen", members=[father]))
    scouts = Place(place.case, opened["id"])
    mother.proposes(scouts, "kindergarten", capacity="spejder", role="professional")
    village["kindergarten"].accepts(village.link_for("kindergarten"))

    lone = screens.of("kindergarten", "desktop")
    lone.goes_to(f"/cases/{place.case}/open")
    expect(lone.page.get_by_role("checkbox", name=LONE)).to_have_count(0)
    expect(lone.page.get_by_label("leder af børnehave", exact=True)).to_be_checked()
    lone.page.get_by_label("spejder", exact=True).check()
    lone.fills("open.purpose", "Sommerlejr")
    lone.page.get_by_label(BY_KEY["mother"].name, exact=True).check()
    assert lone.axe() == []
    lone.presses("open.yes")
    expect(lone.page.get_by_role("heading", level=1)).to_have_text("Sommerlejr")
    assert mother.place_of(lone.is_at(), "kindergarten")["capacity"] == "spejder"

    others = screens.of("mother")
    others.goes_to(f"/cases/{place.case}/open")
    others.does_not_read(others.says("open.acting"))


def test_somebody_paused_is_not_counted_among_those_who_are_in(
    screens: Screens, village: Village, place: Place
) -> None:
    village.brings_in(place, "teacher")
    mother = screens.of("mother")
    mother.goes_to(f"/cases/{place.case}/threads/{place.thread}/people")
    expect(mother.page.get_by_role("heading", name=mother.says("people.active_other", count="4"))).to_be_visible()
    mother.presses("pause.do", name=BY_KEY["teacher"].name)
    mother.presses("pause.yes")
    expect(mother.page.get_by_role("heading", name=mother.says("people.active_other", count="3"))).to_be_visible()
    paused = mother.page.get_by_role("region", name=mother.says("people.paused"))
    expect(paused).to_contain_text(BY_KEY["teacher"].name)
    assert mother.axe() == []
    mother.goes_to(f"/cases/{place.case}/access")
    expect(mother.page.get_by_role("heading", name=mother.says("access.people_other", count="3"))).to_be_visible()
    expect(mother.page.get_by_role("region", name=mother.says("people.paused"))).to_contain_text(BY_KEY["teacher"].name)


def test_the_readers_line_says_who_is_the_municipality(screens: Screens, village: Village, place: Place) -> None:
    """A capacity is in people's own words, so it alone may not vouch for anybody."""
    village.brings_in(place, "teacher", capacity="rådgiver")
    mother = screens.of("mother")
    mother.goes_to(place)
    mother.reads(f"{BY_KEY['caseworker'].name} (rådgiver, {mother.says('composer.municipality')})")
    mother.reads(f"{BY_KEY['teacher'].name} (rådgiver)")


def test_a_page_for_others_says_so_and_offers_no_second_try(screens: Screens, place: Place) -> None:
    karen = screens.of("caseworker", "desktop")
    karen.goes_to(f"/cases/{place.case}/looks")
    expect(karen.page.get_by_role("heading", level=1)).to_have_text(karen.says("error_page.barred"))
    expect(karen.finds("common.retry")).to_have_count(0)
    assert karen.axe() == []
    mette = screens.of("mother")
    mette.goes_to("/duty")
    mette.reads(mette.says("duty.not_yours"))
