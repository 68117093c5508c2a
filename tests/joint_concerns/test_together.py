"""Scenario 3: a notification that the notifier and the family write together, word by word before each other's eyes."""

from datetime import datetime
from uuid import uuid4

import pytest

from app.clocks import Clock, due
from app.dates import DENMARK
from tests.conftest import Village
from tests.joint_concerns.together import (
    SEEN,
    WISH,
    WORKS,
    WORRY,
    begins,
    begun,
    gives_up,
    reads,
    receives,
    refusal,
    sends,
    sent,
    writes,
    written,
)
from tests.people_of import Place
from tests.stages.stepping import goes, moment, moves, reads_stages, stands
from tests.village import BY_KEY


@pytest.fixture
def talk(village: Village) -> Place:
    """The health visitor and the mother; nobody of the municipality's."""
    return village["healthvisitor"].opens_dialogue("mother")


def test_scenario_3_health_visitor_and_mother_write_send_and_are_received(village: Village, talk: Place) -> None:
    birgit, mother, karen = village["healthvisitor"], village["mother"], village["caseworker"]
    assert karen.get(talk.path).status_code == 404, "she is a stranger here"
    before = birgit.writes(talk, "Det her er mellem os to.")["seq"]
    concern = begun(birgit, talk)
    birgit.did(writes(birgit, talk, concern, besides=WORKS))
    told = reads(mother, talk, concern)
    assert [(it["words"], it["besides"], it["mine"]) for it in told["parts"]] == [(WORRY, WORKS, False)]
    assert (told["waits_for"], told["family_heard"], told["may"]) == ("family", False, ["write_joint_part"])
    mother.did(writes(mother, talk, concern, SEEN, besides=WISH, child_view="Emil siger, at han savner far."))
    told = reads(birgit, talk, concern)
    assert (told["waits_for"], told["family_heard"]) == ("notifier", True)
    assert told["comes"]["name"] == BY_KEY["caseworker"].name, "the mother has been shown who comes, before it is sent"
    assert reads(mother, talk, concern)["comes"] == told["comes"]
    made = birgit.did(sends(birgit, talk, concern))
    assert (made["state"], made["waits_for"], made["comes"]) == ("sent", "caseworker", None)
    step = stands(mother, talk)
    assert (step["step"], step["next"], step["at"]["name"]) == (
        "notified",
        "danger_assessed",
        BY_KEY["caseworker"].name,
    )
    assert moment(step["due_at"]) == due(Clock.danger_assessment, moment(step["happened_at"])).at
    assert made["receipt_due_on"] == due(Clock.receipt, moment(step["happened_at"])).day.isoformat()
    [stage] = reads_stages(karen, talk)["steps"]
    assert (stage["author"]["name"], stage["words"]) == (BY_KEY["healthvisitor"].name, WORRY)
    assert [it["words"] for it in reads(karen, talk, concern)["parts"]] == [WORRY, SEEN]
    assert before not in {entry["seq"] for entry in karen.reads(talk)}, "she reads from where it was begun"
    karen.did(receives(karen, talk, concern, words="Tak. Jeg ringer i morgen."))
    for who in (birgit, mother):
        told = reads(who, talk, concern)
        assert (told["state"], told["late"], told["may"]) == ("received", False, [])
        assert told["steps"][-1]["words"] == "Tak. Jeg ringer i morgen."
    goes(karen, talk, "danger_assessed")
    assert stands(birgit, talk)["step"] == "danger_assessed"


@pytest.mark.parametrize(
    ("sent_at", "assessed_by"),
    [
        (datetime(2026, 11, 29, 21, 30, tzinfo=DENMARK), datetime(2026, 11, 30, 21, 30, tzinfo=DENMARK)),
        (datetime(2026, 10, 24, 20, 0, tzinfo=DENMARK), datetime(2026, 10, 25, 19, 0, tzinfo=DENMARK)),
    ],
    ids=["Sunday", "clocks change"],
)
def test_the_day_and_night_run_on_a_sunday_too(sent_at: datetime, assessed_by: datetime) -> None:
    assert due(Clock.danger_assessment, sent_at).at == assessed_by


def test_it_is_not_sent_before_the_family_has_had_its_say_unless_the_notifier_says_why(
    village: Village, talk: Place
) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = begun(birgit, talk)
    assert refusal(sends(birgit, talk, concern)) == "409 own_part_missing"
    birgit.did(writes(birgit, talk, concern))
    assert refusal(sends(birgit, talk, concern)) == "409 family_not_heard"
    assert stands(mother, talk) is None, "what is refused has left no step"
    assert village["caseworker"].get(talk.path).status_code == 404, "and has let nobody in"
    birgit.did(sends(birgit, talk, concern, words="Mor har ikke svaret i to uger."))
    [step] = reads(mother, talk, concern)["steps"]
    assert (step["step"], step["words"]) == ("sent", "Mor har ikke svaret i to uger.")


