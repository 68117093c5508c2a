"""What an act of tests/attempts.py needs before it can be tried, made when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx2

from app.dates import today
from tests.attachments.sharing import shared
from tests.conftest import Village
from tests.people_of import Place, Someone
from tests.stages.stepping import goes

# Who of the cast stands for each role.
WHO = {
    "caseworker": "caseworker",
    "child": "boy10",
    "custody_holder": "mother",
    "foster_parent": "fosterparent",
    "interpreter": "interpreter",
    "on_duty": "colleague",
    "parent": "birthfather",
    "professional": "teacher",
    "relative": "grandmother",
    "support_person": "supporter",
    "volunteer": "kindergarten",
    "young_person": "girl15",
}

Attempt = Callable[[], httpx2.Response]


@dataclass
class Ground:
    """A thread, and somebody who wants to do something in it."""

    village: Village
    place: Place
    who: Someone

    @cached_property
    def people(self) -> dict[str, str]:
        return {it["role"]: it["membership"] for it in self.village["caseworker"].sees(self.place)["people"]}

    @property
    def own(self) -> str:
        return self.people.get(
            next((role for role, key in WHO.items() if key == self.who.persona.key), ""), str(uuid4())
        )

    @property
    def guest(self) -> str:
        return self.people["professional" if self.own == self.people["volunteer"] else "volunteer"]

    def posts(self, path: str, **body: Any) -> Attempt:
        return lambda: self.who.post(f"{self.place.path}/{path}", **body)

    def posts_to_case(self, path: str, **body: Any) -> Attempt:
        return lambda: self.who.post(f"/api/cases/{self.place.case}/{path}", **body)

    def proposed(self) -> str:
        invitation: str = self.village["caseworker"].proposes(self.place, "outsider")["id"]
        return invitation

    def said(self) -> str:
        """A message of this person, or of the mother's if this one may not write."""
        speaks = self.who.persona.key not in ("outsider", "colleague")
        message: str = (self.who if speaks else self.village["mother"]).writes(self.place, "x")["id"]
        return message

    def added(self) -> str:
        """A photo of this person, or of the mother's if this one may share none."""
        shares_files = self.who.persona.key not in ("outsider", "colleague")
        added: str = shared(self.who if shares_files else self.village["mother"], self.place)["id"]
        return added

    def noted(self) -> str:
        """A note of this person, or of the caseworker if this one writes none."""
        notes = self.who if self.who.persona.key in ("caseworker", "teacher") else self.village["caseworker"]
        note: str = notes.did(notes.post(f"{self.place.path}/notes", id=str(uuid4()), resources="Mormor"))["id"]
        return note

    def responded(self) -> str:
        """To such a note."""
        said = {"kind": "missing", "box": "whole", "version": 1, "words": "x"}
        mother, response = self.village["mother"], str(uuid4())
        mother.did(mother.post(f"{self.place.path}/notes/{self.noted()}/responses", id=response, **said))
        return response

    def summed_up(self) -> str:
        caseworker, summary = self.village["caseworker"], str(uuid4())
        caseworker.did(caseworker.post(f"{self.place.path}/summary", id=summary, words="x"))
        return summary

    def goal(self) -> str:
        """Proposed by the caseworker."""
        caseworker, goal = self.village["caseworker"], str(uuid4())
        body = {"id": goal, "kind": "goal", "area": "home", "words": "x"}
        caseworker.did(caseworker.post(f"{self.place.path}/goals", **body))
        return goal

    def planned(self) -> str:
        """By the mother: something for this person to do, if this one can do anything here."""
        mother, action = self.village["mother"], str(uuid4())
        owner = self.own if self.own in set(self.people.values()) - {self.people["on_duty"]} else ""
        body = {"words": "x", "due_on": today().isoformat(), "owner": owner or self.people["custody_holder"]}
        mother.did(mother.post(f"{self.place.path}/actions", id=action, **body))
        return action

    def among_family(self) -> None:
        """The steps of a case stand in its family thread: for once this is it."""
        for kind, which in (("other", "case_id = (select case_id from threads where id = %s)"), ("family", "id = %s")):
            self.village.rows(f"update threads set kind = %s where {which} returning id", kind, self.place.thread)

    def assessed(self) -> str:
        """An assessment that waits for somebody who is new to the case."""
        self.among_family()
        caseworker = self.village["caseworker"]
        goes(caseworker, self.place, "notified", "danger_assessed")
        waits = "update stages set new_eyes = true where thread_id = %s and step = 'danger_assessed' returning id"
        return str(self.village.rows(waits, self.place.thread)[-1][0])

    def new_concern(self) -> dict[str, Any]:
        """One at a time in the family thread, which for once this is: what is there is over."""
        self.among_family()
        self.village.rows(
            "with over as (select j.*, j.seq + 1000000 as at from joint_concerns j where j.thread_id = %s and not"
            " exists (select 1 from joint_steps s where s.thread_id = j.thread_id and s.concern_id = j.id)),"
            " told as (insert into events (thread_id, seq, case_id, kind, object_id, about)"
            " select thread_id, at, %s, 'joint_concern_given_up', id, seq from over returning seq)"
            " insert into joint_steps (thread_id, id, concern_id, seq, person_id, step, words)"
            " select thread_id, gen_random_uuid(), id, at, person_id, 'given_up', 'x'"
            " from over, (select count(*) from told) n returning id",
            self.place.thread,
            self.place.case,
        )
        return {"id": str(uuid4()), "area": "home"}

    def concern(self, by: Someone, *, sends: bool = False) -> str:
        """Begun by somebody, with the teacher's part in it; and sent."""
        concern: str = by.did(by.post(f"{self.place.path}/concerns", **self.new_concern()))["id"]
        teacher, path = self.village["teacher"], f"{self.place.path}/concerns/{concern}"
        teacher.did(teacher.post(f"{path}/parts", id=str(uuid4()), words="x"))
        if sends:
            teacher.did(teacher.post(f"{path}/sending", id=str(uuid4()), words="x"))
        return concern

    def asked(self) -> str:
        """A call that this person has asked for, or the mother if this one asks for none."""
        asks = self.who.persona.key not in ("caseworker", "colleague", "outsider")
        who, callback = self.who if asks else self.village["mother"], str(uuid4())
        who.did(who.post(f"{self.place.path}/callbacks", id=callback))
        return callback

    def logged(self) -> str:
        """A visit of this person's, or of the caseworker's if this one writes none down."""
        logs = self.who if self.who.persona.key in ("caseworker", "teacher") else self.village["caseworker"]
        contact: str = logs.did(logs.post(f"{self.place.path}/contacts", id=str(uuid4()), kind="visit"))["id"]
        return contact
