"""One page says who sees what in my case, and why; and tells nobody of a thread that they are not in."""

from datetime import timedelta
from typing import Any

from app.dates import today
from tests.conftest import Village
from tests.people_of import Place, Someone
from tests.village import BY_KEY


def access(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.did(who.get(f"/api/cases/{place.case}/access"))
    return found


def named(page: dict[str, Any], key: str, part: str = "people") -> dict[str, Any]:
    [found] = [it for it in page[part] if it["name"] == BY_KEY[key].name]
    return dict(found)


def a_thread_of(village: Village, family: Place, who: str, purpose: str, *others: str) -> Place:
    """A further thread, opened by somebody with these co-members."""
    someone = village[who]
    people = someone.did(someone.get(f"/api/cases/{family.case}"))["people"]
    names = {BY_KEY[key].name for key in others}
    members = [it["membership"] for it in people if it["name"] in names]
    opened = someone.did(someone.post(f"/api/cases/{family.case}/threads", purpose=purpose, members=members))
    return Place(family.case, opened["id"])


def test_the_mother_reads_who_is_in_since_when_and_why(village: Village, family: Place) -> None:
    page = access(village["mother"], family)
    assert page["child_name"] == "Emil"
    assert {it["name"] for it in page["people"]} == {BY_KEY[key].name for key in ("mother", "father", "caseworker")}
    [place] = named(page, "father")["places"]
    assert place["thread_purpose"] == "Hvordan går det med Emil?"
    assert (place["role"], place["capacity"], place["history"]) == ("custody_holder", "forælder", True)
    assert (place["why"]["because"], place["why"]["by"]["name"]) == ("start", BY_KEY["caseworker"].name)
    [place] = named(page, "caseworker")["places"]
    assert place["why"]["because"] == "opened"
    assert [it["is_me"] for it in page["people"] if it["name"] == BY_KEY["mother"].name] == [True]


def test_a_guest_is_there_by_whom_with_whose_consent_and_until_when(village: Village, family: Place) -> None:
    last = today() + timedelta(days=40)
    village.brings_in(family, "teacher", ends_on=last.isoformat(), purpose="Aftale om lektier")
    for who in ("mother", "teacher"):
        [place] = named(access(village[who], family), "teacher")["places"]
        why = place["why"]
        assert (why["because"], why["by"]["name"]) == ("invited", BY_KEY["caseworker"].name)
        assert why["purpose"] == "Aftale om lektier"
        assert why["kinds"]
        [consent] = why["consents"]
        assert (consent["giver"]["name"], consent["until"]) == (BY_KEY["mother"].name, last.isoformat())
        assert (place["until"], place["history"], place["over"]) == (last.isoformat(), False, None)


def test_nobody_learns_of_a_thread_that_they_are_not_in(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    before = access(village["father"], family)
    secret = a_thread_of(village, family, "mother", "Kun os to", "caseworker")
    for who in ("father", "teacher"):
        page = access(village[who], family)
        assert secret.thread not in str(page)
        assert "Kun os to" not in str(page)
    after = access(village["father"], family)
    assert after | {"at": 0} == before | {"at": 0}
    places = named(access(village["mother"], family), "caseworker")["places"]
    assert [it["thread_purpose"] for it in places] == ["Hvordan går det med Emil?", "Kun os to"]


def test_who_has_left_is_in_the_folded_list_for_a_year(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["mother"].ends(family, "teacher")
    page = access(village["mother"], family)
    assert BY_KEY["teacher"].name not in {it["name"] for it in page["people"]}
    [place] = named(page, "teacher", "ended")["places"]
    assert place["over"] is not None
    assert place["why"]["because"] == "invited"
    village.rows("update memberships set ended_at = now() - interval '12 months 1 day' where id = %s returning 1",
                 place["membership"])  # fmt: skip
    assert access(village["mother"], family)["ended"] == []


def test_who_came_later_is_not_told_of_those_who_had_left_before(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    village["mother"].ends(family, "teacher")
    village.brings_in(family, "healthvisitor", capacity="sundhedsplejerske")
    assert access(village["healthvisitor"], family)["ended"] == []
    village.brings_in(family, "psychologist", capacity="psykolog", history=True)
    assert named(access(village["psychologist"], family), "teacher", "ended")


def test_a_place_whose_last_day_has_passed_is_over_from_midnight(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    mine = village["mother"].place_of(family, "teacher")["membership"]
    yesterday = today() - timedelta(days=1)
    village.rows("update memberships set ends_on = %s where id = %s returning 1", yesterday, mine)
    page = access(village["mother"], family)
    assert BY_KEY["teacher"].name not in {it["name"] for it in page["people"]}
    assert named(page, "teacher", "ended")["places"][0]["over"]


def test_what_is_shown_of_private_facts_is_told_to_the_two_alone(village: Village, family: Place) -> None:
    mother = village["mother"]
    facts = f"/api/cases/{family.case}/facts"
    fact = mother.did(mother.post(facts, kind="address", text="Lærkevej 3"))["id"]
    to = mother.place_of(family, "caseworker")["membership"]
    mother.did(mother.post(f"{facts}/{fact}/grants", membership=to))
    assert named(access(mother, family), "caseworker")["shown_by_me"] == ["address"]
    assert named(access(village["caseworker"], family), "mother")["shows_me"] == ["address"]
    seen = access(village["father"], family)
    assert all(not it["shows_me"] and not it["shown_by_me"] for it in seen["people"])
    assert "Lærkevej" not in str([access(village[who], family) for who in ("mother", "father", "caseworker")])


def test_whoever_is_not_in_the_case_gets_what_a_missing_case_gets(village: Village, family: Place) -> None:
    never = village["outsider"].get("/api/cases/00000000-0000-4000-8000-000000000000/access")
    for who in ("outsider", "colleague", "admin", "auditor", "neighbour"):
        answer = village[who].get(f"/api/cases/{family.case}/access")
        assert (answer.status_code, answer.content) == (404, never.content), who


def test_custody_that_two_people_decided_on_is_said_to_be_that(village: Village, family: Place) -> None:
    changes = f"/api/cases/{family.case}/custody-changes"
    named_ = {"name": BY_KEY["birthfather"].name, "email": BY_KEY["birthfather"].email, "capacity": "far"}
    caseworker, second = village["caseworker"], village.another_browser_of("leader")
    asked = caseworker.did(caseworker.post(changes, change="granted", basis="Dom af 1. november", **named_))
    second.did(second.post(f"/api/custody-changes/{asked['id']}/approval"))
    [place] = named(access(village["mother"], family), "birthfather")["places"]
    assert (place["why"]["because"], place["history"]) == ("custody", False)


def test_somebody_on_duty_is_there_for_the_reason_typed_and_the_family_reads_it(village: Village) -> None:
    born, reason = "2016-03-04", "Karen er syg, og mor har ringet"
    place = village["caseworker"].opens_dialogue("mother", child_name="Barn på vagt", child_born=born)
    village.brings_in(place, "teacher")
    colleague = village.another_browser_of("colleague")
    [job] = colleague.did(colleague.get("/api/me"))["employments"]
    colleague.did(
        colleague.post(
            "/api/duty-accesses", child_name="Barn på vagt", child_born=born, employment=job["id"], reason=reason
        )
    )
    for who, told in (("mother", reason), ("teacher", None)):
        [seat] = named(access(village[who], place), "colleague")["places"]
        assert (seat["why"]["because"], seat["why"]["reason"]) == ("duty", told), who
        assert seat["ends_at"] is not None
