"""A child by its age: no login under thirteen, a link at thirteen, a young person at fifteen."""

from datetime import date

import psycopg
import pytest

from app.dates import age, today
from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place
from tests.village import BY_KEY

MOTHER = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}


def born(years: int) -> date:
    """Somebody who is that old since the first of last month or longer."""
    first = today().replace(day=1)
    return first.replace(year=first.year - years)


def opens_with(village: Village, years: int | None, **child: str | None) -> Place:
    named = {"name": "Emil Holm Krogh", "email": BY_KEY["boy10"].email, "capacity": "barnet", "role": "child"}
    day = None if years is None else born(years).isoformat()
    return village["caseworker"].opens_dialogue(family=[MOTHER, named | child], child_born=day)


def child_in(village: Village, place: Place) -> dict[str, str]:
    found: dict[str, str] = next(
        it for it in village["caseworker"].sees(place)["people"] if it["role"] in ("child", "young_person")
    )
    return found


def a_day_passes(village: Village) -> None:
    """The worker's daily job."""
    with psycopg.connect(conninfo(village.urls.worker)) as db:
        db.execute("select birthdays()")


def has_birthday(village: Village, place: Place, years: int) -> None:
    """The dialogue was opened a month ago, some days before the birthday; the worker has been away since."""
    village.rows(
        "update cases set opened_at = now() - interval '1 month',"
        " child_born = current_date - make_interval(years => %s) - interval '5 days' where id = %s returning id",
        years,
        place.case,
    )


@pytest.mark.parametrize(("years", "role"), [(9, "child"), (14, "child"), (15, "young_person"), (17, "young_person")])
def test_the_role_follows_the_age_from_the_opening(village: Village, years: int, role: str) -> None:
    place = opens_with(village, years, email=f"barn-{years}@demo.example")
    assert child_in(village, place)["role"] == role


def test_an_unknown_birthday_changes_nothing(village: Village) -> None:
    place = opens_with(village, None)
    a_day_passes(village)
    assert child_in(village, place)["role"] == "child"
    assert village["boy10"].sees(place)["me"]["role"] == "child"
    assert [entry["kind"] for entry in village["mother"].reads(place)] == ["thread_opened"]


def test_nobody_sits_down_in_a_small_childs_place(village: Village) -> None:
    """Whoever has verified that address: the father with the boy's mailbox would do."""
    before = village.mails_to("boy10")
    place = opens_with(village, 10)
    assert village["boy10"].get(place.path).status_code == 404
    assert place.case not in {it["id"] for it in village["boy10"].did(village["boy10"].get("/api/cases"))["cases"]}
    assert child_in(village, place)["name"] == "Emil Holm Krogh"
    later = opens_with(village, None)  # a mail that was queued after
    assert village.mails_to("boy10") == before + 1
    assert village["boy10"].get(later.path).status_code == 200


def test_a_child_needs_no_address_and_a_grown_up_does(village: Village) -> None:
    place = opens_with(village, 10, email=None)
    assert child_in(village, place)["role"] == "child"
    job = village["caseworker"].did(village["caseworker"].get("/api/me"))["employments"][0]["id"]
    body = {"child_name": "Emil", "employment": job, "purpose": "x", "with_family_department": False}
    answer = village["caseworker"].post("/api/cases", **body, family=[MOTHER | {"email": None}])
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_at_ten_the_family_is_told_once(village: Village) -> None:
    place = opens_with(village, 9)
    has_birthday(village, place, 10)
    a_day_passes(village)
    a_day_passes(village)
    kinds = [entry["kind"] for entry in village["mother"].reads(place)]
    assert kinds == ["thread_opened", "child_turned_10"]


def test_a_birthday_from_before_the_dialogue_is_no_news(village: Village) -> None:
    place = opens_with(village, 11)
    a_day_passes(village)
    assert [entry["kind"] for entry in village["mother"].reads(place)] == ["thread_opened"]


def test_at_thirteen_the_link_goes_out_once_and_hands_over_the_place(village: Village) -> None:
    place = opens_with(village, 12, email=BY_KEY["girl15"].email, name="Sofie")
    a_day_passes(village)
    assert village["girl15"].get(place.path).status_code == 404
    has_birthday(village, place, 13)
    a_day_passes(village)
    a_day_passes(village)
    assert village.rows("select count(*) from invitations where case_id = %s", place.case) == [(1,)]
    village["girl15"].accepts(village.link_for("girl15"))
    assert village["girl15"].sees(place)["me"]["role"] == "child"
    assert [entry["kind"] for entry in village["mother"].reads(place)] == ["thread_opened"], "nobody joins"


def test_at_fifteen_the_child_decides_beside_its_parents(village: Village) -> None:
    place = opens_with(village, 14, email=BY_KEY["girl15"].email, name="Sofie")
    assert "agree_to_invitation" not in village["girl15"].sees(place)["may"]
    has_birthday(village, place, 15)
    a_day_passes(village)
    a_day_passes(village)
    sees = village["girl15"].sees(place)
    assert sees["me"]["role"] == "young_person"
    assert "agree_to_invitation" in sees["may"]
    kinds = [entry["kind"] for entry in village["mother"].reads(place)]
    assert kinds == ["thread_opened", "child_turned_15"]


def test_somebody_born_on_a_leap_day_grows_older_too() -> None:
    assert age(today()) == 0
    assert age(date(2000, 2, 29)) in (today().year - 2001, today().year - 2000)
