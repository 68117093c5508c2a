from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import model_validator

from app.consultations.models import ConsultationArea, ConsultationOutcome
from app.shapes import Answer, Body, Words, WordsOrNone


class NewConsultation(Body):
    """In which employment of mine, what it is about, and the question: about no child that could be recognised."""

    id: UUID
    employment: UUID
    area: ConsultationArea
    words: Words


class NewLine(Body):
    id: UUID
    words: Words


class Closure(Body):
    outcome: ConsultationOutcome
    words: WordsOrNone = ""

    @model_validator(mode="after")
    def something_else_says_what(self) -> "Closure":
        if self.outcome is ConsultationOutcome.other and not self.words:
            raise ValueError("say what came of it")
        return self


class PassingOn(Body):
    """`to`: the employment of a colleague, as the consultation names it."""

    id: UUID
    to: UUID


class Worker(Answer):
    name: str
    title: str


class Colleague(Worker):
    employment: UUID


class LineOut(Worker):
    id: UUID
    words: str
    at: datetime
    mine: bool


class PassingOut(Answer):
    name: str
    to: Worker
    at: datetime


class ClosureOut(Answer):
    outcome: ConsultationOutcome
    words: str
    at: datetime


class ConsultationHead(Answer):
    """`mine`: I asked. `waits_for`: whose turn it is; nobody's when it is closed. `late`: it should have been answered,
    and has not been. `answered_at`: when the first answer came."""

    id: UUID
    area: ConsultationArea
    asker: Worker
    unit: str
    receiver: Worker
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    late: bool
    mine: bool
    waits_for: Literal["asker", "receiver"] | None


class ConsultationOut(ConsultationHead):
    """`colleagues`: whom I may pass it on to."""

    lines: list[LineOut]
    passings: list[PassingOut]
    closure: ClosureOut | None
    may: list[Literal["close", "pass_on", "write"]]
    colleagues: list[Colleague]


class WaitingConsultation(Worker):
    """What somebody of a leader's unit has to answer. No words: `reference` is how it is called."""

    reference: str
    asked_at: datetime
    due_on: date
    late: bool


class ConsultationList(Answer):
    """`led`: for a leader, what waits for an answer in the own units."""

    consultations: list[ConsultationHead]
    led: list[WaitingConsultation]
