"""Where we are now: a professional proposes it, the family confirms it, and everything that was said stays."""

from typing import Any
from uuid import uuid4

from tests.conftest import Village
from tests.notes.noting import on_home
from tests.people_of import Place, Someone
from tests.village import BY_KEY

NOW = "Emil kommer i skole hver dag. Vi mødes igen om tre uger."


def proposes(who: Someone, place: Place, words: str = NOW, **more: Any) -> Any:
    return who.post(f"{place.path}/summary", **{"id": str(uuid4()), "words": words} | more)


def settles(who: Someone, place: Place, summary: dict[str, Any], how: str, **body: Any) -> Any:
    return who.post(f"{place.path}/summary/{summary['id']}/{how}", **body)


def pinned(who: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = who.sees(place)["summary"]
    return found


def test_it_stands_above_the_conversation_when_the_family_has_said_yes(village: Village, family: Place) -> None:
    proposed = village["caseworker"].did(proposes(village["caseworker"], family))
    for who in ("mother", "father", "caseworker"):
        assert pinned(village[who], family)["confirmed"] is None
        assert pinned(village[who], family)["waiting"]["words"] == NOW
    assert [pinned(village[who], family)["waiting"]["may_settle"] for who in ("mother", "caseworker")] == [True, False]
    [task] = on_home(village["mother"], family)["to_confirm"]
    assert (task["summary"], task["name"]) == (proposed["id"], BY_KEY["caseworker"].name)
    assert on_home(village["caseworker"], family)["to_confirm"] == []
    village["mother"].did(settles(village["mother"], family, proposed, "confirmation"))
    for who in ("mother", "father", "caseworker"):
        stands = pinned(village[who], family)
        assert stands["waiting"] is None
        assert (stands["confirmed"]["words"], stands["confirmed"]["settled_by"]["name"]) == (NOW, BY_KEY["mother"].name)
        assert on_home(village[who], family)["to_confirm"] == []
    kinds = [entry["kind"] for entry in village["father"].reads(family)][-2:]
    assert kinds == ["summary_proposed", "summary_confirmed"]


def test_a_no_says_why_and_what_stood_before_goes_on_standing(village: Village, family: Place) -> None:
    first = village["caseworker"].did(proposes(village["caseworker"], family))
    village["mother"].did(settles(village["mother"], family, first, "confirmation"))
    second = village["caseworker"].did(proposes(village["caseworker"], family, "Alt er godt nu."))
    assert settles(village["father"], family, second, "rejection", words=" ").status_code == 422
    village["father"].did(settles(village["father"], family, second, "rejection", words="Han er stadig ked af det."))
    for who in ("mother", "caseworker"):
        assert pinned(village[who], family)["confirmed"]["id"] == first["id"]
        assert pinned(village[who], family)["waiting"] is None
        said = village[who].did(village[who].get(f"{family.path}/summary"))["summaries"]
        assert [(it["state"], it["settled_words"]) for it in said] == [
            ("rejected", "Han er stadig ked af det."),
            ("confirmed", ""),
        ]


def test_it_is_settled_once(village: Village, family: Place) -> None:
    proposed = village["caseworker"].did(proposes(village["caseworker"], family))
    first = settles(village["mother"], family, proposed, "confirmation")
    assert settles(village["mother"], family, proposed, "confirmation").content == first.content, "a bus in a tunnel"
    for again in (
        settles(village["mother"], family, proposed, "rejection", words="Nej"),
        settles(village["father"], family, proposed, "rejection", words="Nej"),
    ):
        assert (again.status_code, again.json()["code"]) == (409, "already_settled")


def test_a_newer_proposal_takes_the_place_of_one_that_nobody_settled(village: Village, family: Place) -> None:
    old = village["caseworker"].did(proposes(village["caseworker"], family))
    new = village["caseworker"].did(proposes(village["caseworker"], family, "En nyere"))
    assert settles(village["mother"], family, old, "confirmation").status_code == 409
    assert pinned(village["mother"], family)["waiting"]["id"] == new["id"]
    states = [it["state"] for it in village["mother"].did(village["mother"].get(f"{family.path}/summary"))["summaries"]]
    assert states == ["waiting", "overtaken"]


def test_any_professional_proposes_and_only_the_family_settles(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    proposed = village["teacher"].did(proposes(village["teacher"], family))
    assert proposes(village["mother"], family).status_code == 403
    for who in ("teacher", "caseworker"):
        assert settles(village[who], family, proposed, "confirmation").status_code == 403


def test_a_child_settles_it_only_where_nobody_with_custody_is_there(village: Village) -> None:
    child = {"name": BY_KEY["girl15"].name, "email": BY_KEY["girl15"].email, "capacity": "barn", "role": "child"}
    parent = {
        "name": BY_KEY["mother"].name,
        "email": BY_KEY["mother"].email,
        "capacity": "mor",
        "role": "custody_holder",
    }
    place = village["caseworker"].opens_dialogue(family=[parent, child])
    proposed = village["caseworker"].did(proposes(village["caseworker"], place))
    assert village["girl15"].sees(place)["me"]["role"] == "child"
    assert settles(village["girl15"], place, proposed, "confirmation").status_code == 403
    assert on_home(village["girl15"], place)["to_confirm"] == []
    girl = village["caseworker"].place_of(place, "girl15")["membership"]
    opened = village["caseworker"].post(f"/api/cases/{place.case}/threads", purpose="Kun os to", members=[girl])
    own = Place(place.case, village["caseworker"].did(opened)["id"])
    hers = village["caseworker"].did(proposes(village["caseworker"], own))
    assert [it["summary"] for it in on_home(village["girl15"], own)["to_confirm"]] == [hers["id"]]
    village["girl15"].did(settles(village["girl15"], own, hers, "confirmation"))
    assert pinned(village["caseworker"], own)["confirmed"]["id"] == hers["id"]


def test_proposing_again_is_the_same_proposal(village: Village, family: Place) -> None:
    same = str(uuid4())
    first = proposes(village["caseworker"], family, id=same)
    assert proposes(village["caseworker"], family, id=same).content == first.content
    other = proposes(village["caseworker"], family, "Andet", id=same)
    assert (other.status_code, other.json()["code"]) == (422, "id_reused")


def test_it_is_refused_when_the_circle_changed_and_when_it_is_closed(village: Village, family: Place) -> None:
    circle = village["caseworker"].sees(family)["circle"]
    proposed = village["caseworker"].did(proposes(village["caseworker"], family, circle=circle))
    village.brings_in(family, "teacher")
    for refused in (
        proposes(village["caseworker"], family, circle=circle),
        settles(village["mother"], family, proposed, "rejection", words="Nej", circle=circle),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "circle_changed")
    village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="Vi er færdige"))
    for refused in (
        proposes(village["caseworker"], family),
        settles(village["mother"], family, proposed, "confirmation"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "thread_closed")
    assert on_home(village["mother"], family)["to_confirm"] == []


def test_a_guest_without_the_history_reads_no_older_status(village: Village, family: Place) -> None:
    proposed = village["caseworker"].did(proposes(village["caseworker"], family))
    village.brings_in(family, "teacher", history=False)
    village["mother"].did(settles(village["mother"], family, proposed, "confirmation"))
    assert pinned(village["teacher"], family) == {"confirmed": None, "waiting": None}
    assert village["teacher"].did(village["teacher"].get(f"{family.path}/summary"))["summaries"] == []
    assert NOW not in village["teacher"].get(f"{family.path}/messages").text
