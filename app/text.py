"""Texts that leave the server: problem titles and mails, from the same catalogues the screens use."""

import json
from functools import cache

from app.settings import TEXTS

LANGUAGES = ("da", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    return texts


def text(key: str, language: str = "da", **values: str) -> str:
    return catalogue(language)[key].format(**values)


def language_of(accept_language: str | None) -> str:
    """Danish unless the reader's first choice is English."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "da"
