"""Who can see what, addresses and places, the assessment of risk, the table of permissions: in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.text import LANGUAGES
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import OnScreen
from tests.people_of import Place
from tests.village import BY_KEY

SHOTS = Path(__file__).parents[2] / "test-results" / "who_can_see"
SIZES = ("phone", "desktop")


@pytest.fixture(scope="module")
def case(village: Village) -> Place:
    """A case with a guest, one who has left, a thread that the father is not in, and an address that one is shown."""
    place = village["caseworker"].opens_dialogue("mother", "father")
    village.brings_in(place, "teacher", purpose="At I kan tale om lektier")
    village.brings_in(place, "psychologist", capacity="psykolog")
    village["mother"].ends(place, "psychologist")
    mother = village["mother"]
    karen = mother.place_of(place, "caseworker")["membership"]
    opened = mother.post(f"/api/cases/{place.case}/threads", purpose="Kun os to", members=[karen])
    mother.did(opened)
    fact = mother.did(mother.post(f"/api/cases/{place.case}/facts", kind="meeting_place", text="Biblioteket"))["id"]
    mother.did(mother.post(f"/api/cases/{place.case}/facts/{fact}/grants", membership=karen))
    return place


def is_fine(person: OnScreen, shot: str) -> None:
    """Looked at by axe, no wider than the screen; and kept as a picture for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    person.page.screenshot(path=SHOTS / f"{shot}-{person.who}-{person.language}.png", full_page=True)
    assert person.axe() == []
    assert person.wider_than_screen() == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_each_sees_who_sees_what_of_the_own_threads(screens: Screens, case: Place, size: str, language: str) -> None:
    for who in ("mother", "father", "teacher", "caseworker"):
        person = screens.of(who, size)
        person.reads_in(language)
        person.goes_to(f"/cases/{case.case}")
        person.presses("access.title")
        expect(person.page.get_by_role("heading", level=1)).to_have_text(person.says("access.title"))
        person.reads("At I kan tale om lektier")
        if who in ("mother", "caseworker"):
            person.reads("Kun os to")
        else:
            person.does_not_read("Kun os to")
        is_fine(person, f"access-{size}")
        person.reads_in("da")


@pytest.mark.parametrize("size", SIZES)
def test_who_has_left_is_folded_away_and_stands_on_paper(screens: Screens, case: Place, size: str) -> None:
    mother = screens.of("mother", size)
    mother.goes_to(f"/cases/{case.case}/access")
    gone = mother.page.get_by_text(BY_KEY["psychologist"].name)
    expect(gone).to_be_hidden()
    mother.page.pdf(path=SHOTS / f"access-{size}.pdf", format="A4")  # what a person gets who presses Print
    expect(gone).to_be_visible()
    mother.page.emulate_media(media="print")
    mother.reads("Udskrevet")
    expect(mother.finds("shell.logout")).to_be_hidden()
    mother.page.screenshot(path=SHOTS / f"access-print-{size}.png", full_page=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_mother_keeps_her_address_shows_it_and_hides_it_again(
    screens: Screens, village: Village, size: str, language: str
) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    facts = f"/cases/{place.case}/facts"
    mother, caseworker, father = (screens.of(who, size) for who in ("mother", "caseworker", "father"))
    mother.reads_in(language)
    mother.goes_to(f"/cases/{place.case}")
    mother.presses("facts.title")
    mother.presses("facts.save")
    mother.reads(mother.says("facts.kind_missing"))
    is_fine(mother, f"facts-faults-{size}")
    mother.ticks("fact.address")
    mother.fills("facts.text", "Lærkevej 12")
    mother.presses("facts.save")
    mother.reads(mother.says("facts.saved"))
    mother.reads(mother.says("facts.alone"))

    kind = mother.says("fact.address").lower()
    mother.presses("facts.show", kind=kind)
    is_fine(mother, f"facts-show-{size}")
    mother.page.get_by_label(BY_KEY["caseworker"].name).check()
    mother.presses("facts.show_yes")
    expect(mother.finds("facts.take_back", name=BY_KEY["caseworker"].name)).to_be_visible()

    caseworker.goes_to(facts)
    caseworker.reads("Lærkevej 12")
    is_fine(caseworker, f"facts-{size}")
    father.goes_to(facts)
    father.reads(father.says("facts.others_none"))
    father.does_not_read("Lærkevej 12")

    mother.presses("facts.take_back", name=BY_KEY["caseworker"].name)
    mother.reads(mother.says("facts.alone"))
    is_fine(mother, f"facts-{size}")
    caseworker.goes_to(facts)
    caseworker.reads(caseworker.says("facts.others_none"))
    mother.presses("facts.erase", kind=kind)
    mother.presses("facts.erase_yes")
    mother.reads(mother.says("facts.mine_none"))
    mother.reads_in("da")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_caseworker_assesses_and_to_the_mother_there_is_no_such_page(
    screens: Screens, village: Village, size: str, language: str
) -> None:
    place = village["caseworker"].opens_dialogue("mother", "father")
    screening = f"/cases/{place.case}/screening"
    karen, mother = screens.of("caseworker", size), screens.of("mother", size)
    karen.reads_in(language)
    karen.goes_to(f"/cases/{place.case}")
    karen.presses("screening.title")
    karen.presses("screening.tick")
    karen.reads(karen.says("screening.signs_missing"))
    karen.ticks("sign.honour_conflict")
    karen.presses("screening.tick")
    karen.reads(karen.says("screening.open"))
    is_fine(karen, f"screening-open-{size}")

    mother.goes_to(f"/cases/{place.case}")
    expect(mother.finds("screening.title")).to_have_count(0)
    mother.goes_to(screening)
    expect(mother.page.get_by_role("heading", level=1)).to_have_text(mother.says("error_page.missing"))

    karen.fills("screening.not_to_invite", "ikke en mail")
    karen.presses("screening.sign")
    karen.reads(karen.says("screening.assessment_missing"))
    karen.fills("screening.assessment", "Vi har talt med pigen alene.")
    karen.fills("screening.not_to_invite", BY_KEY["grandmother"].email)
    karen.presses("screening.sign")
    karen.reads(karen.says("screening.never", addresses=BY_KEY["grandmother"].email))
    is_fine(karen, f"screening-{size}")
    karen.reads_in("da")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_administrator_reads_who_may_do_what(screens: Screens, size: str, language: str) -> None:
    admin = screens.of("admin", size)
    admin.reads_in(language)
    admin.goes_to("/admin/permissions")
    row = admin.page.get_by_role("row").filter(has_text=admin.says("act.change_custody"))
    expect(row.get_by_text(admin.says("permissions.yes"), exact=True)).to_have_count(2)  # caseworker, and when closed
    is_fine(admin, f"permissions-{size}")
    with admin.page.expect_download() as download:
        admin.presses("permissions.csv")
    assert download.value.suggested_filename == "rundtom-permissions.csv"
    admin.reads_in("da")
