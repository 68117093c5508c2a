"""What one may not open cannot be found, counted or guessed; and gone is gone at once."""

from uuid import uuid4

import httpx2

from tests.conftest import Village
from tests.duty.test_duty import comes
from tests.looks.test_looks import told
from tests.people_of import Place, Someone
from tests.search.test_search import finds, plain


def asks(who: Someone, words: str, **more: str) -> httpx2.Response:
    return who.post("/api/search", words=words, **more)


def a_word() -> str:
    """That stands nowhere yet."""
    return f"hemmelig{uuid4().hex[:12]}"


def same(one: httpx2.Response, other: httpx2.Response) -> bool:
    def told(answer: httpx2.Response) -> tuple[object, ...]:
        headers = [it for it in answer.headers.multi_items() if it[0] != "date"]
        return answer.status_code, answer.content, headers

    return told(one) == told(other)


def test_with_and_without_a_hidden_word_the_answer_is_the_same_to_the_byte(village: Village, family: Place) -> None:
    """The father, in a conversation that he is not in; the outsider, in any."""
    word = a_word()
    mother, father, outsider = village["mother"], village["father"], village["outsider"]
    side = mother.did(mother.post(
        f"/api/cases/{family.case}/threads", purpose="Kun os to",
        members=[mother.place_of(family, "caseworker")["membership"]],
    ))  # fmt: skip
    hidden = Place(family.case, side["id"])
    assert father.get(hidden.path).status_code == 404  # the premise
    before = [asks(who, word) for who in (father, outsider)]
    in_case = [asks(who, word, case=family.case) for who in (father, outsider)]
    village["caseworker"].writes(hidden, f"Det er {word}, og det skal ikke vides")
    assert [hit["thread"] for hit in finds(mother, word)] == [hidden.thread]
    for who, was, was_in_case in zip((father, outsider), before, in_case, strict=True):
        for now in (asks(who, word), asks(who, word, case=family.case)):
            assert same(now, was)
            assert same(now, was_in_case)


def test_a_case_that_is_not_mine_and_one_that_is_nowhere_are_the_same(village: Village, family: Place) -> None:
    word = a_word()
    village["mother"].writes(family, word)
    assert len(finds(village["mother"], word, family)) == 1
    outsider = village["outsider"]
    assert same(asks(outsider, word, case=family.case), asks(outsider, word, case=str(uuid4())))


def test_a_hidden_hit_is_not_counted_and_turns_no_page(village: Village, family: Place) -> None:
    """Filtered before the page is cut: twenty hidden ones in front of one's own hide nothing and are not missed."""
    word, mother, father = a_word(), village["mother"], village["father"]
    father.writes(family, f"{word} er mit")
    was = asks(father, word)
    side = mother.did(mother.post(
        f"/api/cases/{family.case}/threads", purpose="Kun os to",
        members=[mother.place_of(family, "caseworker")["membership"]],
    ))  # fmt: skip
    for _ in range(25):
        mother.writes(Place(family.case, side["id"]), f"{word} er vores")
    assert len(finds(mother, word)) == 20
    assert same(asks(father, word), was)


def test_a_guest_without_the_history_finds_only_what_came_after(village: Village, family: Place) -> None:
    word, mother = a_word(), village["mother"]
    said = mother.writes(family, f"{word} fra før")
    village.brings_in(family, "teacher")
    village.brings_in(family, "psychologist", capacity="psykolog", history=True)
    assert finds(village["teacher"], word) == []
    assert len(finds(village["psychologist"], word)) == 1
    mother.did(mother.post(f"{family.path}/messages/{said['id']}/correction", text=f"{word} fra før, rettet nu"))
    assert finds(village["teacher"], word) == []
    mother.writes(family, f"{word} fra efter")
    assert [plain(hit) for hit in finds(village["teacher"], word)] == [f"{word} fra efter"]


def test_gone_is_gone_at_once(village: Village, family: Place) -> None:
    """Paused, resumed, ended: by the very next search."""
    word, mother, teacher = a_word(), village["mother"], village["teacher"]
    village.brings_in(family, "teacher")
    mother.writes(family, word)
    nothing = asks(village["outsider"], word)
    pause = f"{family.path}/memberships/{mother.place_of(family, 'teacher')['membership']}/pause"
    assert len(finds(teacher, word)) == 1
    mother.did(mother.post(pause))
    assert same(asks(teacher, word), nothing)
    mother.did(mother.browser.delete(pause))
    assert len(finds(teacher, word)) == 1
    mother.ends(family, "teacher")
    assert same(asks(teacher, word), nothing)


def test_whoever_is_only_invited_finds_nothing(village: Village, family: Place) -> None:
    word, mother = a_word(), village["mother"]
    mother.writes(family, word)
    mother.agrees(family, village["caseworker"].proposes(family, "scoutleader", history=True))
    token = village.link_for("scoutleader")
    village["scoutleader"].did(village["scoutleader"].post("/api/invitations/opening", token=token))
    assert finds(village["scoutleader"], word) == []
    village["scoutleader"].accepts(token)
    assert len(finds(village["scoutleader"], word)) == 1


def test_on_duty_one_finds_what_one_reads_there_and_the_family_is_told_why(village: Village) -> None:
    name, word = f"Emil {uuid4().hex}", a_word()
    place = village["caseworker"].opens_dialogue("mother", child_name=name, child_born="2016-08-30")
    village["mother"].writes(place, word)
    colleague = village.another_browser_of("colleague")
    assert finds(colleague, word) == []
    colleague.did(comes(colleague, name))
    assert len(finds(colleague, word)) == 1
    searched = [it for it in told(village, place, "mother") if it["what"] == "search"]
    assert [(it["purpose"], bool(it["reason"])) for it in searched] == [("reason", True)]


def test_the_family_is_told_who_searched_and_saw_something_and_never_for_what(village: Village, family: Place) -> None:
    word, caseworker, mother = a_word(), village["caseworker"], village["mother"]
    asks(caseworker, word)  # finds nothing: nobody is shown anything
    assert "search" not in {it["what"] for it in told(village, family, "mother")}
    mother.writes(family, word)
    finds(caseworker, word)
    finds(village["father"], word)
    searched = [it for it in told(village, family, "mother") if it["what"] == "search"]
    assert [it["thread"] for it in searched] == [family.thread]  # the father's own is nobody's business
    stored = village.rows("select looks::text from looks where thread_id = %s", family.thread)
    assert word not in str(stored)


def test_one_look_for_each_conversation_that_was_shown(village: Village) -> None:
    word, caseworker = a_word(), village["caseworker"]
    places = [caseworker.opens_dialogue("mother") for _ in range(2)]
    for place in (*places, places[0]):
        caseworker.writes(place, word)
    assert len(finds(caseworker, word)) == 3
    looks = "select thread_id::text from looks where what = 'search' and thread_id::text = any(%s)"
    threads = [place.thread for place in places]
    assert sorted(row[0] for row in village.rows(looks, threads)) == sorted(threads)


def test_a_closed_conversation_is_still_for_reading(village: Village, family: Place) -> None:
    word, mother = a_word(), village["mother"]
    mother.writes(family, word)
    mother.did(mother.post(f"{family.path}/closure", reason="Vi er færdige"))
    assert len(finds(village["caseworker"], word)) == 1
