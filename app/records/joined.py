"""Notifications that family and notifier have written together, as blocks on paper."""

from collections.abc import Iterator
from typing import Any

from app.access.may import Role
from app.records.joint_shapes import JointCopy, JointStepCopy, JointWritingCopy
from app.records.shapes import Copy, ThreadCopy
from app.records.words import Words

Block = dict[str, Any]
SIDES = {Role.caseworker: "caseworker", Role.professional: "notifier"}


def joint_blocks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """Oldest first: each part with what stood there before, then what became of it."""
    for it in thread.joint_concerns or []:
        yield {"type": "label", "text": f"{words(f'consult.area_{it.area}')}, {words.day(it.at)}"}
        for part in it.parts:
            yield _writing(part, words)
            yield from (_writing(before, words, words("joint.earlier")) for before in part.earlier)
        yield from (_step(step, words) for step in it.steps)
        yield from _stands(it, words)


def _writing(writing: JointWritingCopy, words: Words, *soft: str) -> Block:
    side = SIDES.get(writing.author.role, "family")
    said = {
        f"joint.said_words_{side}": writing.words,
        f"joint.said_besides_{side}": writing.besides,
        "joint.said_child": writing.child_view,
    }
    paragraphs = [f"{words(key)}: {text}" for key, text in said.items() if text]
    who = f"{words.who(writing.author)}, {words.when(writing.at)}"
    return {"type": "quote", "text": "\n\n".join(paragraphs), "soft": [*soft, who], "after": ""}


def _step(step: JointStepCopy, words: Words) -> Block:
    told = words(f"joint.step_{step.step}", name=step.author.name, when=words.when(step.at))
    if not step.words:
        return {"type": "soft", "text": told}
    why = [words("joint.sent_without")] if step.step == "sent" else []
    return {"type": "quote", "text": step.words, "soft": [told, *why], "after": ""}


def _stands(concern: JointCopy, words: Words) -> Iterator[Block]:
    if concern.state == "writing":
        yield {"type": "soft", "text": words("joint.state_writing")}
    if concern.state == "sent" and concern.receipt_due_on:
        key = "joint.receipt_late" if concern.late else "joint.receipt_due"
        yield {"type": "soft", "text": words(key, date=words.day(concern.receipt_due_on))}
