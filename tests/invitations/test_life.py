"""An invitation's whole life: every step a dated row, from the proposal to the last day."""

from typing import Any

import psycopg
import pytest

from app.dates import today
from app.embedded import conninfo
from tests.conftest import Village
from tests.invitations.test_consent import day, done, the_clock_strikes
from tests.invitations.test_invitations import GONE, opening, redemption
from tests.people_of import Place, until
from tests.village import BY_KEY


def steps(village: Village, place: Place, invitation: dict[str, Any]) -> list[str]:
    told = village["mother"].invitation(place, invitation)["steps"]
    assert [it["at"] for it in told] == sorted(it["at"] for it in told)
    return [it["step"] for it in told]


def kinds(village: Village, who: str, place: Place) -> list[str]:
    return [it["kind"] for it in village[who].get(f"{place.path}/changes", after=0).json()["entries"]]


def morning_comes(village: Village) -> None:
    """What the worker does every day."""
    with psycopg.connect(conninfo(village.urls.worker)) as db:
        db.execute("select remind_of_last_days()")


def place_ends(village: Village, place: Place, ends: str, started: str = "now() - interval '60 days'") -> None:
    where = (ends, place.thread)
    done(
        village,
        f"update memberships set ends_on = %s, starts_at = {started} where thread_id = %s and ends_on > '2000-01-01'",
        *where,
    )
    done(village, "update consents set until = %s where thread_id = %s", *where)


def hold(village: Village, place: Place) -> None:
    ticked = "insert into protected.screenings (case_id, signs, ticked_by)"
    done(village, f"{ticked} select %s, '{{honour_conflict}}', id from persons limit 1", place.case)


def age_links(village: Village, place: Place) -> None:
    """Three days go by."""
    of = "invitation_id in (select id from invitations where thread_id = %s)"
    done(village, f"update invitation_steps set at = at - interval '73 hours' where {of}", place.thread)
    done(
        village, f"update invitation_tokens set expires_at = expires_at - interval '73 hours' where {of}", place.thread
    )


