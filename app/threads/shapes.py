from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.access.may import Act, Role
from app.shapes import Answer, Author, Body, EntryOut, Sentence, Seq, Words
from app.shapes.attachments import AttachmentOut
from app.shapes.ball import Ball
from app.shapes.contacts import CallbackOut, CardOut
from app.shapes.drafts import DraftOut
from app.shapes.invitations import InvitationOut
from app.shapes.notes import NoteOut
from app.shapes.stages import Standing
from app.shapes.summaries import Pinned
from app.threads.models import ThreadKind


class NewThread(Body):
    """`acting`: the place of mine whose capacity I act in, when I have several in the case."""

    id: UUID | None = None
    purpose: Sentence
    members: list[UUID] = Field(max_length=50)
    acting: UUID | None = None


class NewMessage(Body):
    """`id` is made by the client: sending again with the same id and text stores nothing twice.
    `circle` is the one the composer named to its writer."""

    id: UUID
    text: Words
    circle: Seq | None = None


class NewWords(NewMessage):
    """What a child said, written down. `words_of`: the child's place."""

    words_of: UUID


class Correction(Body):
    text: Words


class Closing(Body):
    id: UUID | None = None
    reason: Sentence


class ReadTo(Body):
    seq: Seq


class Ending(Body):
    reason: Sentence | None = None


class Created(Answer):
    id: UUID


class Me(Answer):
    membership: UUID
    role: Role
    capacity: str


class PersonInThread(Author):
    """`end_reason`: what somebody wrote on ending it; the product ends places by itself, too, and writes nothing."""

    since: datetime
    until: date | None
    ended_at: datetime | None
    end_reason: str | None
    is_me: bool
    paused_at: datetime | None
    may_end: bool
    may_pause: bool
    may_prolong: bool
    invitation: UUID | None
    history: bool


class ClosedOut(Answer):
    at: datetime
    by: str
    reason: str


class NextAction(Answer):
    """By `due_on`, `name` does it."""

    words: str
    name: str
    due_on: date
    late: bool


class PlanPinned(Answer):
    """`next`: what the family has said yes to and comes first. `to_settle`: how much waits for my yes or no."""

    next: NextAction | None
    to_settle: int


class ThreadOut(Answer):
    """`drafts`: what I am writing here, and nobody else sees. `summary`: where we are now. `plan`: what is next.
    `callbacks`: calls that are asked for and wait. `cards`: how others here are reached at work.
    `ball`: who of those here sees to the case, and `deputy` who stands in.
    `standing`: where the case is; told in its family thread."""

    id: UUID
    case: UUID
    child_name: str
    kind: ThreadKind
    purpose: str
    opened_at: datetime
    closed: ClosedOut | None
    seq: int
    circle: int
    read_seq: int
    may: list[Act]
    me: Me
    people: list[PersonInThread]
    invitations: list[InvitationOut]
    summary: Pinned
    standing: Standing | None
    plan: PlanPinned
    callbacks: list[CallbackOut]
    cards: list[CardOut]
    ball: Ball | None
    deputy: Ball | None
    drafts: list[DraftOut]


class EntryPage(Answer):
    entries: list[EntryOut]
    notes: list[NoteOut]
    attachments: list[AttachmentOut]
    earlier: bool
    seq: int


class PausedOut(Answer):
    membership: UUID
    paused_at: datetime


class EndedOut(Answer):
    membership: UUID
    ended_at: datetime
