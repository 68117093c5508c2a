"""WHO MAY: role x act, typed by hand, against app/access/may.py and against the running app.

A cell is what the answer is in an open thread and in a closed one.
"""

from collections.abc import Iterator

import httpx2
import pytest

from app.access.may import FAMILY, GUESTS, MAY, WHEN_CLOSED, Act, Role
from tests.attempts import Attempts
from tests.conftest import Village
from tests.grounds import WHO
from tests.people_of import Place
from tests.who_may import CELLS, HEAD, ROLES

EVERYBODY = tuple(WHO.values())


def test_the_table_is_the_one_in_the_house() -> None:
    assert all(head in role for head, role in zip(HEAD, ROLES, strict=True))
    assert {role for role, _ in CELLS} == set(Role)
    assert {act for _, act in CELLS} == set(Act)
    assert {key for key, cell in CELLS.items() if cell != "n"} == {(role, act) for role in Role for act in MAY[role]}
    assert all(cell == "y" for (_, act), cell in CELLS.items() if act in WHEN_CLOSED and cell != "n")
    assert all(cell == "c" for (_, act), cell in CELLS.items() if act not in WHEN_CLOSED and cell != "n")


def test_who_is_family_and_who_is_a_guest() -> None:
    assert {"child", "custody_holder", "young_person"} == FAMILY
    assert set(Role) - FAMILY - {"caseworker", "on_duty"} == GUESTS


def test_no_role_may_do_everything_and_every_role_but_one_may_speak() -> None:
    """Somebody on duty reads, for some hours, and is heard by nobody."""
    for role in Role:
        assert CELLS[role, "post_message"] == ("n" if role is Role.on_duty else "c")
        assert "n" in {CELLS[role, act] for act in Act}


NAMED = {"mother": "custody_holder", "grandmother": "relative", "boy10": "child", "girl15": "child"}
INVITED = ("foster_parent", "interpreter", "parent", "professional", "support_person", "volunteer")


@pytest.fixture(scope="module")
def family(village: Village) -> Place:
    """A dialogue with one of each role in it."""
    named = [{"name": it, "email": f"{it}@demo.example", "capacity": it, "role": role} for it, role in NAMED.items()]
    place = village["caseworker"].opens_dialogue(family=named)
    for role in INVITED:
        village.brings_in(place, WHO[role], role=role, history=True)
    # One case is about one child: of the two of them, one is made fifteen by hand.
    village.rows(
        "update memberships set role = 'young_person' where thread_id = %s and name = 'girl15' returning id",
        place.thread,
    )
    # She has agreed to the guests, as from fifteen on one must: else the worker's clock ends their places on the hour.
    copied = "case_id, thread_id, invitation_id, kinds, purpose, recipient, given_on, until, how, text_version"
    village.rows(
        f"insert into consents (id, giver_id, {copied}) select gen_random_uuid(), m.id, c.* from"
        f" (select {copied} from consents where thread_id = %s) c"
        " join memberships m on m.thread_id = c.thread_id and m.role = 'young_person' returning id",
        place.thread,
    )
    on_duty(village, place)
    village.rows(
        "insert into duty_accesses (id, case_id, unit_id, person_id, employment_id, name, title, reason, ends_at)"
        " select gen_random_uuid(), %s, e.unit_id, e.person_id, e.id, 'colleague', 'vagt', 'x', now() + interval '3 h'"
        " from employments e join identities i using (person_id) where i.subject = 'colleague' returning id",
        place.case,
    )
    village.rows("select end_what_is_over()")
    assert {it["role"] for it in village["mother"].sees(place)["people"] if not it["ended_at"]} == set(Role)
    return place


def on_duty(village: Village, place: Place) -> None:
    """How somebody comes in on duty is told in tests/duty."""
    village.rows(
        "insert into memberships (id, case_id, thread_id, person_id, role, name, capacity, ends_at)"
        " select gen_random_uuid(), %s, %s, person_id, 'on_duty', 'colleague', 'vagt', now() + interval '3 hours'"
        " from identities where subject = 'colleague' returning id",
        place.case,
        place.thread,
    )


@pytest.fixture
def place(village: Village, family: Place) -> Iterator[Place]:
    """A further thread of the same people, so that what is done in it harms no other test."""
    caseworker = village["caseworker"]
    members = [it["membership"] for it in caseworker.sees(family)["people"] if it["role"] != "on_duty"]
    thread = caseworker.did(caseworker.post(f"/api/cases/{family.case}/threads", purpose="x", members=members))
    it = Place(family.case, thread["id"])
    on_duty(village, it)
    yield it
    # An attempt may have made this the family thread (Attempts.among_family).
    for kind, thread in (("other", it.thread), ("family", family.thread)):
        village.rows("update threads set kind = %s where id = %s returning id", kind, thread)
    # Half a thousand threads that everybody is in would be slow to list.
    village.rows("update memberships set ended_at = now() where thread_id = %s returning id", it.thread)


def outcome(answer: httpx2.Response) -> str:
    return "done" if answer.is_success else f"{answer.status_code} {answer.json()['code']}"


OPEN = {"y": "done", "c": "done", "n": "403 not_allowed"}
CLOSED = {"y": "done", "c": "409 thread_closed", "n": "403 not_allowed"}
# To everybody but the caseworker the screening does not exist: a 403 would tell that there is something.
NO_SUCH_PAGE = "404 not_found"


