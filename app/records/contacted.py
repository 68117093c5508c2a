"""Who asked to be rung up and what came of it; visits, calls and meetings: as blocks on paper."""

from collections.abc import Iterator
from typing import Any

from app.records.shapes import CallbackCopy, ContactCopy, Copy, ThreadCopy
from app.records.words import Words

Block = dict[str, Any]


def contact_blocks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    if thread.callbacks:
        yield {"type": "label", "text": words("contact.calls")}
        yield from (_callback(it, words) for it in thread.callbacks)
    if thread.contacts:
        yield {"type": "label", "text": words("contact.log")}
        head = [words(f"paper.contact_{it}") for it in ("when", "what", "by", "said")]
        rows = [_contact(it, words) for it in thread.contacts]
        yield {"type": "table", "head": head, "widths": [4, 4, 4, 6], "rows": rows}


def _callback(callback: CallbackCopy, words: Words) -> Block:
    asked = {"name": words.who(callback.author), "date": words.day(callback.at), "due": words.day(callback.due_on)}
    soft = [words("paper.contact_call_asked", **asked)]
    soft += [words("contact.suits_said", suits=callback.suits)] if callback.suits else []
    for it in callback.steps:
        soft.append(words(f"paper.contact_{it.step}", name=words.who(it.by), when=words.when(it.at)))
    soft += [words("paper.contact_waits")] if callback.state == "open" else []
    return {"type": "quote", "text": callback.words, "soft": soft, "after": ""}


def _contact(contact: ContactCopy, words: Words) -> list[str]:
    kind = words(f"contact.kind_{contact.kind}")
    what = f"{kind} ({contact.who})" if contact.who else kind
    said = words("contact.withdrawn") if contact.withdrawn_at else contact.words
    return [words.when(contact.at), what, words.who(contact.author), said]
