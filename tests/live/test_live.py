"""Live sync: everybody in the thread and nobody else, from the one read, at the rights of this instant."""

import threading
import time
from uuid import uuid4

import orjson
import psycopg

from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place, until


def test_what_one_writes_all_others_have_within_a_second(village: Village, family: Place) -> None:
    with village["mother"].listens(family) as mother, village["father"].listens(family) as father:
        start = time.monotonic()
        village["caseworker"].writes(family, "Hej begge to")
        mother.hears("Hej begge to")
        father.hears("Hej begge to")
        assert time.monotonic() - start < 1


def test_a_frame_is_the_same_bytes_as_the_get_of_that_person(village: Village, family: Place) -> None:
    with village["mother"].listens(family, after=0) as ear:
        village["caseworker"].writes(family, "Det samme")
        ear.hears("Det samme")
        after = 0
        for raw in ear.raw:
            frame = orjson.loads(raw)
            if frame["entries"]:
                got = village["mother"].get(f"{family.path}/changes", after=after)
                assert orjson.loads(got.content)["entries"][: len(frame["entries"])] == frame["entries"]
            after = frame["seq"]
        assert village["mother"].get(f"{family.path}/changes", after=frame["entries"][-1]["seq"] - 1).content == raw


def test_coming_back_with_a_cursor_misses_nothing_and_doubles_nothing(village: Village, family: Place) -> None:
    texts = [f"nummer {number}" for number in range(450)]
    with village["mother"].listens(family) as ear:
        seen = village["caseworker"].writes(family, texts[0])["seq"]
        ear.hears(texts[0])
    for text in texts[1:]:
        village["caseworker"].writes(family, text)
    with village["mother"].listens(family, after=seen) as ear:
        ear.hears(texts[-1])
        assert ear.texts == texts[1:]


def test_the_first_frame_always_comes_even_when_nothing_is_new(village: Village, family: Place) -> None:
    seq = village["mother"].sees(family)["seq"]
    with village["mother"].listens(family, after=seq) as ear:
        assert ear.frames == [{"thread": family.thread, "entries": [], "seq": seq}]


def test_an_outsider_gets_the_same_answer_as_for_a_thread_that_never_was(village: Village, family: Place) -> None:
    nowhere = Place(str(uuid4()), str(uuid4()))
    with village["outsider"].listens(family, nowhere) as ear:
        village["mother"].writes(family, "Ikke for alle")
        assert len(ear.frames) == 2
        masked = {raw.replace(it.thread.encode(), b"?") for raw in ear.raw for it in (family, nowhere)}
        assert {it for it in masked if b"?" in it} == {b'{"thread":"?","entries":[],"seq":null,"gone":true}'}
        assert ear.closed is None


def test_an_ended_place_ends_in_the_open_socket(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    with village["teacher"].listens(family) as ear, village["mother"].listens(family) as mother:
        village["mother"].writes(family, "Mens læreren er her")
        ear.hears("Mens læreren er her")
        start = time.monotonic()
        village["mother"].ends(family, "teacher")
        until(lambda: ear.closed == 4403)
        assert time.monotonic() - start < 1
        village["mother"].writes(family, "Efter at læreren er gået")
        mother.hears("Efter at læreren er gået")
        assert ear.frames[-1] == {"thread": family.thread, "entries": [], "seq": None, "gone": True}
        assert "Efter at læreren er gået" not in ear.texts
    with village["teacher"].listens(family, after=0) as ear:
        assert ear.frames[0]["gone"], "an old cursor opens nothing"


def test_losing_one_of_two_threads_loses_nothing_of_the_other(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    other = village["caseworker"].opens_dialogue("mother")
    village.brings_in(other, "teacher")
    with village["teacher"].listens(family, other) as ear:
        texts = [f"nummer {number}" for number in range(20)]
        for text in texts[:10]:
            village["mother"].writes(other, text)
        village["mother"].ends(family, "teacher")
        for text in texts[10:]:
            village["mother"].writes(other, text)
        until(lambda: ear.closed == 4403)
    assert ear.texts == texts[: len(ear.texts)]
    assert len(ear.texts) >= 10, "what was sent before the place ended is there before the close"
    seen = max(frame["seq"] for frame in ear.frames if frame["thread"] == other.thread)
    with village["teacher"].listens(other, after=seen) as again:
        until(lambda: ear.texts + again.texts == texts)


def test_logging_out_ends_the_open_socket(village: Village, family: Place) -> None:
    father = village.another_browser_of("father")
    with father.listens(family) as ear:
        assert father.post("/auth/logout").is_success
        until(lambda: ear.closed == 4401)


def test_a_session_that_ran_out_opens_no_socket(village: Village, family: Place) -> None:
    father = village.another_browser_of("father")
    token = father.browser.cookies["rundtom"]
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(
            "update sessions set seen_at = now() - interval '31 minutes' where token_hash = sha256(%s::bytea)",
            (token.encode(),),
        )
    assert father.get("/api/me").status_code == 401
    with father.listens() as ear:
        until(lambda: ear.closed == 4401)


def test_the_bell_comes_back_after_the_database_cut_it(village: Village, family: Place) -> None:
    with village["mother"].listens(family) as ear:
        cut = village.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rundtom_live'"
            " and datname = current_database()"
        )
        assert len(cut) >= 1
        village["father"].writes(family, "Hører du mig?")
        ear.hears("Hører du mig?")


def test_many_writers_give_every_reader_the_same_gapless_thread(village: Village, family: Place) -> None:
    def write(who: str) -> None:
        for number in range(25):
            village[who].writes(family, f"{who} {number}")

    writers = [threading.Thread(target=write, args=(who,)) for who in ("mother", "father", "caseworker")]
    with village["mother"].listens(family) as ear:
        [writer.start() for writer in writers]
        [writer.join() for writer in writers]
        last = village["mother"].sees(family)["seq"]
        until(lambda: ear.frames[-1]["seq"] == last)
        seqs = [entry["seq"] for frame in ear.frames for entry in frame["entries"]]
        assert seqs == list(range(1, last + 1))


def test_home_hears_that_something_happened_and_not_what(village: Village) -> None:
    with village["mother"].listens() as mother, village["outsider"].listens() as outsider:
        mother.ask(home=True)
        outsider.ask(home=True)
        until(lambda: mother.frames and outsider.frames)
        before = len(mother.raw)
        place = village["caseworker"].opens_dialogue("mother")
        until(lambda: len(mother.raw) > before)
        village["caseworker"].writes(place, "Hemmeligt for hjemmesiden")
        until(lambda: len(mother.raw) > before + 1)
        assert set(mother.raw) == {b'{"home":true}'}
        assert len(outsider.raw) == 1


def test_home_hears_when_ones_place_has_ended(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    with village["teacher"].listens() as teacher:
        teacher.ask(home=True)
        until(lambda: teacher.raw)
        before = len(teacher.raw)
        village["mother"].ends(family, "teacher")
        until(lambda: len(teacher.raw) > before)
    cases = village["teacher"].did(village["teacher"].get("/api/cases"))["cases"]
    assert family.case not in {it["id"] for it in cases}


def test_noise_on_the_bell_silences_nobody(village: Village, family: Place) -> None:
    with village["mother"].listens(family) as ear:
        village.rows("select pg_notify('rundtom_live', 'ikke et id')")
        village.rows("select pg_notify('rundtom_live', 'session x')")
        village["father"].writes(family, "Efter støjen")
        ear.hears("Efter støjen")
