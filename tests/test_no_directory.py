"""No directory: nothing lists or confirms people that one shares no thread with. People are met, never looked up."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.dates import today
from app.main import create_app
from tests.conftest import Village
from tests.crawl import crawl, gets, masked
from tests.people_of import Place, Someone
from tests.village import BY_KEY, CAST

UNKNOWN = "nobody-has-ever@demo.example"


def paths() -> dict[str, Any]:
    found: dict[str, Any] = create_app().openapi()["paths"]
    return found


def test_no_address_of_the_api_speaks_of_people() -> None:
    """But for the search: in what one's own threads say (tests/search shows that it knows nobody else). What
    stands in a thread is shown to whoever is there (`contacts` are visits and calls), one's own card to oneself."""
    people = r"/(people|persons?|users?|contacts?|directory|search|units)\b"
    own = ("/api/me/", "/api/cases/{case}/threads/{thread}/contacts")
    assert [path for path in paths() if re.search(people, path) and not path.startswith(own)] == ["/api/search"]


def test_nothing_takes_a_name_or_an_address_to_look_for() -> None:
    """Query parameters are for pages and places; a read that takes words would be a search."""
    taken = {
        f"{path}?{it['name']}"
        for path, methods in paths().items()
        for it in methods.get("get", {}).get("parameters", [])
        if it["in"] == "query" and path.startswith("/api/")
    }
    words = {it for it in taken if re.search(r"name|mail|query|search|person|who|\bq\b", it.partition("?")[2])}
    assert words == set(), taken


def seen_by(who: Someone, place: Place) -> str:
    return str(crawl(who, place))


def test_nobody_is_named_to_somebody_who_shares_no_thread_with_them(village: Village, family: Place) -> None:
    """Every GET, as those who are in one case of their own, and as those who are in none."""
    own = village["colleague"].opens_dialogue("grandmother")
    theirs = {"grandmother", "colleague"}
    strangers = [it for it in CAST if it.key not in theirs]
    found = crawl(village["grandmother"], own)
    # She may be in other cases of this run; what is asked here is this one.
    told = {path: answer for path, answer in found.items() if "{case}" in path}
    assert len(told) > 5
    for persona in strangers:
        for path, answer in told.items():
            assert persona.name not in answer, f"{path} names {persona.name}"
            assert persona.email not in answer, f"{path} tells {persona.email}"
    for who in ("outsider", "jobadviser"):
        answers = {path: it for path, it in crawl(village[who], family).items() if not path.startswith("/api/me")}
        assert answers.keys() <= set(gets())
        for persona in CAST:
            if persona.key != who:
                # What is told without a case may be of another test's case, in which they are; not of this one.
                of_this = {path: it for path, it in answers.items() if "{case}" in path or family.case in it}
                assert not [path for path, it in of_this.items() if persona.name in it or persona.email in it]


def test_an_address_that_one_proposes_is_not_confirmed(village: Village, family: Place) -> None:
    def proposes(email: str) -> str:
        answer = village["mother"].post(
            f"{family.path}/invitations",
            name="Den samme", email=email, capacity="nabo", role="relative", purpose="Hjælp",
            kinds=["everyday"], ends_on=_soon(), history=False,
        )  # fmt: skip
        return _told(answer).replace(email, "the address")

    assert proposes(BY_KEY["neighbour"].email) == proposes(UNKNOWN)


def test_naming_somebody_when_opening_a_dialogue_does_not_tell_whether_they_are_known(village: Village) -> None:
    known, unknown = (_opened_with(village, email) for email in (BY_KEY["scoutleader"].email, UNKNOWN))
    assert known == unknown


def _opened_with(village: Village, email: str) -> list[str]:
    opener = village["colleague"]
    person = {"name": "Den samme", "email": email, "capacity": "mor", "role": "custody_holder"}
    place = opener.opens_dialogue(family=[person])
    answers = crawl(opener, place).items()
    return [masked(answer).replace(email, "the address") for path, answer in answers if "{case}" in path]


Ask = Callable[[Village, Place, str], Any]


def _grants(village: Village, family: Place, membership: str) -> Any:
    mother = village["mother"]
    fact = mother.did(mother.post(f"/api/cases/{family.case}/facts", kind="phone", text="12345678"))["id"]
    return mother.post(f"/api/cases/{family.case}/facts/{fact}/grants", membership=membership)


def _opens_thread_with(village: Village, family: Place, membership: str) -> Any:
    return village["mother"].post(f"/api/cases/{family.case}/threads", purpose="x", members=[membership])


def _ends(village: Village, family: Place, membership: str) -> Any:
    return village["mother"].post(f"{family.path}/memberships/{membership}/ending")


def _pauses(village: Village, family: Place, membership: str) -> Any:
    return village["mother"].post(f"{family.path}/memberships/{membership}/pause")


def _writes_down_words_of(village: Village, family: Place, membership: str) -> Any:
    circle = village["mother"].sees(family)["circle"]
    return village["mother"].post(f"{family.path}/words", id=str(uuid4()), text="x", words_of=membership, circle=circle)


def _says_that_it_heard(village: Village, family: Place, membership: str) -> Any:
    note = {"id": str(uuid4()), "resources": "Mormor", "heard": [membership]}
    return village["caseworker"].post(f"{family.path}/notes", **note)


def _hears_afterwards(village: Village, family: Place, membership: str) -> Any:
    caseworker, note = village["caseworker"], str(uuid4())
    caseworker.did(caseworker.post(f"{family.path}/notes", id=note, resources="Mormor"))
    new = {"version": 1, "resources": "Mormor", "heard": [membership]}
    return caseworker.post(f"{family.path}/notes/{note}/versions", **new)


def _changes_custody_of(village: Village, family: Place, membership: str) -> Any:
    return village["caseworker"].post(
        f"/api/cases/{family.case}/custody-changes", change="ended", membership=membership, basis="x"
    )


@pytest.mark.parametrize(
    "ask",
    [
        _grants,
        _opens_thread_with,
        _ends,
        _pauses,
        _writes_down_words_of,
        _says_that_it_heard,
        _hears_afterwards,
        _changes_custody_of,
    ],
    ids=lambda ask: ask.__name__.strip("_"),
)
def test_a_place_of_a_stranger_is_a_place_that_never_was(village: Village, family: Place, ask: Ask) -> None:
    elsewhere = village["colleague"].opens_dialogue("grandmother")
    stranger = village["colleague"].place_of(elsewhere, "grandmother")["membership"]
    foreign, never = (ask(village, family, it) for it in (stranger, str(uuid4())))
    assert (foreign.status_code, foreign.content) == (never.status_code, never.content)
    assert foreign.status_code == 404


def test_a_child_that_one_names_on_duty_is_not_confirmed_to_somebody_without_the_duty(village: Village) -> None:
    known = village["caseworker"].opens_dialogue("mother", child_name="Kendt Barn", child_born="2016-01-02")
    assert known
    for who in ("mother", "teacher", "outsider", "admin"):
        answers = [
            village[who].post(
                "/api/duty-accesses",
                child_name=name,
                child_born="2016-01-02",
                employment=str(uuid4()),
                reason="Vagt i dag",
            )
            for name in ("Kendt Barn", "Ukendt Barn")
        ]
        assert answers[0].status_code == answers[1].status_code >= 400
        assert answers[0].content == answers[1].content


def _soon() -> str:
    return (today() + timedelta(days=30)).isoformat()


def _told(answer: Any) -> str:
    assert answer.status_code == 201, answer.text
    return f"{answer.status_code} {masked(answer.text)} {sorted(set(answer.headers) - {'date'})}"
