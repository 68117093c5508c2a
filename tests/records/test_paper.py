"""Promise 13, on paper: all of it is there, it can be read aloud, and it says nothing of where it was made."""

import getpass
import socket
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from app.dates import today
from app.journal import LINES
from app.plans.models import ActionStep, Area, GoalStep
from app.progress.models import Colour
from app.records.paper import ORDER
from app.records.shapes import Part
from app.records.words import Words
from app.text import LANGUAGES
from tests.conftest import Village
from tests.house_files import ROOT
from tests.records.story import GOING, HOSTILE, PLANNED, SIGNS, Everything, data, paper, takes, words_of


@pytest.fixture(scope="module")
def thread(village: Village, story: Everything) -> bytes:
    return paper(village["mother"], story.place)


@pytest.fixture(scope="module")
def report(village: Village, story: Everything) -> bytes:
    return paper(village["mother"], story.place, part="report")


def test_every_word_that_stands_is_on_the_paper_in_order(thread: bytes, story: Everything) -> None:
    found = words_of(thread)
    where = [found.find(words) for words in story.said]
    assert -1 not in where, story.said[where.index(-1)]
    assert where == sorted(where)
    assert SIGNS in found, "the letters come out as they went in"


def test_what_was_taken_back_is_a_mark_and_no_words(thread: bytes, story: Everything) -> None:
    found = words_of(thread)
    assert "Trukket tilbage" in found
    assert not [words for words in story.gone if words in found]


def test_what_somebody_wrote_is_never_obeyed(thread: bytes) -> None:
    """Language of the typesetter, links and marks: to us they are letters."""
    assert HOSTILE in words_of(thread)
    with pikepdf.open(BytesIO(thread)) as pdf:
        assert not [page for page in pdf.pages if "/Annots" in page]


def test_the_report_says_where_we_are_with_notes_answers_people_consents_and_who_looked(report: bytes) -> None:
    found = words_of(report)
    sections = ["Rapport om Emil", "Hvor er vi nu?", "Vi prøver en fast sengetid", "Noter", "Mormor er tæt på"]
    sections = [*sections, "Det passer ikke", "Tak, det retter jeg", "Hvem er med", "Anders Winther"]
    sections = [*sections, "Samtykker, der gælder", "Samtykke til Anders Winther", "Hvem har kigget", "Læste samtalen"]
    where = [found.find(words) for words in sections]
    assert -1 not in where, sections[where.index(-1)]
    assert "Den sidste besked" not in found, "the conversation itself stays where it is"


@pytest.mark.parametrize("part", ["plan", "report", "thread"])
def test_the_plan_with_its_history_and_how_it_goes_stand_on_it(village: Village, story: Everything, part: str) -> None:
    found = words_of(paper(village["father"], story.place, part=part))
    for section, words in (("Planen", PLANNED), ("Hvordan går det?", GOING)):
        where = [found.find(it, found.find(f" {section} ")) for it in words]
        assert -1 not in where, words[where.index(-1)]
        assert where == sorted(where)
    assert ("Den sidste besked" in found) is (part == "thread")


def test_who_takes_it_home_when_and_how_to_treat_it_stands_on_it(thread: bytes) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(thread)).pages]
    assert "af Mette Holm (mor)" in " ".join(pages[0].split())
    for number, words in enumerate(pages, 1):
        assert f"Side {number} af {len(pages)}" in words
        assert "følsomme personoplysninger" in words


@pytest.mark.parametrize("part", ["thread", "report", "plan"])
def test_it_can_be_read_aloud(village: Village, story: Everything, part: str) -> None:
    """PDF/UA-1 and PDF/A-2a: tagged, in a language, with a title and headings that skip no level."""
    with pikepdf.open(BytesIO(paper(village["mother"], story.place, part=part))) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "da"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
            assert said["dc:title"] == "Kopi fra Rundtom"
        kinds = [str(it.S) for it in _elements(root.StructTreeRoot) if "/S" in it]
        assert {"/BlockQuote", "/L", "/LBody", "/Table", "/TH", "/TD"} <= set(kinds), (
            "quotes, lists and tables are those"
        )
        levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        assert levels[0] == 1
        assert max(levels) >= 2
        assert all(below <= above + 1 for above, below in pairwise(levels)), levels
        assert all("/StructParents" in page for page in pdf.pages)


