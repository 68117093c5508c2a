"""Clocks of the law: by Danish days and holidays, over the nights in which the clocks change, and by data alone."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from app import clocks
from app.clocks import Clock, NoRule, Rule, Span, due, is_open_day, is_working_day, rule_of, rules
from app.dates import DENMARK
from app.settings import get_settings


def at(day: str, clock: str = "12:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=DENMARK)


def last_day(clock: Clock, since: datetime) -> str:
    return due(clock, since).day.isoformat()


@pytest.mark.parametrize(
    ("received", "answered_by"),
    [
        ("2026-11-23", "2026-12-01"),  # Monday: Tue 1, Wed 2, Thu 3, Fri 4, Mon 5, Tue 6
        ("2026-11-28", "2026-12-07"),  # Saturday counts from the same Monday as Sunday does
        ("2026-11-29", "2026-12-07"),
        ("2026-03-30", "2026-04-10"),  # over Easter: Maundy Thursday, Good Friday and Easter Monday are free
        ("2026-12-21", "2026-12-30"),  # over Christmas: the 25th is free, the 26th a Saturday; the 24th counts
        ("2026-12-30", "2027-01-08"),  # New Year's Day is free, New Year's Eve counts
        ("2026-05-12", "2026-05-21"),  # Ascension Day is free, the Friday after it is not
        ("2026-05-22", "2026-06-02"),  # Whit Monday
        ("2024-04-25", "2024-05-03"),  # Great Prayer Day is free no more
    ],
)
def test_the_notifier_has_a_receipt_within_six_working_days(received: str, answered_by: str) -> None:
    assert last_day(Clock.receipt, at(received)) == answered_by


@pytest.mark.parametrize(
    ("received", "assessed_by"),
    [
        ("2026-11-29T15:30+01:00", "2026-11-30T15:30+01:00"),  # a Sunday
        ("2026-12-24T23:59+01:00", "2026-12-25T23:59+01:00"),
        ("2026-03-28T12:00+01:00", "2026-03-29T13:00+02:00"),  # the night that is an hour short
        ("2026-10-24T12:00+02:00", "2026-10-25T11:00+01:00"),  # the night that is an hour long
    ],
)
def test_danger_is_assessed_within_twenty_four_hours_on_whatever_day(received: str, assessed_by: str) -> None:
    began, ends = datetime.fromisoformat(received), datetime.fromisoformat(assessed_by)
    clock = due(Clock.danger_assessment, began)
    assert clock.at == ends
    assert clock.red_at == began + timedelta(hours=20)
    assert ends.astimezone(UTC) - began.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("clock", "began", "ends"),
    [
        (Clock.assessment, "2026-10-31", "2027-02-28"),  # a month that is too short ends on its last day
        (Clock.assessment, "2027-10-30", "2028-02-29"),
        (Clock.plan, "2026-11-30", "2027-02-28"),
        (Clock.first_follow_up, "2026-01-15", "2026-04-15"),
        (Clock.reconsideration, "2026-11-26", "2026-12-24"),  # the municipality's own day does not move
        (Clock.complaint, "2026-11-26", "2026-12-28"),  # a family's does: Christmas Eve, two holidays, a Sunday
        (Clock.complaint, "2026-05-08", "2026-06-08"),  # Constitution Day is a Friday
        (Clock.file_access, "2026-11-23", "2026-12-02"),
        (Clock.consultation, "2026-11-26", "2026-11-26"),  # the same working day
        (Clock.consultation, "2026-11-28", "2026-11-30"),
        (Clock.consultation, "2026-12-24", "2026-12-28"),
        (Clock.callback, "2026-11-27", "2026-11-30"),
        (Clock.hand_over, "2026-12-23", "2026-12-30"),
    ],
)
def test_the_last_day_of_each_clock(clock: Clock, began: str, ends: str) -> None:
    assert last_day(clock, at(began)) == ends


def test_a_day_begins_at_midnight_in_denmark_and_not_in_greenwich() -> None:
    """Half past eleven on a summer night is half past nine in Greenwich; half past midnight is the day before there."""
    assert last_day(Clock.receipt, datetime(2026, 7, 1, 21, 30, tzinfo=UTC)) == "2026-07-09"
    assert last_day(Clock.receipt, datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-10"
    clock = due(Clock.receipt, datetime(2026, 7, 1, 21, 30, tzinfo=UTC))
    assert clock.at == datetime(2026, 7, 9, 22, 0, tzinfo=UTC), "it is late from midnight in Denmark on"


def test_no_night_in_which_the_clocks_change_takes_a_day_away() -> None:
    for first in ("2026-03-20", "2026-10-16"):
        for days in range(20):
            began = at(first, "23:59") + timedelta(days=days)
            clock = due(Clock.reconsideration, began)
            assert clock.at.astimezone(DENMARK).time() == datetime.min.time()
            assert clock.day == began.date() + timedelta(days=28)


@pytest.fixture
def targets(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    get_settings.cache_clear()
    monkeypatch.setenv("CLOCK_TARGETS", json.dumps({"receipt": {"working_days": 2}, "plan": {"months": 9}}))
    return monkeypatch


@pytest.fixture(autouse=True)
def settings_of_before() -> object:
    yield
    get_settings.cache_clear()


def test_the_stricter_of_law_and_the_municipalitys_own_target_counts(targets: pytest.MonkeyPatch) -> None:
    stricter, laxer = due(Clock.receipt, at("2026-11-23")), due(Clock.plan, at("2026-11-30"))
    assert (stricter.day, stricter.law_at.date()) == (date(2026, 11, 25), date(2026, 12, 2))
    assert laxer.at == laxer.law_at, "a target that is laxer than the law changes nothing"


@pytest.mark.parametrize("wrong", [{"recipt": {"days": 1}}, {"receipt": {"days": 1, "weeks": 1}}, {"receipt": {}}])
def test_a_target_that_nobody_can_keep_to_is_found_at_the_start(
    targets: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    targets.setenv("CLOCK_TARGETS", json.dumps(wrong))
    get_settings.cache_clear()
    with pytest.raises(ValidationError):
        clocks.targets()


def test_what_began_under_an_old_rule_keeps_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = rule_of(Clock.receipt, date(2026, 11, 26)).model_dump(), Span(working_days=3)
    until = Rule.model_validate({**_as_row(old), "until": date(2026, 11, 30)})
    after = Rule.model_validate({**_as_row(old), "from": date(2026, 12, 1), "span": new})
    monkeypatch.setattr(clocks, "rules", lambda: (until, after))
    assert last_day(Clock.receipt, at("2026-11-30")) == "2026-12-08"
    assert last_day(Clock.receipt, at("2026-12-01")) == "2026-12-04"


def _as_row(rule: dict[str, object]) -> dict[str, object]:
    return {{"valid_from": "from", "valid_until": "until"}.get(key, key): value for key, value in rule.items()}


def test_every_clock_has_one_rule_today_and_says_where_it_is_written() -> None:
    for clock in Clock:
        assert rule_of(clock, date(2026, 11, 26)).law
    assert all(rule.source for rule in rules())
    with pytest.raises(NoRule):
        rule_of(Clock.receipt, date(2023, 12, 31))


def test_offices_are_closed_on_days_that_the_law_still_counts() -> None:
    for day in (date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)):
        assert is_working_day(day)
        assert not is_open_day(day)
