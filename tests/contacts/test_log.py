"""One tap says that there was a visit or a call: everybody in the thread reads it, and its writer takes it back."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.dates import now
from tests.conftest import Village
from tests.contacts.calling import logs, page
from tests.people_of import Place


def test_one_tap_is_a_line_that_everybody_reads(village: Village, family: Place) -> None:
    logged = village["caseworker"].did(logs(village["caseworker"], family))
    assert abs(datetime.fromisoformat(logged["at"]) - now()) < timedelta(seconds=20)
    for who in ("mother", "father", "caseworker"):
        assert village[who].reads(family)[-1]["kind"] == "contact_logged"
        [known] = page(village[who], family)["contacts"]
        assert (known["kind"], known["who"], known["words"]) == ("visit", "", "")
        assert known["may_withdraw"] is (who == "caseworker")


def test_what_took_place_in_the_evening_is_written_down_later(village: Village, family: Place) -> None:
    evening = (now() - timedelta(days=2)).replace(hour=21, minute=5, second=0, microsecond=0)
    more = {"at": evening.isoformat(), "who": "Emil og mor", "words": "Vi spiste sammen"}
    logged = village["caseworker"].did(logs(village["caseworker"], family, "call", **more))
    assert datetime.fromisoformat(logged["at"]) == evening
    assert (logged["who"], logged["words"]) == ("Emil og mor", "Vi spiste sammen")


@pytest.mark.parametrize("off", [timedelta(minutes=10), timedelta(days=-31)], ids=["ahead", "long ago"])
def test_it_neither_lies_ahead_nor_longer_ago_than_a_month(village: Village, family: Place, off: timedelta) -> None:
    refused = logs(village["caseworker"], family, at=(now() + off).isoformat())
    assert (refused.status_code, refused.json()["code"]) == (422, "contact_when")
    assert page(village["caseworker"], family)["contacts"] == []


def test_professionals_write_it_down_and_the_family_does_not(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["teacher"].did(logs(village["teacher"], family, "meeting"))
    for who in ("mother", "father"):
        assert logs(village[who], family).status_code == 403


def test_its_writer_takes_it_back_and_nothing_of_it_is_kept(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    logged = village["teacher"].did(logs(village["teacher"], family, who="Far", words="Hemmeligt ord"))
    path = f"{family.path}/contacts/{logged['id']}/withdrawal"
    for who in ("caseworker", "mother"):
        assert village[who].post(path).status_code == 403, who
    first = village["teacher"].post(path)
    assert village["teacher"].post(path).content == first.content
    for who in ("mother", "teacher"):
        [known] = page(village[who], family)["contacts"]
        assert known["withdrawn_at"]
        assert (known["who"], known["words"], known["may_withdraw"]) == ("", "", False)
    assert village.rows("select who, words from contacts where id = %s", logged["id"]) == [("", "")]


def test_sending_again_stores_nothing_twice(village: Village, family: Place) -> None:
    same = str(uuid4())
    first = logs(village["caseworker"], family, id=same)
    assert logs(village["caseworker"], family, id=same).content == first.content
    for other in ({"kind": "call"}, {"who": "Far"}, {"at": (now() - timedelta(days=1)).isoformat()}):
        again = logs(village["caseworker"], family, **{"id": same} | other)
        assert (again.status_code, again.json()["code"]) == (422, "id_reused")
    assert len(page(village["mother"], family)["contacts"]) == 1


def test_a_guest_without_the_history_reads_of_no_older_visit(village: Village, family: Place) -> None:
    logged = village["caseworker"].did(logs(village["caseworker"], family, words="Kun for os"))
    village.brings_in(family, "teacher", history=False)
    assert page(village["teacher"], family)["contacts"] == []
    assert village["teacher"].post(f"{family.path}/contacts/{logged['id']}/withdrawal").status_code == 404
