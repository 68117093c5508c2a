"""Real browsers: each person has one of his or her own, on the running product."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import Village
from tests.e2e.person import FLAGS, OnScreen
from tests.people_of import Place
from tests.village import BY_KEY

CHROMIUM = "/usr/bin/chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may be late once. What passes only the second time is named at the end of the run,
    with its traceback; more than a few of those (pyproject.toml) are a failure, and so is any that fails twice."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")  # gone before the next async test: it keeps an event loop running
def chromium() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Screens:
    """Opens browsers, and looks at every console when the test is over."""

    def __init__(self, browser: Browser, village: Village) -> None:
        self._browser, self._village = browser, village
        self.open: list[OnScreen] = []

    def of(self, who: str | None, size: str = "phone", **options: object) -> OnScreen:
        person = OnScreen(self._browser, self._village.url, size, **options)
        if who:
            person.log_in(who)
        self.open.append(person)
        return person


@pytest.fixture
def screens(chromium: Browser, village: Village) -> Iterator[Screens]:
    opened = Screens(chromium, village)
    yield opened
    consoles = {person.who: person.console for person in opened.open if person.console}
    for person in opened.open:
        person.context.close()
        if (
            person.language != "da" and person.who in BY_KEY
        ):  # whoever opens one next reads Danish, also after a failure
            again = village.another_browser_of(person.who)
            again.did(again.put("/api/me/language", language="da"))
    assert not consoles, "the console of each page stays empty"


@pytest.fixture
def three(village: Village, screens: Screens) -> tuple[Place, OnScreen, OnScreen, OnScreen]:
    """A dialogue, and the caseworker (on a phone), the mother and the teacher in front of it."""
    place = village["caseworker"].opens_dialogue("mother", "father")
    village.brings_in(place, "teacher")
    people = screens.of("caseworker"), screens.of("mother"), screens.of("teacher", "desktop")
    for person in people:
        person.goes_to(place)
    return place, *people
