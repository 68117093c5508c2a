from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints, model_validator

from app.concerns.models import ConcernOutcome, ConcernSource, ConcernStepKind, ParentsTold, ReceiptWay
from app.consultations.models import ConsultationArea
from app.shapes import NO_NUL, Answer, Body, Line, Words, WordsOrNone

LONGEST_LINE = 200
LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_LINE, pattern=NO_NUL)]


class _NewConcern(Body):
    """What somebody has seen and heard. `child_details`: age, address, parents: whatever helps to find the right child.
    `child_words`: what the child says. `parents_words`: what the parents say to it, or why they do not know."""

    id: UUID
    area: ConsultationArea
    words: Words
    child_words: WordsOrNone = ""
    child_details: WordsOrNone = ""
    relation: LineOrNone = ""
    parents_words: WordsOrNone = ""


class NewConcern(_NewConcern):
    """By somebody at work, in one employment: with a name, and knowing whether the parents know. `danger`: violence,
    abuse, honour conflict or danger now is refused, and no word of it is kept."""

    employment: UUID
    danger: bool
    child_name: Line
    parents_told: Literal[ParentsTold.no, ParentsTold.yes]

    @model_validator(mode="after")
    def says_why_the_parents_do_not_know(self) -> "NewConcern":
        if self.parents_told is ParentsTold.no and not self.parents_words:
            raise ValueError("say why the parents do not know")
        return self


class CitizensConcern(_NewConcern):
    """By anybody, without a login. `anonymous`: whatever was written of the notifier is dropped before it is stored."""

    unit: UUID | None = None
    anonymous: bool
    notifier_name: LineOrNone = ""
    notifier_contact: LineOrNone = ""
    child_name: LineOrNone = ""
    parents_told: ParentsTold = ParentsTold.unknown

    @model_validator(mode="after")
    def whoever_has_a_name_can_be_reached(self) -> "CitizensConcern":
        if not self.anonymous and not (self.notifier_name and self.notifier_contact):
            raise ValueError("a name and how to reach you, or anonymous")
        return self


class DangerAssessment(Body):
    """`words`: why there is no danger; the family reads them if this becomes part of a case. `danger`: what it came to
    is never kept here. Refused when there is danger: then all of it belongs in the protected house, and leaves this one
    by the outcome `elsewhere`."""

    id: UUID
    danger: bool
    words: Words


class ConcernReceipt(Body):
    """`here`: on the notifier's own page, for whoever notified by work."""

    id: UUID
    way: ReceiptWay


class ConcernPassing(Body):
    """`to`: the employment of a colleague, as the notification names it. `words`: what the colleague should know."""

    id: UUID
    to: UUID
    words: WordsOrNone = ""


class ConcernSettlement(Body):
    """What came of it. `words`: the reason; for a `case`, what its family reads; for `elsewhere`, where it is now:
    its number there, in one line, and not a word of what it is about. `nameless_why`: the decisive reason why the
    family is not told who notified. `silent_why`: the special reason why the notifier is told nothing of it."""

    id: UUID
    outcome: ConcernOutcome
    words: Words
    case: UUID | None = None
    nameless_why: WordsOrNone = ""
    silent_why: WordsOrNone = ""

    @model_validator(mode="after")
    def names_its_case(self) -> "ConcernSettlement":
        if (self.outcome is ConcernOutcome.case) != (self.case is not None):
            raise ValueError("the case that it is part of, and only then")
        if self.nameless_why and self.case is None:
            raise ValueError("no family reads it")
        return self

    @model_validator(mode="after")
    def says_where_and_no_more(self) -> "ConcernSettlement":
        line = len(self.words) <= LONGEST_LINE and "\n" not in self.words
        if self.outcome is ConcernOutcome.elsewhere and (self.silent_why or not line):
            raise ValueError("where it is now, in one line, and nothing else")
        return self


Next = Literal["assess", "receipt", "settle"]
Became = Literal[
    "assessment",
    "case",
    "elsewhere",
    "not_a_notification",
    "not_told",
    "nothing_more",
    "other_municipality",
    "support",
]


class Handler(Answer):
    name: str
    title: str


class HandlingColleague(Handler):
    employment: UUID


class Notifier(Handler):
    """`title`: at work. `contact`: as a citizen wrote it. `relation`: how he or she knows the child."""

    contact: str
    relation: str


class Waits(Answer):
    """What comes first, and its last moment; nothing when all is done. `presses`: most of its time has passed."""

    next: Next | None
    due_at: datetime | None
    due_on: date | None
    late: bool
    presses: bool


class ConcernHead(Waits):
    """`mine`: I sent it. `handler`: who has it now; nobody while the department has nobody. `became`: what the notifier
    may be told; `case`: it is being looked at in a case; `elsewhere`: outside Rundtom, and its words are gone from
    here."""

    id: UUID
    mine: bool
    source: ConcernSource
    area: ConsultationArea
    child_name: str
    unit: str | None
    handler: Handler | None
    received_at: datetime
    receipted_at: datetime | None
    settled_at: datetime | None
    became: Became | None


class ConcernPlace(Answer):
    case: UUID
    thread: UUID


class ConcernStepOut(Handler):
    """`to`: the colleague it was passed on to. `place`: the case it became part of, if I am in it."""

    id: UUID
    step: ConcernStepKind
    at: datetime
    words: str
    way: ReceiptWay | None
    outcome: ConcernOutcome | None
    to: Handler | None
    place: ConcernPlace | None
    nameless_why: str
    silent_why: str


class ConcernOut(ConcernHead):
    """`notifier`: nobody when it is anonymous. `steps`, `colleagues`: for whoever handles it."""

    anonymous: bool
    notifier: Notifier | None
    child_details: str
    words: str
    child_words: str
    parents_told: ParentsTold
    parents_words: str
    receipt_due_on: date
    receipt_way: ReceiptWay | None
    steps: list[ConcernStepOut]
    may: list[Literal["assess", "pass_on", "receipt", "settle"]]
    colleagues: list[HandlingColleague]


class WaitingConcern(Waits):
    """What waits in a leader's unit. No words and no names but whose turn it is: `reference` is how it is called."""

    next: Next
    due_at: datetime
    due_on: date
    reference: str
    name: str | None
    title: str
    asked_at: datetime


class ConcernList(Answer):
    """`led`: for a leader, what waits in the own units."""

    concerns: list[ConcernHead]
    led: list[WaitingConcern]
