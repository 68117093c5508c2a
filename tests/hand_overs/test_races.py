"""Exactly one has the ball, whatever happens at once. One of two is held up in the database till both are there."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from tests.conftest import Village
from tests.hand_overs.test_hand_over import HELLO, accepts, holder, kinds, names_deputy, proposes
from tests.hand_overs.test_nobody_there import everybody_works_again as everybody_works_again
from tests.hand_overs.test_nobody_there import leaves_work
from tests.people_of import Place
from tests.test_races import at_once as at_once
from tests.test_races import held_up, waits
from tests.village import BY_KEY

KAREN, PETER = BY_KEY["caseworker"].name, BY_KEY["colleague"].name
SEATED = """
    select m.name from cases c join memberships m on m.case_id = c.id and m.person_id = c.holder_id
     where c.id = %s and m.thread_id = %s and m.ended_at is null
"""


def the_one(village: Village, place: Place) -> str:
    """Who has the ball by the database, and sits there; everybody is shown the same."""
    [(name,)] = village.rows(SEATED, place.case, place.thread)
    assert holder(village["mother"], place) == name
    return str(name)


def test_of_two_yeses_one_counts(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    """On two screens of one person."""
    hand_over = proposes(village, family)
    with held_up(village, "lock table events in share mode"):
        both = [at_once.submit(accepts, village, hand_over) for _ in range(2)]
        waits(village, 2)
    assert [it.result().status_code for it in both] == [201, 201]
    assert the_one(village, family) == PETER
    assert kinds(village["mother"], family).count("hand_over_accepted") == 1
    assert village["mother"].texts(family).count(HELLO) == 1


def test_a_yes_and_its_withdrawal(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    hand_over = proposes(village, family)
    withdrawal = f"{family.path}/hand-overs/{hand_over}/withdrawal"
    with held_up(village, "lock table events in share mode"):
        yes = at_once.submit(accepts, village, hand_over)
        back = at_once.submit(village["caseworker"].post, withdrawal)
        waits(village, 2)
    became = (yes.result().status_code, back.result().status_code)
    assert became in ((201, 404), (201, 409), (409, 204)), became
    assert the_one(village, family) == (PETER if yes.result().is_success else KAREN)


def test_a_yes_and_a_no(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    hand_over = proposes(village, family)
    with held_up(village, "lock table events in share mode"):
        yes = at_once.submit(accepts, village, hand_over)
        no = at_once.submit(village["colleague"].post, f"/api/hand-overs/{hand_over}/refusal")
        waits(village, 2)
    assert sorted((yes.result().status_code, no.result().status_code)) in ([201, 409], [204, 409])
    assert the_one(village, family) == (PETER if yes.result().is_success else KAREN)


def test_a_yes_while_the_work_of_the_giver_ends(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    hand_over = proposes(village, family)
    with held_up(village, "lock table events in share mode"):
        yes = at_once.submit(accepts, village, hand_over)
        end = at_once.submit(leaves_work, village, "caseworker")
        waits(village, 2)
    assert yes.result().status_code == 201
    end.result()
    assert the_one(village, family) == PETER
    assert village["caseworker"].get(family.path).status_code in (401, 404)


def test_a_yes_while_the_work_of_the_taker_ends(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    """Whichever comes first, somebody who works here has the ball, or the leader is told that nobody has."""
    hand_over = proposes(village, family, stays=True)
    with held_up(village, "lock table events in share mode"):
        yes = at_once.submit(accepts, village, hand_over)
        waits(village, 1)
        end = at_once.submit(leaves_work, village, "colleague")
        waits(village, 2, end)
    yes.result()
    end.result()
    seated = village.rows(SEATED, family.case, family.thread)
    lost = village["leader"].did(village["leader"].get("/api/balls"))["balls"]
    assert len(seated) == 1 or family.case in {it["id"] for it in lost}


def test_holder_and_deputy_leave_at_once(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    village["caseworker"].did(names_deputy(village, family, "colleague"))
    with held_up(village, "lock table events in share mode"):
        both = [at_once.submit(leaves_work, village, who) for who in ("caseworker", "colleague")]
        waits(village, 2)
    for it in both:
        it.result()
    assert village["mother"].sees(family)["ball"] is None
    lost = village["leader"].did(village["leader"].get("/api/balls"))["balls"]
    assert family.case in {it["id"] for it in lost}


def test_two_proposals_at_once_are_one(village: Village, family: Place, at_once: ThreadPoolExecutor) -> None:
    caseworker = village["caseworker"]
    shown = caseworker.did(caseworker.get(f"{family.path}/ball"))["colleagues"]
    bodies: list[dict[str, Any]] = [
        {"id": str(uuid4()), "employment": it["employment"], "stays": False, "reason": "x"} for it in shown
    ]
    with held_up(village, "lock table events in share mode"):
        both = [at_once.submit(lambda body: caseworker.post(f"{family.path}/hand-overs", **body), it) for it in bodies]
        waits(village, 2)
    assert sorted(it.result().status_code for it in both) == [201, 409]
