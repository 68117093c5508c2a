"""A child's words, written down by an adult: they stand as the child's, with the name of who wrote."""

from typing import Any
from uuid import uuid4

import httpx2

from app.dates import today
from tests.conftest import Village
from tests.people_of import Place, Someone
from tests.village import BY_KEY

MOTHER = {"name": "Mette Holm", "email": "mother@demo.example", "capacity": "mor", "role": "custody_holder"}
EMIL = {"name": BY_KEY["boy10"].name, "email": BY_KEY["boy10"].email, "capacity": "barnet", "role": "child"}


def with_emil(village: Village, **changes: Any) -> Place:
    born = today().replace(year=today().year - 10, day=1).isoformat()
    return village["caseworker"].opens_dialogue(**{"family": [MOTHER, EMIL], "child_born": born, **changes})


def writes_down(who: Someone, place: Place, of: str, text: str, **more: Any) -> httpx2.Response:
    return who.post(f"{place.path}/words", **{"id": str(uuid4()), "text": text, "words_of": of, **more})


def test_the_words_are_the_childs_and_the_helper_is_named(village: Village) -> None:
    place = with_emil(village)
    emil = village["caseworker"].place_of(place, "boy10")["membership"]
    entry = village["caseworker"].did(writes_down(village["caseworker"], place, emil, "Jeg vil hellere gå til spejder"))
    assert entry["words_of"]["name"] == BY_KEY["boy10"].name
    assert entry["author"]["name"] == BY_KEY["caseworker"].name
    [read] = [it for it in village["mother"].reads(place) if it["kind"] == "message_posted"]
    assert (read["text"], read["words_of"]) == ("Jeg vil hellere gå til spejder", entry["words_of"])
    with village["mother"].listens(place) as ear:
        village["caseworker"].did(writes_down(village["caseworker"], place, emil, "Og til svømning"))
        ear.hears("Og til svømning")
        assert ear.frames[-1]["entries"][0]["words_of"] == entry["words_of"]


def test_again_with_the_same_id_is_the_same_entry_and_never_somebody_elses_words(village: Village) -> None:
    place = with_emil(village)
    emil = village["caseworker"].place_of(place, "boy10")["membership"]
    it = str(uuid4())
    first = writes_down(village["caseworker"], place, emil, "Hej", id=it)
    assert writes_down(village["caseworker"], place, emil, "Hej", id=it).content == first.content
    own = village["caseworker"].post(f"{place.path}/messages", id=it, text="Hej")
    assert (own.status_code, own.json()["code"]) == (422, "id_reused")


def test_only_a_childs_words_are_written_down(village: Village) -> None:
    place, other = with_emil(village), with_emil(village)
    for of in (
        village["caseworker"].place_of(place, "mother")["membership"],
        village["caseworker"].place_of(place, "caseworker")["membership"],
        village["caseworker"].place_of(other, "boy10")["membership"],
        str(uuid4()),
    ):
        answer = writes_down(village["caseworker"], place, of, "Det har jeg ikke sagt")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_wrote_it_down_takes_it_back(village: Village) -> None:
    place = with_emil(village)
    emil = village["mother"].place_of(place, "boy10")["membership"]
    entry = village["mother"].did(writes_down(village["mother"], place, emil, "Forkert hørt"))
    assert village["caseworker"].post(f"{place.path}/messages/{entry['id']}/withdrawal").status_code == 403
    assert village["mother"].post(f"{place.path}/messages/{entry['id']}/withdrawal").status_code == 201
    [read] = [it for it in village["mother"].reads(place) if it["kind"] == "message_posted"]
    assert read["text"] is None


def test_a_changed_circle_is_seen_before_the_childs_words_are_sent(village: Village) -> None:
    place = with_emil(village)
    seen = village["mother"].sees(place)["circle"]
    emil = village["mother"].place_of(place, "boy10")["membership"]
    village.brings_in(place, "teacher")
    answer = writes_down(village["mother"], place, emil, "Kun til jer", circle=seen)
    assert (answer.status_code, answer.json()["code"]) == (409, "circle_changed")
