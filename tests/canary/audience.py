"""Who may see each stored text: worked out from who is in which thread, apart from policies and code.

fields.csv, typed by hand, says for each text column whose eyes it is for. Here each of those words is told in rows.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

from app.dates import today
from tests.canary.places import Places, Row, in_force
from tests.matrix.people import COLUMNS
from tests.matrix.world import MARKER

FILE = Path(__file__).parent / "fields.csv"
FAMILY = {"child", "custody_holder", "young_person"}
READ_IN_PRIVATE = FAMILY | {"foster_parent", "parent", "relative"}


@cache
def fields() -> dict[tuple[str, str], str]:
    """(table, column): for whose eyes. `word`: one of a few words that we wrote ourselves; `nothing`: ids only."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        return {(line["table"], line["column"]): line["for"] for line in csv.DictReader(opened)}


class Audience(Places):
    """Whose eyes each row is for."""

    # -- the words of fields.csv ---------------------------------------------------------------------------------------
    def nobody(self, row: Row) -> set[str]:
        return set()

    def oneself(self, row: Row) -> set[str]:
        return self.keys([row["person_id"] if "person_id" in row else row["id"]])

    def everybody(self, row: Row) -> set[str]:
        return set(self.who.values())

    def circle(self, row: Row, *roles: str, seq: int | None = None) -> set[str]:
        """In the row's thread now; with `seq`, whose history reaches back to it."""
        return self.keys(
            it["person_id"]
            for it in self.places
            if it["thread_id"] == (row["thread_id"] if "thread_id" in row else row["id"])
            and (not roles or it["role"] in roles)
            and (seq is None or seq > it["history_from"])
        )

    def present(self, row: Row) -> set[str]:
        """How somebody stands there: for the circle, and for whoever is asked whether to come. The auditor reads who
        looked, and the family's reading is its own."""
        told = {row["thread_id"]} - self.shut if in_force(row) else set()
        return (
            self.circle(row)
            | self.invited(thread_id=told)
            | self.asked(thread_id=row["thread_id"], from_person=row["person_id"])
            | ({"auditor"} if row["role"] not in READ_IN_PRIVATE else set())
        )

    def history(self, row: Row) -> set[str]:
        seq = row["seq"] if "seq" in row else self.messages[row["message_id"]]["seq"]
        return self.circle(row, seq=seq)

    def message(self, row: Row) -> set[str]:
        """The reason for handing over is read by whoever is asked to take over, too."""
        return self.history(row) | self.asked(id=row["id"])

    def note(self, row: Row) -> set[str]:
        """What a note says, and what was said to it: whose history reaches back to the note, however late it came."""
        return self.history(self.notes[row["thread_id"], row["note_id"]])

    def answer(self, row: Row) -> set[str]:
        return self.note(self.responses[row["thread_id"], row["response_id"]])

    def joint(self, row: Row) -> set[str]:
        """What is written in a notification, and what becomes of it: whose history reaches back to its beginning."""
        return self.history(self.joint_concerns[row["thread_id"], row["concern_id"]])

    def settlement(self, row: Row) -> set[str]:
        return self.history(self.summaries[row["thread_id"], row["summary_id"]])

    def goal(self, row: Row) -> set[str]:
        """What became of it: whose history reaches back to when it was set."""
        return self.history(self.goals[row["thread_id"], row["goal_id"]])

    def action(self, row: Row) -> set[str]:
        return self.history(self.actions[row["thread_id"], row["action_id"]])

    def evaluation(self, row: Row) -> set[str]:
        return self.history(self.evaluations[row["thread_id"], row["evaluation_id"]])

    def writer(self, row: Row) -> set[str]:
        """Nobody but who is writing; and in a thread, only while the place there lasts."""
        return self.oneself(row) & (self.circle(row) if row["thread_id"] else self.oneself(row))

    def named(self, row: Row) -> set[str]:
        """As one stands there; and to leaders, who of their unit has something to answer, or has rung somebody up."""
        return self.present(row) | self.led.get(row["id"], set()) | self.rang.get(row["id"], set())

    def title(self, row: Row) -> set[str]:
        """Of one's work: one's own, told with what waits for an answer, and to colleagues, whom a case or a question
        can come from."""
        told = (
            self.led[it["id"]]
            for it in self.by_id.values()
            if it["employment_id"] == row["id"] and it["id"] in self.led
        )
        beside = self.deciders([row["unit_id"]]) if row["role"] in ("caseworker", "leader") else set()
        return (self.oneself(row) | beside | self.senders_to(row["person_id"])).union(*told)

    def card(self, row: Row) -> set[str]:
        """One's own, and whoever shares a thread with a place that is held by this work."""
        places = [it for it in self.places if it["employment_id"] == row["employment_id"]]
        mine = self.keys(job["person_id"] for job in self.jobs if job["id"] == row["employment_id"])
        return mine.union(*(self.circle(it) for it in places))

    def case(self, row: Row) -> set[str]:
        """In some thread of the case; a second person; and who is asked whether to come."""
        case = row.get("case_id") or row["id"]
        inside = self.keys(it["person_id"] for it in self.places if it["case_id"] == case)
        return inside | self.invited(case_id={case}) | self.unit(row)

    def unit(self, row: Row) -> set[str]:
        """Who decides in the unit."""
        return self.deciders([row["unit_id"]])

    def colleagues(self, row: Row) -> set[str]:
        """Oneself, and who decides in the same unit; of all but family, the auditor."""
        units = [job["unit_id"] for job in self.jobs if job["person_id"] == row["id"]]
        roles = {it["role"] for it in self.by_id.values() if it["person_id"] == row["id"]}
        known = self.oneself(row) | self.senders_to(row["id"])
        return known | self.deciders(units) | ({"auditor"} if roles - READ_IN_PRIVATE or units else set())

    def invitation(self, row: Row) -> set[str]:
        """The circle, and the person invited."""
        return self.circle(row) | self.invited(id={row["id"]})

    def invitation_address(self, row: Row) -> set[str]:
        """Who wrote it down, who is to agree, and whose it is."""
        proposer = self.by_id[row["proposed_by"]]["person_id"]
        return self.circle(row, "custody_holder", "young_person") | self.keys([proposer]) | self.invited(id={row["id"]})

    def agreers(self, row: Row) -> set[str]:
        """Who decides about somebody that came with another's link; and that person."""
        return self.circle(row, "custody_holder", "young_person") | self.oneself(row)

    def told_why(self, row: Row) -> set[str]:
        """A reason typed: the family of the thread, who typed it, the leaders of the unit, the auditor."""
        leaders = {job["person_id"] for job in self.jobs if job["role"] == "leader"}
        family = self.keys(
            it["person_id"] for it in self.places if it["case_id"] == row["case_id"] and it["role"] in FAMILY
        )
        return family | self.keys([row["person_id"], *leaders]) | {"auditor"}

    def shown(self, row: Row) -> set[str]:
        """The owner, and whoever was shown it and has not had it taken back."""
        open_to = [
            self.by_id[grant["membership_id"]]
            for grant in self.grants
            if grant["fact_id"] == row["id"] and grant["ended_at"] is None
        ]
        return self.keys([row["owner_id"], *(place["person_id"] for place in open_to if in_force(place))])

    def consulted(self, row: Row) -> set[str]:
        """Who asked and who is to answer, while their work runs; until it is closed, who stands in for one away."""
        asked = self.consultations[row.get("consultation_id", row["id"] if "area" in row else None)]
        return self.asker(asked) | self.receivers(asked, waits=asked["id"] not in self.advised)

    def consulting(self, row: Row) -> set[str]:
        """As above; and to the leaders of the receiver's unit, whom it waits for."""
        unit = next(job["unit_id"] for job in self.jobs if job["id"] == row["receiver_id"])
        leaders = [job for job in self.jobs if job["role"] == "leader" and job["unit_id"] == unit]
        return self.consulted(row) | self.keys(job["person_id"] for job in leaders)

    def notified(self, row: Row) -> set[str]:
        """Who is to handle it, and who sent it."""
        sent = self.concerns[row.get("concern_id", row["id"])]
        return self.asker(sent) | self.handling(row)

    def handling(self, row: Row) -> set[str]:
        """Who is to handle it; while something is still to be done, who stands in for one away."""
        sent = self.concerns[row.get("concern_id", row["id"])]
        done = {step for concern, step in self.steps if concern == sent["id"]}
        return self.receivers(sent, waits="settled" not in done or "receipted" not in done)

    def senders_to(self, person: str) -> set[str]:
        """Whoever has notified is told who has it."""
        handled = [sent for sent in self.concerns.values() if self.keys([person]) & self.handling(sent)]
        return set().union(*(self.asker(sent) for sent in handled))

    def asker(self, asked: Row) -> set[str]:
        return self.keys(job["person_id"] for job in self.jobs if job["id"] == asked["employment_id"])

    def receivers(self, asked: Row, *, waits: bool) -> set[str]:
        jobs = {job["id"]: job["person_id"] for job in self.jobs}
        receiver = jobs.get(asked["receiver_id"])
        is_away = any(
            it["person_id"] == receiver and it["from_on"] <= today().isoformat() <= it["to_on"]
            for it in self.table("absences")
        )
        rule = next((it for it in self.table("routings") if it["unit_id"] == asked["unit_id"]), None)
        stands_in = jobs[rule["deputy_id"]] if rule and is_away and waits else None
        return self.keys(it for it in (receiver, stands_in) if it)

    def screeners(self, row: Row) -> set[str]:
        return self.keys(
            it["person_id"] for it in self.places if it["case_id"] == row["case_id"] and it["role"] == "caseworker"
        )

    # -- put together --------------------------------------------------------------------------------------------------
    def of_markers(self) -> dict[str, set[str]]:
        """Each marker that is stored anywhere, and who may ever be shown it."""
        allowed: dict[str, set[str]] = defaultdict(set)
        for (name, column), eyes in fields().items():
            if eyes in ("word", "nothing"):
                continue
            rule: Callable[[Row], set[str]] = getattr(self, eyes)
            for row in self.table(name):
                for marker in MARKER.findall(str(row[column])):
                    allowed[marker] |= rule(row)
        for people in allowed.values():
            people |= {"stale"} if "colleague" in people else set()
        return allowed

    def by_person(self) -> dict[str, set[str]]:
        """Each person: the markers he or she may be shown."""
        allowed = self.of_markers()
        return {who: {marker for marker, people in allowed.items() if who in people} for who in COLUMNS}
