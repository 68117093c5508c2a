"""Search: Danish words in what one may read. What one may not read cannot be told from what is not there."""

from typing import Any
from uuid import uuid4

import pytest

from app.search.reads import LENGTH, START, STOP, excerpt
from tests.conftest import Village
from tests.notes.noting import answers, asked, corrects, publishes
from tests.people_of import Place, Someone

SAID = "Skolerne i Ølgod er store. Emil glæder sig til skolebussen, og fisketuren var en succes."


def finds(who: Someone, words: str, place: Place | None = None, **more: Any) -> list[dict[str, Any]]:
    """What somebody finds, in one case alone when a place in it is given."""
    body = {"words": words} | ({"case": place.case} if place else {}) | more
    hits: list[dict[str, Any]] = who.did(who.post("/api/search", **body))["hits"]
    return hits


def plain(hit: dict[str, Any]) -> str:
    return "".join(piece["text"] for piece in hit["excerpt"])


def marked(hit: dict[str, Any]) -> list[str]:
    return [piece["text"] for piece in hit["excerpt"] if piece["found"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("skolen", ["Skolerne"]),  # one stem
        ("SKOLER", ["Skolerne"]),
        ("ølgod", ["Ølgod"]),
        ("ØLGOD emils", ["Ølgod", "Emil"]),
        ("glæde", ["glæder"]),
        ("skolebus", ["skolebussen"]),
        ("skoleb", ["skolebussen"]),  # the last word may be a beginning,
        ("skoleb emil", None),  # the others not
        ("fisket", ["fisketuren"]),
        ('"store skoler"', None),  # together, in this order
        ('"er store"', ["store"]),
        ('"i Ølgod er store"', ["Ølgod", "store"]),
        ("skole -fisketur", None),  # without
        ("skole -bold", ["Skolerne"]),
        ("bold or succes", ["succes"]),
        ("bold", None),
    ],
)
def test_words_are_found_as_a_dane_would_look_for_them(
    village: Village, family: Place, words: str, found: list[str] | None
) -> None:
    said = village["mother"].writes(family, SAID)
    hits = finds(village["caseworker"], words, family)
    assert [marked(hit) for hit in hits] == ([found] if found else [])
    for hit in hits:
        assert (hit["seq"], hit["about"], hit["kind"]) == (said["seq"], said["seq"], "message_posted")
        assert (hit["child_name"], hit["author"]["name"]) == ("Emil", "Mette Holm")
        assert plain(hit) == SAID


@pytest.mark.parametrize("words", ["og", "i det", "-fisketur", "og -fisketur", "!!", '"jeg er"'])
def test_words_that_name_nothing_are_an_answer_and_no_error(village: Village, family: Place, words: str) -> None:
    village["mother"].writes(family, SAID)
    answer = village["mother"].did(village["mother"].post("/api/search", words=words))
    assert answer == {"understood": False, "hits": [], "earlier": False}


@pytest.mark.parametrize("words", ["", "x", " x ", "a" * 201, "a\x00b", "\u200b\u200b\u200b"])
def test_what_cannot_be_searched_for_is_refused(village: Village, words: str) -> None:
    answer = village["mother"].post("/api/search", words=words)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    "words", ["'", "''", "\\", ":*", "a:*", "& | !", "((", '"', 'skole "store', "<->", "a' b", "%s"]
)
def test_signs_are_only_signs(village: Village, family: Place, words: str) -> None:
    village["mother"].writes(family, SAID)
    answer = village["mother"].post("/api/search", words=words + "  ", case=family.case)
    assert answer.status_code in (200, 422)


def test_a_word_that_is_too_long_to_be_found_can_still_be_said(village: Village, family: Place) -> None:
    village["mother"].writes(family, "a" * 4000)
    assert finds(village["mother"], "a" * 200, family) == []


def test_everything_that_is_written_is_found_where_it_stands(village: Village, family: Place) -> None:
    mother, caseworker = village["mother"], village["caseworker"]
    note = publishes(caseworker, family, resources="Emil tegner drager", proposals="Et tegnehold")
    response = asked(mother, family, note, words="Han tegner mest drageunger", kind="missing", box="whole")
    mother.did(answers(caseworker, family, response, "Det skriver jeg: en drageunge"))
    proposed, rejected = str(uuid4()), str(uuid4())
    for summary, words in ((proposed, "Dragerne hænger i klassen"), (rejected, "Ingen drager mere")):
        caseworker.did(caseworker.post(f"{family.path}/summary", id=summary, words=words))
    mother.did(mother.post(f"{family.path}/summary/{rejected}/rejection", words="Dragerne bliver hængende"))
    hits = finds(mother, "drage", family)
    assert [hit["kind"] for hit in hits] == [
        "summary_rejected", "summary_proposed", "summary_proposed", "note_answered", "note_responded", "note_published",
    ]  # fmt: skip
    seq = note["seq"]
    assert [hit["about"] for hit in hits[3:]] == [seq, seq, seq]
    assert [hit["author"]["name"] for hit in hits[3:]] == ["Karen Lindqvist", "Mette Holm", "Karen Lindqvist"]
    assert plain(hits[5]).endswith("Emil tegner drager Et tegnehold")


