"""The demo's world as its files tell it."""

from collections.abc import Iterator
from typing import Any

import pytest

from demo.world.people import case_files, told_in
from demo.world.story import NOTED, Deed, Story, stories
from demo.world.when import Calendar

MUNICIPALITY = {"caseworker", "colleague", "leader"}
OFFICE_HOURS = {"caseworker", "colleague", "healthvisitor", "leader", "psychologist", "teacher"}
BOXES = ("challenges", "resources", "proposals")
WORDS = (*BOXES, "child_view")
LINES = {"answer", "confirm", "correct_note", "publish", "reject", "respond", "say", "sum_up", "write_down"}
ANSWERS = ("answer", "reject", "respond", "sum_up")
KNOWN = {
    "case": {"child", "age", "duty", "opened", "family", "threads"},
    "family": {"name", "as", "custody", "child", "joined"},
    "thread": {"purpose", "opened", "members", "unread", "closed", "reopened", "talk", "notes", "invitations"}
    | {"contact", "plan", "stages", "summaries", "together"},
    "line": {"first", "after", "withdrawn", "by"},
    "note": {"published", "corrections", "responses", *NOTED},
    "correction": set(NOTED) - {"template"},
    "response": {"answered"},
    "summary": {"confirmed", "rejected"},
    "invitation": {"who", "as", "role", "purpose", "about", "history", "ends"}
    | {"proposed", "agreed", "also_agreed", "recorded", "declined", "looked", "accepted", "ended", "withdrawn"},
}


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    return {file.stem: told_in(file) for file in case_files()}


@pytest.fixture(scope="module")
def world() -> list[Story]:
    return stories(Calendar.now())


def deeds(world: list[Story], verb: str) -> Iterator[Deed]:
    yield from (deed for story in world for deed in story.deeds if deed.verb == verb)


def written(world: list[Story]) -> Iterator[str]:
    """Every text of the world, once."""
    yield from (deed.what["text"] for verb in ("say", "correct", "write_down") for deed in deeds(world, verb))
    noted = [deed.what["words"] for verb in ("publish", "correct_note") for deed in deeds(world, verb)]
    yield from (words[box] for words in noted for box in WORDS if box in words)
    told = (deed.what["form"] for story in world for deed in story.deeds if "form" in deed.what)
    yield from (form[box] for form in told for box in ("words", "besides", "child_view") if form.get(box))
    yield from (deed.what["words"] for verb in ANSWERS for deed in deeds(world, verb) if deed.what["words"])
