"""Who must agree: one custody holder or every one, and the young person of fifteen."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest

from app.dates import today
from tests.conftest import Village, running
from tests.invitations.test_consent import by_everybody, day, done, the_clock_strikes
from tests.people.provider import await_http, free_port
from tests.people_of import Place, Someone
from tests.village import BY_KEY


@pytest.fixture(scope="module")
def strict(village: Village) -> Iterator[str]:
    """The same municipality, had it set that every custody holder must agree and a young person need not."""
    port = free_port()
    rule = {"CONSENT_GIVERS": "every_custody_holder", "CONSENT_OF_YOUNG_PERSON": "false", "PORT": str(port)}
    with running(["app.cli", "serve"], village.environment | rule) as app:
        await_http(f"http://localhost:{port}/api/health/ready", app)
        yield f"http://localhost:{port}"


@contextmanager
def elsewhere(who: Someone, url: str) -> Iterator[Someone]:
    """The same session at another address."""
    kept, who.browser.base_url = who.browser.base_url, httpx2.URL(url)
    yield who
    who.browser.base_url = kept


def test_where_everybody_must_agree_one_is_not_enough(village: Village, family: Place, strict: str) -> None:
    with elsewhere(village["mother"], strict) as mother:
        proposed = mother.proposes(family, "teacher")
    assert (proposed["every_holder"], proposed["state"], proposed["may_agree"]) == (True, "proposed", False)
    assert [it["name"] for it in proposed["waits_for"]] == ["Jonas Krogh"]
    [waiting] = [
        it for it in village["father"].did(village["father"].get("/api/cases"))["cases"] if it["id"] == family.case
    ]
    assert [it["invitation"] for it in waiting["to_agree"]] == [proposed["id"]]
    agreed = village["father"].agrees(family, proposed)
    assert (agreed["state"], [it["step"] for it in agreed["steps"]]) == ("agreed", ["proposed", "agreed"])
    assert village["teacher"].accepts(village.link_for("teacher")) == family
    # The rule is the invitation's own: set otherwise later, it stays as it was proposed.
    assert village["mother"].invitation(family, proposed)["every_holder"]


def test_two_who_agree_at_once_see_each_other(village: Village) -> None:
    for _ in range(5):
        place = village["caseworker"].opens_dialogue("mother", "father")
        invitation = village["caseworker"].proposes(place, "teacher")
        by_everybody(village, invitation)
        ready = threading.Barrier(2)

        def agree(who: str, place: Place = place, it: dict[str, Any] = invitation, ready: Any = ready) -> None:
            ready.wait()
            village[who].agrees(place, it)

        both = [threading.Thread(target=agree, args=(who,)) for who in ("mother", "father")]
        [one.start() for one in both]
        [one.join() for one in both]
        assert village["mother"].invitation(place, invitation)["waits_for"] == []
        kinds = Counter(it["kind"] for it in village["mother"].get(f"{place.path}/changes", after=0).json()["entries"])
        assert (kinds["consent_given"], kinds["invitation_agreed"]) == (1, 1)


@pytest.fixture
def with_girl(village: Village) -> Place:
    """A dialogue about a girl of fifteen, and with her."""
    return about_girl(village, BY_KEY["girl15"].born)


def about_girl(village: Village, born: date | None) -> Place:
    girl, mother = BY_KEY["girl15"], BY_KEY["mother"]
    named = [
        {"name": mother.name, "email": mother.email, "capacity": "mor", "role": "custody_holder"},
        {"name": girl.name, "email": girl.email, "capacity": "datter", "role": "child"},
    ]
    return village["caseworker"].opens_dialogue(
        family=named, child_name=girl.name, child_born=born.isoformat() if born else None
    )


def test_a_girl_of_fifteen_is_asked_beside_her_mother(village: Village, with_girl: Place) -> None:
    proposed = village["mother"].proposes(with_girl, "teacher")
    assert [it["name"] for it in proposed["waits_for"]] == ["Sofie Holm Krogh"]
    agreed = village["girl15"].agrees(with_girl, proposed)
    assert agreed["state"] == "agreed"
    village["teacher"].accepts(village.link_for("teacher"))
    [hers] = [it for it in village["girl15"].consents(with_girl) if it["may_withdraw"]]
    village["girl15"].withdraws(with_girl, hers)
    assert village["teacher"].get(with_girl.path).status_code == 404


def test_her_no_is_a_no(village: Village, with_girl: Place) -> None:
    proposed = village["mother"].proposes(with_girl, "teacher")
    declined = village["girl15"].did(village["girl15"].post(f"{with_girl.path}/invitations/{proposed['id']}/declining"))
    assert declined["state"] == "declined"


def test_where_the_municipality_does_not_ask_the_young_a_mother_is_enough(
    village: Village, with_girl: Place, strict: str
) -> None:
    with elsewhere(village["mother"], strict) as mother:
        assert mother.proposes(with_girl, "teacher")["state"] == "agreed"


def test_in_a_room_of_her_own_a_girl_of_fifteen_decides_alone(village: Village, with_girl: Place) -> None:
    people = village["girl15"].did(village["girl15"].get(f"/api/cases/{with_girl.case}"))["people"]
    karen = next(it["membership"] for it in people if it["role"] == "caseworker")
    opened = village["girl15"].did(
        village["girl15"].post(f"/api/cases/{with_girl.case}/threads", purpose="Sofie og Karen", members=[karen])
    )
    own = Place(with_girl.case, opened["id"])
    proposed = village["caseworker"].proposes(own, "teacher")
    assert [it["name"] for it in proposed["waits_for"]] == ["Sofie Holm Krogh"]
    assert village["mother"].get(f"{own.path}/invitations/{proposed['id']}").status_code == 404
    assert village["girl15"].agrees(own, proposed)["state"] == "agreed"


def test_a_fifteenth_birthday_ends_nothing_and_asks_from_then_on(village: Village) -> None:
    place = about_girl(village, today() - timedelta(days=14 * 365))
    village.brings_in(place, "teacher")
    fifteen = today().replace(day=1).replace(year=today().year - 15) + timedelta(days=today().day - 1)
    done(village, "update cases set child_born = %s where id = %s", fifteen, place.case)
    done(village, "update memberships set role = 'young_person' where thread_id = %s and role = 'child'", place.thread)
    done(village, "update memberships set starts_at = now() - interval '2 days' where thread_id = %s", place.thread)
    the_clock_strikes(village)
    assert village["teacher"].get(place.path).status_code == 200
    asked = village["mother"].proposes(place, "psychologist")
    assert [it["name"] for it in asked["waits_for"]] == ["Sofie Holm Krogh"]


def test_who_gets_custody_later_is_asked_from_then_on_and_ends_nothing(village: Village) -> None:
    place = village["caseworker"].opens_dialogue("mother")
    invitation = village["caseworker"].proposes(place, "teacher")
    by_everybody(village, invitation)
    village["mother"].agrees(place, invitation)
    village["teacher"].accepts(village.link_for("teacher"))
    done(village, "update memberships set starts_at = now() - interval '2 days' where thread_id = %s", place.thread)
    done(
        village,
        "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity)"
        " select gen_random_uuid(), %s, %s, i.person_id, 'custody_holder', 'Jonas Krogh', 'far' from identities i"
        " where i.subject = 'father'",
        place.case,
        place.thread,
    )
    the_clock_strikes(village)
    assert village["teacher"].get(place.path).status_code == 200
    path = f"{place.path}/invitations/{invitation['id']}/prolongation"
    half = village["mother"].did(village["mother"].post(path, until=day(120)))
    assert [it["name"] for it in half["waits_for"]] == ["Jonas Krogh"]
