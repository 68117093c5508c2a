"""What may follow what, and what comes next: one fold of a case's steps, for family and municipality alike.

A step is a row as reads.py gives it, oldest first. What a new one becomes is in growing.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.clocks import day_of
from app.dates import overdue
from app.stages.models import BESIDE, StageOutcome, Step

Row = Mapping[str, Any]
Rows = Sequence[Row]

# A notification may come at any time: each has its own assessment of danger.
FOLLOWS: dict[Step | None, tuple[Step, ...]] = {
    None: (Step.notified,),
    Step.notified: (Step.danger_assessed, Step.notified),
    Step.danger_assessed: (Step.screened, Step.danger_assessed, Step.notified),
    Step.screened: (Step.decided, Step.followed_up, Step.screened, Step.closed, Step.notified),
    Step.decided: (Step.started, Step.followed_up, Step.decided, Step.closed, Step.notified),
    Step.started: (Step.followed_up, Step.screened, Step.decided, Step.closed, Step.notified),
    Step.followed_up: (Step.followed_up, Step.screened, Step.decided, Step.closed, Step.notified),
    Step.closed: (Step.notified,),
}
NEXT: dict[tuple[Step, StageOutcome | None], Step] = {
    (Step.notified, None): Step.danger_assessed,
    (Step.danger_assessed, None): Step.screened,
    (Step.screened, StageOutcome.nothing_more): Step.closed,
    (Step.screened, StageOutcome.section_19): Step.decided,
    (Step.screened, StageOutcome.section_20): Step.decided,
    (Step.decided, StageOutcome.support): Step.started,
    (Step.decided, StageOutcome.no_support): Step.closed,
    (Step.decided, StageOutcome.other): Step.closed,
    (Step.started, None): Step.followed_up,
    (Step.followed_up, StageOutcome.continues): Step.followed_up,
    (Step.followed_up, StageOutcome.changes): Step.followed_up,
    (Step.followed_up, StageOutcome.ends): Step.closed,
}


def standing(rows: Rows) -> dict[str, Any] | None:
    """Where we are, what comes next, and its last moment. A complaint that waits comes first when its day does."""
    last = last_of(rows)
    if last is None:
        return None
    step, until = next_step(rows), last["due_at"]
    if (complaint := open_complaint(rows)) and (until is None or complaint["due_at"] < until):
        step, until = Step.reconsidered, complaint["due_at"]
    return {
        "step": last["step"],
        "outcome": last["outcome"],
        "happened_at": last["happened_at"],
        "next": step,
        "due_at": until,
        "due_on": until and day_of(until),
        "late": until is not None and overdue(until),
        "waits_for_second": unsigned(rows) is not None,
    }


def next_step(rows: Rows) -> Step | None:
    last = last_of(rows)
    if last is None:
        return Step.notified
    if unsigned(rows):
        return Step.co_signed
    step = NEXT.get((Step(last["step"]), last["outcome"] and StageOutcome(last["outcome"])))
    # Nothing more is done about this notification, and the support that runs goes on.
    return Step.followed_up if step is Step.closed and last["step"] != Step.followed_up and supported(rows) else step


def may_follow(rows: Rows) -> list[Step]:
    """Which steps can be recorded now."""
    last = last_of(rows)
    steps = [step for step in FOLLOWS[Step(last["step"]) if last else None] if _fits(step, rows)]
    decided = any(row["step"] == Step.decided for row in rows)
    return steps + [Step.complained] * decided + [Step.reconsidered] * (open_complaint(rows) is not None)


def _fits(step: Step, rows: Rows) -> bool:
    outcome = (last_of(rows) or {}).get("outcome")
    if step is Step.danger_assessed:
        return _stands_at(rows, Step.notified) or unsigned(rows) is not None
    if step is not Step.notified and unsigned(rows) is not None:
        return False  # until somebody who is new to the case has signed, nobody goes on
    if step is Step.followed_up:
        return supported(rows)
    if step is Step.started:
        return bool(outcome == StageOutcome.support)
    return not (step is Step.decided and outcome == StageOutcome.nothing_more)


def unsigned(rows: Rows) -> Row | None:
    """The assessment that waits for a second person."""
    last = last_of(rows)
    if last is None or last["step"] != Step.danger_assessed or not last["new_eyes"]:
        return None
    signed = any(row["step"] == Step.co_signed and row["about"] == last["id"] for row in rows)
    return None if signed else last


def open_complaint(rows: Rows) -> Row | None:
    """The first complaint that the municipality has to consider again. A committee's decision it does not (it goes to
    the appeals board at once)."""
    answered = {row["about"] for row in rows if row["step"] == Step.reconsidered}
    waiting = (row for row in rows if row["step"] == Step.complained and row["due_at"] and row["id"] not in answered)
    return next(waiting, None)


def supported(rows: Rows) -> bool:
    """A measure has started, and has neither ended nor been closed."""
    running = False
    for row in rows:
        ended = row["step"] == Step.closed or row["outcome"] == StageOutcome.ends
        running = row["step"] == Step.started or (running and not ended)
    return running


def serious(rows: Rows) -> bool:
    """As the last screening since the case was opened has it."""
    grounds: Sequence[str] = ()
    for row in rows:
        grounds = row["grounds"] if row["step"] == Step.screened else () if row["step"] == Step.closed else grounds
    return len(grounds) > 0


def track(rows: Rows) -> str | None:
    known = [row["track"] for row in rows if row["step"] == Step.screened]
    return known[-1] if known else None


def last_of(rows: Rows) -> Row | None:
    return next((row for row in reversed(rows) if row["step"] not in BESIDE), None)


def _stands_at(rows: Rows, step: Step) -> bool:
    last = last_of(rows)
    return last is not None and last["step"] == step
