"""A notification that was written together is taken home by whoever may read it, and by nobody else."""

from tests.conftest import Village
from tests.joint_concerns.together import SEEN, WISH, WORKS, WORRY, gives_up, reads, sent, writes, written
from tests.people_of import Place
from tests.records.story import data, paper, words_of
from tests.village import BY_KEY


def test_every_word_of_it_stands_in_the_copy_and_on_paper(village: Village) -> None:
    birgit, mother = village["healthvisitor"], village["mother"]
    talk = birgit.opens_dialogue("mother")
    concern = written(birgit, mother, talk)
    birgit.did(writes(birgit, talk, concern, "Emil sover i timen.", child_view="Jeg savner far."))
    birgit.did(gives_up(birgit, talk, concern))
    received = sent(birgit, mother, talk)
    for part in ("thread", "report"):
        [thread] = data(mother, talk, part=part)["threads"]
        for copied, shown in zip(
            thread["joint_concerns"], (reads(mother, talk, it) for it in (concern, received)), strict=True
        ):
            assert [it["words"] for it in copied["parts"]] == [it["words"] for it in shown["parts"]]
            assert (copied["state"], copied["steps"]) == (shown["state"], shown["steps"])
            assert copied["receipt_due_on"] == shown["receipt_due_on"]
        found = words_of(paper(mother, talk, part=part))
        name = BY_KEY["healthvisitor"].name
        told = [
            "Underretninger, der er skrevet sammen", "Trivsel", "Emil sover i timen.", "Barnet siger: Jeg savner far.",
            "Det stod der før", f"Det går godt: {WORKS}", f"Det ønsker vi: {WISH}", f"{name} droppede den",
            f"{name} sendte den til kommunen", "Kvittering senest",
        ]  # fmt: skip
        assert [words for words in (*told, SEEN, WORRY) if words not in found] == []
    assert "joint_concerns" in data(mother, talk, part="plan")["threads"][0]
    assert data(mother, talk, part="plan")["threads"][0]["joint_concerns"] is None


def test_whoever_came_without_the_history_takes_none_of_it_home(village: Village, family: Place) -> None:
    mother = village["mother"]
    village.brings_in(family, "teacher")
    teacher = village["teacher"]
    concern = written(teacher, mother, family)
    village.rows(
        "update memberships set history_from = (select last_seq from threads where id = thread_id)"
        " where thread_id = %s and role = 'professional' and person_id in (select person_id from joint_parts"
        " where thread_id = %s) returning id",
        family.thread,
        family.thread,
    )
    assert [it["id"] for it in data(mother, family)["threads"][0]["joint_concerns"]] == [concern]
    assert data(teacher, family)["threads"][0]["joint_concerns"] == []
    assert WORRY not in words_of(paper(teacher, family))
