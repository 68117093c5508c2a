"""One line of a thread, and one note with all that was said to it, as blocks on paper."""

from typing import Any

from app.journal import Kind
from app.notes.models import Box
from app.records.shapes import NoteCopy, ResponseCopy, ThreadCopy
from app.records.words import Words
from app.shapes import EntryOut
from app.shapes.notes import NoteText

BOXES = (Box.resources, Box.challenges, Box.proposals, Box.child_view)  # as they stand on the screen


def entry_block(entry: EntryOut, thread: ThreadCopy, child: str, words: Words) -> dict[str, Any]:
    if entry.kind is Kind.message_posted:
        return _message(entry, words)
    if entry.kind is Kind.note_published:
        note = next((it for it in thread.notes or [] if it.id == entry.id), None)
        if note is not None:
            return note_block(note, words, level=3, whole=True)
    return {"type": "happened", "text": _happened(entry, thread, child, words), "when": words.clock(entry.at)}


def _message(entry: EntryOut, words: Words) -> dict[str, Any]:
    assert entry.author is not None
    speaker = entry.words_of or entry.author
    beside = words("message.written_down", name=words.who(entry.author)) if entry.words_of else speaker.capacity
    soft = []
    if entry.corrected_at and not entry.withdrawn_at:
        soft.append(words("paper.corrected", when=words.when(entry.corrected_at)))
    if entry.withdrawn_at:
        soft.append(words("paper.withdrawn", when=words.when(entry.withdrawn_at)))
    earlier = [
        {"title": words("message.until", day=words.day(it.until), time=words.clock(it.until)), "text": it.text}
        for it in entry.earlier_texts or []
    ]
    said = {"who": speaker.name, "beside": beside, "when": words.clock(entry.at), "text": entry.text or ""}
    return {"type": "said", "soft": soft, "earlier": earlier} | said


def _happened(entry: EntryOut, thread: ThreadCopy, child: str, words: Words) -> str:
    """The same sentence as on the screen."""
    author = entry.author
    member = next((it for it in thread.people or [] if it.membership == entry.id), None)
    invited = next((it for it in thread.invited or [] if it.id == entry.id), None)
    about = member or invited or author
    kind = "invitation_settled" if entry.kind is Kind.invitation_proposed and invited is None else entry.kind
    values = {"name": about.name if about else "–", "capacity": about.capacity if about else ""}
    return words(f"kind.{kind}", author=author.name if author else "–", child=child, **values)


def note_block(note: NoteCopy, words: Words, *, level: int, whole: bool) -> dict[str, Any]:
    """`whole`: with what it said before it was corrected."""
    soft = [words("note.heard", names=words.names(note.heard))] if note.heard else []
    earlier = [_version(it, note, words) for it in note.earlier] if whole else []
    if note.earlier:
        soft.append(words("paper.corrected", when=words.when(note.written_at)))
    return {
        "type": "note",
        "level": level,
        "title": words(f"note.of_{note.template}"),
        "who": words.who(note.author),
        "when": words.when(note.at),
        "boxes": _boxes(note, note, words) + _to_the_whole(note, words),
        "soft": soft,
        "earlier": earlier,
    }


def _boxes(text: NoteText, note: NoteCopy | None, words: Words) -> list[dict[str, Any]]:
    boxes = []
    for box in BOXES:
        said = [_response(it, note, words) for it in note.responses if it.box is box] if note else []
        told = text.child_view_choice != "none" and box is Box.child_view
        hint = words(f"note.child_{text.child_view_choice}") if told else ""
        if getattr(text, box) or said or hint:
            boxes.append({"title": words(f"note.{box}"), "hint": hint, "text": getattr(text, box), "said": said})
    return boxes


def _to_the_whole(note: NoteCopy, words: Words) -> list[dict[str, Any]]:
    said = [_response(it, note, words) for it in note.responses if it.box is Box.whole]
    return [{"title": words("note.whole"), "hint": "", "text": "", "said": said}] if said else []


def _version(version: NoteText, note: NoteCopy, words: Words) -> dict[str, Any]:
    stood = [*note.earlier, note]
    until = stood[stood.index(version) + 1].written_at
    title = words("message.until", day=words.day(until), time=words.clock(until))
    return {"title": title, "boxes": _boxes(version, None, words)}


def _response(response: ResponseCopy, note: NoteCopy, words: Words) -> dict[str, Any]:
    soft = words("note.said_before") if response.version < note.version else ""
    answer = response.answer and {
        "title": words("note.answer"),
        "who": words.who(response.answer.author),
        "when": words.when(response.answer.at),
        "text": response.answer.words,
    }
    if answer is None and response.due_on:
        soft = " ".join(filter(None, [soft, words("paper.answer_due", date=words.day(response.due_on))]))
    return {
        "title": words(f"note.said_{response.kind}"),
        "who": words.who(response.author),
        "when": words.when(response.at),
        "text": response.words,
        "soft": soft,
        "answer": answer,
    }
