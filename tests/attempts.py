"""One of each act, ready to be tried by somebody: what the grid of tests/test_access.py is held against."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx2

from app.dates import today
from tests.attachments.sharing import photo, shared, shares
from tests.conftest import Village
from tests.people_of import Place, Someone
from tests.stages.stepping import goes, step_body

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
class Attempts:
    """One of each act, ready to be tried by this person: what it needs is made when it is asked for."""

    village: Village
    place: Place
    who: Someone

    def __getitem__(self, act: str) -> Attempt:
        made: Attempt = getattr(self, act)()
        return made

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

    def move_stage(self) -> Attempt:
        self.among_family()
        return self.posts("stages", **step_body("notified"))

    def co_sign(self) -> Attempt:
        return self.posts(f"stages/{self.assessed()}/signature", id=str(uuid4()), words="x")

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

    def add_attachment(self) -> Attempt:
        return lambda: shares(self.who, self.place, photo())

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

    def agree_to_invitation(self) -> Attempt:
        return self.posts(f"invitations/{self.proposed()}/agreement")

    def answer_callback(self) -> Attempt:
        return self.posts(f"callbacks/{self.asked()}/calls", id=str(uuid4()), reached=True)

    def answer_response(self) -> Attempt:
        return self.posts(f"responses/{self.responded()}/answer", words="x")

    def ask_for_callback(self) -> Attempt:
        return self.posts("callbacks", id=str(uuid4()))

    def change_custody(self) -> Attempt:
        self.among_family()
        named = {"name": "Ny", "email": "ny@demo.example", "capacity": "far"}
        return self.posts_to_case("custody-changes", change="granted", basis="x", **named)

    def begin_joint_concern(self) -> Attempt:
        return self.posts("concerns", **self.new_concern())

    def close_thread(self) -> Attempt:
        return self.posts("closure", reason="x")

    def correct_message(self) -> Attempt:
        return self.posts(f"messages/{self.said()}/correction", text="y")

    def correct_note(self) -> Attempt:
        return self.posts(f"notes/{self.noted()}/versions", version=1, resources="Mormor og farfar")

    def do_action(self) -> Attempt:
        return self.posts(f"actions/{self.planned()}/changes", id=str(uuid4()), step="done")

    def end_membership(self) -> Attempt:
        return self.posts(f"memberships/{self.guest}/ending")

    def give_view(self) -> Attempt:
        return self.posts("wellbeing", id=str(uuid4()), colour="green")

    def give_up_joint_concern(self) -> Attempt:
        """Of this person's, or of the teacher's if this one begins none."""
        begins_it = self.who.persona.key in ("mother", "birthfather", "girl15")
        concern = self.concern(self.who if begins_it else self.village["teacher"])
        return self.posts(f"concerns/{concern}/closure", id=str(uuid4()), words="x")

    def hand_over(self) -> Attempt:
        """The colleague who is on duty here may be asked as well as anybody; what waits has been taken back."""
        self.among_family()
        caseworker = self.village["caseworker"]
        ball = caseworker.did(caseworker.get(f"{self.place.path}/ball"))
        if ball["waiting"]:
            caseworker.did(caseworker.post(f"{self.place.path}/hand-overs/{ball['waiting']['id']}/withdrawal"))
        job = next((it["employment"] for it in ball["colleagues"]), str(uuid4()))
        return self.posts("hand-overs", id=str(uuid4()), employment=job, stays=False, reason="x")

    def keep_private_facts(self) -> Attempt:
        return self.posts_to_case("facts", kind="phone", text="12345678")

    def leave_thread(self) -> Attempt:
        return self.posts(f"memberships/{self.own}/ending")

    def log_contact(self) -> Attempt:
        return self.posts("contacts", id=str(uuid4()), kind="visit")

    def make_plan(self) -> Attempt:
        return self.posts("goals", id=str(uuid4()), kind="wish", area="home", words="x")

    def open_thread(self) -> Attempt:
        return self.posts_to_case("threads", purpose="x", members=[self.people["custody_holder"]])

    def pause_membership(self) -> Attempt:
        return self.posts(f"memberships/{self.guest}/pause")

    def post_message(self) -> Attempt:
        return self.posts("messages", id=str(uuid4()), text="x")

    def propose_invitation(self) -> Attempt:
        return self.posts("invitations", **proposal())

    def propose_summary(self) -> Attempt:
        return self.posts("summary", id=str(uuid4()), words="x")

    def publish_note(self) -> Attempt:
        return self.posts("notes", id=str(uuid4()), challenges="", resources="Mormor", proposals="")

    def receive_joint_concern(self) -> Attempt:
        return self.posts(f"concerns/{self.concern(self.village['teacher'], sends=True)}/receipt", id=str(uuid4()))

    def record_consent(self) -> Attempt:
        told = {"giver": self.people["custody_holder"], "how": "paper", "given_on": today().isoformat()}
        return self.posts(f"invitations/{self.proposed()}/consents", **told)

    def reopen_thread(self) -> Attempt:
        return lambda: self.who.browser.delete(f"{self.place.path}/closure")

    def respond_to_note(self) -> Attempt:
        return self.posts(f"notes/{self.noted()}/responses", id=str(uuid4()), kind="agree", box="whole", version=1)

    def screen_risk(self) -> Attempt:
        return lambda: self.who.get(f"/api/cases/{self.place.case}/screening")

    def see_looks(self) -> Attempt:
        return lambda: self.who.get(f"/api/cases/{self.place.case}/looks")

    def send_joint_concern(self) -> Attempt:
        concern = self.concern(self.village["teacher"])
        return self.posts(f"concerns/{concern}/sending", id=str(uuid4()), words="x")

    def settle_plan(self) -> Attempt:
        return self.posts(f"goals/{self.goal()}/changes", id=str(uuid4()), step="agreed")

    def settle_summary(self) -> Attempt:
        return self.posts(f"summary/{self.summed_up()}/confirmation")

    def take_home(self) -> Attempt:
        return lambda: self.who.get(f"{self.place.path}/export", format="json")

    def withdraw_attachment(self) -> Attempt:
        return self.posts(f"attachments/{self.added()}/withdrawal")

    def withdraw_callback(self) -> Attempt:
        return self.posts(f"callbacks/{self.asked()}/withdrawal")

    def withdraw_contact(self) -> Attempt:
        return self.posts(f"contacts/{self.logged()}/withdrawal")

    def withdraw_consent(self) -> Attempt:
        giver = "girl15" if self.who.persona.key == "girl15" else "mother"
        invitation = self.proposed()
        self.village[giver].agrees(self.place, {"id": invitation})
        given = next(it for it in self.village["mother"].consents(self.place) if it["invitation"] == invitation)
        return self.posts(f"consents/{given['id']}/withdrawal")

    def withdraw_message(self) -> Attempt:
        return self.posts(f"messages/{self.said()}/withdrawal")

    def write_down_words(self) -> Attempt:
        return self.posts("words", id=str(uuid4()), text="x", words_of=self.people["child"])

    def write_joint_part(self) -> Attempt:
        return self.posts(f"concerns/{self.concern(self.village['teacher'])}/parts", id=str(uuid4()), words="x")


def proposal() -> dict[str, Any]:
    ends_on = (today() + timedelta(days=9)).isoformat()
    named = {"name": "Ny", "email": "ny@demo.example", "capacity": "x", "role": "relative", "purpose": "x"}
    return named | {"kinds": ["everyday"], "ends_on": ends_on, "history": False}
