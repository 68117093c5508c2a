"""Promises 1, 3 and 9: whatever is written reaches the family, once, and the writer knows who reads."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place


def test_what_the_caseworker_writes_the_mother_reads(village: Village, family: Place) -> None:
    village["caseworker"].writes(family, "Hej Mette, hvordan går det?")
    assert village["mother"].texts(family) == ["Hej Mette, hvordan går det?"]


def test_a_retry_stores_nothing_twice_and_answers_the_same(village: Village, family: Place) -> None:
    message = {"id": str(uuid4()), "text": "Jeg er på vej"}
    first = village["mother"].post(f"{family.path}/messages", **message)
    again = village["mother"].post(f"{family.path}/messages", **message)
    assert (first.status_code, first.content) == (201, again.content)
    assert village["father"].texts(family) == ["Jeg er på vej"]


def test_the_same_id_with_another_text_is_refused(village: Village, family: Place) -> None:
    entry = village["mother"].writes(family, "Det ene")
    answer = village["mother"].post(f"{family.path}/messages", id=entry["id"], text="Det andet")
    assert (answer.status_code, answer.json()["code"]) == (422, "id_reused")
    another = village["father"].post(f"{family.path}/messages", id=entry["id"], text="Det ene")
    assert another.json()["code"] == "id_reused"


def test_a_retry_is_asked_for_its_right_again(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    entry = village["teacher"].writes(family, "Hej fra skolen")
    village["mother"].ends(family, "teacher")
    again = village["teacher"].post(f"{family.path}/messages", id=entry["id"], text="Hej fra skolen")
    assert again.status_code == 404


def test_sending_is_refused_when_the_circle_changed_while_writing(village: Village, family: Place) -> None:
    named = village["father"].sees(family)["circle"]
    village.brings_in(family, "teacher")
    message = {"id": str(uuid4()), "text": "Kun til os", "circle": named}
    refused = village["father"].post(f"{family.path}/messages", **message)
    assert (refused.status_code, refused.json()["code"]) == (409, "circle_changed")
    assert "Kun til os" not in village["teacher"].texts(family)
    confirmed = message | {"circle": village["father"].sees(family)["circle"]}
    assert village["father"].post(f"{family.path}/messages", **confirmed).status_code == 201


def test_the_newest_thirty_come_first_and_older_on_demand(village: Village, family: Place) -> None:
    for number in range(35):
        village["mother"].writes(family, f"besked {number}")
    page = village["father"].did(village["father"].get(f"{family.path}/messages"))
    assert (len(page["entries"]), page["earlier"]) == (30, True)
    assert page["entries"][-1]["text"] == "besked 34"
    older = village["father"].did(
        village["father"].get(f"{family.path}/messages", before=page["entries"][0]["seq"], limit=100)
    )
    assert (older["earlier"], older["entries"][0]["kind"]) == (False, "thread_opened")
    assert [it["text"] for it in older["entries"][1:] + page["entries"]] == [f"besked {n}" for n in range(35)]


def test_a_correction_within_ten_minutes_replaces_the_text(village: Village, family: Place) -> None:
    entry = village["mother"].writes(family, "kl. 8")
    corrected = village["mother"].did(
        village["mother"].post(f"{family.path}/messages/{entry['id']}/correction", text="kl. 9")
    )
    assert (corrected["kind"], corrected["about"], corrected["earlier_texts"]) == (
        "message_corrected",
        entry["seq"],
        [],
    )
    assert village["father"].texts(family) == ["kl. 9"]


def test_a_later_correction_leaves_both_versions_visible(village: Village, family: Place) -> None:
    entry = village["mother"].writes(family, "Vi kommer på tirsdag")
    _posted(village, entry["id"], datetime.now(UTC) - timedelta(minutes=11))
    village["mother"].did(
        village["mother"].post(f"{family.path}/messages/{entry['id']}/correction", text="Vi kommer onsdag")
    )
    seen = village["father"].reads(family)[-1]
    assert seen["text"] == "Vi kommer onsdag"
    assert [it["text"] for it in seen["earlier_texts"]] == ["Vi kommer på tirsdag"]


def test_a_withdrawal_leaves_a_marker_and_no_text_anywhere(village: Village, family: Place) -> None:
    entry = village["mother"].writes(family, "Vores nye adresse er hemmelig-kanin")
    path = f"{family.path}/messages/{entry['id']}"
    _posted(village, entry["id"], datetime.now(UTC) - timedelta(minutes=11))
    village["mother"].did(village["mother"].post(f"{path}/correction", text="hemmelig-kanin igen"))
    village["mother"].did(village["mother"].post(f"{path}/withdrawal"))
    seen = village["father"].reads(family)[-1]
    assert (seen["text"], bool(seen["withdrawn_at"]), seen["earlier_texts"]) == (None, True, [])
    assert "kanin" not in village["father"].get(f"{family.path}/changes", after=0).text
    assert not village.rows("select 1 from messages where text like '%%kanin%%'")
    assert not village.rows("select 1 from earlier_texts where text like '%%kanin%%'")
    again = village["mother"].post(f"{path}/correction", text="alligevel")
    assert (again.status_code, again.json()["code"]) == (409, "message_withdrawn")


def _posted(village: Village, message: str, at: datetime) -> None:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute("update messages set posted_at = %s where id = %s", (at, message))


@pytest.mark.parametrize("verb", ["correction", "withdrawal"])
def test_only_the_author_changes_a_message(village: Village, family: Place, verb: str) -> None:
    entry = village["mother"].writes(family, "Mine ord")
    body = {"text": "Andre ord"} if verb == "correction" else {}
    answer = village["caseworker"].post(f"{family.path}/messages/{entry['id']}/{verb}", **body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert village["father"].texts(family) == ["Mine ord"]


def test_unread_is_ones_own_and_nobody_elses_to_see(village: Village, family: Place) -> None:
    def unread(who: str) -> bool:
        cases = village[who].did(village[who].get("/api/cases"))["cases"]
        return bool(next(it for it in cases if it["id"] == family.case)["threads"][0]["unread"])

    seq = village["mother"].writes(family, "Nyt")["seq"]
    assert unread("father")
    before = [village[who].get(path).text for who in ("mother", "caseworker") for path in (family.path, "/api/cases")]
    village["father"].did(village["father"].put(f"{family.path}/read-mark", seq=seq))
    assert not unread("father")
    assert before == [
        village[who].get(path).text for who in ("mother", "caseworker") for path in (family.path, "/api/cases")
    ]
    village["father"].did(village["father"].put(f"{family.path}/read-mark", seq=1))
    assert not unread("father"), "a mark never goes back"


def test_ones_own_message_is_not_news_to_oneself(village: Village, family: Place) -> None:
    village["mother"].did(village["mother"].put(f"{family.path}/read-mark", seq=village["mother"].sees(family)["seq"]))
    village["mother"].writes(family, "Fra mig selv")
    cases = village["mother"].did(village["mother"].get("/api/cases"))["cases"]
    assert not next(it for it in cases if it["id"] == family.case)["threads"][0]["unread"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"id": str(uuid4()), "text": ""}, "invalid"),
        ({"id": str(uuid4()), "text": "   "}, "invalid"),
        ({"id": str(uuid4()), "text": "x" * 4001}, "invalid"),
        ({"id": str(uuid4()), "text": "a\x00b"}, "invalid"),
        ({"id": "not-a-uuid", "text": "x"}, "invalid"),
        ({"text": "x"}, "invalid"),
        ({"id": str(uuid4()), "text": "x", "audience": "staff"}, "invalid"),
        ({"id": str(uuid4()), "text": "x", "circle": -1}, "invalid"),
    ],
)
def test_bad_messages_are_named_and_nothing_is_stored(
    village: Village, family: Place, body: dict[str, object], code: str
) -> None:
    answer = village["mother"].post(f"{family.path}/messages", **body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert village["father"].texts(family) == []
