"""What may follow what, and what comes next: one fold of a case's steps, for family and municipality alike.

A step is a row as reads.py gives it, oldest first. What a new one becomes is in growing.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.clocks import day_of
from app.dates import overdue
from app.stages.models import BESIDE, StageOutcome, StageStep

Row = Mapping[str, Any]
Rows = Sequence[Row]

# A notification may come at any time: each has its own assessment of danger.
FOLLOWS: dict[StageStep | None, tuple[StageStep, ...]] = {
    None: (StageStep.notified,),
    StageStep.notified: (StageStep.danger_assessed, StageStep.notified),
    StageStep.danger_assessed: (StageStep.screened, StageStep.danger_assessed, StageStep.notified),
    StageStep.screened: (
        StageStep.decided,
        StageStep.followed_up,
        StageStep.screened,
        StageStep.closed,
        StageStep.notified,
    ),
    StageStep.decided: (
        StageStep.started,
        StageStep.followed_up,
        StageStep.decided,
        StageStep.closed,
        StageStep.notified,
    ),
    StageStep.started: (
        StageStep.followed_up,
        StageStep.screened,
        StageStep.decided,
        StageStep.closed,
        StageStep.notified,
    ),
    StageStep.followed_up: (
        StageStep.followed_up,
        StageStep.screened,
        StageStep.decided,
        StageStep.closed,
        StageStep.notified,
    ),
    StageStep.closed: (StageStep.notified,),
}
NEXT: dict[tuple[StageStep, StageOutcome | None], StageStep] = {
    (StageStep.notified, None): StageStep.danger_assessed,
    (StageStep.danger_assessed, None): StageStep.screened,
    (StageStep.screened, StageOutcome.nothing_more): StageStep.closed,
    (StageStep.screened, StageOutcome.section_19): StageStep.decided,
    (StageStep.screened, StageOutcome.section_20): StageStep.decided,
    (StageStep.decided, StageOutcome.support): StageStep.started,
    (StageStep.decided, StageOutcome.no_support): StageStep.closed,
    (StageStep.decided, StageOutcome.other): StageStep.closed,
    (StageStep.started, None): StageStep.followed_up,
    (StageStep.followed_up, StageOutcome.continues): StageStep.followed_up,
    (StageStep.followed_up, StageOutcome.changes): StageStep.followed_up,
    (StageStep.followed_up, StageOutcome.ends): StageStep.closed,
}


class Owed(NamedTuple):
    """A step that is to come, about an earlier one, until when."""

    step: StageStep
    about: Row
    until: datetime


def standing(rows: Rows) -> dict[str, Any] | None:
    """Where we are, what comes next, and its last moment. What is owed beside the way comes first when its day does."""
    last = last_of(rows)
    beside = min(owed(rows), key=lambda it: it.until, default=None)
    if last is None and beside is None:
        return None
    here = last or rows[-1]
    step, until = (next_step(rows), until_of(rows, last)) if last else (None, None)
    if beside and (until is None or beside.until < until):
        step, until = beside.step, beside.until
    return {
        "step": here["step"],
        "outcome": here["outcome"],
        "happened_at": here["happened_at"],
        "next": step,
        "due_at": until,
        "due_on": until and day_of(until),
        "late": until is not None and overdue(until),
        "waits_for_second": unsigned(rows) is not None,
    }


def until_of(rows: Rows, step: Row) -> datetime | None:
    """The last moment of what follows this step: after a provisional assessment, of the whole one."""
    until: datetime | None = (provisional(rows, step) or step)["due_at"]
    return until


def provisional(rows: Rows, screening: Row) -> Row | None:
    told = (row for row in rows if row["step"] == StageStep.provisional and row["about"] == screening["id"])
    return next(told, None)


def next_step(rows: Rows) -> StageStep | None:
    last = last_of(rows)
    if last is None:
        return StageStep.notified
    if unsigned(rows):
        return StageStep.co_signed
    step = NEXT.get((StageStep(last["step"]), last["outcome"] and StageOutcome(last["outcome"])))
    # Nothing more is done about this notification, and the support that runs goes on.
    return (
        StageStep.followed_up
        if step is StageStep.closed and last["step"] != StageStep.followed_up and supported(rows)
        else step
    )


def may_follow(rows: Rows) -> list[StageStep]:
    """Which steps can be recorded now."""
    last = last_of(rows)
    steps = [step for step in FOLLOWS[StageStep(last["step"]) if last else None] if _fits(step, rows)]
    decided = any(row["step"] == StageStep.decided for row in rows)
    beside = [StageStep.complained] * decided + [StageStep.provisional] * (unfinished(rows) is not None)
    return [*steps, *beside, *dict.fromkeys(it.step for it in owed(rows)), StageStep.file_asked]


def _fits(step: StageStep, rows: Rows) -> bool:
    outcome = (last_of(rows) or {}).get("outcome")
    if step is StageStep.danger_assessed:
        return _stands_at(rows, StageStep.notified) or unsigned(rows) is not None
    if step is not StageStep.notified and unsigned(rows) is not None:
        return False  # until somebody who is new to the case has signed, nobody goes on
    if step is StageStep.followed_up:
        return supported(rows)
    if step is StageStep.started:
        return bool(outcome == StageOutcome.support)
    return not (step is StageStep.decided and outcome == StageOutcome.nothing_more)


def unsigned(rows: Rows) -> Row | None:
    """The assessment that waits for a second person."""
    last = last_of(rows)
    if last is None or last["step"] != StageStep.danger_assessed or not last["new_eyes"]:
        return None
    signed = any(row["step"] == StageStep.co_signed and row["about"] == last["id"] for row in rows)
    return None if signed else last


def unfinished(rows: Rows) -> Row | None:
    """The screening whose full assessment is not done, and not yet told of as far as it has come."""
    last = last_of(rows)
    open_now = last is not None and last["outcome"] == StageOutcome.section_20
    return last if last and open_now and provisional(rows, last) is None else None


def owed(rows: Rows) -> list[Owed]:
    """What is to come beside the way: answers to a complaint and to whoever asked for the file, and the plan that the
    last decision chose. A complaint of a committee's decision goes to the appeals board at once: none of ours."""
    done = {(row["step"], row["about"]) for row in rows}
    return [it for it in _asked(rows) if (it.step, it.about["id"]) not in done]


