"""Days are Danish days: a last day ends at midnight there, not in UTC."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    return datetime.now(DENMARK)


def today() -> date:
    return now().date()


def overdue(due: date | datetime, at: datetime | None = None) -> bool:
    """Its midnight has passed, in Denmark; where hours count, its moment. The one answer there is, for everybody's days
    alike: the family's and the municipality's. `at`: whether it was so at that moment, for what has been done."""
    return (at or now()) >= (due if isinstance(due, datetime) else end_of(due))


def end_of(day: date) -> datetime:
    """The midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), DENMARK)


def days_since(at: datetime) -> int:
    """Whole Danish days: what was yesterday evening was a day ago."""
    return (today() - at.astimezone(DENMARK).date()).days


def age(born: date) -> int:
    """Full years, today."""
    day = today()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
