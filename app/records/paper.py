"""A copy as the words on paper, in order: headings, facts, tables, what people wrote. How that looks is the template's.

A block is a dict with a `type` that templates/paper.typ knows. What people wrote goes along as data and never becomes
part of the template, so nothing in it can be anything but words.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

from app.attachments.models import State
from app.dates import DENMARK, age
from app.records.contacted import contact_blocks
from app.records.joined import joint_blocks
from app.records.lines import entry_block, note_block
from app.records.planned import plan_blocks, progress_blocks, stage_blocks
from app.records.shapes import ConsentCopy, Copy, LookCopy, PersonCopy, SummaryCopy, ThreadCopy
from app.records.words import Words

Block = dict[str, Any]


def paper_of(copy: Copy, language: str) -> dict[str, Any]:
    words = Words(language)
    taken = copy.taken_at.astimezone(DENMARK)
    return {
        "language": language,
        "date": {"year": taken.year, "month": taken.month, "day": taken.day},
        "title": words("paper.title"),
        "heading": words(f"paper.of_{copy.part}", child=copy.child_name),
        "lead": words(f"paper.lead_{copy.part}"),
        "facts": _head(copy, words) + ([] if copy.part == "case" else _facts(copy.threads[0], words)),
        "threads": [_thread(thread, copy, words) for thread in copy.threads],
        "footer": words("paper.footer", date=words.day(copy.taken_at)),
        "page": words("paper.page", page="@", of="#"),
    }


def _head(copy: Copy, words: Words) -> list[list[str]]:
    facts = [[words("paper.child"), copy.child_name]]
    if copy.child_born is not None:
        born = words("paper.born_on", date=words.day(copy.child_born), age=str(age(copy.child_born)))
        facts.append([words("paper.born"), born])
    return [*facts, [words("paper.taken"), words("paper.taken_by", name=words.who(copy.taken_by),
            when=words.when(copy.taken_at))]]  # fmt: skip


def _thread(thread: ThreadCopy, copy: Copy, words: Words) -> dict[str, Any]:
    """In the copy of a case each thread has its own heading; of one thread the paper's is that."""
    heading = words("paper.thread", purpose=thread.purpose) if copy.part == "case" else None
    sections = []
    for name in ORDER[copy.part]:
        blocks = list(SECTIONS[name](thread, copy, words))
        if blocks:
            sections.append({"heading": words(f"paper.{name}"), "blocks": blocks})
    return {"heading": heading, "facts": _facts(thread, words), "sections": sections}


def _facts(thread: ThreadCopy, words: Words) -> list[list[str]]:
    facts = [[words("paper.purpose"), thread.purpose], [words("paper.opened"), words.day(thread.opened_at)]]
    if thread.closed:
        closed = words("paper.closed_by", name=thread.closed.by, date=words.day(thread.closed.at))
        facts += [[words("paper.closed"), closed], [words("paper.closed_why"), thread.closed.reason]]
    return facts


