"""Where we are now: a short text pinned above a thread. A professional proposes it, the family confirms it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by


class Summary(Base):
    """A proposal. The newest that is confirmed stands; an older one that nobody has settled is overtaken."""

    __tablename__ = "summaries"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_summaries_seq"),
        UniqueConstraint("thread_id", "seq"),
        CheckConstraint(r"words ~ '\S'", name="words_not_empty"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str]
    proposed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words")


class SummarySettlement(Base):
    """The family's word on a proposal, once. A no says why."""

    __tablename__ = "summary_settlements"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "summary_id"], ["summaries.thread_id", "summaries.id"]),
        ForeignKeyConstraint(
            ["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_summary_settlements_seq"
        ),
        CheckConstraint(r"confirmed or words ~ '\S'", name="a_no_says_why"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    summary_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    confirmed: Mapped[bool] = mapped_column(Boolean)
    words: Mapped[str] = mapped_column(server_default="")
    settled_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("words")
