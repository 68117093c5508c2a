"""Scenario 6: the father finds the hidden address nowhere, and nothing tells him that there is one."""

import re

from tests.conftest import Village
from tests.crawl import crawl
from tests.facts.keeping import a_marker, facts, keeps, page, shown, shows
from tests.people_of import Place
from tests.village import BY_KEY


def test_the_father_finds_the_hidden_address_nowhere(village: Village, family: Place) -> None:
    mother, father = village["mother"], village["father"]
    marker = a_marker()
    quiet = {who: village[who].sees(family)["seq"] for who in ("father", "mother")}
    before = {who: village.mails_to(who) for who in BY_KEY}
    with father.listens(family) as ear:
        for kind in ("address", "institution", "meeting_place", "phone"):
            fact = keeps(mother, family, f"{kind} {marker}", kind)
            grant = shows(mother, family, fact, "caseworker")
            assert f"{kind} {marker}" in shown(village["caseworker"], family)
            mother.did(mother.put(f"{facts(family)}/{fact}", text=f"ny {kind} {marker}"))
            assert mother.browser.delete(f"{facts(family)}/{fact}/grants/{grant}").status_code == 404
        mother.writes(family, "Det er så hyggeligt her")
        ear.hears("Det er så hyggeligt her")
        frames = b"".join(ear.raw)
    seen = crawl(father, family)
    assert seen[facts(family).replace(family.case, "{case}")].startswith("200"), "he has such a page himself"
    assert not [path for path, answer in seen.items() if marker in answer]
    assert marker.encode() not in frames
    assert {who: village[who].sees(family)["seq"] for who in quiet} == {who: seq + 1 for who, seq in quiet.items()}
    assert {who: village.mails_to(who) for who in BY_KEY} == before
    assert marker not in str(crawl(village["outsider"], family))
    assert marker in str(crawl(mother, family)), "the premise: it is there to be found"


def test_his_pages_are_the_same_with_and_without_what_she_keeps(village: Village, family: Place) -> None:
    father = village["father"]
    paths = [path for path in crawl(father, family) if not path.startswith("/api/me")]
    before = {path: crawl(father, family)[path] for path in paths if "look" not in path}
    fact = keeps(village["mother"], family, a_marker())
    shows(village["mother"], family, fact, "caseworker")
    page(village["caseworker"], family)
    after = crawl(father, family)
    for path, answer in before.items():
        assert _undated(after[path]) == _undated(answer), path


# In what is taken home. There, as on their own page, all pages of the case that somebody opened are the same.
LOOKS = re.compile(r'"looks": \[.*?\]', re.DOTALL)


def _undated(answer: str) -> str:
    from tests.crawl import MOMENT

    return MOMENT.sub("then", LOOKS.sub("looks", answer))
