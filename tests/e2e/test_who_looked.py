"""Who looked, and why: the mother sees it and asks; a colleague types a reason, and she is told."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.people_of import Place

BORN = "2016-08-30"
REASON = "Karen er syg i dag, og mor har ringet om i morgen."


def looks_right(screen: OnScreen) -> None:
    screen.page.wait_for_load_state("networkidle")
    assert screen.axe() == []
    assert screen.wider_than_screen() == 0


def test_a_mother_on_a_phone_sees_who_looked_and_asks_why(village: Village, screens: Screens, family: Place) -> None:
    village["caseworker"].sees(family)
    mother = screens.of("mother", "phone")
    expect(mother.page.get_by_role("heading", name=text("looks.title"))).to_be_visible()
    looks_right(mother)
    mother.goes_to(f"/cases/{family.case}/looks")
    mother.reads("Karen Lindqvist, rådgiver")
    mother.reads(text("looks.what.get_thread"))
    looks_right(mother)
    mother.page.get_by_role("button", name=re.compile(text("looks.ask"))).first.click()
    words = mother.page.get_by_label(text("looks.ask_label"))
    expect(words).to_have_value(re.compile("Karen Lindqvist, rådgiver"))
    looks_right(mother)
    mother.presses("looks.ask_send")
    mother.reads(text("looks.question_purpose"))
    asked = mother.is_at()
    assert "Hvorfor var det?" in str(village["caseworker"].texts(asked))
    caseworker = screens.of("caseworker", "desktop")
    caseworker.goes_to(asked)
    caseworker.reads("Hvorfor var det?")


def test_a_long_name_widens_no_page(village: Village, screens: Screens) -> None:
    place = village["caseworker"].opens_dialogue("mother", child_name="Christoffersen" * 4, purpose="Skolehjem" * 9)
    village["caseworker"].sees(place)
    mother = screens.of("mother", "phone")
    expect(mother.page.get_by_role("link", name=re.compile("Christoffersen" * 4)).first).to_be_visible()
    looks_right(mother)
    for page in ("", "/looks", "/access", "/facts"):
        mother.goes_to(f"/cases/{place.case}{page}")
        expect(mother.page.get_by_role("heading", level=1)).to_be_visible()
        looks_right(mother)


def test_a_colleague_types_a_reason_and_the_mother_is_told(village: Village, screens: Screens) -> None:
    name = f"Emil {uuid4().hex}"
    place = village["caseworker"].opens_dialogue("mother", child_name=name, child_born=BORN)
    village["caseworker"].writes(place, "Vi ses i morgen kl. 9.")
    colleague = screens.of("colleague", "desktop")
    colleague.presses("duty.title")
    colleague.presses("duty.yes")
    colleague.reads(text("duty.reason_missing"))
    looks_right(colleague)
    colleague.fills("duty.child", name)
    colleague.fills("duty.born", "31-08-2016")
    colleague.fills("duty.reason", REASON)
    colleague.presses("duty.yes")
    colleague.reads(text("duty.not_found"))
    colleague.fills("duty.born", "30-08-2016")
    colleague.presses("duty.yes")
    colleague.reads("Vi ses i morgen kl. 9.")
    assert colleague.is_at() == place
    expect(colleague.page.get_by_label(text("composer.label"))).to_have_count(0)

    mother = screens.of("mother", "phone")
    mother.goes_to(f"/cases/{place.case}/looks")
    mother.reads("Peter Damgaard, rådgiver")
    mother.reads(text("looks.reason", reason=REASON))
    mother.goes_to(place)
    expect(mother.page.get_by_text("Peter Damgaard").first).to_be_visible()

    leader = screens.of("leader", "phone")
    leader.goes_to("/duty")
    line = leader.page.get_by_role("listitem").filter(has_text=place.case[:8])
    expect(line.get_by_text(REASON)).to_be_visible()
    looks_right(leader)
    line.get_by_role("button", name=text("duty.sight")).click()
    expect(line.get_by_role("button", name=text("duty.sight"))).to_have_count(0)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_auditor_looks_through_the_log(village: Village, screens: Screens, family: Place, size: str) -> None:
    village["caseworker"].sees(family)
    auditor = screens.of("auditor", size)
    auditor.presses("audit.title")
    auditor.reads(text("audit.days"))
    looks_right(auditor)
    auditor.fills("audit.case", family.case[:8])
    auditor.presses("audit.search")
    expect(auditor.page).to_have_url(re.compile(f"case={family.case[:8]}"))
    auditor.reads("Karen Lindqvist")
    auditor.does_not_read("Emil")
    auditor.presses("audit.sample")
    auditor.reads(text("audit.sample_lead"))
    looks_right(auditor)


def test_it_all_stands_in_english_too(village: Village, screens: Screens, family: Place) -> None:
    village["caseworker"].sees(family)
    father = screens.of("father")
    father.goes_to(f"/cases/{family.case}/looks")
    father.reads_in("en")
    for key in ("looks.title", "looks.what.get_thread", "looks.ask"):
        father.reads(text(key, "en"))
    looks_right(father)
