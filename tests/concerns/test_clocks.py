"""24 hours are 24 hours, on a Sunday, over Christmas and in the nights in which the clocks change; the receipt comes
within six working days."""

from datetime import datetime

import pytest

from app.clocks import Clock, due
from app.dates import DENMARK


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("came", "red", "last"),
    [
        ("2026-11-29T23:30", "2026-11-30T19:30", "2026-11-30T23:30"),  # a Sunday
        ("2026-12-24T14:00", "2026-12-25T10:00", "2026-12-25T14:00"),  # Christmas Eve
        ("2026-12-31T23:59", "2027-01-01T19:59", "2027-01-01T23:59"),
        ("2027-03-27T14:00", "2027-03-28T11:00", "2027-03-28T15:00"),  # an hour is lost in that night
        ("2026-10-24T14:00", "2026-10-25T09:00", "2026-10-25T13:00"),  # and here won
    ],
)
def test_danger_is_assessed_within_24_hours_whatever_day_it_is(came: str, red: str, last: str) -> None:
    found = due(Clock.danger_assessment, at(came))
    assert (found.red_at, found.at) == (at(red), at(last))
    assert (found.at - at(came).astimezone(found.at.tzinfo)).total_seconds() == 24 * 3600


@pytest.mark.parametrize(
    ("came", "last"),
    [
        ("2026-11-26T09:00", "2026-12-04"),  # Thursday: Friday, Monday to Friday
        ("2026-11-28T09:00", "2026-12-07"),  # a Saturday
        ("2026-12-21T09:00", "2026-12-30"),  # over Christmas
        ("2027-03-24T09:00", "2027-04-06"),  # over Easter
    ],
)
def test_the_receipt_comes_within_six_working_days(came: str, last: str) -> None:
    assert due(Clock.receipt, at(came)).day.isoformat() == last
