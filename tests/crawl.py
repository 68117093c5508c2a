"""Every GET of the API's own document, as one person: for what must be nowhere, and for what must be the same."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from app.main import create_app
from tests.people_of import Place, Someone

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
QUERY = {"changes": {"after": 0}, "export": {"format": "json"}}
NAMED = re.compile(r"\{(\w+)\}")


@cache
def gets() -> tuple[str, ...]:
    paths: dict[str, Any] = create_app().openapi()["paths"]
    return tuple(sorted(path for path, methods in paths.items() if "get" in methods and path.startswith("/api/")))


def answers(who: Someone, place: Place, under: str = "/api/", **ids: str) -> Iterator[tuple[str, str]]:
    """What everything answers, with its address; an address with an id that is not given is left out."""
    known = {"case": place.case, "thread": place.thread, **ids}
    for path in gets():
        if path.startswith(under) and set(NAMED.findall(path)) <= known.keys():
            answer = who.get(path.format(**known), **QUERY.get(path.rpartition("/")[2], {}))
            assert answer.status_code < 500, path
            yield path, f"{answer.status_code} {answer.text}"


def crawl(who: Someone, place: Place, under: str = "/api/", **ids: str) -> dict[str, str]:
    """By address."""
    return dict(answers(who, place, under, **ids))


def masked(answer: str) -> str:
    """Without what differs between two cases in which the same has happened."""
    return MOMENT.sub("then", ID.sub("id", answer))
