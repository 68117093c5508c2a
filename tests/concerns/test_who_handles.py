"""The deputy meanwhile, and a colleague it is passed on to; none is ever lost; an anonymous notifier is nobody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from app.embedded import conninfo
from tests.concerns.notifying import (
    assesses,
    citizen_notifies,
    led,
    notified,
    on_home,
    passes_on,
    reads,
    receipts,
    sees,
    settles,
    settles_into,
)
from tests.conftest import Village
from tests.consultations.asking import away, employment_of, left, routed
from tests.people_of import Place
from tests.stages.stepping import reads_stages
from tests.village import BY_KEY, UNITS

SENDER, HANDLER = "teacher", "caseworker"


def name_of(who: str) -> str:
    return BY_KEY[who].name


def test_the_deputy_handles_it_while_the_caseworker_is_away_and_sees_nothing_afterwards(village: Village) -> None:
    anders, karen, peter = village[SENDER], village[HANDLER], village["colleague"]
    sent = notified(anders)
    assert not sees(peter, sent)
    with away(village, HANDLER):
        assert on_home(peter, sent) == ["assess"]
        assert sees(karen, sent), "still hers"
        assert reads(anders, sent)["handler"]["name"] == name_of("colleague")
        peter.did(assesses(peter, sent))
    assert not sees(peter, sent)
    assert [it["name"] for it in reads(karen, sent)["steps"]] == [name_of("colleague")]
    assert reads(anders, sent)["handler"]["name"] == name_of(HANDLER)


def test_nobody_is_told_who_works_in_the_department_of_a_stand_in(village: Village) -> None:
    """A caseworker of another municipality, away, whose deputy works here: no list of the people here."""
    with routed(village, UNITS["jobcentre"][0], "neighbour", "colleague"):
        sent = notified(village["jobadviser"])
        with away(village, "neighbour"):
            assert on_home(village["colleague"], sent) == ["assess"]
            assert reads(village["neighbour"], sent)["colleagues"] == []
            assert reads(village["colleague"], sent)["colleagues"] != []


def test_a_deputy_sees_nothing_that_is_done(village: Village) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    karen.did(receipts(karen, sent))
    karen.did(settles(karen, sent, "not_a_notification"))
    with away(village, HANDLER):
        assert not sees(village["colleague"], sent)
        assert sees(karen, sent)


def test_a_deputy_does_the_last_of_it_and_whoever_sent_it_is_told(village: Village) -> None:
    anders, karen, peter = village[SENDER], village[HANDLER], village["colleague"]
    for last in (receipts, lambda who, one: settles(who, one, "not_a_notification")):
        sent = notified(anders)
        with away(village, HANDLER):
            first = settles(peter, sent, "not_a_notification") if last is receipts else receipts(peter, sent)
            assert peter.did(first)["id"] == sent["id"]
            mails = village.mails_to(SENDER)
            assert peter.did(last(peter, sent)) is None, "done, and no longer the deputy's to read"
            assert village.mails_to(SENDER) == mails + 1
            assert not sees(peter, sent)
        assert [reads(anders, sent)[it] is None for it in ("next", "settled_at", "receipted_at")] == [
            True,
            False,
            False,
        ]
        assert on_home(karen, sent) == []


def test_it_is_passed_on_to_a_colleague_and_read_no_more(village: Village) -> None:
    anders, karen, peter = village[SENDER], village[HANDLER], village["colleague"]
    sent, id_ = notified(anders), str(uuid4())
    choices = {it["name"]: it["employment"] for it in reads(karen, sent)["colleagues"]}
    assert choices.keys() >= {name_of("colleague"), name_of("leader")}
    assert not choices.keys() & {name_of("neighbour"), name_of(HANDLER), name_of(SENDER)}
    to = choices[name_of("colleague")]
    assert passes_on(karen, sent, employment_of(village, "neighbour")).status_code == 404
    for _ in range(2):
        karen.did(passes_on(karen, sent, to, id=id_, words="Du kender familien."))
    assert passes_on(karen, sent, to, id=id_, words="Nej.").json()["code"] == "id_reused"
    assert not sees(karen, sent)
    assert on_home(peter, sent) == ["assess"]
    assert reads(anders, sent)["handler"]["name"] == name_of("colleague")
    [step] = reads(peter, sent)["steps"]
    assert (step["step"], step["name"], step["to"]["name"]) == ("passed_on", name_of(HANDLER), name_of("colleague"))


def test_what_is_being_settled_is_not_passed_on(village: Village) -> None:
    """Whoever would get it would read what only sender and handler keep."""
    karen, sent = village[HANDLER], notified(village[SENDER])
    karen.did(receipts(karen, sent))
    close = (
        "insert into concern_steps (concern_id, id, person_id, name, title, step, words, outcome) select %s, "
        "gen_random_uuid(), person_id, 'x', 'x', 'settled', 'x', 'not_a_notification' from identities "
        "where subject = 'caseworker'"
    )
    with ThreadPoolExecutor(1) as apart, psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(close, [sent["id"]])
        passing = apart.submit(passes_on, karen, sent, employment_of(village, "colleague"))
        with pytest.raises(TimeoutError):
            passing.result(1)
        db.commit()
        assert passing.result(10).json()["code"] == "concern_settled"
    assert not sees(village["colleague"], sent)


def test_whoever_no_longer_works_there_sees_none_of_it(village: Village) -> None:
    for leaver, stays in ((SENDER, HANDLER), (HANDLER, SENDER)):
        sent = notified(village[SENDER])
        left(village, leaver)
        try:
            assert not sees(village[leaver], sent)
            assert sees(village[stays], sent)
            if leaver == HANDLER:
                assert on_home(village["colleague"], sent) == ["assess"]
                village["colleague"].did(assesses(village["colleague"], sent))
        finally:
            village.rows("update employments set ended_on = null where id = %s returning id",
                         employment_of(village, leaver))  # fmt: skip


@pytest.fixture
def nobody_there(village: Village) -> Iterator[None]:
    """No family department has a caseworker."""
    gone = "update employments set role = %s where role = %s and unit_id in (select id from units where kind = "
    family = "'family_department') returning id"
    village.rows(gone + family, "on_leave", "caseworker")
    try:
        yield
    finally:
        village.rows(gone + family, "caseworker", "on_leave")


@pytest.mark.usefixtures("nobody_there")
def test_when_nobody_is_there_it_is_kept_and_the_leader_told(village: Village) -> None:
    village.rows("delete from routings returning unit_id")
    mails = village.mails_to("leader")
    one = citizen_notifies(village)
    [line] = led(village["leader"], one)
    assert (line["name"], line["next"]) == (None, "assess")
    assert village.mails_to("leader") == mails + 1
    village.rows("update employments set role = 'caseworker' where role = 'on_leave' returning id")
    receiver = [who for who in (HANDLER, "colleague") if sees(village[who], one)]
    assert receiver, "whoever comes next has it"


def test_a_citizen_with_a_name_is_told_by_phone_and_never_seen_by_others(village: Village) -> None:
    one = citizen_notifies(village)
    [handler] = [who for who in (HANDLER, "colleague", "leader", "neighbour") if sees(village[who], one)]
    who = village[handler]
    there = reads(who, one)
    assert there["notifier"] == {"name": "Gerda Nabo", "title": "", "contact": "12 34 56 78", "relation": ""}
    refused = receipts(who, one, "here")
    assert (refused.status_code, refused.json()["code"]) == (422, "nobody_to_tell")
    who.did(receipts(who, one, "phone"))


def test_an_anonymous_notifier_is_nowhere_in_the_database(village: Village) -> None:
    """D26. Every column of every table, as its superuser: the name and the number are nowhere."""
    secret = {"notifier_name": f"Gerda {uuid4().hex}", "notifier_contact": uuid4().hex}
    one = citizen_notifies(village, anonymous=True, relation="nabo", person_id=str(uuid4()), **secret)
    tables = "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE' and "
    found = village.rows(tables + "table_schema in ('public', 'protected', 'jobs')")
    assert ("public", "concerns") in found
    for schema, table in found:
        for value in secret.values():
            query = f'select count(*) from "{schema}"."{table}" t where to_jsonb(t)::text like %s'
            assert village.rows(query, f"%{value}%") == [(0,)], table
    named = citizen_notifies(village, **secret)
    kept = village.rows(
        "select count(*) from concerns t where to_jsonb(t)::text like %s", f"%{secret['notifier_name']}%"
    )
    assert kept == [(1,)], "the search finds what is kept"
    [handler] = [who for who in (HANDLER, "colleague", "leader", "neighbour") if sees(village[who], one)]
    there = reads(village[handler], one)
    assert (there["anonymous"], there["notifier"], "receipt" in there["may"]) == (True, None, False)
    assert receipts(village[handler], one, "phone").json()["code"] == "nobody_to_tell"
    assert reads(village[handler], named)["notifier"]["name"] == secret["notifier_name"]


def test_into_a_case_of_somebody_elses_it_does_not_go(village: Village) -> None:
    karen, sent = village[HANDLER], notified(village[SENDER])
    others = village["colleague"].opens_dialogue("mother")
    assert settles_into(karen, sent, others).status_code == 404
    assert reads(karen, sent)["steps"] == []
    assert reads_stages(village["mother"], others)["steps"] == []


def test_only_the_municipality_takes_it_into_a_case(village: Village, family: Place) -> None:
    """Somebody who handles notifications, and is in the case as something else."""
    karen, sent = village[HANDLER], notified(village[SENDER])
    place = village["kindergarten"].opens_dialogue("mother")
    village.rows(
        "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, history_from) select "
        "gen_random_uuid(), %s, %s, person_id, 'professional', 'Karen Lindqvist', 'ven', 0 from identities "
        "where subject = 'caseworker' returning id",
        place.case,
        place.thread,
    )
    assert settles_into(karen, sent, place).status_code == 403
    assert reads(karen, sent)["steps"] == []
