"""The steps of a case, the plan and how it goes, as blocks on paper."""

from collections.abc import Iterator
from typing import Any

from app.clocks import day_of
from app.records.plan_shapes import ActionCopy, EvaluationCopy, GoalCopy, StepCopy
from app.records.shapes import Copy, ThreadCopy
from app.records.words import Words
from app.shapes.stages import StageOut

Block = dict[str, Any]


def plan_blocks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """Each wish and goal in the words of whose it is, with what was agreed for it; then the other agreements."""
    if thread.plan is None:
        return
    if not (thread.plan.goals or thread.plan.actions):
        yield {"type": "soft", "text": words("paper.no_plan")}
    for goal in thread.plan.goals:
        yield {"type": "label", "text": words(f"paper.{goal.kind}_in", area=words(f"paper.area_{goal.area}"))}
        yield {"type": "quote", "text": goal.words, "soft": [_said(goal, words), *_steps(goal, words)], "after": ""}
        yield from _actions([it for it in thread.plan.actions if it.goal == goal.id], words)
    others = [it for it in thread.plan.actions if it.goal is None]
    if others:
        yield {"type": "label", "text": words("paper.other_actions")}
        yield from _actions(others, words)


def _said(goal: GoalCopy, words: Words) -> str:
    """A wish is nobody's to say yes or no to."""
    by = words("message.written_down", name=words.who(goal.author)) if goal.words_of else ""
    who = ", ".join(filter(None, [words.who(goal.words_of or goal.author), by]))
    stage = "" if goal.kind == "wish" and goal.stage == "open" else f" {words('paper.stage_' + _stage(goal))}."
    return f"{who}, {words.day(goal.at)}.{stage}"


def _stage(item: GoalCopy | ActionCopy) -> str:
    """An end says more than what was said to the words."""
    return item.state if item.stage == "open" else item.stage


def _steps(item: GoalCopy | ActionCopy, words: Words) -> list[str]:
    """What has happened to it since it began. The words that were changed stand there too."""
    began, *later = item.history
    told = [_step(step, words) for step in later]
    reworded = any(step.step == "reworded" for step in later)
    return [*([words("paper.began", words=began.words)] if reworded else []), *told]


def _step(step: StepCopy, words: Words) -> str:
    said = words(f"paper.step_{step.step}", name=words.who(step.by), date=words.day(step.at))
    to = words("paper.to_day", date=words.day(step.due_on)) if step.due_on else ""
    to = words("paper.to_owner", name=words.who(step.owner)) if step.owner else to
    return " ".join(filter(None, [said, to, step.words]))


def _actions(actions: list[ActionCopy], words: Words) -> Iterator[Block]:
    if not actions:
        return
    head = [words("paper.action"), words("paper.owner"), words("paper.due"), words("paper.stage")]
    rows = [_action(it, words) for it in actions]
    yield {"type": "table", "head": head, "widths": [5, 4, 4, 6], "rows": rows}


def _action(action: ActionCopy, words: Words) -> list[str]:
    span = {"from": words.day(action.starts_on), "until": words.day(action.due_on)} if action.starts_on else {}
    due = words("consent.from_until", **span) if span else words.day(action.due_on)
    stage = words("paper.late") if action.late else words("paper.stage_" + _stage(action))
    return [action.words, words.who(action.owner), due, "\n".join([f"{stage}.", *_steps(action, words)])]


def progress_blocks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    if thread.progress is None:
        return
    yield from _scales(thread, words)
    yield from _rounds(thread, words)
    for evaluation in thread.progress.evaluations:
        yield from _evaluation(evaluation, words)


def _scales(thread: ThreadCopy, words: Words) -> Iterator[Block]:
    assert thread.progress is not None
    head = [words(f"paper.{it}") for it in ("whose_view", "on_day", "scale_before", "scale_now", "scale_hoped")]
    for goal in thread.plan.goals if thread.plan else []:
        given = [it for it in thread.progress.scales if it.goal == goal.id]
        rows = [[words.who(it.of), words.day(it.at), str(it.before), str(it.now), str(it.hoped)] for it in given]
        if rows:
            yield {"type": "label", "text": words("paper.scales_for", goal=goal.words)}
            yield {"type": "table", "head": head, "widths": [6, 5, 2, 2, 3], "rows": rows}


def _rounds(thread: ThreadCopy, words: Words) -> Iterator[Block]:
    assert thread.progress is not None
    ratings = [it for half in thread.progress.rounds for it in half.ratings]
    if ratings:
        head = [words(f"paper.{it}") for it in ("whose_view", "on_day", "wellbeing", "seen")]
        rows = [[words.who(it.of), words.day(it.at), words(f"paper.{it.colour}"), it.words] for it in ratings]
        yield {"type": "label", "text": words("paper.wellbeing")}
        yield {"type": "table", "head": head, "widths": [5, 4, 2, 6], "rows": rows}


def _evaluation(evaluation: EvaluationCopy, words: Words) -> Iterator[Block]:
    yield {"type": "label", "text": words("paper.evaluation", date=words.day(evaluation.due_on))}
    state = "late" if evaluation.late else f"evaluation_{evaluation.state}"
    yield {"type": "soft", "text": words(f"paper.{state}") + "."}
    for view in evaluation.views:
        said = [words("paper.worked", words=view.worked)] if view.worked else []
        said += [words("paper.change", words=view.change)] if view.change else []
        who = words("paper.view_of", name=words.who(view.of), date=words.day(view.at))
        yield {"type": "quote", "text": "\n\n".join(said), "soft": [who], "after": ""}


def stage_blocks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """Each step with its day, its reason and what it came to, oldest first."""
    for it in thread.stages or []:
        step = words(f"stages.step_{it.step}")
        yield {"type": "label", "text": step[0].upper() + step[1:]}
        soft = [words("stages.happened", date=words.when(it.happened_at), author=words.who(it.author))]
        yield {"type": "quote", "text": it.words, "soft": [*soft, *_came_to(it, words)], "after": it.child_view}


def _came_to(stage: StageOut, words: Words) -> Iterator[str]:
    if stage.outcome:
        yield words(f"stages.outcome_{stage.outcome}") + "."
    yield from (words(f"stages.ground_{ground}") + "." for ground in stage.grounds)
    if stage.track:
        yield words(f"stages.track_{stage.track}") + "."
    yield from filter(None, (stage.measure, stage.involved))
    if stage.complain_until:
        key = "stages.complain_board" if stage.committee else "stages.complain"
        yield words(key, date=words.day(stage.complain_until))
    if stage.plan_due_at:
        yield words("stages.plan_by", date=words.day(day_of(stage.plan_due_at)))
    if stage.in_time is False:
        yield words("stages.complained_late")
    if stage.child_view_choice:
        yield words(f"stages.child_view_{stage.child_view_choice}") + ":"
