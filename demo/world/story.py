"""A case file, read as what people did: a list of deeds in the order of time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from app.cases.actions import LOGS_IN_FROM
from app.dates import age
from demo.world.people import case_files, made_id, name_of, others, told_in
from demo.world.when import Calendar, span
from tests.village import BY_KEY

A_MINUTE = timedelta(minutes=1)
DUTY_LASTS = timedelta(hours=3)
NOTED = ("template", "challenges", "resources", "proposals", "child_view", "child_view_choice", "heard")


@dataclass(frozen=True)
class Deed:
    """`verb` names the player's method. `thread` counts the case's threads; the family's is 0."""

    at: datetime
    verb: str
    who: str
    thread: int
    what: dict[str, Any]


@dataclass
class Story:
    key: str
    child: str
    born: date
    opener: str
    family: dict[str, dict[str, Any]]
    threads: list[dict[str, Any]]
    deeds: list[Deed] = field(default_factory=list)

    @property
    def case(self) -> UUID:
        return made_id("case", self.key)

    def has_custody(self, who: str) -> bool:
        return bool(self.family.get(who, {}).get("custody"))

    def too_young(self, who: str) -> bool:
        """A child without a login of its own: in the circle, and its words are written down."""
        return bool(self.family.get(who, {}).get("child")) and age(self.born) < LOGS_IN_FROM

    @property
    def first_with_custody(self) -> str:
        return next(key for key in self.family if self.has_custody(key))


def stories(calendar: Calendar) -> list[Story]:
    named = others()
    return [_Reader(file, calendar, named).story for file in case_files()]


