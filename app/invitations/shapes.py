from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.access.may import GUESTS, Role
from app.dates import today
from app.settings import get_settings
from app.shapes import Answer, Body, Email, Line, Named, Secret, Sentence
from app.shapes.invitations import ConsentOut, How, Information, StepOut

LONGEST = timedelta(days=366)


def _within_a_year(day: date) -> date:
    if not today() < day <= today() + LONGEST:
        raise ValueError("the end date lies between tomorrow and a year from now")
    return day


def _lately(day: date) -> date:
    if not today() - LONGEST <= day <= today():
        raise ValueError("a consent was given today, or within the last year")
    return day


def _guest(role: Role) -> Role:
    if role not in GUESTS:
        raise ValueError("custody and the municipality's part are not handed out by invitation")
    return role


def _each_once(kinds: list[Information]) -> list[Information]:
    return sorted(set(kinds))


LastDay = Annotated[date, AfterValidator(_within_a_year)]


class Proposal(Body):
    """`id` is made by the client: the same proposal again is the same invitation."""

    id: UUID | None = None
    name: Line
    email: Email
    capacity: Line
    role: Annotated[Role, AfterValidator(_guest)]
    purpose: Sentence
    kinds: Annotated[list[Information], Field(min_length=1, max_length=len(Information)), AfterValidator(_each_once)]
    ends_on: LastDay
    history: bool


@dataclass(frozen=True)
class Rule:
    """Whose consent it takes: every custody holder or one of them, and the young person of 15 or more."""

    every_holder: bool = False
    young_person: bool = True


def the_rule() -> Rule:
    """As the municipality has set it."""
    settings = get_settings()
    return Rule(settings.consent_givers == "every_custody_holder", settings.consent_of_young_person)


class Agreement(Body):
    """`until`: an earlier last day than was proposed, or null."""

    until: LastDay | None = None


class Prolongation(Body):
    until: LastDay


class Recording(Body):
    """A consent given on paper or by phone: by whom (a place in the thread), how, on which day."""

    giver: UUID
    how: Literal[How.paper, How.phone]
    given_on: Annotated[date, AfterValidator(_lately)]
    until: LastDay | None = None


class Token(Body):
    token: Secret


class OpenedOut(Answer):
    """What somebody invited sees before saying yes or no: who asks, why, for how long, and who is there."""

    municipality: str
    child_name: str
    inviter: Named
    name: str
    capacity: str
    purpose: str
    kinds: list[Information]
    ends_on: date | None
    history: bool
    welcome: bool
    steps: list[StepOut]
    people: list[Named]


class Redeemed(Answer):
    case: UUID
    thread: UUID


class ConsentList(Answer):
    consents: list[ConsentOut]
