"""When something has to be done: rules of law as data (rules.toml), Danish working days, and the stricter of the law
and what the municipality asks of itself.

    due(Clock.receipt, received_at)      # Due(at=…, law_at=…, red_at=None, rule=…)
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from dateutil.relativedelta import relativedelta
from holidays import country_holidays
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from app.dates import DENMARK, end_of
from app.settings import get_settings

RULES = Path(__file__).with_name("rules.toml")
SATURDAY, ONE_DAY = 5, timedelta(days=1)
CLOSED = {(6, 5), (12, 24), (12, 31)}  # Constitution Day, Christmas Eve, New Year's Eve


class Clock(StrEnum):
    assessment = "assessment"
    callback = "callback"
    complaint = "complaint"
    consultation = "consultation"
    danger_assessment = "danger_assessment"
    file_access = "file_access"
    first_follow_up = "first_follow_up"
    hand_over = "hand_over"
    light_assessment = "light_assessment"
    plan = "plan"
    receipt = "receipt"
    reconsideration = "reconsideration"
    screening = "screening"
    start = "start"
    whole_assessment = "whole_assessment"


class Span(BaseModel):
    """A length of time in exactly one unit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours: int | None = Field(None, ge=1)
    working_days: int | None = Field(None, ge=0)
    open_days: int | None = Field(None, ge=0)
    days: int | None = Field(None, ge=0)
    weeks: int | None = Field(None, ge=1)
    months: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def in_one_unit(self) -> "Span":
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("a span is given in one unit")
        return self

    def after(self, moment: datetime) -> datetime:
        """The last moment: hours by the clock on the wall of nobody (24 hours are 24 hours in the night the clocks
        change, too), everything else to the midnight that ends the last day in Denmark."""
        if self.hours is not None:
            return moment.astimezone(UTC) + timedelta(hours=self.hours)
        return end_of(self.last_day(moment.astimezone(DENMARK).date()))

    def last_day(self, first: date) -> date:
        """Counted from the day after `first`. A month that is too short ends on its last day. No days at all: that same
        day, or the next one that counts."""
        if self.working_days is not None:
            return _count(first, self.working_days, is_working_day)
        if self.open_days is not None:
            return _count(first, self.open_days, is_open_day)
        last: date = first + relativedelta(days=self.days or 0, weeks=self.weeks or 0, months=self.months or 0)
        return last


class Rule(BaseModel):
    """One row of rules.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clock: Clock
    law: str
    source: str
    valid_from: date = Field(alias="from")
    valid_until: date | None = Field(None, alias="until")
    span: Span
    red: Span | None = None
    rolls: bool = False

    def counts_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def ends(self, span: Span, since: datetime) -> datetime:
        at = span.after(since)
        if not self.rolls:
            return at
        return end_of(_count(day_of(at), 0, is_open_day))


@dataclass(frozen=True)
class Due:
    """`at`: the moment at which it is late, by the stricter of law and own target. `law_at`: by the law alone.
    `red_at`: from when on it presses."""

    at: datetime
    law_at: datetime
    red_at: datetime | None
    rule: Rule

    @property
    def day(self) -> date:
        """The last day, in Denmark."""
        return day_of(self.at)


def day_of(end: datetime) -> date:
    """The day that a moment ends: midnight belongs to the day before it."""
    return (end.astimezone(DENMARK) - timedelta(microseconds=1)).date()


class NoRule(LookupError):
    """No rule, or more than one, counts for a clock on that day: the table of rules is wrong."""


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(Rule.model_validate(row) for row in tomllib.loads(RULES.read_text(encoding="utf-8"))["rule"])


def rule_of(clock: Clock, day: date) -> Rule:
    """The one rule by which a clock that begins on this day runs. NoRule: there is none."""
    found = [rule for rule in rules() if rule.clock is clock and rule.counts_on(day)]
    if len(found) != 1:
        raise NoRule(f"{clock} on {day}: {len(found)} rules")
    return found[0]


def due(clock: Clock, since: datetime) -> Due:
    """When this is due that began at `since` (with a time zone). Of the law and what the municipality asks of itself
    the stricter counts."""
    rule = rule_of(clock, since.astimezone(DENMARK).date())
    law_at = rule.ends(rule.span, since)
    target = targets().get(clock)
    at = min(law_at, rule.ends(target, since)) if target else law_at
    red_at = min(at, rule.red.after(since)) if rule.red else None
    return Due(at=at, law_at=law_at, red_at=red_at, rule=rule)


def targets() -> Mapping[Clock, Span]:
    """What the municipality asks of itself: CLOCK_TARGETS. ValidationError: no such clock, or no such span."""
    return TypeAdapter(dict[Clock, Span]).validate_python(get_settings().clock_targets)


def is_working_day(day: date) -> bool:
    """No weekend and no public holiday. Whether the days on which offices keep closed all the same count as working
    days is disputed: where the law counts in working days they do here, which gives the earlier day."""
    return day.weekday() < SATURDAY and day not in _holidays()


def is_open_day(day: date) -> bool:
    """A working day on which somebody can be reached (retsplejeloven § 148 a names the others)."""
    return is_working_day(day) and (day.month, day.day) not in CLOSED


def _count(day: date, count: int, counts: Callable[[date], bool]) -> date:
    """The `count`-th such day after a day; for none, the day itself or the next one that is."""
    if count == 0:
        while not counts(day):
            day += ONE_DAY
        return day
    while count:
        day += ONE_DAY
        count -= counts(day)
    return day


@cache
def _holidays() -> Mapping[date, str]:
    """Danish public holidays of whichever year is asked for; Great Prayer Day until 2023."""
    return country_holidays("DK")
