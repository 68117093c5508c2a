from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from app.access.may import Act, Role
from app.dates import today
from app.notes.models import ResponseKind
from app.shapes import Answer, Author, Body, Email, Line, Named, Sentence
from app.shapes.ball import Ball
from app.shapes.concerns import NotificationTask
from app.shapes.contacts import CardOut
from app.shapes.joint_concerns import ToReceive
from app.shapes.stages import Standing
from app.threads.models import ThreadKind

MOST_FAMILY = 12


def _a_child(born: date) -> date:
    if not 0 <= (today() - born).days < 23 * 366:
        raise ValueError("a child or a young person, born already")
    return born


FamilyRole = Literal[Role.child, Role.custody_holder, Role.relative]


class FamilyPerson(Body):
    """Somebody of the family, in from the first moment: with custody, the child itself, or another relative. A child
    may be without an address of its own."""

    name: Line
    email: Email | None = None
    capacity: Line
    role: FamilyRole

    @model_validator(mode="after")
    def grown_ups_have_an_address(self) -> "FamilyPerson":
        if self.email is None and self.role is not Role.child:
            raise ValueError("where the link goes")
        return self


class NewCase(Body):
    """Opens a dialogue. With an `employment` one acts for that workplace, without one as the family, in `role`.
    `consultation`: advice that I asked for before; whoever gave it comes along, and that is all it is used for."""

    id: UUID | None = None
    child_name: Line
    child_born: Annotated[date, AfterValidator(_a_child)] | None = None
    employment: UUID | None
    role: FamilyRole = Role.custody_holder
    capacity: Line | None = None
    purpose: Sentence
    family: list[FamilyPerson] = Field(max_length=MOST_FAMILY)
    with_family_department: bool
    consultation: UUID | None = None

    @model_validator(mode="after")
    def each_is_named_once(self) -> "NewCase":
        addresses = [person.email.lower() for person in self.family if person.email]
        if len(set(addresses)) < len(addresses):
            raise ValueError("two people with the same address")
        return self

    @model_validator(mode="after")
    def family_says_in_which_capacity(self) -> "NewCase":
        if self.employment is None and self.capacity is None:
            raise ValueError("say in which capacity you belong to the family")
        return self


class Opened(Answer):
    id: UUID
    thread: UUID


class Place(Answer):
    role: Role
    capacity: str


class MyPlace(Place):
    membership: UUID


class ThreadLine(Answer):
    """`last_line`: how the newest message that I may see begins, at most 120 characters. `first_new`: the first line
    that is new since I was there; none when nothing is. `mentioned`: somebody named me in what is new. `draft`: I have
    begun to write something here. `writes_notes`: I may write a note, unless it is closed."""

    id: UUID
    kind: ThreadKind
    purpose: str
    closed: bool
    unread: bool
    first_new: int | None
    mentioned: bool
    draft: bool
    writes_notes: bool
    last_at: datetime
    last_line: str | None
    last_author: str | None


class ToAgree(Answer):
    thread: UUID
    invitation: UUID
    name: str
    capacity: str


class ToRenew(ToAgree):
    """A place that ends soon: `ends_on` is its last day."""

    membership: UUID
    ends_on: date


class ToConfirm(Answer):
    """Where we are now, proposed by somebody; it waits for my word."""

    thread: UUID
    summary: UUID
    name: str
    capacity: str


class ToAnswer(Answer):
    """What somebody of the family said to a note, and I am to answer; `name`: who said it."""

    thread: UUID
    note: UUID
    seq: int
    response: UUID
    kind: ResponseKind
    name: str
    capacity: str
    due_on: date
    late: bool


class ToCall(Answer):
    """Somebody who asked to be rung up, and I am to ring."""

    thread: UUID
    callback: UUID
    seq: int
    name: str
    capacity: str
    due_on: date
    late: bool


class ToSettle(Answer):
    """Part of a plan that waits for my yes or no; `name`: who proposed it."""

    thread: UUID
    item: UUID
    name: str
    capacity: str


class ToDo(Answer):
    """What I am to do by the plan."""

    thread: UUID
    item: UUID
    words: str
    due_on: date
    late: bool


class NextDate(Answer):
    """The first date that is coming. `action`: by then `name` does what the plan says; `answer`: by then `name` answers
    what was said to a note; `callback`: by then `name` rings whoever asked; `place_ends`: it is the last day of that
    person's place."""

    thread: UUID
    what: Literal["action", "answer", "callback", "place_ends"]
    on: date
    name: str
    capacity: str
    late: bool


class CaseLine(Answer):
    id: UUID
    child_name: str
    unit: str | None
    opened_at: datetime
    last_at: datetime
    me: Place
    threads: list[ThreadLine]
    to_agree: list[ToAgree]
    to_renew: list[ToRenew]
    to_confirm: list[ToConfirm]
    to_answer: list[ToAnswer]
    to_call: list[ToCall]
    to_receive: list[ToReceive]
    to_settle: list[ToSettle]
    to_do: list[ToDo]
    ball: Ball | None
    standing: Standing | None
    next: NextDate | None


class Advice(Answer):
    """Advice without a child's name. `answer`: `name` asked, and it is mine to answer; `answered`: `name` has answered
    me, and waits to hear what came of it; `late`: `name` should have answered me by `due_on`."""

    id: UUID
    what: Literal["answer", "answered", "late"]
    name: str
    due_on: date
    late: bool


class CaseList(Answer):
    """`custody_waiting`: how many changes of custody wait for me as the second person; they stand at /custody.
    `hand_overs_waiting`: how many cases somebody wants to hand over to me; they stand at /hand-overs."""

    cases: list[CaseLine]
    custody_waiting: int
    advice: list[Advice]
    concerns: list[NotificationTask]
    hand_overs_waiting: int


class ThreadWithPeople(ThreadLine):
    people: list[Author]


class CaseOut(Answer):
    id: UUID
    child_name: str
    child_born: date | None
    unit: str | None
    opened_at: datetime
    opened_by: Named | None
    me: MyPlace
    may: list[Act]
    ball: Ball | None
    deputy: Ball | None
    threads: list[ThreadWithPeople]
    people: list[Author]
    cards: list[CardOut]
