"""Home shows each person exactly what is new since the last visit: random histories against a slow reference."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Village
from tests.notes.noting import corrects, on_home, publishes, responds
from tests.people_of import Place
from tests.summaries.test_summaries import proposes, settles
from tests.village import BY_KEY

# People with few cases: home is asked for after every step.
MOTHER, FATHER, CASEWORKER, GUEST = PEOPLE = ("fosterparent", "stepfather", "neighbour", "kindergarten")
# What stands in a conversation as a line of its own; typed by hand, as a reader sees it.
LINES = {
    "child_turned_10", "child_turned_15", "custody_changed", "invitation_proposed", "member_joined", "member_left",
    "member_paused", "member_prolonged", "member_resumed", "message_posted", "note_answered", "note_corrected",
    "note_published", "note_responded", "summary_confirmed", "summary_proposed", "summary_rejected", "thread_closed",
    "thread_opened", "thread_reopened",
}  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["message", "message", "read", "read", "correct", "withdraw", "note", "respond", "better",
                         "propose", "confirm", "close", "reopen", "comes", "leaves", "names"]),
    ),
    min_size=6,
    max_size=14,
)  # fmt: skip

LINES_OF = """select e.seq, e.kind, a.name from events e left join memberships a on a.id = e.actor_id
               where e.thread_id = %s order by e.seq"""
SINCE = "select id, history_from from memberships where thread_id = %s"


@dataclass
class History:
    """What has happened, and how far each has read, by our own count."""

    village: Village
    place: Place
    read: dict[str, int] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    note: dict[str, Any] | None = None
    summary: dict[str, Any] | None = None

    def seq(self) -> int:
        [(seq,)] = self.village.rows("select last_seq from threads where id = %s", self.place.thread)
        return int(seq)

    def step(self, who: str, what: str) -> None:
        """Whether it may be done is the product's word: what is refused has not happened."""
        getattr(self, f"_{what}")(self.village[who], who)

    def _message(self, someone: Any, who: str) -> None:
        id_ = str(uuid4())
        if someone.post(f"{self.place.path}/messages", id=id_, text=f"Hej fra {who}").is_success:
            self.said.append((who, id_))

    def _names(self, someone: Any, who: str) -> None:
        someone.post(f"{self.place.path}/messages", id=str(uuid4()), text=f"@{BY_KEY[MOTHER].name}, hvad siger du?")

    def _read(self, someone: Any, who: str) -> None:
        if someone.put(f"{self.place.path}/read-mark", seq=self.seq()).is_success:
            self.read[who] = self.seq()

    def _correct(self, someone: Any, who: str) -> None:
        for id_ in [id_ for by, id_ in self.said if by == who][-1:]:
            someone.post(f"{self.place.path}/messages/{id_}/correction", text="Rettet")

    def _withdraw(self, someone: Any, who: str) -> None:
        for id_ in [id_ for by, id_ in self.said if by == who][-1:]:
            someone.post(f"{self.place.path}/messages/{id_}/withdrawal")

    def _note(self, someone: Any, who: str) -> None:
        if someone.get(self.place.path).is_success and "publish_note" in someone.sees(self.place)["may"]:
            self.note = publishes(someone, self.place)

    def _respond(self, someone: Any, who: str) -> None:
        if self.note:
            responds(someone, self.place, self.note)

    def _better(self, someone: Any, who: str) -> None:
        if self.note:
            corrects(someone, self.place, self.note, challenges="Bedre")

    def _propose(self, someone: Any, who: str) -> None:
        done = proposes(someone, self.place)
        self.summary = done.json() if done.is_success else self.summary

    def _confirm(self, someone: Any, who: str) -> None:
        if self.summary:
            settles(someone, self.place, self.summary, "confirmation")

    def _close(self, someone: Any, who: str) -> None:
        someone.post(f"{self.place.path}/closure", reason="Færdig")

    def _reopen(self, someone: Any, who: str) -> None:
        someone.browser.delete(f"{self.place.path}/closure")

    def _comes(self, someone: Any, who: str) -> None:
        """A teacher without the history, or with it: his own part of it is what can be new to him."""
        if not self.village[GUEST].get(self.place.path).is_success and "closed" in self._facts():
            return
        if not self.village[GUEST].get(self.place.path).is_success:
            self.village.brings_in(self.place, GUEST, by=CASEWORKER, giver=MOTHER, history=who == MOTHER)

    def _facts(self) -> set[str]:
        return {"closed"} if self.village[MOTHER].sees(self.place)["closed"] else set()

    def _leaves(self, someone: Any, who: str) -> None:
        if self.village[GUEST].get(self.place.path).is_success:
            self.village[MOTHER].ends(self.place, GUEST)

    def is_right(self) -> None:
        lines, since = self.village.rows(LINES_OF, self.place.thread), dict(self.village.rows(SINCE, self.place.thread))
        for who in PEOPLE:
            someone = self.village[who]
            home = {it["id"]: it for it in someone.did(someone.get("/api/cases"))["cases"]}
            place = someone.get(self.place.path)
            assert place.is_success == (self.place.case in home), who
            if place.is_success:
                read = max(since[UUID(place.json()["me"]["membership"])], self.read.get(who, 0))
                # The slow reference: every line by somebody else, after what was read, inside the history.
                new = [
                    (seq, kind)
                    for seq, kind, by in lines
                    if kind in LINES and by != someone.persona.name and seq > read
                ]
                [thread] = home[self.place.case]["threads"]
                assert thread["unread"] == bool(new), (who, new)
                assert thread["first_new"] == (new[0][0] if new else None), (who, new)


def test_home_shows_exactly_what_is_new_to_each(village: Village) -> None:
    @settings(
        max_examples=20, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(STEPS)
    def holds(steps: list[tuple[str, str]]) -> None:
        history = History(village, village[CASEWORKER].opens_dialogue(MOTHER, FATHER))
        for who, what in steps:
            history.step(who, what)
            history.is_right()

    holds()


def test_the_premise_something_new_is_new_until_it_is_read(village: Village) -> None:
    place = village[CASEWORKER].opens_dialogue(MOTHER, FATHER)
    history = History(village, place)
    history.step(CASEWORKER, "message")
    assert on_home(village[MOTHER], place)["threads"][0]["first_new"] == 1, "the conversation itself was opened"
    history.step(MOTHER, "read")
    assert not on_home(village[MOTHER], place)["threads"][0]["unread"]
    history.step(CASEWORKER, "names")
    line = on_home(village[MOTHER], place)["threads"][0]
    assert (line["first_new"], line["mentioned"]) == (history.seq(), True)
