"""The press: run as a script, it reads a paper as JSON and writes it as PDF. A process of its own, with no database,
no secrets and little to fall back on: what people wrote is laid out here, and if that takes too long or too
much, the process ends and nobody else notices.
"""

import json
import os
import resource
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from typst import PDFStandard

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "templates" / "paper.typ"
STANDARDS: "Final[list[PDFStandard]]" = ["a-2a", "ua-1"]  # to be kept for decades, and to be read aloud
MEMORY = 2 * 2**30
PROCESSOR_S = 15
NICE = 5
MISSING = "□"
# What shapes the text around it and has no shape of its own.
INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\ufe0e", "\ufe0f"}
KEPT = {"\n", *INVISIBLE}


def press(paper: dict[str, Any]) -> bytes:
    """A sign that no font of ours knows would be refused by the standards: it stands as an empty box."""
    paper = printable(paper, known=None)
    try:
        return _set(paper)
    except typst.TypstError:
        return _set(printable(paper, known=covered()))


def _set(paper: dict[str, Any]) -> bytes:
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"paper": json.dumps(paper)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
    )


def printable(value: Any, known: frozenset[str] | None) -> Any:
    if isinstance(value, str):
        return "".join(_sign(sign, known) for sign in value)
    if isinstance(value, list):
        return [printable(it, known) for it in value]
    if isinstance(value, dict):
        return {key: printable(it, known) for key, it in value.items()}
    return value


def _sign(sign: str, known: frozenset[str] | None) -> str:
    """Signs that direct (a line that runs backwards) or control are left out; so is what has no shape anywhere."""
    if sign in KEPT:
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Cf", "Cs"):
        return " " if sign == "\t" else ""
    if category in ("Co", "Cn") or (known is not None and sign not in known and category[0] != "Z"):
        return MISSING
    return " " if category[0] == "Z" else sign


@cache
def covered() -> frozenset[str]:
    return frozenset(
        chr(sign) for path in FONTS.glob("*.ttf") for sign in TTFont(path, lazy=True).getBestCmap() if sign >= 0x20
    )


def main() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    sys.stdout.buffer.write(press(json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
