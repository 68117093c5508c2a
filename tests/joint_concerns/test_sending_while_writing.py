"""Sent while somebody writes: what is in it is in it, and what comes after is refused. Never lost, never half."""

from concurrent.futures import ThreadPoolExecutor

from tests.conftest import Village
from tests.joint_concerns.together import SEEN, reads, sends, writes, written
from tests.stages.stepping import reads_stages

ROUNDS = 6


def test_a_part_is_in_what_was_sent_or_refused(village: Village) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    other = village.another_browser_of("mother")
    for _ in range(ROUNDS):
        talk = birgit.opens_dialogue("mother")
        concern = written(birgit, mother, talk)
        with ThreadPoolExecutor(3) as pool:
            sending = pool.submit(sends, birgit, talk, concern)
            writing = [pool.submit(writes, who, talk, concern, f"{SEEN} {n}") for n, who in enumerate((mother, other))]
        assert sending.result().status_code == 201
        told = reads(mother, talk, concern)
        mine = next(part for part in told["parts"] if part["mine"])
        stored = {mine["words"], *(it["words"] for it in mine["earlier"])}
        for n, answer in enumerate(it.result() for it in writing):
            assert answer.status_code in (201, 409)
            assert (f"{SEEN} {n}" in stored) == (answer.status_code == 201)
        entries = [it["kind"] for it in mother.reads(talk) if it["kind"].startswith(("joint", "stage"))]
        assert entries[-2:] == ["joint_concern_sent", "stage_moved"], "nothing is written after it was sent"
        assert len(reads_stages(mother, talk)["steps"]) == 1


def test_two_who_send_at_once_send_it_once(village: Village) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    again = village.another_browser_of("healthvisitor")
    for _ in range(ROUNDS):
        talk = birgit.opens_dialogue("mother")
        concern = written(birgit, mother, talk)
        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(sends, who, talk, concern) for who in (birgit, again)]
        assert sorted(it.result().status_code for it in answers) == [201, 409]
        assert len(reads_stages(mother, talk)["steps"]) == 1
