"""A consent taken back: at once, whoever is first, and by nobody else."""

import threading
from typing import Any

from tests.conftest import Village
from tests.invitations.test_consent import by_everybody, day
from tests.invitations.test_invitations import GONE, redemption
from tests.people_of import Place, until


def test_a_consent_taken_back_shuts_the_open_page_at_once(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    [mine] = village["mother"].consents(family)
    with village["teacher"].listens(family) as ear:
        withdrawn = village["mother"].withdraws(family, mine)
        until(lambda: ear.closed == 4403, 2)
    assert (withdrawn["in_force"], withdrawn["may_withdraw"]) == (False, False)
    assert withdrawn["withdrawn_by"]["name"] == "Mette Holm"
    assert village["teacher"].get(family.path).status_code == 404
    assert village["teacher"].post(f"{family.path}/messages", id=day(0), text="x").status_code in (404, 422)
    told = village["father"].invitation(family, {"id": mine["invitation"]})
    assert (told["state"], told["steps"][-1]["step"]) == ("ended", "ended")
    lines = [it["kind"] for it in village["father"].reads(family)]
    assert lines[-1] == "member_left"
    again = village["mother"].post(f"{family.path}/consents/{mine['id']}/withdrawal")
    assert (again.status_code, again.json()["code"]) == (409, "already_settled")


def test_a_consent_is_taken_back_in_a_closed_thread_too(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Vi er færdige"))
    [mine] = village["mother"].consents(family)
    village["mother"].withdraws(family, mine)
    assert village["teacher"].get(family.path).status_code == 404


def test_a_consent_is_nobody_elses_to_take_back(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    [mine] = village["mother"].consents(family)
    codes = {"father": 409, "caseworker": 403, "teacher": 403, "outsider": 404}
    for who, code in codes.items():
        assert village[who].post(f"{family.path}/consents/{mine['id']}/withdrawal").status_code == code, who
    assert village["teacher"].get(family.path).status_code == 200


def test_where_both_must_agree_either_may_take_it_back(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    by_everybody(village, invitation)
    village["father"].agrees(family, invitation)
    village["teacher"].accepts(village.link_for("teacher"))
    mine = next(it for it in village["father"].consents(family) if it["may_withdraw"])
    village["father"].withdraws(family, mine)
    assert village["teacher"].get(family.path).status_code == 404


def test_who_leaves_takes_the_own_consents_along(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    by_both = village["mother"].proposes(family, "psychologist")
    by_everybody(village, by_both)
    village["father"].agrees(family, by_both)
    village["psychologist"].accepts(village.link_for("psychologist"))
    me = village["mother"].sees(family)["me"]["membership"]
    village["mother"].did(village["mother"].post(f"{family.path}/memberships/{me}/ending"))
    assert village["teacher"].get(family.path).status_code == 404, "the mother alone had agreed to him"
    assert village["psychologist"].get(family.path).status_code == 200, "everybody who is here has agreed to him"
    hers = [it for it in village["father"].consents(family) if it["giver"]["name"] == "Mette Holm"]
    assert [it["in_force"] for it in hers] == [False, False]


def test_a_yes_withdrawn_before_it_was_used_kills_the_link_for_good(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    first = village.link_for("teacher")
    [mine] = village["mother"].consents(family)
    village["mother"].withdraws(family, mine)
    assert redemption(village, "teacher", first) == GONE
    waiting = village["father"].invitation(family, invitation)
    assert (waiting["state"], waiting["may_agree"]) == ("proposed", True)
    village["father"].agrees(family, invitation)
    assert redemption(village, "teacher", first) == GONE
    second = until(lambda: (link := village.newest_link("teacher")) != first and link, 10)
    assert village["teacher"].accepts(second) == family


def test_a_yes_taken_back_is_never_used_whoever_is_first(village: Village) -> None:
    """Twenty times, withdrawing and accepting start at the same moment."""
    for _ in range(20):
        place = village["caseworker"].opens_dialogue("mother")
        village["mother"].proposes(place, "teacher")
        token = village.link_for("teacher")
        [mine] = village["mother"].consents(place)
        ready = threading.Barrier(2)

        def both(act: Any, ready: Any = ready) -> None:
            ready.wait()
            act()

        acts = (
            lambda place=place, mine=mine: village["mother"].withdraws(place, mine),
            lambda token=token: village["teacher"].post("/api/invitations/redemption", token=token),
        )
        threads = [threading.Thread(target=both, args=(act,)) for act in acts]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert village["teacher"].get(place.path).status_code == 404
        assert not [it for it in village["mother"].consents(place) if it["in_force"]]
