"""Who is where in the world of the matrix, read from its rows: what the words of fields.csv are made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.dates import today
from tests.matrix.world import World

Row = dict[str, Any]


@dataclass
class Places:
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


def in_force(place: Row) -> bool:
    over = (place["ends_on"] or "9999") < today().isoformat()
    late = place["ends_at"] is not None and datetime.fromisoformat(place["ends_at"]) <= datetime.now(UTC)
    return place["ended_at"] is None and place["paused_at"] is None and not over and not late
