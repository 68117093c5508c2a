"""Where an adult lives or can be met is that adult's own, and shown to others one by one (product promise 2 c)."""

from uuid import uuid4

import pytest

from tests.conftest import Village
from tests.facts.keeping import a_marker, facts, keeps, page, shown, shows
from tests.people_of import Place
from tests.village import BY_KEY


# -- the owner's own ---------------------------------------------------------------------------------------------------
def test_what_the_mother_keeps_is_hers_alone(village: Village, family: Place) -> None:
    marker = a_marker()
    keeps(village["mother"], family, marker)
    assert [(it["text"], it["grants"], it["seen"]) for it in page(village["mother"], family)["mine"]] == [
        (marker, [], [])
    ]
    for who in ("father", "caseworker"):
        assert page(village[who], family)["mine"] == page(village[who], family)["shown"] == []


def test_she_shows_it_to_one_and_takes_it_back_at_once(village: Village, family: Place) -> None:
    mother, caseworker = village["mother"], village["caseworker"]
    marker = a_marker()
    fact = keeps(mother, family, marker)
    grant = shows(mother, family, fact, "caseworker")
    assert shows(mother, family, fact, "caseworker") == grant, "again is the same"
    assert shown(caseworker, family) == [marker]
    assert page(caseworker, family)["shown"][0]["owner"]["name"] == BY_KEY["mother"].name
    assert shown(village["father"], family) == []
    assert mother.browser.delete(f"{facts(family)}/{fact}/grants/{grant}").status_code == 204
    assert shown(caseworker, family) == []
    assert mother.browser.delete(f"{facts(family)}/{fact}/grants/{grant}").status_code == 404


def test_a_new_address_is_shown_to_nobody_who_was_shown_the_old_one(village: Village, family: Place) -> None:
    """She moves: the father was shown where she lived, not where she lives."""
    mother, father = village["mother"], village["father"]
    fact = keeps(mother, family, "Gammelvej 1")
    shows(mother, family, fact, "father")
    assert shown(father, family) == ["Gammelvej 1"]
    mother.did(mother.put(f"{facts(family)}/{fact}", text="Nyvej 2"))
    assert shown(father, family) == []
    assert [(it["text"], it["grants"]) for it in page(mother, family)["mine"]] == [("Nyvej 2", [])]


def test_what_she_erases_is_kept_nowhere(village: Village, family: Place) -> None:
    mother = village["mother"]
    fact = keeps(mother, family, a_marker())
    shows(mother, family, fact, "caseworker")
    page(village["caseworker"], family)
    assert mother.browser.delete(f"{facts(family)}/{fact}").status_code == 204
    for table, key in (("private_facts", "id"), ("fact_grants", "fact_id"), ("fact_looks", "fact_id")):
        assert village.rows(f"select 1 from {table} where {key} = %s", fact) == [], table


# -- ended place, ended grant ------------------------------------------------------------------------------------------
def test_who_is_out_of_the_thread_is_shown_nothing_any_more(village: Village, family: Place) -> None:
    mother = village["mother"]
    village.brings_in(family, "teacher")
    marker = a_marker()
    fact = keeps(mother, family, marker)
    shows(mother, family, fact, "teacher")
    assert shown(village["teacher"], family) == [marker]
    mother.ends(family, "teacher")
    assert village["teacher"].get(facts(family)).status_code == 404
    assert page(mother, family)["mine"][0]["grants"] == []
    village.brings_in(family, "teacher")
    assert shown(village["teacher"], family) == [], "a new place is a new choice"


def test_an_owner_who_has_left_shows_nothing_to_those_who_stay(village: Village, family: Place) -> None:
    father = village["father"]
    fact = keeps(father, family, a_marker())
    shows(father, family, fact, "caseworker")
    assert len(shown(village["caseworker"], family)) == 1
    mine = father.place_of(family, "father")["membership"]
    father.did(father.post(f"{family.path}/memberships/{mine}/ending"))
    assert shown(village["caseworker"], family) == []


def test_a_grant_in_a_thread_that_the_owner_has_left_can_still_be_taken_back(village: Village, family: Place) -> None:
    """In the family thread he is still; in the other one the grant counts for nothing, and is ended with a new text."""
    mother, caseworker = village["mother"], village["caseworker"]
    people = caseworker.did(caseworker.get(f"/api/cases/{family.case}"))["people"]
    everybody = [it["membership"] for it in people]
    other = caseworker.did(caseworker.post(f"/api/cases/{family.case}/threads", purpose="Ferien", members=everybody))
    fact = keeps(mother, family, a_marker())
    [(there,)] = village.rows(
        "select m.id from memberships m where thread_id = %s and role = 'caseworker'", other["id"]
    )
    ending = f"/api/cases/{family.case}/threads/{other['id']}/memberships"
    [(mine,)] = village.rows(
        "select id from memberships where thread_id = %s and name = %s", other["id"], BY_KEY["mother"].name
    )
    village.rows(
        "insert into fact_grants (id, fact_id, owner_id, membership_id)"
        " select gen_random_uuid(), id, owner_id, %s from private_facts where id = %s returning 1",
        there, fact,
    )  # fmt: skip
    assert len(shown(caseworker, family)) == 1
    mother.did(mother.post(f"{ending}/{mine}/ending"))
    assert shown(caseworker, family) == []
    mother.did(mother.put(f"{facts(family)}/{fact}", text="Nyt"))
    assert village.rows("select count(*) from fact_grants where fact_id = %s and ended_at is null", fact) == [(0,)]


