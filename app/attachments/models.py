"""Photos and documents that somebody shared in a thread. Their bytes lie elsewhere (app/files/store.py)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, found_by
from app.files.kinds import Media


class State(StrEnum):
    """Whether it can be opened. Nothing of a file that is refused or withdrawn is kept, its name neither."""

    ready = "ready"
    refused = "refused"
    waiting = "waiting"  # for the scanner; until then only whoever shared it knows of it
    withdrawn = "withdrawn"


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value.value) for value in values)})", name=column)


class Attachment(Base):
    """`key`: where the bytes lie, made by chance. `digest`: of what was sent, to tell a retry from another file.
    `size`, `width` and `height` are of what is stored: made anew, never what was sent."""

    __tablename__ = "attachments"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], ["events.thread_id", "events.seq"], name="fk_attachments_seq"),
        UniqueConstraint("thread_id", "seq"),
        Index("ix_attachments_key", "key", unique=True),
        Index("ix_attachments_person_id", "thread_id", "person_id"),
        _one_of("media", Media),
        _one_of("state", State),
        CheckConstraint(r"name ~ '\S'", name="name_not_empty"),
        CheckConstraint("(state in ('ready', 'waiting')) = (key is not null)", name="bytes_while_it_stands"),
        CheckConstraint("num_nulls(key, name, caption, digest) in (0, 4)", name="all_or_nothing_of_it"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    state: Mapped[str]
    key: Mapped[UUID | None]
    name: Mapped[str | None]
    caption: Mapped[str | None]
    digest: Mapped[bytes | None]
    media: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbnail: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(server_default=func.now())
    found_by = found_by("translate(name, '._-', '   ')", "caption")  # else "skema.pdf" is one word