def expected(cells: dict[str, str], role: str, act: str) -> str:
    cell = CELLS[role, act]
    if (role, act) in (("child", "settle_plan"), ("child", "settle_summary")) and cells is OPEN:
        return cells["n"]  # a child settles where nobody with custody is there to do it, which here somebody is
    return NO_SUCH_PAGE if act == "screen_risk" and cell == "n" else cells[cell]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_in_an_open_thread(village: Village, place: Place, role: str, act: str) -> None:
    who = village[WHO[role]]
    attempt = Attempts(village, place, who)[act]
    if act == "reopen_thread":
        village["caseworker"].did(village["caseworker"].post(f"{place.path}/closure", reason="x"))
    assert outcome(attempt()) == expected(OPEN, role, act)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_in_a_closed_thread(village: Village, place: Place, role: str, act: str) -> None:
    who = village[WHO[role]]
    attempt = Attempts(village, place, who)[act]
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/closure", reason="x"))
    assert outcome(attempt()) == expected(CLOSED, role, act)


@pytest.mark.parametrize("role", Role)
def test_declining_is_the_same_act_as_agreeing(village: Village, place: Place, role: str) -> None:
    invitation = village["caseworker"].proposes(place, "outsider")
    answer = village[WHO[role]].post(f"{place.path}/invitations/{invitation['id']}/declining")
    assert outcome(answer) == OPEN[CELLS[role, "agree_to_invitation"]]


@pytest.mark.parametrize("role", Role)
def test_rejecting_is_the_same_act_as_confirming(village: Village, place: Place, role: str) -> None:
    who = village[WHO[role]]
    summary = Attempts(village, place, who).summed_up()
    assert outcome(who.post(f"{place.path}/summary/{summary}/rejection", words="x")) == expected(
        OPEN, role, "settle_summary"
    )


def test_a_child_settles_where_it_is_alone_with_the_professionals(village: Village, family: Place) -> None:
    caseworker, child = village["caseworker"], village["boy10"]
    members = [it["membership"] for it in caseworker.sees(family)["people"] if it["role"] == "child"]
    thread = caseworker.did(caseworker.post(f"/api/cases/{family.case}/threads", purpose="x", members=members))
    alone = Place(family.case, thread["id"])
    for verb, body in (("confirmation", {}), ("rejection", {"words": "Nej"})):
        summary = Attempts(village, alone, child).summed_up()
        assert child.sees(alone)["summary"]["waiting"]["may_settle"] is True
        assert outcome(caseworker.post(f"{alone.path}/summary/{summary}/{verb}", **body)) == "403 not_allowed"
        assert outcome(child.post(f"{alone.path}/summary/{summary}/{verb}", **body)) == "done"


@pytest.mark.parametrize("role", Role)
def test_the_page_is_told_exactly_what_one_may(village: Village, family: Place, place: Place, role: str) -> None:
    who, may = village[WHO[role]], {act: CELLS[role, act] for act in Act}
    now = [act for act in Act if may[act] != "n" and act != "reopen_thread"]
    assert who.sees(place)["may"] == now
    assert who.did(who.get(f"/api/cases/{family.case}"))["may"] == now
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/closure", reason="x"))
    assert who.sees(place)["may"] == [act for act in Act if may[act] == "y"]


def test_to_an_outsider_nothing_of_it_exists(village: Village, place: Place) -> None:
    attempts = Attempts(village, place, village["outsider"])
    for act in Act:
        assert outcome(attempts[act]()) == "404 not_found", act


# Of the case, where one may still be in another thread.
OF_THE_CASE = {"change_custody", "keep_private_facts", "open_thread", "screen_risk", "see_looks"}


def test_to_somebody_who_has_left_nothing_of_it_exists_any_more(village: Village, place: Place) -> None:
    attempts = Attempts(village, place, village["teacher"])
    everything = {act: attempts[act] for act in Act if act not in OF_THE_CASE}
    assert outcome(everything.pop("leave_thread")()) == "done"
    for act, attempt in everything.items():
        assert outcome(attempt()) == "404 not_found", act


@pytest.mark.parametrize("role", sorted(set(Role) - GUESTS))
def test_nobody_ends_the_place_of_family_or_caseworker(village: Village, place: Place, role: str) -> None:
    stays = next(it for it in village["mother"].sees(place)["people"] if it["role"] == role)["membership"]
    for key in EVERYBODY:
        if key != WHO[role]:
            answer = village[key].post(f"{place.path}/memberships/{stays}/ending")
            allowed_to_end = CELLS[next(it for it, who in WHO.items() if who == key), "end_membership"] != "n"
            family_stays = allowed_to_end and role in FAMILY
            assert outcome(answer) == ("409 family_stays" if family_stays else "403 not_allowed")


def test_nobody_touches_anothers_words(village: Village, place: Place) -> None:
    words = village["mother"].writes(place, "Mine")["id"]
    for key in set(EVERYBODY) - {"mother"}:
        for verb, body in (("correction", {"text": "Dine"}), ("withdrawal", {})):
            answer = village[key].post(f"{place.path}/messages/{words}/{verb}", **body)
            assert outcome(answer) == "403 not_allowed"
    assert "Mine" in village["mother"].texts(place)
