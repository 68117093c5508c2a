"""Whoever had the ball is no longer there: the deputy has it, or another caseworker; or the leader is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from app.dates import now, today
from app.db import as_person, make_engine, transaction
from app.hand_overs.reads import lost_balls
from tests.conftest import Village
from tests.hand_overs.test_hand_over import accepts, ball, holder, kinds, names_deputy, proposes
from tests.people_of import Place, Someone
from tests.village import BY_KEY

JOB = "select e.id from employments e join persons p on p.id = e.person_id where p.name = %s and e.role = 'caseworker'"


def leaves_work(village: Village, who: str, last: date | None = None) -> None:
    """As the command line does it; the place of work is given back when the test is over."""
    [(job,)] = village.rows(JOB, BY_KEY[who].name)
    village.rows("select end_employment(%s, %s, 'none')", job, last)


@pytest.fixture(autouse=True)
def everybody_works_again(village: Village) -> Iterator[None]:
    yield
    village.rows("update employments set ended_on = null where role in ('caseworker', 'leader') returning id")


def lost(who: Someone) -> list[Any]:
    found: list[Any] = who.did(who.get("/api/balls"))["balls"]
    return found


def lost_here(who: Someone, place: Place) -> list[Any]:
    return [it for it in lost(who) if it["id"] == place.case]


def test_the_deputy_has_the_ball_when_the_work_of_the_other_ends(village: Village, family: Place) -> None:
    village["caseworker"].did(names_deputy(village, family, "colleague"))
    mails = village.mails_to("colleague")
    leaves_work(village, "caseworker")
    seen = village["mother"].sees(family)
    assert (seen["ball"]["name"], seen["deputy"]) == (BY_KEY["colleague"].name, None)
    assert "ball_passed" in kinds(village["mother"], family)
    assert village.mails_to("colleague") > mails
    assert ball(village["colleague"], family)["may_hand_over"]
    assert lost_here(village["leader"], family) == []


def test_the_ball_goes_on_when_the_last_day_has_passed(village: Village, family: Place) -> None:
    village["caseworker"].did(names_deputy(village, family, "colleague"))
    village.rows(
        "update memberships set ends_on = %s where thread_id = %s and role = 'caseworker' and name = %s returning id",
        today() - timedelta(days=1), family.thread, BY_KEY["caseworker"].name,
    )  # fmt: skip
    assert village["mother"].sees(family)["ball"] is None, "nobody is shown who cannot be reached"
    village.rows("select end_what_is_over()")
    assert holder(village["mother"], family) == BY_KEY["colleague"].name


def test_a_deputy_who_leaves_is_deputy_no_longer(village: Village, family: Place) -> None:
    village["caseworker"].did(names_deputy(village, family, "colleague"))
    leaves_work(village, "colleague")
    seen = village["mother"].sees(family)
    assert (seen["ball"]["name"], seen["deputy"]) == (BY_KEY["caseworker"].name, None)


def test_with_nobody_left_the_leader_is_told_and_gives_the_case_to_somebody(village: Village, family: Place) -> None:
    mails = village.mails_to("leader")
    leaves_work(village, "caseworker")
    assert village["mother"].sees(family)["ball"] is None
    assert village.mails_to("leader") > mails
    leader = village["leader"]
    [found] = lost_here(leader, family)
    assert found.keys() == {"id", "reference", "since", "takers"}, "no child and no words"
    assert lost_here(village["colleague"], family) == lost_here(village["neighbour"], family) == []
    job = next(it["employment"] for it in found["takers"] if it["name"] == BY_KEY["colleague"].name)
    path = f"/api/balls/{family.case}/assignment"
    assert village["colleague"].post(path, employment=job).status_code == 404
    leader.did(leader.post(path, employment=job))
    assert holder(village["mother"], family) == BY_KEY["colleague"].name
    assert village["colleague"].reads(family)[0]["kind"] == "thread_opened"
    assert leader.get(family.path).status_code == 404, "the leader sees nothing of it"
    assert lost_here(leader, family) == []
    assert leader.post(path, employment=job).status_code == 404


def test_a_case_where_somebody_has_the_ball_is_not_given_away(village: Village, family: Place) -> None:
    [(job,)] = village.rows(JOB, BY_KEY["colleague"].name)
    refused = village["leader"].post(f"/api/balls/{family.case}/assignment", employment=str(job))
    never = village["leader"].post(f"/api/balls/{uuid4()}/assignment", employment=str(job))
    assert (refused.status_code, refused.content) == (404, never.content)


def test_a_proposal_still_counts_when_the_giver_is_gone_and_nobody_else_is_there(
    village: Village, family: Place
) -> None:
    hand_over = proposes(village, family)
    leaves_work(village, "caseworker")
    village["colleague"].did(accepts(village, hand_over))
    assert holder(village["mother"], family) == BY_KEY["colleague"].name


def test_a_proposal_is_over_when_the_ball_went_to_the_deputy(village: Village, family: Place) -> None:
    village["caseworker"].did(names_deputy(village, family, "leader"))
    hand_over = proposes(village, family)
    leaves_work(village, "caseworker")
    assert holder(village["mother"], family) == BY_KEY["leader"].name
    late = accepts(village, hand_over)
    assert (late.status_code, late.json()["code"]) == (409, "already_settled")
    assert village["colleague"].get(family.path).status_code == 404


def test_whoever_stopped_working_cannot_take_over(village: Village, family: Place) -> None:
    hand_over = proposes(village, family)
    leaves_work(village, "colleague")
    assert accepts(village, hand_over).status_code == 404
    assert holder(village["mother"], family) == BY_KEY["caseworker"].name


def test_the_leader_is_told_of_a_place_that_is_over_before_the_clock_has_come_by(
    village: Village, family: Place
) -> None:
    village.rows(
        "update memberships set ends_on = %s where thread_id = %s and role = 'caseworker' returning id",
        today() - timedelta(days=1), family.thread,
    )  # fmt: skip
    [found] = lost_here(village["leader"], family)
    assert found["since"] <= now().isoformat()


async def test_for_many_lost_balls_the_database_is_asked_as_often_as_for_one(village: Village, family: Place) -> None:
    more = village["caseworker"].opens_dialogue("mother")
    leaves_work(village, "caseworker")
    [(leader,)] = village.rows("select person_id from identities where subject = 'leader'")
    engine = make_engine(village.urls.web, size=1)
    asked: list[str] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *what: asked.append(what[2]))
    async with transaction(engine) as db:
        await as_person(db, leader)
        asked.clear()
        found = {it["id"]: it["takers"] for it in await lost_balls(db)}
    await engine.dispose()
    assert all(found[UUID(case)] for case in (family.case, more.case)), "several, and somebody to give each to"
    assert len(asked) == 2