def _now(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """What stands: confirmed last, and what waits for the family's word."""
    standing = next((it for it in thread.summaries or [] if it.state == "confirmed"), None)
    waiting = next((it for it in thread.summaries or [] if it.state == "waiting"), None)
    yield from (_summary(it, words) for it in (standing, waiting) if it)
    if standing is None and waiting is None:
        yield {"type": "soft", "text": words("status.none")}


def _before(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    stood = [it for it in thread.summaries or [] if it.state != "waiting"]
    newest = next((it for it in stood if it.state == "confirmed"), None)
    yield from (_summary(it, words) for it in stood if it is not newest)


def _summary(summary: SummaryCopy, words: Words) -> Block:
    said = [words("status.by", name=summary.author.name, capacity=summary.author.capacity, date=words.day(summary.at))]
    if summary.settled_by and summary.settled_at:
        key = "status.confirmed" if summary.state == "confirmed" else "status.rejected"
        said.append(words(key, name=words.who(summary.settled_by), date=words.day(summary.settled_at)))
    else:
        said.append(words("status.overtaken" if summary.state == "overtaken" else "status.waits"))
    return {"type": "quote", "text": summary.words, "soft": said, "after": summary.settled_words}


def _people(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    here = [it for it in thread.people or [] if it.ended_at is None]
    gone = [it for it in thread.people or [] if it.ended_at is not None]
    head = [words("paper.name"), words("paper.capacity"), words("paper.since"), words("paper.how_come")]
    yield {"type": "table", "head": head, "widths": [3, 3, 3, 5], "rows": [_person(it, words) for it in here]}
    if gone:
        yield {"type": "label", "text": words("people.ended")}
        yield {"type": "table", "head": head, "widths": [3, 3, 3, 5], "rows": [_person(it, words) for it in gone]}
    if thread.invited:
        yield {"type": "label", "text": words("people.invited")}
        for it in thread.invited:
            asked = words("paper.invited", name=words.who(it), by=words.who(it.proposed_by), purpose=it.purpose)
            yield {"type": "text", "text": asked}


def _person(person: PersonCopy, words: Words) -> list[str]:
    until = person.ended_at or person.until
    since = words("paper.since_until", since=words.day(person.since), until=words.day(until)) if until else ""
    notes = [_why(person, words)]
    if person.paused_at:
        notes.append(words("access.paused", date=words.day(person.paused_at)))
    if person.end_reason:
        notes.append(words("people.because", reason=person.end_reason))
    return [person.name, person.capacity, since or words.day(person.since), " ".join(filter(None, notes))]


def _why(person: PersonCopy, words: Words) -> str:
    why = person.why
    if why is None:
        return ""
    by = {"name": why.by.name, "capacity": why.by.capacity} if why.by else {}
    key = "start_by" if why.because == "start" and why.by else why.because
    said = [words(f"access.because_{key}", **by, date=words.day(why.on))]
    said += [words("access.purpose", purpose=why.purpose)] if why.purpose else []
    return " ".join(said + ([words("access.reason", reason=why.reason)] if why.reason else []))


def _consents(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """Those in force; the others stand in the product, and in the copy as data."""
    yield from (_consent(it, words) for it in thread.consents or [] if it.in_force)
    if thread.consents is not None and not any(it.in_force for it in thread.consents):
        yield {"type": "soft", "text": words("paper.no_consents")}


def _consent(consent: ConsentCopy, words: Words) -> Block:
    kinds = ", ".join(words(f"information.{kind}") for kind in consent.kinds)
    span = {"from": words.day(consent.given_on), "until": words.day(consent.until)}
    rows = [
        [words("consent.giver"), words.who(consent.giver)],
        [words("consent.how"), words(f"consent.how_{consent.how}")],
        [words("consent.why"), consent.purpose],
        [words("consent.kinds"), kinds],
        [words("consent.span"), words("consent.from_until", **span)],
    ]
    return {"type": "facts", "title": words("consent.to", name=consent.recipient), "rows": rows}


def _notes(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    yield from (note_block(it, words, level=2, whole=copy.part == "note") for it in thread.notes or [])


def _lines(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    def on(entry: Any) -> Any:
        return entry.at.astimezone(DENMARK).date()

    for day, entries in groupby(thread.entries or [], on):
        yield {"type": "day", "text": words.day(day)}
        yield from (entry_block(it, thread, copy.child_name, words) for it in entries)


def _files(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    """Those that stand: what was taken back has no name any more."""
    shared = [it for it in thread.files or [] if it.state == State.ready]
    if not shared:
        return
    yield {"type": "soft", "text": words("paper.files_lead")}
    head = [words("paper.file"), words("paper.file_kind"), words("paper.file_by")]
    rows = [
        [
            " – ".join(filter(None, [it.name, it.caption])),
            words(f"files.kind_{it.media}"),
            f"{words.who(it.author)}, {words.day(it.at)}",
        ]
        for it in shared
    ]
    yield {"type": "table", "head": head, "widths": [7, 3, 6], "rows": rows}


def _looks(thread: ThreadCopy, copy: Copy, words: Words) -> Iterator[Block]:
    if thread.looks is None:
        return
    if not thread.looks:
        yield {"type": "soft", "text": words("looks.none")}
        return
    yield {"type": "soft", "text": words("paper.looks_lead")}
    head = [words("paper.name"), words("paper.looked_at"), words("paper.times"), words("paper.last")]
    rows = [_look(it, words) for it in thread.looks]
    yield {"type": "table", "head": head, "widths": [7, 8, 3, 9], "rows": rows}


def _look(look: LookCopy, words: Words) -> list[str]:
    who = f"{look.name} ({look.capacity})" if look.name else look.capacity
    what = words(f"looks.what.{look.what}")
    why = {"reason": words("looks.reason", reason=look.reason or ""), "participant": ""}
    duty = words("looks.duty", reason=look.reason or "") if look.purpose == "duty" else why[look.purpose]
    return [who, f"{what}. {duty}" if duty else what, str(look.times), words.when(look.last)]


Section = Callable[[ThreadCopy, Copy, Words], Iterator[Block]]
SECTIONS: Final[dict[str, Section]] = {
    "before": _before,
    "consents": _consents,
    "contacts": contact_blocks,
    "files": _files,
    "joint": joint_blocks,
    "lines": _lines,
    "looks": _looks,
    "notes": _notes,
    "now": _now,
    "people": _people,
    "plan": plan_blocks,
    "progress": progress_blocks,
    "stages": stage_blocks,
}
WHOLE: Final = (
    "now",
    "stages",
    "joint",
    "plan",
    "progress",
    "people",
    "lines",
    "contacts",
    "files",
    "before",
    "consents",
    "looks",
)
# What goes to school psychology or health: the notes, and not all that was said.
REPORT: Final = (
    *("now", "stages", "joint", "plan", "progress", "notes"),
    *("contacts", "files", "people", "consents", "looks"),
)
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "case": WHOLE,
    "note": ("notes",),
    "plan": ("plan", "progress"),
    "report": REPORT,
    "thread": WHOLE,
}
