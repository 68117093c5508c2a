"""Whatever is sent, by whomever: never our fault (5xx), never an undocumented status, always the documented shape.

Generated from the OpenAPI document. Most of the addresses are real ones, so that rights and rows are met too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from app.dates import today
from app.main import create_app
from tests.conftest import Village
from tests.people_of import Place
from tests.village import BY_KEY

PEOPLE = ("caseworker", "mother", "outsider")
EXAMPLES = 10
STAY = {BY_KEY[who].name for who in PEOPLE}  # a mother who has left finds nothing any more
# The way in is tested in tests/people; a logout would end the session that we ask by.
DOCUMENT = schemathesis.openapi.from_dict(create_app().openapi())
OPERATIONS = [found.ok() for found in DOCUMENT.exclude(path_regex="^/auth/").get_all_operations()]
MODES = [
    (operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.body or operation.query or operation.path_parameters
]
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Real:
    """What exists, or is a day that may be named: by the part of the path or of the body where it belongs."""

    ids: dict[str, list[Any]]

    def some(self, generated: Any, draw: Any) -> Any:
        if not isinstance(generated, dict):
            return generated
        return {
            name: draw(st.sampled_from(self.ids[name])) if name in self.ids and draw(st.integers(0, 9)) else value
            for name, value in generated.items()
        }


@pytest.fixture(scope="module")
def real(village: Village) -> Iterator[Real]:
    caseworker, mother = village["caseworker"], village["mother"]
    place = caseworker.opens_dialogue("mother", "father")
    village.brings_in(place, "teacher", history=True)
    people = caseworker.sees(place)["people"]
    note = {"id": "0b5c2c5e-0000-4000-8000-000000000001", "resources": "Mormor"}
    caseworker.did(caseworker.post(f"{place.path}/notes", **note))
    said = {"kind": "missing", "box": "whole", "version": 1, "words": "Faster"}
    response, summary = "0b5c2c5e-0000-4000-8000-000000000002", "0b5c2c5e-0000-4000-8000-000000000003"
    mother.did(mother.post(f"{place.path}/notes/{note['id']}/responses", id=response, **said))
    caseworker.did(caseworker.post(f"{place.path}/summary", id=summary, words="Vi er i gang"))
    callback, contact = "0b5c2c5e-0000-4000-8000-000000000004", "0b5c2c5e-0000-4000-8000-000000000005"
    mother.did(mother.post(f"{place.path}/callbacks", id=callback))
    caseworker.did(caseworker.post(f"{place.path}/contacts", id=contact, kind="visit"))
    concern = "0b5c2c5e-0000-4000-8000-000000000006"
    mother.did(mother.post(f"{place.path}/concerns", id=concern, area="home"))
    jobs = caseworker.did(caseworker.get("/api/me"))["employments"]
    yield Real(
        {
            "case": [place.case],
            "thread": [place.thread],
            "membership": [it["membership"] for it in people if it["name"] not in STAY],
            "message": [mother.writes(place, "Hej")["id"], caseworker.writes(place, "Hej")["id"]],
            "note": [note["id"]],
            "response": [response],
            "summary": [summary],
            "callback": [callback],
            "contact": [contact],
            "concern": [concern],
            "about": [place.thread, note["id"], response],
            "heard": [[], [it["membership"] for it in people if it["role"] == "custody_holder"]],
            "version": [0, 1, 2],
            "invitation": [caseworker.proposes(place, "outsider")["id"], mother.proposes(place, "outsider")["id"]],
            "members": [[it["membership"] for it in people if it["role"] == "custody_holder"]],
            "employment": [jobs[0]["id"], None],
            "child_born": [None, "2020-02-29"],
            "ends_on": [(today() + timedelta(days=30)).isoformat()],
            "circle": [None, caseworker.sees(place)["circle"]],
        }
    )
    for who in PEOPLE:
        village[who].did(village[who].put("/api/me/language", language="da"))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("operation", "mode"), MODES, ids=lambda part: getattr(part, "label", "") or part.value)
def test_anything(village: Village, real: Real, operation: Any, who: str, mode: GenerationMode) -> None:
    documented = {status for status in operation.definition.raw["responses"] if status != "default"}
    cookies = dict(village[who].browser.cookies)

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def sends(case: Any, data: st.DataObject) -> None:
        case.path_parameters = real.some(case.path_parameters, data.draw)
        if mode is GenerationMode.POSITIVE:
            case.body = real.some(case.body, data.draw)
        answer = case.call(base_url=village.url, cookies=cookies)
        case.validate_response(answer, checks=CHECKS)
        assert str(answer.status_code) in documented, f"{answer.status_code} is not documented: {answer.text}"

    sends()


def test_the_addresses_are_real(village: Village, real: Real) -> None:
    """Otherwise all the above would only have met the 404 door. And the outsider is one."""
    place = Place(real.ids["case"][0], real.ids["thread"][0])
    assert village["mother"].get(place.path).status_code == 200
    assert village["caseworker"].get(f"{place.path}/notes/{real.ids['note'][0]}").status_code == 200
    assert village["outsider"].get(place.path).status_code == 404
