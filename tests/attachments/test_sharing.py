"""Somebody shares a photo: everybody in the thread can open it, nobody else, and it can be taken back."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from tests.attachments.sharing import listed, path, pdf, photo, shared, shares
from tests.conftest import Village
from tests.people_of import Place, until
from tests.village import BY_KEY


def test_everybody_in_the_thread_sees_it_and_nobody_else(village: Village, family: Place) -> None:
    added = shared(village["mother"], family, name="Skovtur æøå.jpg", caption="Emil med en frø")
    assert (added["name"], added["caption"], added["state"]) == ("Skovtur æøå.jpg", "Emil med en frø", "ready")
    assert (added["author"]["name"], added["media"], added["thumbnail"]) == (BY_KEY["mother"].name, "jpeg", True)
    for who in ("mother", "father", "caseworker"):
        [seen] = listed(village[who], family)
        assert seen == added | {"may_withdraw": who == "mother"}
        answer = village[who].get(path(family, added))
        assert (answer.status_code, len(answer.content)) == (200, added["size"])
        assert Image.open(BytesIO(answer.content)).size == (added["width"], added["height"])
        page = village[who].did(village[who].get(f"{family.path}/messages"))
        assert (page["entries"][-1]["kind"], page["attachments"]) == ("attachment_added", [seen])
    nowhere = village["outsider"].get(f"{family.path}/attachments/{uuid4()}/file")
    for what in ("file", "thumbnail"):
        for ask in (village["outsider"].browser.get, village["outsider"].browser.head):
            assert ask(path(family, added, what)).status_code == 404
        assert village["outsider"].get(path(family, added, what)).content == nowhere.content
    assert village["outsider"].get(f"{family.path}/attachments").status_code == 404
    assert shares(village["outsider"], family, photo()).status_code == 404


def test_it_is_heard_of_at_once(village: Village, family: Place) -> None:
    with village["father"].listens(family) as ear:
        added = shared(village["mother"], family)
        until(
            lambda: (
                [e["id"] for f in ear.frames for e in f["entries"] if e["kind"] == "attachment_added"] == [added["id"]]
            )
        )


def test_whoever_loses_the_place_loses_the_file_in_the_same_second(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher", history=True)
    added = shared(village["mother"], family)
    assert village["teacher"].get(path(family, added)).status_code == 200
    village["mother"].did(
        village["mother"].post(
            f"{family.path}/memberships/{village['mother'].place_of(family, 'teacher')['membership']}/pause"
        )
    )
    for what in ("file", "thumbnail"):
        assert village["teacher"].get(path(family, added, what)).status_code == 404
        assert village["teacher"].browser.head(path(family, added, what)).status_code == 404
        part = village["teacher"].browser.get(path(family, added, what), headers={"Range": "bytes=0-9"})
        assert part.status_code == 404


def test_a_guest_without_the_history_is_told_of_no_older_file(village: Village, family: Place) -> None:
    old = shared(village["mother"], family)
    village.brings_in(family, "teacher", history=False)
    new = shared(village["mother"], family, pdf(), "Referat.pdf")
    assert [it["id"] for it in listed(village["teacher"], family)] == [new["id"]]
    assert village["teacher"].get(path(family, new)).status_code == 200
    assert village["teacher"].get(path(family, old)).status_code == 404
    village["mother"].did(village["mother"].post(f"{family.path}/attachments/{old['id']}/withdrawal"))
    assert old["id"] not in village["teacher"].get(f"{family.path}/attachments").text


def test_a_file_lies_in_one_thread_only(village: Village, family: Place) -> None:
    """Its id opens nothing under another thread's address, although the same people are there."""
    mother = village["caseworker"].place_of(family, "mother")["membership"]
    opened = village["caseworker"].post(f"/api/cases/{family.case}/threads", purpose="Om skolen", members=[mother])
    side = Place(family.case, village["caseworker"].did(opened)["id"])
    added = shared(village["mother"], family)
    assert village["mother"].get(path(family, added)).status_code == 200
    assert village["mother"].get(path(side, added)).status_code == 404


def test_taking_it_back_erases_bytes_name_and_words(village: Village, family: Place) -> None:
    added = shared(village["mother"], family, caption="Emil")
    stored = village.rows("select key from attachments where id = %s", added["id"])[0][0]
    refused = village["father"].post(f"{family.path}/attachments/{added['id']}/withdrawal")
    assert refused.status_code == 403
    withdrawn = village["mother"].did(village["mother"].post(f"{family.path}/attachments/{added['id']}/withdrawal"))
    assert (withdrawn["state"], withdrawn["name"], withdrawn["caption"]) == ("withdrawn", None, None)
    for who in ("mother", "father"):
        for what in ("file", "thumbnail"):
            assert village[who].get(path(family, added, what)).status_code == 404
        assert [it["state"] for it in listed(village[who], family)] == ["withdrawn"]
    until(lambda: village.files(stored) == [], 10)
    again = village["mother"].post(f"{family.path}/attachments/{added['id']}/withdrawal")
    assert (again.status_code, again.json()["code"]) == (409, "already_settled")


