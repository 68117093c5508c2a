from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.access.may import Act
from app.consultations.models import ConsultationArea
from app.joint_concerns.models import JointStep
from app.shapes import Answer, Author, Body, Seq, Words, WordsOrNone


class NewJointConcern(Body):
    id: UUID
    area: ConsultationArea
    circle: Seq | None = None


class NewJointPart(Body):
    """`words`: how it looks from here. `besides`: what works, or what is wished for. `child_view`: what the child says
    about it."""

    id: UUID
    words: Words
    besides: WordsOrNone = ""
    child_view: WordsOrNone = ""
    circle: Seq | None = None


class NewSending(Body):
    """`words`: why it is sent although the family has not had its say. `to`: the employment of the caseworker who comes
    in by it, as the page named her; none when one is there already."""

    id: UUID
    words: WordsOrNone = ""
    to: UUID | None = None
    circle: Seq | None = None


class NewGivingUp(Body):
    id: UUID
    words: Words
    circle: Seq | None = None


class NewReceipt(Body):
    id: UUID
    words: WordsOrNone = ""
    circle: Seq | None = None


class JointPartOut(Answer):
    """One writing. Earlier ones of the same person stand in `earlier`, the newest first."""

    id: UUID
    seq: int
    author: Author
    mine: bool
    words: str
    besides: str
    child_view: str
    at: datetime


class JointPartWithEarlier(JointPartOut):
    earlier: list[JointPartOut]


class JointStepOut(Answer):
    seq: int
    step: JointStep
    author: Author
    words: str
    at: datetime


class ComesBySending(Answer):
    """The caseworker who comes into the thread when it is sent."""

    employment: UUID
    name: str
    title: str


class JointHead(Answer):
    id: UUID
    seq: int
    area: ConsultationArea
    author: Author
    at: datetime
    state: Literal["given_up", "received", "sent", "writing"]
    receipt_due_on: date | None
    late: bool


class JointOut(JointHead):
    """`parts`: of each who has written, the newest. `family_heard`: somebody of the family who decides has had a say.
    `waits_for`: whose turn it is; nobody's when it is over. `comes`: only while it is being written, and nobody of the
    municipality is in the thread. `may`: what I may do now."""

    parts: list[JointPartWithEarlier]
    steps: list[JointStepOut]
    family_heard: bool
    waits_for: Literal["caseworker", "family", "notifier"] | None
    comes: ComesBySending | None
    may: list[Act]


class JointList(Answer):
    """The newest first. `may_begin`: this is the family thread, and none is being written."""

    concerns: list[JointHead]
    may_begin: bool
