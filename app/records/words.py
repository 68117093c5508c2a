"""The paper's words: the catalogue in one language, and days as people say them, in Denmark."""

from collections.abc import Iterable
from datetime import date, datetime

from app.dates import DENMARK
from app.shapes import Named
from app.text import text


class Words:
    def __init__(self, language: str) -> None:
        self.language = language
        self._months = text("paper.months", language).split()

    def __call__(self, key: str, **values: str) -> str:
        return text(key, self.language, **values)

    def day(self, at: date | datetime) -> str:
        on = at.astimezone(DENMARK) if isinstance(at, datetime) else at
        return self("paper.day", day=str(on.day), month=self._months[on.month - 1], year=str(on.year))

    def clock(self, at: datetime) -> str:
        local = at.astimezone(DENMARK)
        return self("paper.clock", hour=f"{local.hour:02}", minute=f"{local.minute:02}")

    def when(self, at: datetime) -> str:
        return self("paper.when", day=self.day(at), time=self.clock(at))

    def who(self, person: Named) -> str:
        return f"{person.name} ({person.capacity})"

    def names(self, people: Iterable[Named]) -> str:
        return ", ".join(map(self.who, people))
