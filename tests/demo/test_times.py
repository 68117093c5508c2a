"""In the loaded world everything happened when it was told to."""

import psycopg

from app.dates import DENMARK
from app.embedded import Urls, conninfo
from demo.world.story import stories
from demo.world.when import Calendar
from tests.demo.loaded import NOT_NOTIFIED, rows

TIMES = {
    "action_changes": ("changed_at",),
    "actions": ("planned_at",),
    "callback_steps": ("taken_at",),
    "callbacks": ("asked_at",),
    "cases": ("opened_at",),
    "closures": ("closed_at", "reopened_at"),
    "consents": ("recorded_at", "withdrawn_at"),
    "contacts": ("happened_at", "logged_at"),
    "earlier_texts": ("until",),
    "evaluations": ("planned_at",),
    "events": ("at",),
    "goal_changes": ("changed_at",),
    "goals": ("set_at",),
    "invitation_steps": ("at",),
    "joint_concerns": ("begun_at",),
    "joint_parts": ("written_at",),
    "invitations": ("proposed_at",),
    "memberships": ("ended_at", "starts_at"),
    "messages": ("corrected_at", "posted_at", "withdrawn_at"),
    "note_versions": ("written_at",),
    "notes": ("published_at",),
    "response_answers": ("answered_at",),
    "responses": ("responded_at",),
    "scales": ("given_at",),
    "stages": ("happened_at", "recorded_at"),
    "summaries": ("proposed_at",),
    "summary_settlements": ("settled_at",),
    "threads": ("last_at", "opened_at"),
    "wellbeing": ("rated_at",),
}


async def test_everything_happened_when_it_was_told_to(loaded: Urls) -> None:
    deeds = [deed for story in stories(Calendar.now()) for deed in story.deeds]
    for verbs, table, column in (
        (("say", "write_down"), "messages", "posted_at"),
        (("publish",), "notes", "published_at"),
        (("respond",), "responses", "responded_at"),
        (("sum_up",), "summaries", "proposed_at"),
        (("take_on",), "stages", "happened_at"),
        (("goal",), "goals", "set_at"),
        (("action",), "actions", "planned_at"),
        (("scale",), "scales", "given_at"),
        (("ask_call",), "callbacks", "asked_at"),
        (("log",), "contacts", "happened_at"),
    ):
        told = {deed.what["id"]: deed.at for deed in deeds if deed.verb in verbs}
        stands = rows(loaded, f"select id, {column} from {table}{NOT_NOTIFIED * (table == 'stages')}")
        assert dict(stands) == told, table
    for table, columns in TIMES.items():
        for column in columns:
            recent = f"select count(*) from {table} where {column} > now() - interval '2 minutes'"
            assert rows(loaded, recent) == [(0,)], f"{table}.{column}"


async def test_the_journal_is_whole(loaded: Urls) -> None:
    counted = rows(loaded, "select thread_id, max(seq) from events group by 1 order by 1")
    assert rows(loaded, "select id, last_seq from threads order by 1") == counted
    back = "select at < lag(at) over (partition by thread_id order by seq) as back from events"
    assert rows(loaded, f"select count(*) from ({back}) e where back") == [(0,)]
    assert not rows(loaded, "select id from threads where last_at <> (select max(at) from events where thread_id = id)")


async def test_what_people_agreed_to_stands_when_the_clock_comes_by(loaded: Urls) -> None:
    given = dict(rows(loaded, "select how, count(*) from consents group by 1"))
    assert given.keys() == {"digital", "paper", "phone"}
    assert rows(loaded, "select count(*) from consents where withdrawn_at is not null") == [(1,)]
    before = rows(loaded, "select count(*) from events")
    with psycopg.connect(conninfo(loaded.worker)) as worker:
        worker.execute("select end_what_is_over()")
    assert rows(loaded, "select count(*) from events") == before


async def test_a_birthday_is_told_on_its_day(loaded: Urls) -> None:
    told = "select e.kind, e.at, c.child_born from events e join cases c on c.id = e.case_id"
    found = rows(loaded, told + " where left(e.kind, 12) = 'child_turned'")
    assert found, "Emil has turned ten since the dialogue began"
    for kind, at, born in found:
        day = at.astimezone(DENMARK).date()
        assert (day.year - born.year, day.month, day.day) == (int(kind[-2:]), born.month, born.day)
    before = rows(loaded, "select count(*) from events")
    with psycopg.connect(conninfo(loaded.worker)) as db:
        db.execute("select birthdays()")
    assert rows(loaded, "select count(*) from events") == before, "and not once more when the worker comes by"


async def test_only_a_late_correction_keeps_what_stood_before(loaded: Urls) -> None:
    late = "corrected_at - posted_at > interval '10 minutes'"
    kept = "exists (select 1 from earlier_texts v where v.message_id = m.id)"
    found = rows(loaded, f"select distinct {late}, {kept} from messages m where corrected_at is not null")
    assert set(found) == {(True, True), (False, False)}


async def test_emils_way_took_33_days_and_2(loaded: Urls) -> None:
    """The clocks began when it happened, and not when it was loaded."""
    emil = (
        "select {} from {} i join threads t on t.id = i.thread_id join cases c on c.id = t.case_id where c.child_name"
    )
    found = rows(
        loaded,
        emil.format("to_decision, decision_to_start", "stage_intervals(array(select id from threads))")
        + " = 'Emil Holm Krogh'",
    )
    assert found == [(33, 2)]
    began = "step, extract(day from due_at - happened_at)::int"
    kept = dict(rows(loaded, emil.format(began, "stages") + " = 'Emil Holm Krogh'"))
    assert kept["notified"] == 1
    assert 7 * 7 < kept["started"] <= 8 * 7 + 1
