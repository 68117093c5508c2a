"""A thread with everything in it, and what a paper says: its words, page by page."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from pypdf import PdfReader

from app.dates import today
from tests.conftest import Village
from tests.notes.noting import answers, asked, corrects, publishes
from tests.people_of import Place, Someone
from tests.plans.planning import changes_action, changes_goal, in_days, plans, says, sets_goal
from tests.threads.test_words import EMIL, MOTHER, writes_down

FATHER = {"name": "Jonas Krogh", "email": "father@demo.example", "capacity": "far", "role": "custody_holder"}
NOTE = {"challenges": "Søvnen er svær", "resources": "Mormor er tæt på", "proposals": "Fast sengetid"}
# What the typesetter would obey if it ever came to stand in its own language.
HOSTILE = '#import "x.typ" \\ *fed* _skrå_ $x^2$ `kode` <navn> @ref #(panic("x")) = Overskrift "] #pagebreak()'
SIGNS = "Æble, ø og å: ÆØÅæøå – “citat” 100 €"


def takes(who: Someone, place: Place, **wanted: Any) -> Any:
    answer = who.get(f"{place.path}/export", **wanted)
    assert answer.is_success, answer.text
    return answer


def data(who: Someone, place: Place, **wanted: Any) -> dict[str, Any]:
    copy: dict[str, Any] = takes(who, place, format="json", **wanted).json()
    return copy


def paper(who: Someone, place: Place, **wanted: Any) -> bytes:
    made: bytes = takes(who, place, format="pdf", **wanted).content
    return made


def words_of(pdf: bytes) -> str:
    """Line ends are the page's, not the writer's."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@dataclass
class Everything:
    place: Place
    said: list[str]  # every word that somebody wrote and that still stands, in the order of the thread
    gone: list[str]  # what was taken back


def summary(village: Village, place: Place, words: str) -> str:
    it = str(uuid4())
    village["caseworker"].did(village["caseworker"].post(f"{place.path}/summary", id=it, words=words))
    return f"{place.path}/summary/{it}"


PLANNED = [
    "Ønske: fritid", "Jeg vil gå til spejder", "Mål: hjemmet", "Emil sover hele natten", "Sådan stod der først",
    "ændrede ordene: Emil sover hele natten", "sagde Mette Holm (mor) ja", "Vi læser klokken 20", "Jonas Krogh (far)",
    "flyttede dagen", "Andre aftaler", "Skolen ringer hver fredag", "Familien sagde nej", "Det tager vi selv",
]  # fmt: skip
GOING = [
    "Fra 0 til 10: Emil sover hele natten", "Karen Lindqvist (rådgiver)", "Trivsel", "Gul", "Han er træt i skolen",
    "Opfølgning", "Holdt", "Det har virket: Bogen", "Det skal ændres: Fredagene",
]  # fmt: skip


def a_plan(village: Village, place: Place) -> None:
    mother, caseworker = village["mother"], village["caseworker"]
    sets_goal(mother, place, "Jeg vil gå til spejder", kind="wish", area="leisure")
    goal = sets_goal(caseworker, place, "Emil sover")
    caseworker.did(changes_goal(caseworker, place, goal, "reworded", words="Emil sover hele natten"))
    mother.did(changes_goal(mother, place, goal, "agreed"))
    action = caseworker.did(plans(caseworker, place, "father", "Vi læser klokken 20", goal=goal["id"]))
    caseworker.did(changes_action(caseworker, place, action, "moved", due_on=in_days(20), words="Bogen kommer senere"))
    other = caseworker.did(plans(caseworker, place, "caseworker", "Skolen ringer hver fredag"))
    mother.did(changes_action(mother, place, other, "declined", words="Det tager vi selv"))
    caseworker.did(says(caseworker, place, "scales", goal=goal["id"], before=2, now=5, hoped=8))
    caseworker.did(says(caseworker, place, "wellbeing", colour="yellow", words="Han er træt i skolen"))
    day = caseworker.did(says(caseworker, place, "evaluations", due_on=in_days(30)))["id"]
    caseworker.did(says(caseworker, place, f"evaluations/{day}/views", worked="Bogen"))
    mother.did(says(mother, place, f"evaluations/{day}/views", change="Fredagene"))


def everything(village: Village) -> Everything:
    mother, caseworker = village["mother"], village["caseworker"]
    born = today() - timedelta(days=9 * 365)
    place = caseworker.opens_dialogue(family=[MOTHER, FATHER, EMIL], child_born=born.isoformat())
    mother.writes(place, f"Den første besked. {SIGNS}")
    mother.writes(place, f"Fjendtlig: {HOSTILE}")
    withdrawn = mother.writes(place, "Dette blev trukket tilbage igen")
    mother.did(mother.post(f"{place.path}/messages/{withdrawn['id']}/withdrawal"))
    corrected = village["father"].writes(place, "Før rettelsen sagde jeg dette")
    village.rows(
        "update messages set posted_at = posted_at - interval '1 hour' where id = %s returning 1", corrected["id"]
    )
    village["father"].did(
        village["father"].post(
            f"{place.path}/messages/{corrected['id']}/correction", text="Efter rettelsen siger jeg dette"
        )
    )
    emil = caseworker.place_of(place, "boy10")["membership"]
    caseworker.did(writes_down(caseworker, place, emil, "Jeg vil gerne gå til spejder"))
    note = publishes(caseworker, place, **NOTE)
    response = asked(mother, place, note, words="Han sover fint hos far", box="challenges")
    caseworker.did(answers(caseworker, place, response, "Tak, det retter jeg"))
    caseworker.did(corrects(caseworker, place, note, **NOTE | {"challenges": "Søvnen er svær hos mor"}))
    first = summary(village, place, "Vi prøver en fast sengetid")
    mother.did(mother.post(f"{first}/confirmation"))
    second = summary(village, place, "Vi holder op med sengetiden")
    mother.did(mother.post(f"{second}/rejection", words="Nej, den virker"))
    a_plan(village, place)
    village.brings_in(place, "teacher")
    teachers = village["teacher"].place_of(place, "teacher")["membership"]
    mother.did(mother.post(f"{place.path}/memberships/{teachers}/pause"))
    mother.did(mother.browser.delete(f"{place.path}/memberships/{teachers}/pause"))
    village["teacher"].writes(place, "Linje et\nLinje to\n\nNyt afsnit fra skolen 😀 مرحبا привіт 中")
    caseworker.did(caseworker.post(f"{place.path}/closure", reason="Vi er i mål for nu"))
    caseworker.did(caseworker.browser.delete(f"{place.path}/closure"))
    mother.writes(place, "Den sidste besked")
    said = [
        "Den første besked", SIGNS, HOSTILE, "Efter rettelsen siger jeg dette", "Før rettelsen sagde jeg dette",
        "Jeg vil gerne gå til spejder", "Mormor er tæt på", "Søvnen er svær hos mor", "Han sover fint hos far",
        "Tak, det retter jeg", "Fast sengetid", "Linje et Linje to", "Nyt afsnit fra skolen", "Den sidste besked",
    ]  # fmt: skip
    return Everything(place, said, ["Dette blev trukket tilbage igen"])
