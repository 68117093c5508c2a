from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints

from app.contacts.models import ContactKind, Within
from app.shapes import NO_NUL, VISIBLE, Answer, Author, Body, Seq, WordsOrNone
from app.shapes.contacts import CallbackOut, CardOut

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_NUL)]
Phone = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=30, pattern=r"^\+?[0-9][0-9 ]+$"), VISIBLE
]


class NewCard(Body):
    """`employment`: the work of mine that one is reached at. `hours`: in short words."""

    employment: UUID
    phone: Phone
    hours: Short = ""
    answers_within: Within


class MyCard(Answer):
    """Of one of my employments; without a phone there is no card yet."""

    employment: UUID
    title: str
    unit: str
    phone: str | None
    hours: str
    answers_within: Within


class MyCards(Answer):
    cards: list[MyCard]


class NewCallback(Body):
    """`words`: what it is about. `suits`: when it suits to be rung up."""

    id: UUID
    words: WordsOrNone = ""
    suits: Short = ""
    circle: Seq | None = None


class NewCall(Body):
    """Somebody rang: `reached` says whether it was answered."""

    id: UUID
    reached: bool


class NewContact(Body):
    """`at`: when it took place; now, without it. `who`: with whom, in short words."""

    id: UUID
    kind: ContactKind
    at: AwareDatetime | None = None
    who: Short = ""
    words: WordsOrNone = ""
    circle: Seq | None = None


class ContactOut(Answer):
    """`at`: when it took place, `logged_at`: when it was written down."""

    id: UUID
    seq: int
    kind: ContactKind
    at: datetime
    logged_at: datetime
    author: Author
    who: str
    words: str
    withdrawn_at: datetime | None
    may_withdraw: bool


class ContactsOut(Answer):
    """The newest first. `numbers`: where I can be rung up, as the caseworkers here are shown it."""

    cards: list[CardOut]
    callbacks: list[CallbackOut]
    contacts: list[ContactOut]
    numbers: list[str]


class FirstCall(Answer):
    """No child and no words: `reference` is how the case is called where its child is not named. `called_at`: when
    somebody first rang. `in_time`: by the day that was promised."""

    reference: str
    name: str | None
    asked_at: datetime
    called_at: datetime | None
    due_on: date
    in_time: bool


class FirstCalls(Answer):
    """Whoever asked to be rung up in the last `days` days, and was, or should have been by now. `median_minutes`: of
    those who were."""

    days: int
    median_minutes: int | None
    in_time: int
    calls: list[FirstCall]
