"""A hostile file, and the marks by which it is found again."""

from collections.abc import Iterator
from dataclasses import dataclass

EVIL = b"ondskab-4711"
PAGE = b"<!doctype html><script>document.title='" + EVIL + b"'</script>"
NAMES = ("foto.jpg", "referat.pdf", "brev.docx", "foto.png", "side.html", "..\\..\\x.exe", "x.jpg\u202egpj.exe", "")


@dataclass(frozen=True)
class Hostile:
    """`code`: how it is refused; empty: it is taken, and harmless afterwards; `?`: either."""

    family: str
    data: bytes
    code: str
    name: str


Made = Iterator[tuple[bytes, str]]
