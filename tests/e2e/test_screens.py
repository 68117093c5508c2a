"""Every screen as those who can reach it see it: axe finds nothing, nothing sticks out, and the bytes are few."""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from app.text import text
from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.noting import objects
from tests.notes.noting import publishes
from tests.people_of import Place


@pytest.fixture(scope="module")
def lived_in(village: Village) -> dict[str, Any]:
    """A case in which everything that can stand in a thread stands."""
    place = village["caseworker"].opens_dialogue("mother", "father")
    for number in range(34):
        village["mother" if number % 2 else "caseworker"].writes(place, f"Besked nummer {number}. " * (1 + number % 4))
    note = publishes(village["caseworker"], place)
    objects(village, place, note)
    village.brings_in(place, "teacher")
    withdrawn = village["mother"].writes(place, "Fortryd")
    village["mother"].did(village["mother"].post(f"{place.path}/messages/{withdrawn['id']}/withdrawal"))
    village["teacher"].writes(place, "Hej fra skolen")
    invitation = village["teacher"].proposes(place, "psychologist", capacity="psykolog")
    closed = village["caseworker"].opens_dialogue("mother")
    village["caseworker"].did(village["caseworker"].post(f"{closed.path}/closure", reason="Det går godt nu"))
    return {"place": place, "closed": closed, "invitation": invitation["id"], "note": note["id"], "line": note["seq"]}


SCREENS = {
    "home": ("mother caseworker teacher outsider leader", "/"),
    "case": ("mother caseworker teacher", "{case}"),
    "thread": ("mother caseworker teacher", "{thread}"),
    "closed": ("mother", "{closed}"),
    "note": ("caseworker teacher", "{thread}/note"),
    "note-visit": ("caseworker", "{thread}/note?template=visit"),
    "note-correct": ("caseworker", "{thread}/note?correct={note}"),
    "note-not-mine": ("teacher", "{thread}/note?correct={note}"),
    "note-pointed-at": ("mother", "{thread}#e{line}"),
    "invite": ("mother caseworker", "{thread}/invite"),
    "agree": ("mother teacher", "{thread}/invitations/{invitation}"),
    "consents": ("mother caseworker teacher", "{thread}/consents"),
    "people": ("mother caseworker teacher", "{thread}/people"),
    "open": ("mother caseworker", "{case}/open"),
    "new": ("mother caseworker", "/new"),
    "invitation": ("outsider", "/invitation#" + "A" * 43),
    "not-found": ("mother", "/findes/ikke"),
    "not-yours": ("outsider", "{thread}"),
}
VISITS = [(name, who) for name, (people, _) in SCREENS.items() for who in people.split()]


def address(name: str, case: dict[str, Any]) -> str:
    def path(place: Place) -> str:
        return f"/cases/{place.case}/threads/{place.thread}"

    return SCREENS[name][1].format(
        case=f"/cases/{case['place'].case}",
        thread=path(case["place"]),
        closed=path(case["closed"]),
        invitation=case["invitation"],
        note=case["note"],
        line=case["line"],
    )


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize(("name", "who"), VISITS)
def test_a_screen_is_accessible_and_fits(
    screens: Screens, lived_in: dict[str, Any], name: str, who: str, size: str
) -> None:
    screen = screens.of(who, size)
    screen.page.goto(address(name, lived_in))
    screen.looks_right(f"{name}-{who}-{size}")


@pytest.mark.parametrize("size", ["phone", "desktop", "narrow"])
def test_the_login_page_is_accessible_and_fits(screens: Screens, size: str) -> None:
    screen = screens.of(None, size)
    screen.page.goto("/login?error=login_refused")
    screen.reads(text("error.login_refused"))
    screen.looks_right(f"login-{size}")


def test_a_thread_fits_the_narrowest_phone_and_forced_colours(screens: Screens, lived_in: dict[str, Any]) -> None:
    screen = screens.of("mother", "narrow", forced_colors="active")
    screen.page.goto(address("thread", lived_in))
    screen.looks_right("thread-narrow")


def test_everything_stands_in_english_too(screens: Screens, lived_in: dict[str, Any]) -> None:
    screen = screens.of("father")
    screen.page.goto(address("thread", lived_in))
    screen.reads_in("en")
    expect(screen.page.get_by_label(text("composer.label", "en"), exact=True)).to_be_visible()
    assert screen.page.evaluate("document.documentElement.lang") == "en"
    screen.page.reload()
    expect(screen.page.get_by_label(text("composer.label", "en"), exact=True)).to_be_visible()
    screen.reads_in("da")
    expect(screen.page.get_by_label(text("composer.label"), exact=True)).to_be_visible()


def test_the_first_visit_to_a_thread_stays_within_the_byte_budget(screens: Screens, lived_in: dict[str, Any]) -> None:
    screen = screens.of("mother")
    state = screen.context.storage_state()
    fresh = screens.of(None, storage_state=state)
    seen: list[Request] = []
    fresh.page.on("requestfinished", lambda request: seen.append(request))
    fresh.page.goto(address("thread", lived_in))
    fresh.page.wait_for_load_state("networkidle")
    sizes = {"js": 0, "css": 0, "woff2": 0, "rest": 0}
    for request in seen:
        answer = request.response()
        assert answer
        kind = request.url.rsplit(".", 1)[-1]
        body = b"" if answer.status == 204 else answer.body()
        sizes[kind if kind in sizes else "rest"] += len(body) if kind == "woff2" else len(gzip.compress(body))
    nodes = fresh.page.evaluate("document.getElementsByTagName('*').length")
    print(f"\nfirst visit to a thread: {len(seen)} requests, gzip bytes {sizes}, {nodes} nodes")
    assert sizes["js"] <= 60_000
    assert sizes["css"] <= 16_000
    assert sizes["woff2"] <= 36_000
    assert sum(sizes.values()) <= 130_000
    assert len(seen) <= 12
    assert nodes <= 800
