"""Who may see each stored text: worked out from who is in which thread, apart from policies and code.

fields.csv, typed by hand, says for each text column whose eyes it is for. Here each of those words is told in rows.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.dates import today
from tests.matrix.people import COLUMNS
from tests.matrix.world import MARKER, World

FILE = Path(__file__).parent / "fields.csv"
FAMILY = {"child", "custody_holder", "young_person"}
READ_IN_PRIVATE = FAMILY | {"foster_parent", "parent", "relative"}
Row = dict[str, Any]


@cache
def fields() -> dict[tuple[str, str], str]:
    """(table, column): for whose eyes. `word`: one of a few words that we wrote ourselves; `nothing`: ids only."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        return {(line["table"], line["column"]): line["for"] for line in csv.DictReader(opened)}


@dataclass
class Audience:
    """The places in force, the work that runs, and what was shown to whom."""

    world: World

    def __post_init__(self) -> None:
        self.who = {person: key for key, person in self.world.persons.items() if key != "stale"}
        self.tables: dict[str, list[Row]] = {}
        self.places = [place for place in self.table("memberships") if in_force(place)]
        self.by_id = {place["id"]: place for place in self.table("memberships")}
        self.jobs = [job for job in self.table("employments") if job["ended_on"] is None]
        self.grants = self.table("fact_grants")
        self.emails = {self.world.email(key): key for key in self.world.persons if key != "stale"}
        self.messages = {it["id"]: it for it in self.table("messages")}
        held = {it["case_id"] for it in self.table("protected.screenings") if it["signed_at"] is None}
        self.shut = {it["thread_id"] for it in self.table("closures") if it["reopened_at"] is None}
        self.shut |= {it["id"] for it in self.table("threads") if it["case_id"] in held}  # nobody is invited there
        self.invitations = self.table("invitations")
        self.notes, self.responses, self.summaries, self.goals, self.actions, self.evaluations = (
            {(it["thread_id"], it["id"]): it for it in self.table(name)}
            for name in ("notes", "responses", "summaries", "goals", "actions", "evaluations")
        )
        self.joint_concerns = {(it["thread_id"], it["id"]): it for it in self.table("joint_concerns")}
        self.consultations = {it["id"]: it for it in self.table("consultations")}
        self.advised = {it["consultation_id"] for it in self.table("consultation_closures")}
        self.concerns = {it["id"]: it for it in self.table("concerns")}
        self.steps = {(it["concern_id"], it["step"]) for it in self.table("concern_steps")}
        self.led = self.who_waits()
        self.rang = self.who_rang()
        said = {it["hand_over_id"] for it in self.table("hand_over_answers")}
        self.hand_overs = [it for it in self.table("hand_overs") if it["id"] not in said]

    def table(self, name: str) -> list[Row]:
        """Its rows, as they were when it was first asked for."""
        if name not in self.tables:
            self.tables[name] = [row for (row,) in self.world.admin(f"select to_jsonb(t) from {name} t")]
        return self.tables[name]

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
    def keys(self, persons: Iterable[str]) -> set[str]:
        return {self.who[person] for person in persons if person in self.who}

    def asked(self, **to: str) -> set[str]:
        """Who is asked to take over by a proposal that waits."""
        found = [it for it in self.hand_overs if all(it[key] == value for key, value in to.items())]
        return self.keys(it["to_person"] for it in found)

    def invited(self, **to: set[str]) -> set[str]:
        """Whose address an invitation to these names: thread, case or the invitation itself."""
        [(what, wanted)] = to.items()
        return {self.emails.get(it["email"], "") for it in self.invitations if it[what] in wanted}

    def who_waits(self) -> dict[str, set[str]]:
        """Places that have something to answer, and the leaders who are told of it: of the case's unit, and of the work
        that the place is held by."""
        answered = {(it["thread_id"], it["response_id"]) for it in self.table("response_answers")}
        waiting: dict[str, set[str]] = defaultdict(set)
        for key, response in self.responses.items():
            if response["due_on"] and key not in answered:
                for place in self.answering(self.notes[response["thread_id"], response["note_id"]])[:1]:
                    waiting[place["id"]] |= self.leaders_of(place)
        return waiting

    def who_rang(self) -> dict[str, set[str]]:
        """Places that somebody who asked for a call was first rung up by, and the leaders of their units."""
        first: dict[Any, Row] = {}
        for step in sorted(self.table("callback_steps"), key=lambda it: int(it["seq"])):
            first.setdefault((step["thread_id"], step["callback_id"]), step)
        rung = [it for it in first.values() if it["step"] != "withdrawn"]
        told: dict[str, set[str]] = defaultdict(set)
        for step in rung:
            for place in self.by_id.values():
                if (place["thread_id"], place["person_id"]) == (step["thread_id"], step["person_id"]):
                    told[place["id"]] |= self.leaders_of(place)
        return told

    def leaders_of(self, place: Row) -> set[str]:
        """Of the case's unit, and of the work that the place is held by."""
        units = {it["id"]: it["unit_id"] for it in self.table("cases")}
        of_job = {job["id"]: job["unit_id"] for job in self.jobs}
        led = {units[place["case_id"]], of_job.get(place["employment_id"])} - {None}
        return self.keys(job["person_id"] for job in self.jobs if job["role"] == "leader" and job["unit_id"] in led)

    def answering(self, note: Row) -> list[Row]:
        """Whoever wrote it, else who has been the caseworker there longest."""
        here = [it for it in self.places if it["thread_id"] == note["thread_id"] and it["role"] != "on_duty"]
        theirs = [it for it in here if it["person_id"] == note["person_id"]]
        return theirs or sorted(
            (it for it in here if it["role"] == "caseworker"), key=lambda it: (it["starts_at"], it["name"])
        )

    def deciders(self, units: Iterable[str]) -> set[str]:
        wanted = set(units)
        jobs = [job for job in self.jobs if job["role"] in ("caseworker", "leader")]
        return self.keys(job["person_id"] for job in jobs if job["unit_id"] in wanted)

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


def in_force(place: Row) -> bool:
    over = (place["ends_on"] or "9999") < today().isoformat()
    late = place["ends_at"] is not None and datetime.fromisoformat(place["ends_at"]) <= datetime.now(UTC)
    return place["ended_at"] is None and place["paused_at"] is None and not over and not late
