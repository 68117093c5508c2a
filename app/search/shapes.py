from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints

from app.journal import Kind
from app.shapes import NO_NUL, VISIBLE, Answer, Author, Body, Seq

Sought = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200, pattern=NO_NUL), VISIBLE]


class Before(Body):
    """The hits that are older than this one."""

    at: AwareDatetime
    thread: UUID
    seq: Seq


class Search(Body):
    """`case`: in this one only. `before`: the last hit that one has, for those that are older."""

    words: Sought
    case: UUID | None = None
    before: Before | None = None


class Piece(Answer):
    text: str
    found: bool


class Hit(Answer):
    """`seq` with `at` and `thread`: where it stands among the hits. `about`: the line of the thread that it is part of.
    `words_of`: the child that said it, when somebody else wrote it down."""

    case: UUID
    child_name: str
    thread: UUID
    purpose: str
    kind: Kind
    seq: int
    about: int
    at: datetime
    author: Author | None
    words_of: Author | None
    excerpt: list[Piece]


class Found(Answer):
    """The newest first. `understood`: false when the words name nothing to look for, such as "og" or only "-far".
    `earlier`: there are older ones."""

    understood: bool
    hits: list[Hit]
    earlier: bool
