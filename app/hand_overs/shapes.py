from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.shapes import Answer, Body, Named, Seq, Words
from app.shapes.ball import Ball
from app.shapes.summaries import SummaryOut


class NewHandOver(Body):
    """`employment`: the colleague's, of those that are offered. `reason`: a message that everybody in the thread reads.
    `stays`: I stay as deputy."""

    id: UUID
    employment: UUID
    stays: bool
    reason: Words
    circle: Seq | None = None


class Deputy(Body):
    """A colleague's employment; none: nobody stands in."""

    employment: UUID | None


class Introduction(Body):
    """The first words of the new caseworker to the family: a message that everybody in the family thread reads."""

    words: Words


class Assignment(Body):
    employment: UUID


class Taker(Answer):
    employment: UUID
    name: str
    title: str


class Colleague(Taker):
    """`deputy`: stands in already."""

    deputy: bool


class WaitingHandOver(Answer):
    """A proposal that nobody has answered. `may_withdraw`: it is mine."""

    id: UUID
    seq: int
    author: Named
    to_name: str
    to_title: str
    stays: bool
    proposed_at: datetime
    due_on: date
    late: bool
    may_withdraw: bool


class Holder(Named):
    """Somebody who has had the ball, from then on; `since`: none when that was before my history."""

    since: datetime | None


class Promise(Answer):
    """What `name` does by `due_on`: a step of the plan, or an answer to what somebody of the family said to the note at
    `seq`. No name: nobody is left who could."""

    what: Literal["action", "answer"]
    seq: int
    words: str
    name: str | None
    due_on: date
    late: bool


class BallOut(Answer):
    """Who has the ball, who has had it, and what has been promised. `ball` none: nobody in this thread has it.
    `leader_told`: nobody has it, and the leaders of the unit see that. `colleagues`: whom I can hand the case to, or
    name as deputy."""

    ball: Ball | None
    deputy: Ball | None
    leader_told: bool
    waiting: WaitingHandOver | None
    holders: list[Holder]
    summary: SummaryOut | None
    promises: list[Promise]
    may_hand_over: bool
    colleagues: list[Colleague]


class HandOverToMe(Answer):
    """What I decide about: nothing else of the case is shown before I have said yes."""

    id: UUID
    child_name: str
    unit: str | None
    name: str
    capacity: str
    reason: str | None
    stays: bool
    proposed_at: datetime
    due_on: date
    late: bool


class HandOversToMe(Answer):
    hand_overs: list[HandOverToMe]


class TakenOver(Answer):
    case: UUID
    thread: UUID


class LostBall(Answer):
    """A case of a leader's units in which nobody has the ball. `reference`: how it is called where its child is not
    named. `takers`: whom it can be given to."""

    id: UUID
    reference: str
    since: datetime
    takers: list[Taker]


class LostBalls(Answer):
    balls: list[LostBall]