def _asked(rows: Rows) -> Iterator[Owed]:
    plan: Row | None = None
    for row in rows:
        if row["step"] == StageStep.complained and row["due_at"]:
            yield Owed(StageStep.reconsidered, row, row["due_at"])
        elif row["step"] == StageStep.file_asked:
            yield Owed(StageStep.file_answered, row, row["due_at"])
        elif row["step"] == StageStep.decided:
            plan = row if row["plan_due_at"] else None
        elif _ends(row):
            plan = None
    if plan is not None:
        yield Owed(StageStep.plan_ready, plan, plan["plan_due_at"])


def supported(rows: Rows) -> bool:
    """A measure has started, and has neither ended nor been closed."""
    running = False
    for row in rows:
        running = row["step"] == StageStep.started or (running and not _ends(row))
    return running


def _ends(row: Row) -> bool:
    return bool(row["step"] == StageStep.closed or row["outcome"] == StageOutcome.ends)


def serious(rows: Rows) -> bool:
    """As the last screening since the case was opened has it."""
    grounds: Sequence[str] = ()
    for row in rows:
        grounds = (
            row["grounds"] if row["step"] == StageStep.screened else () if row["step"] == StageStep.closed else grounds
        )
    return len(grounds) > 0


def track(rows: Rows) -> str | None:
    known = [row["track"] for row in rows if row["step"] == StageStep.screened]
    return known[-1] if known else None


def last_of(rows: Rows) -> Row | None:
    return next((row for row in reversed(rows) if row["step"] not in BESIDE), None)


def _stands_at(rows: Rows, step: StageStep) -> bool:
    last = last_of(rows)
    return last is not None and last["step"] == step
