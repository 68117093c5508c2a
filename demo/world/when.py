"""When something happened, told as people tell it, and always a little while ago."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.dates import DENMARK

WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
LATELY = {"i dag": 0, "i går": 1, "i forgårs": 2}
# What is told of "i dag" lies before this time of day. Earlier in the morning, the world's newest day is yesterday.
MORNING = time(8, 30)
TOLD = re.compile(r"(?:(\d+) (\w{3})|(i \w+)) (\d\d)\.(\d\d)")
AGE = re.compile(r"(\d+) (år|måneder)")


@dataclass(frozen=True)
class Calendar:
    """`today` is the newest day of the world; week 1 is the last whole week that ended before "i forgårs"."""

    today: date
    week_one: date  # its Monday

    @classmethod
    def now(cls, now: datetime | None = None) -> "Calendar":
        now = (now or datetime.now(DENMARK)).astimezone(DENMARK)
        today = now.date() if now.time() > MORNING else now.date() - timedelta(days=1)
        last_sunday = today - timedelta(days=max(LATELY.values()) + 1)
        last_sunday -= timedelta(days=(last_sunday.weekday() + 1) % 7)
        return cls(today, last_sunday - timedelta(days=6))

    def at(self, told: str) -> datetime:
        """`3 tir 14.05`, `i går 19.20`: an instant. Raises ValueError for anything else."""
        match = TOLD.fullmatch(told)
        if match is None:
            raise ValueError(f"not a time that people tell: {told}")
        weeks, weekday, lately, hour, minute = match.groups()
        if lately:
            day = self.today - timedelta(days=LATELY[lately])
        else:
            day = self.week_one + timedelta(days=WEEKDAYS.index(weekday) - 7 * (int(weeks) - 1))
        return datetime.combine(day, time(int(hour), int(minute)), DENMARK)

    def born(self, age: str, who: UUID) -> date:
        """A birthday for somebody of this age, the same at every load but for the age itself."""
        match = AGE.fullmatch(age)
        if match is None:
            raise ValueError(f"not an age: {age}")
        number = int(match[1])
        days = 365.25 * number + who.int % 300 + 20 if match[2] == "år" else 30.44 * number + who.int % 14 + 3
        return self.today - timedelta(days=round(days))


def span(told: str) -> timedelta:
    """`4 min`, `3 t`."""
    number, unit = told.split()
    return timedelta(minutes=int(number) * {"min": 1, "t": 60}[unit])
