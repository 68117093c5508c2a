"""Loading the demo world makes the world that its files tell of, by the product's own doors."""

from datetime import datetime, timedelta

import psycopg
import pytest

from app.access.door import member_of
from app.dates import DENMARK
from app.embedded import Urls, conninfo
from app.joint_concerns.reads import concern, concerns
from app.journal import lines
from app.notes.models import Template
from app.notes.reads import notes_by_id, waiting_answers
from app.summaries.reads import pinned
from app.threads.reads import thread_page
from demo.world import NotEmptyError, load
from demo.world.people import made_id, person_id
from demo.world.story import stories
from demo.world.when import Calendar
from tests.database import Server
from tests.demo.loaded import ISSUER, NOT_NOTIFIED, cases_of, rows, seen_by
from tests.village import BY_KEY, CAST


async def test_a_loaded_world_is_left_alone_and_learns_a_new_address_of_the_provider(loaded: Urls) -> None:
    query = "select count(*), max(at) from events"
    before = rows(loaded, query)
    assert not await load(loaded, "http://localhost:2")
    assert rows(loaded, query) == before
    known = rows(loaded, "select issuer, count(*) from identities where email is not null group by 1 order by 1")
    assert known == [(ISSUER, len(CAST)), ("http://localhost:2", len(CAST))]


async def test_what_is_not_the_whole_world_is_not_touched(server: Server) -> None:
    urls, somebody = server.clone(), made_id("somebody")
    with psycopg.connect(conninfo(urls.admin)) as db:
        db.execute("insert into persons (id, name) values (%s, 'Nogen')", [somebody])
        made = "insert into cases (id, child_name, opened_by, holder_id) values (%s, 'Et barn', %s, %s)"
        db.execute(made, [somebody, somebody, somebody])
    with pytest.raises(NotEmptyError):
        await load(urls, ISSUER)
    assert rows(urls, "select count(*) from cases") == [(1,)]
    assert rows(urls, "select count(*) from persons") == [(1,)]
    server.drop(urls)


async def test_who_has_which_cases(loaded: Urls) -> None:
    counts = {persona.key: len(await cases_of(loaded, persona.key)) for persona in CAST}
    assert counts["caseworker"] == 25
    assert counts["colleague"] == 3
    assert counts["leader"] == counts["girl15"] == counts["grandmother"] == 1
    assert counts["mother"] == counts["father"] == 2
    assert counts["boy10"] == 0, "too young to log in; his words are written down"
    assert counts["outsider"] == counts["admin"] == counts["auditor"] == 0
    assert all(counts[key] >= 3 for key in ("teacher", "kindergarten", "healthvisitor", "psychologist"))
    capacities = {case["me"]["capacity"] for case in await cases_of(loaded, "kindergarten")}
    assert capacities == {"leder af børnehave", "spejderleder"}


async def test_what_waits_for_whom(loaded: Urls) -> None:
    emil = next(case for case in await cases_of(loaded, "mother") if case["child_name"].startswith("Emil"))
    assert [(it["name"], it["capacity"]) for it in emil["to_agree"]] == [("Birgit Toft", "sundhedsplejerske")]
    assert [(it["name"], it["capacity"]) for it in emil["to_renew"]] == [("Lone Friis", "spejderleder")]
    for who in ("mother", "caseworker", "teacher", "kindergarten", "girl15", "colleague"):
        unread = [thread["unread"] for case in await cases_of(loaded, who) for thread in case["threads"]]
        assert {True, False} == set(unread), who


async def test_home_says_what_waits_to_be_answered_and_confirmed(loaded: Urls) -> None:
    karen = await cases_of(loaded, "caseworker")
    to_answer = {case["child_name"].split()[0]: [it["late"] for it in case["to_answer"]] for case in karen}
    assert to_answer["Emil"] == [True, False], "one is late, one has some days left"
    assert to_answer["Noah"] == [True]
    assert to_answer["Sofie"] == to_answer["Yusuf"] == [False]
    mentioned = {case["child_name"].split()[0] for case in karen if any(it["mentioned"] for it in case["threads"])}
    assert mentioned == {"Freja", "Sofie"}
    teacher = [it["mentioned"] for case in await cases_of(loaded, "teacher") for it in case["threads"]]
    assert teacher.count(True) == 1
    for who, cases in {"mother": 2, "father": 2, "girl15": 1, "caseworker": 0, "grandmother": 0}.items():
        assert len([case for case in await cases_of(loaded, who) if case["to_confirm"]]) == cases, who
    assert [len(case["to_answer"]) for case in await cases_of(loaded, "healthvisitor") if case["to_answer"]] == [1]


async def test_the_leader_sees_a_handful_of_answers_that_wait_two_of_them_late(loaded: Urls) -> None:
    async with seen_by(loaded, "leader") as db:
        waiting = await waiting_answers(db)
    assert 5 <= len(waiting) <= 8
    assert [it["late"] for it in waiting] == [True, True] + [False] * (len(waiting) - 2)
    assert {it["title"] for it in waiting} == {"rådgiver", "sundhedsplejerske"}


