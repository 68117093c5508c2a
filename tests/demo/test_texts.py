"""How the demo's texts are written: plainly, in short sentences, and nothing that must not stand there."""

import re
from collections import Counter

import pytest

from app.notes.shapes import NewAnswer, NewNote, NewResponse, NoteCorrection
from app.summaries.shapes import NewSummary, Rejection
from app.threads.shapes import NewMessage
from demo.world.story import Story
from tests.demo.told import ANSWERS, BOXES, MUNICIPALITY, WORDS, deeds, written


def test_texts_fit_the_product(world: list[Story]) -> None:
    for deed in deeds(world, "say"):
        NewMessage(id=deed.what["id"], text=deed.what["text"])
    for deed in deeds(world, "publish"):
        note = NewNote(id=deed.what["id"], **(deed.what["words"] | {"heard": []}))
        assert note.challenges
        assert note.proposals
    for deed in deeds(world, "correct_note"):
        NoteCorrection(version=1, **({"resources": "-"} | deed.what["words"] | {"heard": []}))
    for deed in deeds(world, "respond"):
        NewResponse(version=1, **{key: deed.what[key] for key in ("id", "kind", "box", "words")})
    for shape, verb in ((NewAnswer, "answer"), (Rejection, "reject")):
        assert all(shape(words=deed.what["words"]) for deed in deeds(world, verb))
    for deed in deeds(world, "sum_up"):
        NewSummary(id=deed.what["id"], words=deed.what["words"])
    assert all(words == words.strip() for words in written(world))


def test_nothing_is_written_twice(world: list[Story]) -> None:
    assert Counter(written(world)).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{6}-?\d{4}",  # CPR
        r"\b\d{2} ?\d{2} ?\d{2} ?\d{2}\b",  # telephone
        r"\S@|@(?![A-ZÆØÅ])|https?:|#(?!note \d)",
        r"(?i)\w+(vej|gade|allé) \d+",
        r"(?i)(?<!solbæk) kommune\b",
        r"(?i)ressourcesvag|klient|nægter|problembarn|problemfamilie|belastet",
        # Another track is for these.
        r"(?i)\b(slår|slog|slået|vold|voldelig|misbrug\w*|overgreb|mishandl\w*)\b",
    ],
)
def test_nothing_stands_there_that_must_not(world: list[Story], pattern: str) -> None:
    assert not [words for words in written(world) if re.search(pattern, words)]


def lix(words: str) -> float:
    """Läsbarhetsindex: words a sentence, plus the percentage of words longer than six letters. 30 is easy to read."""
    every = re.findall(r"\w+", words)
    sentences = len(re.findall(r"[.!?:](?=\s|$)", words))
    return len(every) / max(1, sentences) + 100 * sum(len(word) > 6 for word in every) / len(every)


def test_lix() -> None:
    assert lix("Hun kan gå. Han er glad.") == 3
    assert lix("Kommunens rådgiver skriver sammenhængende redegørelser.") == 105


def test_the_municipality_writes_plainly(world: list[Story]) -> None:
    for deed in deeds(world, "publish"):
        assert lix(" ".join(deed.what["words"][box] for box in BOXES)) <= 40, deed.what["words"]
    for verb in ("answer", "sum_up"):
        for deed in deeds(world, verb):
            assert lix(deed.what["words"]) <= 40, deed.what["words"]
    for story in world:
        said = [deed.what["text"] for deed in story.deeds if deed.verb == "say" and deed.who in MUNICIPALITY]
        assert not said or lix(" ".join(said)) <= 40, story.key


def test_notes_and_what_is_said_to_them_are_short_sentences(world: list[Story]) -> None:
    noted = [deed.what["words"] for verb in ("publish", "correct_note") for deed in deeds(world, verb)]
    texts = [words[box] for words in noted for box in WORDS if box in words]
    texts += [deed.what["words"] for verb in ANSWERS for deed in deeds(world, verb)]
    for sentence in (each for words in texts for each in re.split(r"[.!?:](?=\s|$)", words)):
        assert len(re.findall(r"\w+", sentence)) <= 15, sentence