def test_only_what_stands_now_is_found(village: Village, family: Place) -> None:
    mother, caseworker = village["mother"], village["caseworker"]
    said, regretted = (
        mother.writes(family, "Vi tager til Svanninge"),
        mother.writes(family, "Nej, til Svanninge Bakker"),
    )
    note = publishes(caseworker, family, resources="Emil samler på blåbær")
    assert len(finds(mother, "svanninge", family)) == 2
    mother.did(mother.post(f"{family.path}/messages/{said['id']}/correction", text="Vi tager til Faaborg"))
    mother.did(mother.post(f"{family.path}/messages/{regretted['id']}/withdrawal"))
    caseworker.did(corrects(caseworker, family, note, resources="Emil samler på kastanjer"))
    assert finds(mother, "svanninge or blåbær", family) == []
    faaborg, chestnuts = finds(mother, "faaborg", family), finds(mother, "kastanje", family)
    assert [hit["seq"] for hit in faaborg] == [said["seq"]]
    assert [(hit["kind"], hit["about"]) for hit in chestnuts] == [("note_corrected", note["seq"])]


def test_a_childs_words_are_the_childs(village: Village) -> None:
    caseworker = village["caseworker"]
    family = [{"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}]
    family += [{"name": "Emil Holm Krogh", "email": "boy10@demo.example", "capacity": "barn", "role": "child"}]
    place = caseworker.opens_dialogue(family=family, child_born="2016-08-30")
    child = next(it for it in caseworker.sees(place)["people"] if it["role"] == "child")
    said = {"id": str(uuid4()), "text": "Jeg vil have en skildpadde", "words_of": child["membership"]}
    caseworker.did(caseworker.post(f"{place.path}/words", **said))
    [hit] = finds(village["mother"], "skildpadder", place)
    assert (hit["words_of"]["name"], hit["author"]["name"]) == ("Emil Holm Krogh", "Karen Lindqvist")


def test_the_newest_come_first_and_the_rest_page_by_page(village: Village, family: Place) -> None:
    mother = village["mother"]
    seqs = [mother.writes(family, f"Humlebi nummer {number}")["seq"] for number in range(45)]
    found: list[dict[str, Any]] = []
    for more in (True, True, False):
        last = {key: found[-1][key] for key in ("at", "thread", "seq")} if found else None
        answer = mother.did(mother.post("/api/search", words="humlebi", case=family.case, before=last))
        assert answer["earlier"] is more
        found += answer["hits"]
        mother.writes(family, "En humlebi til, mens der blades")  # never seen twice, and none is skipped
    assert [hit["seq"] for hit in found] == seqs[::-1]


def test_one_case_or_all_of_them(village: Village) -> None:
    caseworker = village["caseworker"]
    here, there = (caseworker.opens_dialogue("mother") for _ in range(2))
    word = f"ord{uuid4().hex[:12]}"
    for place in (here, there):
        caseworker.writes(place, f"Her står {word}")
    assert [hit["case"] for hit in finds(caseworker, word)] == [there.case, here.case]
    assert [hit["case"] for hit in finds(caseworker, word, here)] == [here.case]


# -- the excerpt -------------------------------------------------------------------------------------------------------
def test_an_excerpt_shows_what_stands_around_it_and_says_where_it_is_cut(village: Village, family: Place) -> None:
    before, after = "Det var en lang dag. " * 20, " Og så gik vi hjem." * 40
    village["mother"].writes(family, f"{before}Vi så en <b>isfugl</b> ved åen.{after}")
    [hit] = finds(village["mother"], "isfugle", family)
    assert marked(hit) == ["isfugl"]
    assert plain(hit).startswith("… ")
    assert "en <b>isfugl</b> ved åen." in plain(hit)  # as it was written: nobody makes markup of it
    assert plain(hit).endswith(" …")
    assert len(plain(hit)) < LENGTH + 10


@pytest.mark.parametrize(
    ("marked_up", "pieces"),
    [
        (f"{START}Et{STOP} ord", [("Et", True), (" ord", False)]),
        ("ingen ord", [("ingen ord", False)]),
        (f"a\n\n b {START}c{STOP}", [("a b ", False), ("c", True)]),
        (f"{'x' * 90}{START}c{STOP}", [("x" * 90, False), ("c", True)]),  # nowhere to cut
        (f"{'x ' * 90}{START}c{STOP}", [("x " * 90, False), ("c", True)]),  # no need to
        (f"{'x ' * 130}{START}c{STOP}", [("… ", False), ("x " * 34, False), ("c", True)]),
        (f"{START}c{STOP} {'y' * 300}", [("c", True), (" …", False)]),
        (f"{START}{'c' * 300}{STOP} y", [("c" * 240, True), (" …", False)]),
    ],
)
def test_excerpts_are_cut_between_words(marked_up: str, pieces: list[tuple[str, bool]]) -> None:
    assert [(it["text"], it["found"]) for it in excerpt(marked_up)] == pieces


def test_signs_of_ours_in_somebodys_words_mark_nothing(village: Village, family: Place) -> None:
    village["mother"].writes(family, f"{START}Vi{STOP} så en snog")
    [hit] = finds(village["mother"], "snog", family)
    assert marked(hit) == ["snog"]
    assert plain(hit) == "Vi så en snog"
