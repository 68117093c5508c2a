"""What somebody takes home, as data. The paper says the same in words (paper.py)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from app.access.may import Role
from app.access.models import Purpose
from app.attachments.models import State
from app.contacts.models import ContactKind
from app.files.kinds import Media
from app.notes.models import Box, ResponseKind, Template
from app.records.joint_shapes import JointCopy
from app.records.plan_shapes import PlanCopy, ProgressCopy
from app.shapes import Answer, Author, Body, EntryOut, Named
from app.shapes.contacts import CallOut
from app.shapes.invitations import How, Information
from app.shapes.notes import NoteText, ResponseAnswerOut
from app.shapes.stages import StageOut


class Format(StrEnum):
    json = "json"
    pdf = "pdf"


class Part(StrEnum):
    """How much of a thread: one note; the plan and how it goes; the report, which stands for the minutes and goes to
    school psychology or health; or all that has been said."""

    note = "note"
    plan = "plan"
    report = "report"
    thread = "thread"


class Wanted(Body):
    """`language`: of the words around what people wrote, on paper."""

    format: Format = Format.pdf
    language: Literal["da", "en"] = "da"


class PartWanted(Wanted):
    """`note`: which one, when that is the part."""

    part: Part = Part.thread
    note: UUID | None = None


class WhyCopy(Answer):
    """How somebody came to be there. `reason`: what somebody on duty typed; only the family is told."""

    because: str
    by: Named | None
    on: datetime
    purpose: str | None
    reason: str | None


class PersonCopy(Author):
    since: datetime
    until: date | None
    ended_at: datetime | None
    end_reason: str | None
    paused_at: datetime | None
    why: WhyCopy | None


class InvitedCopy(Named):
    """Asked, and not here yet."""

    id: UUID
    role: Role
    purpose: str
    proposed_by: Named
    state: str


class ConsentCopy(Answer):
    id: UUID
    giver: Author
    recipient: str
    purpose: str
    kinds: list[Information]
    how: How
    given_on: date
    until: date
    withdrawn_at: datetime | None
    in_force: bool


class SummaryCopy(Answer):
    id: UUID
    words: str
    author: Author
    at: datetime
    state: Literal["waiting", "confirmed", "rejected", "overtaken"]
    settled_by: Author | None
    settled_at: datetime | None
    settled_words: str


class ResponseCopy(Answer):
    id: UUID
    kind: ResponseKind
    box: Box
    version: int
    words: str
    author: Author
    at: datetime
    due_on: date | None
    answer: ResponseAnswerOut | None


class NoteCopy(NoteText):
    """`earlier`: what it said before, oldest first."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    template: Template
    earlier: list[NoteText]
    responses: list[ResponseCopy]


class LookCopy(Answer):
    """`name` only of who has, or had, a place in the thread; of others title and unit."""

    name: str | None
    capacity: str
    what: str
    times: int
    last: datetime
    purpose: Purpose
    reason: str | None


class FileCopy(Answer):
    """What was shared; the bytes stay where they are. `size` in bytes."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    state: State
    name: str | None
    caption: str | None
    media: Media
    size: int


class CallbackCopy(Answer):
    """Somebody asked to be rung up, what was promised, and what came of it."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    words: str
    suits: str
    due_on: date
    state: Literal["answered", "open", "withdrawn"]
    late: bool
    steps: list[CallOut]


class ContactCopy(Answer):
    """A visit, a call, a meeting. `at`: when it took place."""

    id: UUID
    seq: int
    kind: ContactKind
    at: datetime
    logged_at: datetime
    author: Author
    who: str
    words: str
    withdrawn_at: datetime | None


class ClosedCopy(Answer):
    at: datetime
    by: str
    reason: str


class ThreadCopy(Answer):
    """What does not belong to the part that was asked for is null. `looks`: only in the family's own copies."""

    id: UUID
    purpose: str
    opened_at: datetime
    closed: ClosedCopy | None
    people: list[PersonCopy] | None = None
    invited: list[InvitedCopy] | None = None
    consents: list[ConsentCopy] | None = None
    summaries: list[SummaryCopy] | None = None
    entries: list[EntryOut] | None = None
    notes: list[NoteCopy] | None = None
    files: list[FileCopy] | None = None
    callbacks: list[CallbackCopy] | None = None
    contacts: list[ContactCopy] | None = None
    joint_concerns: list[JointCopy] | None = None
    stages: list[StageOut] | None = None
    plan: PlanCopy | None = None
    progress: ProgressCopy | None = None
    looks: list[LookCopy] | None = None


class Copy(Answer):
    """Everything there is for `taken_by` to read of this, at this moment, and nothing else. A later `version` adds
    fields, and changes no meaning."""

    format: Literal["rundtom-copy"] = "rundtom-copy"
    version: Literal[1] = 1
    part: Literal["case", "note", "plan", "report", "thread"]
    case: UUID
    child_name: str
    child_born: date | None
    taken_at: datetime
    taken_by: Named
    threads: list[ThreadCopy]