# -- the rows ---------------------------------------------------------------------------------------------------------
def test_every_step_is_a_dated_row_for_the_guest_and_the_family(village: Village, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")
    village["mother"].agrees(family, invitation)
    opened = village["teacher"].did(
        village["teacher"].post("/api/invitations/opening", token=village.link_for("teacher"))
    )
    assert [(it["step"], it["by"]) for it in opened["steps"]] == [
        ("proposed", "Karen Lindqvist"), ("agreed", "Mette Holm"), ("sent", None), ("opened", None),
    ]  # fmt: skip
    assert opened["kinds"] == ["everyday", "school"]
    village["teacher"].accepts(village.link_for("teacher"))
    place = village["mother"].place_of(family, "teacher")["membership"]
    village["mother"].did(village["mother"].post(f"{family.path}/memberships/{place}/pause"))
    assert village["mother"].invitation(family, invitation)["state"] == "paused"
    village["mother"].did(village["mother"].browser.delete(f"{family.path}/memberships/{place}/pause"))
    seen_by_guest = village["teacher"].invitation(family, invitation)
    assert seen_by_guest["membership"] == place
    village["mother"].ends(family, "teacher")
    whole = ["proposed", "agreed", "sent", "opened", "accepted", "paused", "resumed", "ended"]
    assert steps(village, family, invitation) == whole
    assert village["mother"].invitation(family, invitation)["state"] == "ended"


def test_a_link_that_nobody_used_expires_as_a_row(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    until(lambda: "sent" in steps(village, family, invitation))
    age_links(village, family)
    assert steps(village, family, invitation)[-1] == "expired"
    assert village["mother"].invitation(family, invitation)["state"] == "expired"
    assert redemption(village, "teacher", token) == GONE


def renewal(village: Village, who: str, token: str) -> tuple[int, bytes, tuple[str, ...]]:
    answer = village[who].post("/api/invitations/renewal", token=token)
    return answer.status_code, answer.content, tuple(sorted(answer.headers))


# -- the last day -----------------------------------------------------------------------------------------------------
def to_renew(village: Village, who: str, place: Place) -> list[str]:
    cases = village[who].did(village[who].get("/api/cases"))["cases"]
    return [it["name"] for case in cases if case["id"] == place.case for it in case["to_renew"]]


@pytest.mark.parametrize(("left", "reminded"), [(15, 0), (14, 1), (4, 1), (3, 2), (0, 2)])
def test_who_agreed_is_asked_twice_before_the_last_day(
    village: Village, family: Place, left: int, reminded: int
) -> None:
    village.brings_in(family, "teacher")
    [consent] = village["mother"].consents(family)
    where = {"id": consent["invitation"]}
    before = len(village.mailbox.to(BY_KEY["mother"].email))
    days = [14, left] if left < 14 else [left]
    for days_left in days:
        place_ends(village, family, day(days_left))
        if days_left < 14:
            moved = "update invitation_steps set at = now() - interval '10 days' where step = 'reminded'"
            done(village, f"{moved} and invitation_id = %s", consent["invitation"])
        morning_comes(village)
        morning_comes(village)
    assert steps(village, family, where).count("reminded") == reminded
    until(lambda: len(village.mailbox.to(BY_KEY["mother"].email)) == before + reminded, 10)
    assert to_renew(village, "mother", family) == (["Anders Winther"] if left <= 14 else [])
    assert to_renew(village, "father", family) == []
    if left <= 14:
        path = f"{family.path}/invitations/{consent['invitation']}/prolongation"
        village["mother"].did(village["mother"].post(path, until=day(90)))
        assert to_renew(village, "mother", family) == []
        morning_comes(village)
        assert steps(village, family, where).count("reminded") == reminded


def test_a_place_for_a_week_is_not_spoken_of_before_it_has_begun(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher", ends_on=day(7))
    morning_comes(village)
    [consent] = village["mother"].consents(family)
    assert "reminded" not in steps(village, family, {"id": consent["invitation"]})


def test_the_day_after_the_last_one_the_end_is_written_down(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    [consent] = village["mother"].consents(family)
    place_ends(village, family, day(-1))
    assert village["teacher"].get(family.path).status_code == 404, "at midnight, not when the clock comes by"
    the_clock_strikes(village)
    the_clock_strikes(village)
    told = village["mother"].invitation(family, {"id": consent["invitation"]})
    assert (told["state"], told["steps"][-1]["step"], told["steps"][-1]["by"]) == ("ended", "expired", None)
    assert village["mother"].reads(family)[-1]["kind"] == "member_left"
    assert kinds(village, "mother", family).count("member_left") == 1
    ended = village.rows(
        "select ended_at::date, end_reason from memberships where thread_id = %s and ended_at is not null",
        family.thread,
    )
    assert ended[0][1] == "expired"
    assert ended[0][0] <= today()


def test_somebody_paused_is_not_back_by_a_new_invitation(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    place = village["mother"].place_of(family, "teacher")["membership"]
    done(village, "update memberships set paused_at = now() where id = %s", place)
    village["mother"].proposes(family, "teacher")
    assert redemption(village, "teacher", village.link_for("teacher")) == GONE
    assert village["teacher"].get(family.path).status_code == 404


# -- what an invitation stands on -------------------------------------------------------------------------------------
def test_a_giver_who_has_left_gives_nothing(village: Village, family: Place) -> None:
    village["mother"].proposes(family, "teacher")
    invitation = village["caseworker"].proposes(family, "psychologist")
    village["mother"].agrees(family, invitation)
    token = village.link_for("psychologist")
    me = village["mother"].sees(family)["me"]["membership"]
    village["mother"].did(village["mother"].post(f"{family.path}/memberships/{me}/ending"))
    assert redemption(village, "psychologist", token) == GONE
    assert village["father"].invitation(family, invitation)["state"] == "proposed"


def test_a_professional_comes_from_the_one_place_that_he_works_at(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village.brings_in(family, "grandmother", role="relative", capacity="mormor")
    found = village.rows(
        "select name, employment_id is not null from memberships"
        " where thread_id = %s and ends_on is not null order by 1",
        family.thread,
    )
    assert found == [("Anders Winther", True), ("Inger Holm", False)]


def test_held_by_a_screening_it_waits_and_tells_nobody(village: Village, family: Place) -> None:
    hold(village, family)
    before = len(village.mailbox.to(BY_KEY["teacher"].email))
    invitation = village["mother"].proposes(family, "teacher")
    elsewhere = village["caseworker"].opens_dialogue("mother")
    village.brings_in(elsewhere, "psychologist")  # a later mail of the same queue
    assert village["mother"].invitation(family, invitation)["state"] == "agreed"
    assert len(village.mailbox.to(BY_KEY["teacher"].email)) == before


def test_held_after_it_was_sent_the_link_is_like_any_that_does_not_open(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    hold(village, family)
    assert opening(village, "teacher", token) == GONE
    assert opening(village, "outsider", token) == GONE
    assert renewal(village, "teacher", token)[0] == 204
    told = village["mother"].invitation(family, invitation)
    assert (told["state"], told["claims"]) == ("sent", [])
