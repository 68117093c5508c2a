"""What every room's shapes are made of."""

import unicodedata
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.access.may import Role
from app.dates import today
from app.journal import Kind

NO_NUL = r"^[^\x00]*$"  # PostgreSQL cannot store it


def _visible(words: str) -> str:
    """Something that a reader sees: spaces and signs without a shape are nothing."""
    if not any(unicodedata.category(sign)[0] not in "CZ" and sign != BRAILLE_BLANK for sign in words):
        raise ValueError("nothing that can be seen")
    return words


BRAILLE_BLANK = "\u2800"
VISIBLE = AfterValidator(_visible)
# Seqs stay well inside what PostgreSQL and JavaScript count exactly.
Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL), VISIBLE]
Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=NO_NUL), VISIBLE
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=NO_NUL), VISIBLE]
WordsOrNone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=4000, pattern=NO_NUL),
    AfterValidator(lambda words: words and _visible(words)),
]


def _in_reach(day: date) -> date:
    if not today() - LONGEST_AGO <= day <= today() + FARTHEST:
        raise ValueError("at most a year ago, and three years ahead")
    return day


LONGEST_AGO, FARTHEST = timedelta(days=366), timedelta(days=3 * 366)
Day = Annotated[date, AfterValidator(_in_reach)]  # of a plan
# ASCII on purpose: letters that only look alike, or fold alike, must not share an address.
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=254,
        pattern=rf"^[A-Za-z0-9.!#$%&'*+/^_`{{|}}~-]+@{LABEL}(?:\.{LABEL})+$",
    ),
]
Secret = Annotated[str, StringConstraints(min_length=20, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]


class Body(BaseModel):
    """What a client sends: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Empty(Body):
    """A body without fields."""


class Answer(BaseModel):
    """What we answer, read from rows."""

    model_config = ConfigDict(from_attributes=True)


class Named(Answer):
    name: str
    capacity: str


class Author(Named):
    membership: UUID
    role: Role


class Earlier(Answer):
    text: str
    until: datetime


class EntryOut(Answer):
    """One entry of a thread. Only entries about a message carry the text keys, and only inside one's history."""

    seq: int
    kind: Kind
    id: UUID
    at: datetime
    about: int
    author: Author | None
    text: str | None = None
    corrected_at: datetime | None = None
    withdrawn_at: datetime | None = None
    words_of: Author | None = None
    earlier_texts: list[Earlier] | None = None


class Frame(Answer):
    """What is new in a thread; the same bytes as on the socket."""

    thread: UUID
    entries: list[EntryOut]
    seq: int


class ProblemOut(BaseModel):
    """application/problem+json (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    fields: list[dict[str, str]] | None = None