# -- who may -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["caseworker", "teacher", "girl15"])
def test_staff_and_children_keep_nothing_and_show_nothing(village: Village, who: str) -> None:
    family = [
        {"name": BY_KEY[key].name, "email": BY_KEY[key].email, "capacity": "familie", "role": role}
        for key, role in (("mother", "custody_holder"), ("girl15", "child"))
    ]
    place = village["caseworker"].opens_dialogue(family=family)
    village.brings_in(place, "teacher")
    fact = keeps(village["mother"], place, a_marker())
    refused = village[who].post(facts(place), kind="address", text="x")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    seen = page(village[who], place)
    assert (seen["may_keep"], seen["people"]) == (False, [])
    own = village[who].place_of(place, who)["membership"]
    assert village[who].post(f"{facts(place)}/{fact}/grants", membership=own).status_code == 403


def test_one_shows_only_what_is_ones_own_and_only_to_somebody_one_shares_a_thread_with(
    village: Village, family: Place
) -> None:
    """Whatever is not there answers like what never was."""
    mother, father = village["mother"], village["father"]
    hers, his = keeps(mother, family, a_marker()), keeps(father, family, a_marker())
    elsewhere = village["colleague"].opens_dialogue("grandmother")
    stranger = village["grandmother"].place_of(elsewhere, "grandmother")["membership"]
    caseworker = mother.place_of(family, "caseworker")["membership"]
    own = father.place_of(family, "father")["membership"]
    never = father.post(f"{facts(family)}/{uuid4()}/grants", membership=caseworker)
    assert never.status_code == 404
    for answer in (
        father.post(f"{facts(family)}/{hers}/grants", membership=own),
        father.post(f"{facts(family)}/{his}/grants", membership=stranger),
        father.post(f"{facts(family)}/{his}/grants", membership=str(uuid4())),
        father.post(f"{facts(family)}/{his}/grants", membership=own),
        father.put(f"{facts(family)}/{hers}", text="x"),
        father.browser.delete(f"{facts(family)}/{hers}"),
        father.browser.delete(f"{facts(family)}/{his}/grants/{uuid4()}"),
        father.put(f"{facts(elsewhere)}/{his}", text="x"),
    ):
        assert (answer.status_code, answer.content) == (404, never.content), answer.request.url


def test_what_is_kept_in_one_case_is_not_in_another(village: Village, family: Place) -> None:
    marker = a_marker()
    fact = keeps(village["mother"], family, marker)
    shows(village["mother"], family, fact, "caseworker")
    other = village["caseworker"].opens_dialogue("mother")
    assert page(village["mother"], other)["mine"] == page(village["caseworker"], other)["shown"] == []
    assert village["mother"].put(f"{facts(other)}/{fact}", text="x").status_code == 404


# -- who read it -------------------------------------------------------------------------------------------------------
def test_she_is_told_who_read_it_and_nobody_else_is(village: Village, family: Place) -> None:
    fact = keeps(village["mother"], family, a_marker())
    shows(village["mother"], family, fact, "caseworker")
    shows(village["mother"], family, fact, "father")
    for who in ("caseworker", "father", "caseworker"):
        page(village[who], family)
    [mine] = page(village["mother"], family)["mine"]
    assert [it["name"] for it in mine["seen"]] == [BY_KEY["caseworker"].name], "a family's own reading is its own"
    for who in ("father", "caseworker"):
        assert all("seen" not in it for it in page(village[who], family)["shown"])


def test_nobody_of_the_family_is_told_by_the_log_that_such_a_page_was_opened(village: Village, family: Place) -> None:
    """`Karen looked at addresses` would tell the father that the mother shows her one."""
    page(village["caseworker"], family)
    [(looks,)] = village.rows("select count(*) from looks where case_id = %s and what = 'get_facts'", family.case)
    assert looks == 1, "the log is complete"
    for who in ("mother", "father"):
        answer = village[who].get(f"/api/cases/{family.case}/looks")
        assert answer.status_code == 200
        assert BY_KEY["caseworker"].name not in answer.text, "she has opened nothing else"