def test_nothing_is_added_to_what_has_been_sent(village: Village, talk: Place) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = sent(birgit, mother, talk)
    assert refusal(writes(mother, talk, concern, "For sent")) == "409 concern_over"
    assert refusal(gives_up(birgit, talk, concern)) == "409 concern_over"
    assert refusal(sends(birgit, talk, concern)) == "409 concern_over"
    assert len(reads_stages(mother, talk)["steps"]) == 1, "sent once, and one step"


def test_the_same_again_is_the_same_and_other_words_are_refused(village: Village, talk: Place) -> None:
    birgit, mother, karen = village["healthvisitor"], village["mother"], village["caseworker"]
    one, two, three, four = (str(uuid4()) for _ in range(4))
    for _ in range(2):
        birgit.did(begins(birgit, talk, id=one))
        birgit.did(writes(birgit, talk, one, id=two))
    assert refusal(begins(birgit, talk, id=one, area="home")) == "422 id_reused"
    assert refusal(writes(birgit, talk, one, "Andet", id=two)) == "422 id_reused"
    mother.did(writes(mother, talk, one, SEEN))
    to = reads(birgit, talk, one)["comes"]["employment"]
    for _ in range(2):
        birgit.did(sends(birgit, talk, one, id=three, to=to))
    assert refusal(sends(birgit, talk, one, id=three, words="Andet")) == "422 id_reused"
    for _ in range(2):
        karen.did(receives(karen, talk, one, id=four))
    assert refusal(receives(karen, talk, one)) == "409 already_settled"
    told = reads(mother, talk, one)
    assert (len(told["parts"]), len(told["steps"])) == (2, 2)


def test_what_stood_there_before_stays_to_be_read(village: Village, talk: Place) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = written(birgit, mother, talk)
    birgit.did(writes(birgit, talk, concern, "Emil er træt."))
    first, second = reads(mother, talk, concern)["parts"]
    assert (first["words"], [it["words"] for it in first["earlier"]]) == ("Emil er træt.", [WORRY])
    assert (second["words"], second["earlier"]) == (SEEN, [])


def test_it_is_given_up_with_a_reason_and_by_the_family_only_what_it_has_begun(village: Village, talk: Place) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = begun(birgit, talk)
    assert refusal(gives_up(mother, talk, concern)) == "403 not_allowed"
    assert refusal(begins(mother, talk)) == "409 concern_open", "one at a time"
    birgit.did(gives_up(birgit, talk, concern))
    told = reads(mother, talk, concern)
    assert (told["state"], told["waits_for"], told["steps"][0]["words"]) == (
        "given_up",
        None,
        "Vi taler sammen i stedet.",
    )
    own = begun(mother, talk)
    mother.did(gives_up(mother, talk, own))
    assert refusal(sends(birgit, talk, own, to=None)) == "409 concern_over"


def test_with_a_caseworker_in_the_thread_nobody_else_comes(village: Village, family: Place) -> None:
    """And the clock of a second notification on a child who has support asks for new eyes, whatever the sender sees."""
    karen, mother = village["caseworker"], village["mother"]
    goes(karen, family, "notified", "danger_assessed", "screened", "decided", "started")
    village.brings_in(family, "teacher")
    anders = village["teacher"]
    assert reads_stages(anders, family)["steps"] == [], "his history begins later"
    concern = written(anders, mother, family)
    assert reads(anders, family, concern)["comes"] is None
    people = {it["name"] for it in mother.sees(family)["people"]}
    anders.did(sends(anders, family, concern))
    assert {it["name"] for it in mother.sees(family)["people"]} == people
    assert reads_stages(mother, family)["steps"][-1]["new_eyes"] is True
    karen.did(moves(karen, family, "danger_assessed"))
    assert stands(karen, family)["waits_for_second"] is True


def test_somebody_else_comes_than_the_page_named(village: Village, talk: Place) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = written(birgit, mother, talk)
    assert refusal(sends(birgit, talk, concern, to=str(uuid4()))) == "409 other_caseworker"
    assert refusal(sends(birgit, talk, concern, to=None)) == "409 other_caseworker"


def test_a_parent_begins_only_where_somebody_could_send_it(village: Village, family: Place) -> None:
    assert refusal(begins(village["mother"], family)) == "409 no_notifier"


def test_after_the_place_has_ended_nothing_is_written_or_read(village: Village, talk: Place) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    concern = written(birgit, mother, talk)
    mother.ends(talk, "healthvisitor")
    for answer in (writes(birgit, talk, concern), birgit.get(f"{talk.path}/concerns/{concern}"),
                   birgit.post(f"{talk.path}/concerns/{concern}/sending", id=str(uuid4()))):  # fmt: skip
        assert answer.status_code == 404
