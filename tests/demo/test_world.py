"""What the files of the demo world say is fit to be shown."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.dates import DENMARK
from app.notes.models import Box, ChildView, ResponseKind, Template
from demo.world.people import HERE, case_files, name_of, others
from demo.world.story import Story
from demo.world.when import LATELY, MORNING, Calendar
from tests.demo.told import KNOWN, LINES, MUNICIPALITY, OFFICE_HOURS, deeds
from tests.village import BY_KEY, CAST


def test_files_say_only_what_the_loader_knows(told: dict[str, dict[str, Any]]) -> None:
    for key, case in told.items():
        parts = [("case", case), *(("family", each) for each in case["family"].values())]
        for thread in case["threads"]:
            parts += [("thread", thread), *(("line", more) for _, _, _, *rest in thread["talk"] for more in rest)]
            parts += [(kind, each) for kind in ("note", "invitation") for each in thread.get(f"{kind}s", [])]
            parts += [("summary", more) for _, _, _, *rest in thread.get("summaries", []) for more in rest]
            for note in thread.get("notes", []):
                parts += [("correction", changed) for _, changed in note.get("corrections", [])]
                parts += [("response", more) for _, _, _, _, _, *rest in note.get("responses", []) for more in rest]
        for kind, part in parts:
            assert part.keys() <= KNOWN[kind], f"{key}: {kind}"


def test_the_world_is_large_enough_to_look_lived_in(world: list[Story]) -> None:
    counts = Counter(deed.verb for story in world for deed in story.deeds)
    assert counts["open_case"] == 29
    assert counts["say"] >= 350
    assert counts["publish"] >= 40
    assert counts["respond"] >= 40
    assert counts["sum_up"] >= 20
    assert {"close", "correct", "decline", "end", "reopen", "withdraw", "write_down"} <= counts.keys()
    assert len(world[0].threads[0]["talk"]) > 60


def test_everybody_has_one_key(told: dict[str, dict[str, Any]]) -> None:
    family = [key for case in told.values() for key in case["family"] if key not in BY_KEY]
    assert Counter(family).most_common(1)[0][1] == 1
    helpers = others().keys() - set(family)
    assert not helpers & BY_KEY.keys()
    names = [persona.name for persona in CAST] + list(others().values())
    assert len(set(names)) == len(names)


def test_lines_are_told_in_order_and_today_ends_in_the_morning(told: dict[str, dict[str, Any]]) -> None:
    calendar = Calendar.now()
    for key, case in told.items():
        for thread in case["threads"]:
            times = [line[0] for line in thread["talk"]]
            assert sorted(times, key=calendar.at) == times, key
            assert all(time[-5:] <= f"{MORNING:%H.%M}" for time in times if time.startswith("i dag")), key


def test_the_municipality_has_its_weekends_and_evenings(told: dict[str, dict[str, Any]], world: list[Story]) -> None:
    for key, case in told.items():
        lines = [line for thread in case["threads"] for line in thread["talk"]]
        for thread in case["threads"]:
            lines += [note["published"] for note in thread.get("notes", [])] + thread.get("summaries", [])
            said = [each for note in thread.get("notes", []) for each in note.get("responses", [])]
            lines += [more["answered"] for _, _, _, _, _, *rest in said for more in rest]
        assert not [line for line in lines if line[1] in OFFICE_HOURS and re.search("lør|søn", line[0])], key
    assert all(6 <= deed.at.hour < 18 for story in world for deed in story.deeds if deed.who in MUNICIPALITY)


def test_every_thread_has_family_in_it(world: list[Story]) -> None:
    for story in world:
        family = {who for who, each in story.family.items() if each.get("custody") or each.get("child")}
        assert family
        for thread in story.threads[1:]:
            assert family & {thread["opened"][1], *thread["members"]}, thread["purpose"]


def test_who_is_mentioned_is_there_and_did_not_write_it(told: dict[str, dict[str, Any]], world: list[Story]) -> None:
    """`@` and the whole name; and whatever is linked to stands there already."""
    named, mentioned = others(), 0
    for story in world:
        for deed in story.deeds:
            words = deed.what.get("text", "")
            assert not ("@" in words and deed.verb == "correct")
            thread = story.threads[deed.thread]
            here = set(story.family) if not deed.thread else {thread["opened"][1], *thread["members"]}
            here |= {each["who"] for each in thread.get("invitations", [])} | {story.opener, "caseworker"}
            names = {name_of(who, named) for who in here - {deed.who} if not story.too_young(who)}
            for start in (match.end() for match in re.finditer("@", words)):
                assert any(words.startswith(name, start) for name in names), words
                mentioned += 1
            for number in re.findall(r"#note (\d+)", words):
                at, _ = thread["notes"][int(number) - 1]["published"]
                assert Calendar.now().at(at) < deed.at, words
    assert mentioned >= 6


def test_files_of_notes_and_plans_belong_to_a_case() -> None:
    assert {file.with_suffix("").with_suffix(".toml") for file in HERE.glob("*.*.toml")} <= set(case_files())


def test_the_family_responds_to_a_note_and_its_writer_answers(world: list[Story]) -> None:
    for story in world:
        wrote = {deed.what["id"]: deed for deed in story.deeds if deed.verb == "publish"}
        said = {deed.what["id"]: deed for deed in story.deeds if deed.verb == "respond"}
        for deed in said.values():
            note = wrote[deed.what["note"]]
            assert note.at < deed.at
            assert deed.what["box"] != Box.child_view or note.what["words"].get("child_view")
        for deed in (deed for deed in story.deeds if deed.verb == "answer"):
            asked = said[deed.what["response"]]
            assert asked.at < deed.at
            assert asked.what["kind"] != ResponseKind.agree
            assert deed.who == wrote[asked.what["note"]].who
        for deed in (deed for deed in story.deeds if deed.verb == "sum_up"):
            assert deed.who not in story.family


def test_every_kind_of_note_and_response_is_to_be_seen(world: list[Story]) -> None:
    noted = [deed.what["words"] for deed in deeds(world, "publish")]
    assert {words.get("template", "free") for words in noted} == set(Template)
    assert {words.get("child_view_choice", "none") for words in noted} == set(ChildView)
    assert {deed.what["kind"] for deed in deeds(world, "respond")} == set(ResponseKind)
    assert {deed.what["box"] for deed in deeds(world, "respond")} == set(Box)


def test_who_has_unread_lines_did_not_write_after_them(world: list[Story]) -> None:
    for story in world:
        for number, thread in enumerate(story.threads):
            lines = [deed.who for deed in story.deeds if deed.thread == number and deed.verb in LINES]
            for who, count in thread.get("unread", {}).items():
                assert who not in lines[-count:], f"{story.key}: {who}"


def test_time_goes_one_way_whatever_day_it_is_loaded() -> None:
    told = ["2 søn 23.59", "1 man 00.01", "1 søn 23.59", *(f"{day} 08.29" for day in reversed(LATELY))]
    for hours in range(24 * 9):
        now = datetime(2026, 12, 24, tzinfo=DENMARK).astimezone(UTC) + timedelta(hours=hours, minutes=30)
        times = [Calendar.now(now).at(time) for time in told]
        assert times == sorted(times)
        assert times[-1] < now
        assert times[2].weekday() == 6


@pytest.mark.parametrize("told", ["", "i morgen 09.00", "2 ond 09.00", "2 ons 9.00", "2 ons 24.00", "to uger siden"])
def test_a_time_that_nobody_tells_is_refused(told: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        Calendar.now().at(told)


def test_ages_are_what_the_files_say(told: dict[str, dict[str, Any]], world: list[Story]) -> None:
    today = Calendar.now().today
    for story in world:
        if (age := told[story.key].get("age", "")).endswith("år"):
            assert (today - story.born).days // 365.25 == int(age.split()[0])
    with pytest.raises(ValueError, match="not an age"):
        Calendar.now().born("stor", world[0].case)
