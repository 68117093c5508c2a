"""One of each act, ready to be tried by somebody: what the grid of tests/test_access.py is held against."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.dates import today
from tests.attachments.sharing import photo, shares
from tests.grounds import Attempt, Ground
from tests.stages.stepping import step_body


class Attempts(Ground):
    """One of each act, ready to be tried by this person."""

    def __getitem__(self, act: str) -> Attempt:
        made: Attempt = getattr(self, act)()
        return made

    def move_stage(self) -> Attempt:
        self.among_family()
        return self.posts("stages", **step_body("notified"))

    def co_sign(self) -> Attempt:
        return self.posts(f"stages/{self.assessed()}/signature", id=str(uuid4()), words="x")

    def add_attachment(self) -> Attempt:
        return lambda: shares(self.who, self.place, photo())

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
