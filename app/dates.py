"""Days are Danish days: a last day ends at midnight there, not in UTC."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def today() -> date:
    return datetime.now(DENMARK).date()


def overdue(day: date) -> bool:
    """Its midnight has passed, in Denmark. For everybody's days alike: the family's and the municipality's."""
    return day < today()


def end_of(day: date) -> datetime:
    """The midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), DENMARK)


def age(born: date) -> int:
    """Full years, today."""
    day = today()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