async def test_an_answer_is_due_seven_danish_days_after_it_was_asked_for(loaded: Urls) -> None:
    asked = rows(loaded, "select responded_at, due_on from responses where due_on is not null")
    assert {due - at.astimezone(DENMARK).date() for at, due in asked} == {timedelta(days=7)}


async def test_notes_of_the_main_case(loaded: Urls) -> None:
    async with seen_by(loaded, "father") as db:
        member = await member_of(db, person_id("father"), made_id("case", "01-emil"))
        ids = rows(loaded, "select id from notes where thread_id = %s", member.thread)
        notes = await notes_by_id(db, member, [note for (note,) in ids])
        page = await pinned(db, member)
    corrected = next(note for note in notes if note["earlier"])
    assert "lige uger" in corrected["earlier"][0]["proposals"]
    assert "ulige uger" in corrected["proposals"]
    assert corrected["responses"][0]["answer"]["author"]["name"] == BY_KEY["caseworker"].name
    assert {note["template"] for note in notes} == set(Template)
    assert page["confirmed"]
    assert page["waiting"]["may_settle"]
    linked = rows(loaded, "select text from messages where thread_id = %s and text like '%%#%%'", member.thread)
    assert [f"#{corrected['seq']}" in words for (words,) in linked] == [True]


async def test_a_girls_own_thread_is_not_her_parents(loaded: Urls) -> None:
    own = made_id("thread", "02-sofie", 1)
    for who, sees in {"girl15": True, "caseworker": True, "mother": False, "father": False}.items():
        threads = {thread["id"] for case in await cases_of(loaded, who) for thread in case["threads"]}
        assert (own in threads) is sees, who


async def test_the_first_worry_is_between_teacher_and_mother(loaded: Urls) -> None:
    circle = rows(loaded, "select name from memberships where case_id = %s order by 1", made_id("case", "26-silas"))
    assert circle == [("Anders Winther",), ("Trine Engholm",)]


async def test_who_came_late_without_the_history_reads_nothing_older(loaded: Urls) -> None:
    async with seen_by(loaded, "psychologist") as db:
        member = await member_of(db, person_id("psychologist"), made_id("case", "01-emil"))
        page = await thread_page(db, member)
        entries, earlier = await lines(db, member.thread, None, 100)
    assert member.history_from > 0
    assert not earlier
    assert entries[0]["seq"] > member.history_from
    people = {person["name"]: person for person in page["people"]}
    assert people[BY_KEY["kindergarten"].name]["until"] - datetime.now(DENMARK).date() <= timedelta(days=5)
    assert people["Louise Kjærgård"]["ended_at"]


async def test_only_links_that_still_wait_are_mailed(loaded: Urls) -> None:
    waiting = rows(
        loaded,
        "select i.name from jobs.procrastinate_jobs j left join invitations i on i.id::text = j.args ->> 'invitation'"
        " where j.status = 'todo' order by 1",
    )
    assert waiting == [("Jens Peter Lund",), ("Sabine Mølgaard",), ("Ulla Bækgaard",)]


async def test_links_survive_a_reset(loaded: Urls) -> None:
    """Cases, further threads, messages, notes, what is said to them and proposals have the same ids in every load."""
    found = rows(loaded, "select case_id, id from threads where kind = 'other' and purpose = 'Sofie og Karen'")
    assert [(str(case), str(thread)) for case, thread in found] == [
        ("58381637-3a62-53b5-bbea-a39f28eaf96f", "2eb2127a-3176-55cc-8d67-b153c579713c")
    ]


@pytest.mark.parametrize(
    "table",
    [
        *("actions", "callbacks", "contacts", "goals", "messages", "notes"),
        *("response_answers", "responses", "stages", "summaries"),
    ],
)
async def test_ids_are_made_from_the_files_alone(loaded: Urls, table: str) -> None:
    key = "response_id" if table == "response_answers" else "id"
    deeds = [deed.what for story in stories(Calendar.now()) for deed in story.deeds]
    told = {what[named] for what in deeds for named in ("id", "response") if named in what}
    found = rows(loaded, f"select {key} from {table}{NOT_NOTIFIED * (table == 'stages')}")
    assert found
    assert {each for (each,) in found} <= told


async def test_a_grandmother_has_begun_a_notification_that_waits_for_the_teacher(loaded: Urls) -> None:
    [(case, thread)] = rows(loaded, "select case_id, id from threads where case_id = %s", made_id("case", "25-esther"))
    async with seen_by(loaded, "teacher") as db:
        member = await member_of(db, person_id("teacher"), case, thread)
        [head] = (await concerns(db, member))["concerns"]
        begun = await concern(db, member, head["id"])
    assert (head["state"], begun["area"]) == ("writing", "home")
    assert [part["author"]["capacity"] for part in begun["parts"]] == ["mormor"]