def _elements(node: Any) -> list[Any]:
    found = [node] if isinstance(node, pikepdf.Dictionary) else []
    children = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else node
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found += _elements(child)
    return found


def test_every_letter_is_known_to_whoever_copies_it_out(thread: bytes) -> None:
    with pikepdf.open(BytesIO(thread)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        assert all("/ToUnicode" in font for font in fonts)
        assert all("/FontFile2" in _descriptor(font) or "/FontFile3" in _descriptor(font) for font in fonts)


def _descriptor(font: Any) -> Any:
    return font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor


def test_it_says_nothing_of_where_it_was_made(thread: bytes) -> None:
    machine = {str(ROOT), "paper.typ", "templates", socket.gethostname(), "/home/", "/root", "site-packages"}
    machine |= {f"/{getpass.getuser()}"}
    unpacked = unpack(thread)
    assert "Kopi fra Rundtom".encode("utf-16-be") in unpacked or b"Kopi fra Rundtom" in unpacked
    assert not [word for word in machine if word.encode() in unpacked]
    with pikepdf.open(BytesIO(thread)) as pdf:
        assert set(pdf.docinfo.keys()) <= {"/CreationDate", "/Creator", "/ModDate", "/Title"}
        assert "Emil" not in str(dict(pdf.docinfo))
        with pdf.open_metadata() as said:
            assert not [value for value in said.values() if "Emil" in str(value)]


def unpack(pdf: bytes) -> bytes:
    """Everything in it, streams and metadata too."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        out = BytesIO()
        opened.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all, qdf=True)
        return out.getvalue()


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_the_file_has_a_name_that_tells_nobody_whom_it_is_about(village: Village, story: Everything, form: str) -> None:
    answer = takes(village["mother"], story.place, format=form)
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''rundtom-{today()}.{form}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == f"application/{form}"


def test_the_words_around_it_come_in_english_too(village: Village, story: Everything) -> None:
    made = paper(village["mother"], story.place, language="en")
    found = words_of(made)
    assert "The conversation about Emil" in found
    assert "Page 1 of" in found
    assert "Den sidste besked" in found, "what people wrote stays as they wrote it"
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == "en"


def test_signs_that_no_font_of_ours_knows_are_boxes_on_paper_and_themselves_as_data(
    village: Village, story: Everything
) -> None:
    found = words_of(paper(village["mother"], story.place))
    assert "Nyt afsnit fra skolen 😀" in found
    assert "привіт" in found
    assert "□" in found
    assert "中" not in found
    copied = data(village["mother"], story.place)["threads"][0]["entries"]
    assert any("😀 مرحبا привіт 中" in (it["text"] or "") for it in copied)


def test_a_conversation_in_signs_we_do_not_know_is_still_a_paper(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother")
    # Also what is no letter at all: tone, joiner, private use, a line that runs backwards.
    for words in (
        "我们谈谈孩子",
        "नमस्ते",
        "👩‍👩‍👧‍👦 👍🏽 🇩🇰",
        "a\u202eb\ue000c\u0007d\u2028e\tf\u200bg",
        "שלום",
        "🥰" * 300,
    ):
        village["mother"].writes(place, words)
    assert "Mette Holm" in words_of(paper(village["mother"], place))


def test_the_months_are_twelve_in_every_language() -> None:
    for language in LANGUAGES:
        days = {Words(language).day(date(2026, month, 3)) for month in range(1, 13)}
        assert len(days) == 12
    assert Words("da").day(date(2026, 5, 3)) == "3. maj 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_stands_as_a_line_or_in_the_plan_has_its_words(language: str) -> None:
    words = Words(language)
    who = {"author": "Mette", "name": "Mette", "capacity": "mor", "child": "Emil"}
    assert all(words(f"kind.{kind}", **who) for kind in LINES)
    assert all(words(f"paper.area_{area}") for area in Area)
    assert all(words(f"paper.{colour}") for colour in Colour)
    assert all(words(f"paper.step_{step}", name="Mette", date="i dag") for step in (*GoalStep, *ActionStep))
    assert all(words(f"paper.of_{part}", child="Emil") and words(f"paper.lead_{part}") for part in ORDER)
    assert {"case", *Part} == ORDER.keys()
