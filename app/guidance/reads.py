"""What the municipality tells professionals by the kind of their worry: a file of its own (GUIDANCE), or ours."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.consultations.models import ConsultationArea
from app.guidance.shapes import Guide

Guides = dict[ConsultationArea, Guide]


class BadGuidance(ValueError):
    """The file lacks something, or says something of no kind of worry: nobody starts with that."""


@cache
def guides(file: Path) -> Guides:
    """By the kind of worry, every one of them. BadGuidance: says what is wrong, and where."""
    try:
        found = TypeAdapter(Guides).validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadGuidance(f"GUIDANCE {file}: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors())
        raise BadGuidance(f"GUIDANCE {file}: {wrong}") from None
    if missing := [area.value for area in ConsultationArea if area not in found]:
        raise BadGuidance(f"GUIDANCE {file}: nothing is said about {', '.join(missing)}")
    return found


def guidance(file: Path) -> list[dict[str, object]]:
    """In the order of the areas."""
    known = guides(file)
    return [known[area].model_dump() | {"area": area} for area in ConsultationArea]
