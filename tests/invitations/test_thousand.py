"""A thousand acceptances that should not be, and one that should: exactly the named person joins, once (G19)."""

import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from app.access.door import token_hash
from tests.conftest import Village
from tests.people_of import Place
from tests.village import BY_KEY

ATTEMPTS = 1000
AT_ONCE = 50
OF_A_KIND = ATTEMPTS // 4
BUSY = 503  # too many were waiting; nothing has happened, and who means it tries again

Attempt = tuple[str, str]  # who, and the secret that is shown


def forged(token: str) -> Iterator[Attempt]:
    """Guesses, and everything that somebody could make of a good link or of what the database keeps."""
    turned = token[:-1] + ("A" if token[-1] != "A" else "B")
    made = cycle([turned, token[::-1], token.swapcase(), token[:-1], token + "A", token_hash(token).hex(), token[1:]])
    for who, near in zip(cycle(["teacher", "outsider", "mother"]), made, strict=False):
        yield who, near
        yield who, secrets.token_urlsafe(32)


def told_to(village: Village, place: Place) -> list[str]:
    """Who has come in by invitation, and is in."""
    query = "select name from memberships where thread_id = %s and ends_on is not null and ended_at is null"
    return [name for (name,) in village.rows(query, place.thread)]


def tries(village: Village, attempts: list[Attempt]) -> Counter[int]:
    def accept(attempt: Attempt) -> int:
        who, token = attempt
        answers = (village[who].post("/api/invitations/redemption", token=token).status_code for _ in range(100))
        return next(answer for answer in answers if answer != BUSY)

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return Counter(crowd.map(accept, attempts))


def test_of_a_thousand_acceptances_exactly_the_named_person_joins_once(village: Village) -> None:
    for who in ("teacher", "outsider", "mother", "father", "psychologist", "grandmother"):
        assert village[who].persona.key == who  # logged in before the crowd comes
    figures = {"forged": _forged(village), "forwarded": _forwarded(village), "replayed": _replayed(village)}
    figures["raced"] = _raced(village)
    assert sum(figures.values()) >= ATTEMPTS
    told = ", ".join(f"{count} {what}" for what, count in figures.items())
    print(f"\n{sum(figures.values())} acceptances ({told}; {AT_ONCE} at once): exactly the named person joined, once")


def _forged(village: Village) -> int:
    place = village["caseworker"].opens_dialogue("mother")
    village["mother"].proposes(place, "teacher")
    attempts = list(islice(forged(village.link_for("teacher")), OF_A_KIND))
    assert set(tries(village, attempts)) <= {410, 422}
    assert told_to(village, place) == []
    return len(attempts)


def _forwarded(village: Village) -> int:
    """A good link, in the hands of everybody else: then it still opens for the one it was sent to."""
    place = village["caseworker"].opens_dialogue("mother")
    village["mother"].proposes(place, "teacher")
    token = village.link_for("teacher")
    others = cycle(["outsider", "father", "mother", "psychologist", "grandmother", "caseworker"])
    attempts = [(who, token) for who in islice(others, OF_A_KIND)]
    assert set(tries(village, attempts)) == {410}
    assert told_to(village, place) == []
    village["teacher"].accepts(token)
    assert told_to(village, place) == [BY_KEY["teacher"].name]
    return len(attempts)


def _replayed(village: Village) -> int:
    """After it was used, and after the place has ended again."""
    place = village["caseworker"].opens_dialogue("mother")
    village["mother"].proposes(place, "teacher")
    token = village.link_for("teacher")
    village["teacher"].accepts(token)
    attempts = [(who, token) for who in islice(cycle(["teacher", "outsider", "psychologist"]), OF_A_KIND // 2)]
    assert set(tries(village, attempts)) == {410}
    assert told_to(village, place) == [BY_KEY["teacher"].name]
    village["mother"].ends(place, "teacher")
    assert set(tries(village, attempts)) == {410}
    assert told_to(village, place) == []
    return 2 * len(attempts)


def _raced(village: Village) -> int:
    """The named person and strangers press at the same moment, fifty of them, again and again."""
    races = -(-OF_A_KIND // AT_ONCE)
    for _ in range(races):
        place = village["caseworker"].opens_dialogue("mother")
        village["mother"].proposes(place, "teacher")
        token = village.link_for("teacher")
        attempts = [(who, token) for who in islice(cycle(["teacher", "outsider", "psychologist"]), AT_ONCE)]
        answers = tries(village, attempts)
        assert answers[201] == 1
        assert set(answers) == {201, 410}
        assert told_to(village, place) == [BY_KEY["teacher"].name]
        joined = [it["kind"] for it in village["mother"].reads(place)].count("member_joined")
        assert joined == 1
    return races * AT_ONCE
