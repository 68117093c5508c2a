"""The form that a citizen fills in: what a browser sends, what of it is wrong, and what is passed on."""

from typing import Literal
from urllib.parse import parse_qsl
from uuid import UUID, uuid5

from pydantic import ValidationError
from starlette.requests import Request

from app.concerns.models import ParentsTold
from app.concerns.shapes import CitizensConcern
from app.consultations.models import ConsultationArea
from app.errors import Invalid, Unsupported
from app.shapes import Body, Words, WordsOrNone
from app.text import text

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 30  # the form has fewer
TEXTS = ("child_words", "parents_words", "words")
LONGEST_TEXT, LONGEST_LINE = 4000, 200
# No eye sees it and no key reaches it: whoever fills it in is a program.
TRAP = "subject"
# What is stored goes by another id than the form's. An id that is known here means nothing in a form, so nobody can ask
# by sending one; and the same form sent twice is still one notification.
PUBLIC_IDS = UUID("6f0d8a52-2a4c-4d0e-9d51-6d2f1a6c7e11")


class CitizensForm(Body):
    """`who`: whether the notifier gives a name."""

    id: UUID
    child_name: WordsOrNone = ""
    child_age: WordsOrNone = ""
    child_place: WordsOrNone = ""
    area: ConsultationArea
    words: Words
    child_words: WordsOrNone = ""
    parents_told: ParentsTold
    parents_words: WordsOrNone = ""
    relation: WordsOrNone = ""
    who: Literal["anonymous", "named"]
    name: WordsOrNone = ""
    contact: WordsOrNone = ""

    def passed_on(self) -> CitizensConcern:
        """Answers without a place of their own keep the question that they answer, in the language of the office."""
        details = [text("public.detail_age", age=self.child_age)] if self.child_age else []
        details += [text("public.detail_place", place=self.child_place)] if self.child_place else []
        return CitizensConcern(
            id=uuid5(PUBLIC_IDS, str(self.id)),
            anonymous=self.who == "anonymous",
            notifier_name=self.name,
            notifier_contact=self.contact,
            relation=self.relation,
            child_name=self.child_name,
            child_details="\n".join(details),
            area=self.area,
            words=self.words,
            child_words=self.child_words,
            parents_told=self.parents_told,
            parents_words=self.parents_words,
        )


FIELDS = tuple(CitizensForm.model_fields)


class Faulty(Exception):
    """What is to be corrected: by field, the key of what is said to it."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


async def sent(request: Request) -> dict[str, str]:
    """Every field as the form has it. Of somebody who wants to be anonymous, name and contact end here: not even the
    page shows them again.

    Unsupported, Invalid: no form of ours sends this.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise Unsupported("not_a_form")
    try:
        body = (await request.body()).decode("ascii")
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        fields = {name: _tidy(name, words) for name, words in pairs}
        fields["id"] = str(UUID(fields.get("id", "")))
    except ValueError:
        raise Invalid from None
    if len(fields) < len(pairs) or fields.keys() - {*FIELDS, TRAP} or any("\0" in words for words in fields.values()):
        raise Invalid
    if fields.get("who") == "anonymous":
        fields |= {"name": "", "contact": ""}
    return dict.fromkeys((*FIELDS, TRAP), "") | fields


def read(fields: dict[str, str]) -> CitizensForm:
    """Faulty: with everything that is wrong at once."""
    if faults := _faults(fields):
        raise Faulty({name: faults[name] for name in FIELDS if name in faults})  # as they stand on the page
    return CitizensForm.model_validate(_without_trap(fields))


def longest(name: str) -> int:
    return LONGEST_TEXT if name in TEXTS else LONGEST_LINE


def _faults(fields: dict[str, str]) -> dict[str, str]:
    faults = {}
    try:
        CitizensForm.model_validate(_without_trap(fields))
    except ValidationError as error:
        faults = {str(each["loc"][0]): "public.fault_signs" for each in error.errors()}
    needed = {"area", "parents_told", "who", "words"} & faults.keys()
    needed |= {"name", "contact"} if fields["who"] == "named" else set()
    needed |= set() if fields["child_place"] else {"child_name"}
    faults |= {name: f"public.fault_{name}" for name in needed if name in faults or not fields[name]}
    return faults | {name: "public.fault_long" for name in FIELDS if len(fields[name]) > longest(name)}


def _without_trap(fields: dict[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in FIELDS}


def _tidy(name: str, words: str) -> str:
    """A text keeps its lines; what is one line is one line."""
    return words.replace("\r\n", "\n").strip() if name in TEXTS else " ".join(words.split())
