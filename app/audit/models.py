"""That no look is missing: what was served, counted apart from the looks, and the daily comparison of the two."""

from datetime import date, datetime

from sqlalchemy import BigInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Served(Base):
    """How many answers with something of a case left the server, by day (in Denmark) and by what was read."""

    __tablename__ = "served"

    day: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(BigInteger)


class Reconciliation(Base):
    """One finished day: answers served against looks written; `missing` must be 0 (security anchor 20, goal G27)."""

    __tablename__ = "reconciliations"

    day: Mapped[date] = mapped_column(primary_key=True)
    served: Mapped[int] = mapped_column(BigInteger)
    looked: Mapped[int] = mapped_column(BigInteger)
    missing: Mapped[int] = mapped_column(BigInteger)  # served without a look, kind by kind
    at: Mapped[datetime] = mapped_column(server_default=func.now())
