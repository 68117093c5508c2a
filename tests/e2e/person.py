"""Somebody in front of a screen, who finds things by their words."""

import json
import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from app.text import text
from tests.people_of import Place

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
SIZES = {"phone": (360, 740), "desktop": (1280, 800), "narrow": (320, 640)}
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOTS = Path(__file__).parents[2] / "test-results" / "screens"
# Where several browsers share the machine this only says that the page follows by itself; within a second it does so
# alone, as `make test` runs the main job.
WITHIN_A_SECOND = 1000 if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) == 1 else 5000
THREAD = re.compile(r"/cases/([0-9a-f-]{36})/threads/([0-9a-f-]{36})$")


def file_of_test() -> str:
    """The file of the test that runs, as its pictures are called: `status` of tests/e2e/test_status.py."""
    return Path(os.environ["PYTEST_CURRENT_TEST"].split("::", 1)[0]).stem.removeprefix("test_")


class OnScreen:
    def __init__(self, browser: Browser, url: str, size: str, **options: Any) -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            locale="da-DK",
            reduced_motion="reduce",
            **options,
        )
        self.page = self.context.new_page()
        self.who, self.url, self.language = "somebody", url, "da"
        self.console: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium itself reports every answer of 400 and more; those are asserted by what the screen says.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.console.append(message.text)

    def log_in(self, who: str, to: str = "/") -> None:
        self.who = who
        self.page.goto(f"/auth/login?login_hint={who}&next={to}")
        expect(self.page.get_by_role("button", name=self.says("shell.logout"))).to_be_visible()

    def says(self, key: str, **values: str) -> str:
        """A text of the catalogue, in the language this person reads."""
        return text(key, self.language, **values)

    def reads_in(self, language: str) -> None:
        if language == self.language:
            return
        self.language = language
        with self.page.expect_response("**/api/me/language"):
            self.page.get_by_role("button", name={"da": "Dansk", "en": "English"}[language]).click()

    def goes_to(self, place: Place | str) -> None:
        path = place if isinstance(place, str) else f"/cases/{place.case}/threads/{place.thread}"
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def is_at(self) -> Place:
        found = THREAD.search(self.page.url)
        assert found, self.page.url
        return Place(found[1], found[2])

    def fills(self, key: str, words: str) -> None:
        self.page.get_by_label(self.says(key), exact=True).first.fill(words)

    def ticks(self, key: str, **values: str) -> None:
        self.page.get_by_label(self.says(key, **values), exact=True).check()

    def presses(self, key: str, **values: str) -> None:
        """A button or a link, whichever it is."""
        self.finds(key, **values).first.click()

    def finds(self, key: str, **values: str) -> Locator:
        name = self.says(key, **values)
        button = self.page.get_by_role("button", name=name, exact=True)
        return button.or_(self.page.get_by_role("link", name=name, exact=True))

    def writes(self, words: str) -> None:
        self.fills("composer.label", words)
        self.presses("composer.send")

    def reads(self, words: str, within: int = 5000) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=within)

    def does_not_read(self, words: str) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)

    def looks_right(self, name: str) -> None:
        """Axe finds nothing, nothing sticks out, and the tab names nobody; and a picture of it, to be looked at."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        SHOTS.mkdir(parents=True, exist_ok=True)
        shot = f"{file_of_test()}-{name}-{self.who}-{self.language}.png"
        self.page.screenshot(path=SHOTS / shot, full_page=True)
        assert self.axe() == [], name
        assert self.wider_than_screen() == 0, name
        assert self.page.title() == "Rundtom", "no name of anybody in a tab"

    def axe(self) -> list[str]:
        """What axe finds on the page as it stands: rule and where."""
        self.page.evaluate("window.scrollTo(0, 0)")  # else the bar that stays at the top lies across a button
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = json.dumps({"runOnly": RULES})
        found = self.page.evaluate(f"axe.run(document, {options})")
        return [f"{it['id']}: {node['html'][:160]}" for it in found["violations"] for node in it["nodes"]]

    def wider_than_screen(self) -> int:
        """Pixels that stick out sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
