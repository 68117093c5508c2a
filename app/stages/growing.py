"""What a new step becomes by those before it: whether it fits, and until when what follows has to be done.

Law: barnets lov §§ 5, 18-20, 91, 95, 136, 137; retssikkerhedsloven §§ 66-67; forvaltningsloven §§ 9, 16. The lengths
stand in app/clocks/rules.toml.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from app.clocks import Clock, due
from app.dates import DENMARK, end_of
from app.errors import Conflict, Invalid
from app.stages.models import ABOUT, StageOutcome, StageStep, Track
from app.stages.steps import Row, Rows, last_of, may_follow, owed, serious, supported, track, unfinished, unsigned

# What came from outside may have come before what was last done, and be told of afterwards.
ANY_DAY = (StageStep.notified, StageStep.file_asked)


def made(rows: Rows, new: Row) -> dict[str, Any]:
    """What the new step becomes with all that follows from those before it. Conflict: it does not follow. Invalid: its
    day, or what it says, does not fit."""
    step, at = StageStep(new["step"]), new["happened_at"]
    if step not in may_follow(rows):
        raise Conflict("waits_for_second" if unsigned(rows) else "not_next_stage")
    about = _about(rows, new)
    after = about or last_of(rows)
    if after and step not in ANY_DAY and _day(at) < _day(after["happened_at"]):
        raise Invalid("before_last_stage")
    if step is StageStep.screened and new["track"] == Track.light and serious(rows):
        raise Conflict("still_serious")
    if step is StageStep.decided and track(rows) == Track.full and not new["involved"]:
        raise Invalid("who_took_part")
    due_at = DUE[step](rows, new) if step in DUE else None
    grown: dict[str, Any] = {"due_at": due_at, "new_eyes": _new_eyes(step, rows)}
    if step is StageStep.decided:
        grown["complain_until"] = due(Clock.complaint, at).day
        grown["plan_due_at"] = due(Clock.plan, at).at if new["plan"] else None
    return dict(new) | grown


def _about(rows: Rows, new: Row) -> Row | None:
    """What a step beside the way is about. Invalid no_such_stage: nothing of the kind. Conflict: not that one now."""
    wanted = ABOUT.get(new["step"])
    if wanted is None:
        return None
    about = next((row for row in rows if row["id"] == new["about"] and row["step"] == wanted), None)
    if about is None:
        raise Invalid("no_such_stage")
    waits = {(it.step, it.about["id"]): it.about for it in owed(rows)}
    if new["step"] is StageStep.complained:
        if any(of["about"] == about["id"] for (step, _), of in waits.items() if step is StageStep.reconsidered):
            raise Conflict("complaint_waits")
    elif (new["step"], about["id"]) not in waits and about is not unfinished(rows):
        raise Conflict("not_next_stage")
    return about


def _new_eyes(step: StageStep, rows: Rows) -> bool:
    """Law: barnets lov § 137, stk. 1. A notification about a child with support; and what is assessed because of it."""
    if step is StageStep.notified:
        return supported(rows)
    last = last_of(rows)
    return step is StageStep.danger_assessed and last is not None and bool(last["new_eyes"])


def _aware(rows: Rows, at: datetime) -> datetime:
    """Since when the municipality knows: the notification that nothing has been decided about yet; else from now."""
    for row in reversed(rows):
        if row["step"] in (StageStep.decided, StageStep.started, StageStep.followed_up):
            return at
        if row["step"] == StageStep.notified:
            since: datetime = row["happened_at"]
            return since
    return at


def _support_due(rows: Rows) -> datetime | None:
    """When what runs is to be followed up."""
    known = [row["due_at"] for row in rows if row["step"] in (StageStep.started, StageStep.followed_up)]
    return known[-1] if known and supported(rows) else None


def _of_notification(rows: Rows, new: Row) -> datetime:
    """A second one moves the first one's hour to no later."""
    own = due(Clock.danger_assessment, new["happened_at"]).at
    last = last_of(rows)
    return min(own, last["due_at"]) if last and last["step"] == StageStep.notified else own


def _of_screening(rows: Rows, new: Row) -> datetime | None:
    since = _aware(rows, new["happened_at"])
    if new["outcome"] == StageOutcome.nothing_more:
        return _support_due(rows)
    return due(Clock.assessment if new["track"] == Track.full else Clock.light_assessment, since).at


def _of_decision(rows: Rows, new: Row) -> datetime | None:
    return due(Clock.start, new["happened_at"]).at if new["outcome"] == StageOutcome.support else _support_due(rows)


def _of_start(rows: Rows, new: Row) -> datetime:
    """The first follow-up: three months at most (§ 95, stk. 2)."""
    last = due(Clock.first_follow_up, new["happened_at"]).at
    if new["weeks"] is None:
        return last
    if (chosen := _weeks_on(new)) > last:
        raise Invalid("follow_up_too_late")
    return chosen


def _of_follow_up(rows: Rows, new: Row) -> datetime | None:
    return _weeks_on(new) if new["weeks"] else None


def _of_complaint(rows: Rows, new: Row) -> datetime | None:
    decided = next(row for row in rows if row["id"] == new["about"])
    return None if decided["committee"] else due(Clock.reconsideration, new["happened_at"]).at


def _of_provisional(rows: Rows, new: Row) -> datetime:
    """The whole assessment follows soon after; told of early, it takes nothing from the four months."""
    within: datetime = next(row["due_at"] for row in rows if row["id"] == new["about"])
    return max(within, due(Clock.whole_assessment, new["happened_at"]).at)


def _weeks_on(new: Row) -> datetime:
    return end_of(_day(new["happened_at"]) + timedelta(weeks=new["weeks"]))


def _day(at: datetime) -> date:
    return at.astimezone(DENMARK).date()


DUE: dict[StageStep, Callable[[Rows, Row], datetime | None]] = {
    StageStep.notified: _of_notification,
    StageStep.danger_assessed: lambda rows, new: due(Clock.screening, _aware(rows, new["happened_at"])).at,
    StageStep.screened: _of_screening,
    StageStep.decided: _of_decision,
    StageStep.started: _of_start,
    StageStep.followed_up: _of_follow_up,
    StageStep.complained: _of_complaint,
    StageStep.provisional: _of_provisional,
    StageStep.file_asked: lambda rows, new: due(Clock.file_access, new["happened_at"]).at,
}