class _Reader:
    """Turns one file into a Story."""

    def __init__(self, file: Path, calendar: Calendar, named: dict[str, str]) -> None:
        told = told_in(file)
        self.calendar, self.named, self.key = calendar, named, file.stem
        opened_at, opener = told["opened"]
        family = {key: each | {"name": name_of(key, named)} for key, each in told["family"].items()}
        self.story = Story(self.key, told["child"], self._born(told), opener, family, told["threads"])
        self._do(opened_at, "open_case", opener, 0)
        self._welcome(opened_at)
        for number, thread in enumerate(told["threads"]):
            self._thread(number, thread)
        for at, who, reason in told.get("duty", []):
            self._do(at, "come_on_duty", who, 0, reason=reason)
            self._do(at, "go_off_duty", who, 0, DUTY_LASTS)
        self.story.deeds.sort(key=lambda deed: deed.at)

    def _born(self, told: dict[str, Any]) -> date:
        for key, each in told["family"].items():
            if each.get("child") and key in BY_KEY:
                return BY_KEY[key].born or self.calendar.today
        return self.calendar.born(told["age"], made_id("born", self.key))

    def _do(self, told: str, verb: str, who: str, thread: int, later: timedelta = timedelta(), **what: Any) -> None:
        self.story.deeds.append(Deed(self.calendar.at(told) + later, verb, who, thread, what))

    def _welcome(self, opened: str) -> None:
        """The cast is known already; other families get a link, and are in when they have taken it."""
        for key, each in self.story.family.items():
            if key not in BY_KEY and key != self.story.opener and not self.story.too_young(key):
                self._link(opened, each, key, 0, ("welcome", key))

    def _link(self, told: str, each: dict[str, Any], who: str, thread: int, invitation: tuple[str, str]) -> None:
        """The mail goes out within the minute; `accepted` (of a family: `joined`) is when its link was taken."""
        do = partial(self._do, thread=thread, invitation=invitation)
        do(told, "send", who, later=A_MINUTE)
        if taken := each.get("joined") or each.get("accepted"):
            do(taken, "look_at", who, later=-A_MINUTE)
            do(taken, "join", who)
        elif looked := each.get("looked"):
            do(looked, "look_at", who)

    def _thread(self, number: int, thread: dict[str, Any]) -> None:
        if number:
            at, who = thread["opened"]
            self._do(at, "open_thread", who, number, members=thread["members"], purpose=thread["purpose"])
        for line, (at, who, words, *more) in enumerate(thread["talk"]):
            self._line(number, at, who, words, made_id("message", self.key, number, line), **(more[0] if more else {}))
        for line, note in enumerate(thread.get("notes", [])):
            self._note(number, line, note)
        for line, summary in enumerate(thread.get("summaries", [])):
            self._summary(number, made_id("summary", self.key, number, line), *summary)
        self._forms(number, thread)
        for invitation in thread.get("invitations", []):
            self._invitation(number, invitation)
        if "closed" in thread:
            at, who, reason = thread["closed"]
            self._do(at, "close", who, number, reason=reason)
        if "reopened" in thread:
            self._do(*self._at_verb_who(thread["reopened"], "reopen"), number)

    def _forms(self, number: int, thread: dict[str, Any]) -> None:
        """What is told as the forms that are sent: the plan, how somebody was reached, the notification that
        is written together, the steps of the case."""
        for part in ("plan", "contact", "together"):
            for at, who, what, name, form in thread.get(part, []):
                self._do(at, what, who, number, id=made_id(part, self.key, name), form=form)
        for line, (at, who, step, words, *more) in enumerate(thread.get("stages", [])):
            form = {"step": step, "words": words} | (more[0] if more else {})
            self._do(at, "take_on", who, number, id=made_id("stage", self.key, number, line), form=form)

    @staticmethod
    def _at_verb_who(told: list[str], verb: str) -> tuple[str, str, str]:
        return told[0], verb, told[1]

    def _line(self, number: int, at: str, who: str, words: str, message: UUID, **more: str) -> None:
        """`first` and `after`: what stood there before, for how long. `withdrawn`: how long it stood there. `by`: who
        wrote down what a child too young to log in said; a parent, when nobody is named."""
        if self.story.too_young(who):
            child, who = who, more.get("by") or self.story.first_with_custody
            self._do(at, "write_down", who, number, id=message, text=words, child=self.story.family[child]["name"])
        else:
            self._do(at, "say", who, number, id=message, text=more.get("first", words))
        if "first" in more:
            self._do(at, "correct", who, number, span(more["after"]), id=message, text=words, after=span(more["after"]))
        if "withdrawn" in more:
            self._do(at, "withdraw", who, number, span(more["withdrawn"]), id=message)

    def _note(self, number: int, line: int, note: dict[str, Any]) -> None:
        """`corrections`: when, and what was put in place of what. `responses`: when, who, what kind, about which box,
        in which words, and how it was `answered`. Whoever wrote the note corrects it, and most often answers."""
        at, who = note["published"]
        made = made_id("note", self.key, number, line)
        words = {key: note[key] for key in NOTED if key in note}
        self._do(at, "publish", who, number, id=made, number=line + 1, words=words)
        for told, changed in note.get("corrections", []):
            self._do(told, "correct_note", who, number, note=made, words=changed)
        for count, (told, family, kind, box, said, *more) in enumerate(note.get("responses", [])):
            response = made_id("response", self.key, number, line, count)
            self._do(told, "respond", family, number, id=response, note=made, kind=kind, box=box, words=said)
            for answered in more:
                then, by, answer = answered["answered"]
                self._do(then, "answer", by, number, response=response, words=answer)

    def _summary(self, number: int, made: UUID, at: str, who: str, words: str, *more: dict[str, list[str]]) -> None:
        """Where we are now, and how the family `confirmed` or `rejected` it: when, who, and why not."""
        self._do(at, "sum_up", who, number, id=made, words=words)
        for settled in more:
            if "confirmed" in settled:
                self._do(*self._at_verb_who(settled["confirmed"], "confirm"), number, summary=made)
            if "rejected" in settled:
                told, by, why = settled["rejected"]
                self._do(told, "reject", by, number, summary=made, words=why)

    def _invitation(self, number: int, each: dict[str, Any]) -> None:
        """`recorded`: staff wrote down whose consent, and how it was given. The link goes out with the last yes."""
        at, proposer = each["proposed"]
        guest = each["who"]
        invitation = (str(number), guest)
        made = made_id("invitation", self.key, number, guest)
        name = name_of(guest, self.named)
        do = partial(self._do, thread=number, invitation=invitation)
        do(at, "propose", proposer, id=made, guest=guest, name=name, guest_told=each)
        for verb, answer in (("agreed", "agree"), ("also_agreed", "agree"), ("declined", "decline")):
            if verb in each:
                do(*self._at_verb_who(each[verb], answer))
        if "recorded" in each:
            told, by, giver, how = each["recorded"]
            do(told, "write_down_consent", by, giver=giver, how=how)
        if told_by := [each[verb][0] for verb in ("also_agreed", "agreed", "recorded") if verb in each]:
            self._link(told_by[0], each, guest, number, invitation)
        elif self.story.has_custody(proposer):
            self._link(at, each, guest, number, invitation)
        for verb, answer in (("ended", "end"), ("withdrawn", "withdraw_consent")):
            if verb in each:
                do(*self._at_verb_who(each[verb], answer), guest=guest)
