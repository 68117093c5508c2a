from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from app.shapes import Answer
from app.shapes.stages import NextStep, Standing


class Heading(StrEnum):
    """What a case stands under, in the order of the page. `quiet`: nothing was heard from the family for so long."""

    us = "us"
    family = "family"
    late = "late"
    quiet = "quiet"


class Waits(Answer):
    """One thing that a case waits for. `name`: who does it, where somebody is named; of `consent`, `plan` and `status`
    whom or whose it is about. `words`: of the plan. `seq`: the entry that it is about. `item`: what it is about."""

    what: Literal[
        "action", "answer", "callback", "consent", "hand_over", "plan", "receipt", "signature", "stage", "status"
    ]
    thread: UUID
    name: str | None
    words: str | None
    step: NextStep | None
    seq: int | None
    item: UUID | None
    due_on: date | None
    late: bool


class CaseHeld(Answer):
    """`deputy`: somebody else has the ball, and I stand in. `us`, `family`: what waits for whom, the most pressing
    first. `family_silent`, `silent`: whole days since the family, or anybody, did something that stands in a
    conversation of mine; `family_heard`: it ever did, else the days run from the beginning. `under`: the headings that
    count it."""

    id: UUID
    child_name: str
    unit: str | None
    thread: UUID
    deputy: bool
    closed: bool
    standing: Standing | None
    us: list[Waits]
    family: list[Waits]
    family_heard: bool
    family_silent: int
    silent: int
    under: list[Heading]


class Count(Answer):
    heading: Heading
    cases: int


class Caseload(Answer):
    """Whatever needs me first stands first. `counts`: how many of `cases` stand under each heading."""

    silence_days: int
    counts: list[Count]
    cases: list[CaseHeld]
