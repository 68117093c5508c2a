"""A notification written by a health visitor and a mother."""

from typing import Any
from uuid import uuid4

import httpx2

from tests.people_of import Place, Someone

WORRY = "Emil er træt og sulten, når jeg kommer."
WORKS = "Han er glad for sin storesøster."
SEEN = "Jeg sover ikke om natten, og det går ud over Emil."
WISH = "Jeg vil gerne have hjælp om morgenen."


def refusal(answer: httpx2.Response) -> str:
    return f"{answer.status_code} {answer.json()['code']}"


def begins(who: Someone, place: Place, **more: Any) -> httpx2.Response:
    return who.post(f"{place.path}/concerns", **{"id": str(uuid4()), "area": "wellbeing"} | more)


def begun(who: Someone, place: Place) -> str:
    concern: str = who.did(begins(who, place))["id"]
    return concern


def writes(who: Someone, place: Place, concern: str, words: str = WORRY, **more: Any) -> httpx2.Response:
    return who.post(f"{place.path}/concerns/{concern}/parts", **{"id": str(uuid4()), "words": words} | more)


def sends(who: Someone, place: Place, concern: str, **more: Any) -> httpx2.Response:
    """To whoever the page names."""
    body: dict[str, Any] = {"id": str(uuid4())}
    if "to" not in more and (comes := reads(who, place, concern)["comes"]):
        body["to"] = comes["employment"]
    return who.post(f"{place.path}/concerns/{concern}/sending", **body | more)


def gives_up(who: Someone, place: Place, concern: str, **more: Any) -> httpx2.Response:
    body = {"id": str(uuid4()), "words": "Vi taler sammen i stedet."} | more
    return who.post(f"{place.path}/concerns/{concern}/closure", **body)


def receives(who: Someone, place: Place, concern: str, **more: Any) -> httpx2.Response:
    return who.post(f"{place.path}/concerns/{concern}/receipt", **{"id": str(uuid4())} | more)


def reads(who: Someone, place: Place, concern: str) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(f"{place.path}/concerns/{concern}"))
    return found


def written(notifier: Someone, mother: Someone, place: Place) -> str:
    """Both have had their say."""
    concern = begun(notifier, place)
    notifier.did(writes(notifier, place, concern, besides=WORKS))
    mother.did(writes(mother, place, concern, SEEN, besides=WISH))
    return concern


def sent(notifier: Someone, mother: Someone, place: Place) -> str:
    concern = written(notifier, mother, place)
    notifier.did(sends(notifier, place, concern))
    return concern