def test_sending_again_is_the_same_file(village: Village, family: Place) -> None:
    same = str(uuid4())
    first = shares(village["mother"], family, photo(), "a.jpg", id=same)
    assert first.status_code == 201
    assert shares(village["mother"], family, photo(), "a.jpg", id=same).content == first.content
    lying = village.files()
    for other in (
        shares(village["mother"], family, pdf(), "a.jpg", id=same),
        shares(village["mother"], family, photo(), "b.jpg", id=same),
        shares(village["mother"], family, photo(), "a.jpg", id=same, caption="x"),
        shares(village["father"], family, photo(), "a.jpg", id=same),
    ):
        assert (other.status_code, other.json()["code"]) == (422, "id_reused")
    assert len(listed(village["father"], family)) == 1
    assert village.files() == lying, "what no row points at is not kept"


def test_it_is_refused_when_the_circle_changed_and_when_it_is_closed(village: Village, family: Place) -> None:
    circle = village["mother"].sees(family)["circle"]
    added = shared(village["mother"], family, circle=circle)
    village.brings_in(family, "teacher")
    lying = village.files()
    changed = shares(village["mother"], family, photo(), circle=circle)
    assert (changed.status_code, changed.json()["code"]) == (409, "circle_changed")
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Vi er færdige"))
    for closed in (
        shares(village["mother"], family, photo()),
        village["mother"].post(f"{family.path}/attachments/{added['id']}/withdrawal"),
    ):
        assert (closed.status_code, closed.json()["code"]) == (409, "thread_closed")
    assert village["mother"].get(path(family, added)).status_code == 200, "a closed thread is for reading"
    assert village.files() == lying


def test_the_family_sees_who_fetched_a_file(village: Village, family: Place) -> None:
    added = shared(village["mother"], family)
    village["caseworker"].get(path(family, added, "thumbnail"))
    village["caseworker"].get(path(family, added))
    looks = village["mother"].did(village["mother"].get(f"/api/cases/{family.case}/looks"))
    [mine] = [p for day in looks["days"] for p in day["people"] if p["name"] == BY_KEY["caseworker"].name]
    assert {it["what"] for it in mine["looks"]} == {"get_file", "get_thread"}


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-9", 206, (0, 10)),
        ("bytes=5-", 206, (5, None)),
        ("bytes=-7", 206, (-7, None)),
        ("bytes=0-99999999999", 206, (0, None)),
        ("bytes=0-3,5-9", 200, (0, None)),
        ("bytes=9-3", 200, (0, None)),
        ("bytes=-", 200, (0, None)),
        ("lines=1-2", 200, (0, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=-0", 416, None),
    ],
)
def test_a_part_of_a_file(
    village: Village, place: Place, asked: str, status: int, told: tuple[int, int | None] | None
) -> None:
    [added] = listed(village["mother"], place)
    whole = village["mother"].get(path(place, added)).content
    for ask in (village["mother"].browser.get, village["mother"].browser.head):
        answer = ask(path(place, added), headers={"Range": asked})
        assert answer.status_code == status
        if told is None:
            assert answer.headers["content-range"] == f"bytes */{len(whole)}"
        else:
            part = whole[told[0] : told[1]]
            assert answer.content == (part if ask == village["mother"].browser.get else b"")
            assert answer.headers["content-length"] == str(len(part))
            if status == 206:
                first = len(whole) - len(part) if told[0] < 0 else told[0]
                assert answer.headers["content-range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"


def test_a_part_of_what_may_have_changed_is_the_whole(village: Village, place: Place) -> None:
    [added] = listed(village["mother"], place)
    headers = {"Range": "bytes=0-9", "If-Range": '"mine"'}
    answer = village["mother"].browser.get(path(place, added), headers=headers)
    assert (answer.status_code, len(answer.content)) == (200, added["size"])


@pytest.fixture(scope="module")
def place(village: Village) -> Place:
    place = village["caseworker"].opens_dialogue("mother")
    shared(village["mother"], place)
    return place


def test_a_file_is_nothing_that_a_browser_opens(village: Village, place: Place) -> None:
    [added] = listed(village["mother"], place)
    for what in ("file", "thumbnail"):
        for ask in (village["mother"].browser.get, village["mother"].browser.head):
            headers = ask(path(place, added, what)).headers
            assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''skovtur.jpg")
            assert headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'; sandbox" in headers.get_list("content-security-policy")
            assert headers["cache-control"] == "no-store"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert headers["content-type"] == "image/jpeg"


def test_a_picture_that_the_page_loads_keeps_nobody_logged_in(village: Village, place: Place) -> None:
    """What an open page fetches by itself is no sign that somebody sits there."""
    who = village.another_browser_of("mother")
    [added] = listed(who, place)
    mine = "where token_hash = sha256(%s::bytea)"
    token = who.browser.cookies["rundtom"].encode()
    for headers, kept in (({"Sec-Fetch-Dest": "image"}, False), ({"Sec-Fetch-Dest": "document"}, True)):
        village.rows(f"update sessions set seen_at = now() - interval '9 minutes' {mine} returning id", token)
        assert who.browser.get(path(place, added, "thumbnail"), headers=headers).status_code == 200
        assert village.rows(f"select seen_at > now() - interval '5 minutes' from sessions {mine}", token) == [(kept,)]
