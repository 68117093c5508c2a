"""A note's life on the screen, as people do it: write, look, share, object, answer."""

from typing import Any

from app.text import text
from tests.conftest import Village
from tests.e2e.person import OnScreen
from tests.notes.noting import asked
from tests.people_of import Place

OBJECTION = "Han kom til tiden i sidste uge."
REPLY = "Det er rigtigt. Jeg skriver det ind i noten."


def thread_path(place: Place) -> str:
    return f"/cases/{place.case}/threads/{place.thread}"


def objects(village: Village, place: Place, note: dict[str, Any], box: str = "challenges") -> str:
    """The mother says over the API that a box is not right; the response's id."""
    return str(asked(village["mother"], place, note, box=box, words=OBJECTION)["id"])


def boxes(person: OnScreen) -> dict[str, str]:
    """What stands in the boxes of the newest note, to the letter."""
    found = person.page.locator("article.note").last.locator("[data-box]")
    return dict(found.evaluate_all("all => all.map(it => [it.dataset.box, it.textContent])"))


def says_not_right(person: OnScreen, box: str, words: str) -> None:
    person.presses("note.said_not_right")
    person.page.get_by_role("radio", name=person.says(f"note.{box}"), exact=True).check()
    person.fills("reply.not_right", words)
    person.presses("reply.send")


def answers(person: OnScreen, to: str, words: str) -> None:
    person.presses("note.to_answer")
    person.page.get_by_label(text("reply.answer", person.language, name=to), exact=True).fill(words)
    person.presses("reply.answer_send")
