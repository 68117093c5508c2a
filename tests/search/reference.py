"""What a search has to find, worked out the slow way: everything that somebody's own threads answer to that person,
read page by page, and each text compared with each word. Of PostgreSQL only the stems are taken."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.matrix.world import World

Place = tuple[str, int]  # thread and seq
STEMS = text("""
    select t.n - 1, s.lexeme, s.positions from unnest(cast(:texts as text[])) with ordinality t (words, n),
           unnest(to_tsvector('danish', t.words)) s
""")
SETTLED = ("summary_confirmed", "summary_rejected")


async def shown(world: World, who: str) -> dict[Place, str]:
    """Every text that this person is shown somewhere, by where it stands."""
    found: dict[Place, str] = {}
    for case in (await world.did(who, "GET", "/api/cases"))["cases"]:
        for thread in case["threads"]:
            path = f"/api/cases/{case['id']}/threads/{thread['id']}"
            lines, notes = await _whole(world, who, path)
            summaries = (await world.did(who, "GET", f"{path}/summary"))["summaries"]
            plan, progress = (
                await world.did(who, "GET", f"{path}/goals"),
                await world.did(who, "GET", f"{path}/progress"),
            )
            files = (await world.did(who, "GET", f"{path}/attachments"))["attachments"]
            said = [*_messages(lines), *_notes(lines, notes), *_summaries(lines, summaries), *_plan(plan, progress)]
            said += _files(files)
            said += _contact(await world.did(who, "GET", f"{path}/contacts"))
            said += _stages(await world.did(who, "GET", f"{path}/stages"))
            for concern in (await world.did(who, "GET", f"{path}/concerns"))["concerns"]:
                said += _joint(await world.did(who, "GET", f"{path}/concerns/{concern['id']}"))
            found |= {(thread["id"], seq): words for seq, words in said if words}
    return found


async def _whole(world: World, who: str, path: str) -> tuple[list[Any], list[Any]]:
    lines, notes, more = [], [], ""
    while True:
        page = await world.did(who, "GET", f"{path}/messages?limit=100{more}")
        lines, notes = page["entries"] + lines, page["notes"] + notes
        if not page["earlier"]:
            return lines, notes
        more = f"&before={page['entries'][0]['seq']}"


def _contact(page: Any) -> Iterator[tuple[int, str]]:
    yield from ((it["seq"], f"{it['words']} {it['suits']}".strip()) for it in page["callbacks"])
    yield from ((it["seq"], f"{it['who']} {it['words']}".strip()) for it in page["contacts"])


def _stages(page: Any) -> Iterator[tuple[int, str]]:
    for step in page["steps"]:
        yield step["seq"], " ".join(step[it] for it in ("words", "child_view", "involved", "measure") if step[it])


def _joint(concern: Any) -> Iterator[tuple[int, str]]:
    """Every writing of each part, and what was said with the steps."""
    for part in (it for newest in concern["parts"] for it in (newest, *newest["earlier"])):
        yield part["seq"], " ".join(part[it] for it in ("words", "besides", "child_view") if part[it])
    yield from ((step["seq"], step["words"]) for step in concern["steps"])


def _messages(lines: list[Any]) -> Iterator[tuple[int, str]]:
    yield from ((it["seq"], it["text"]) for it in lines if it["kind"] == "message_posted" and it["text"])


def _notes(lines: list[Any], notes: list[Any]) -> Iterator[tuple[int, str]]:
    seqs = {(it["kind"], it["id"]): it["seq"] for it in lines}  # of the newest correction
    for note in notes:
        boxes = (note[box] for box in ("challenges", "resources", "proposals", "child_view"))
        yield seqs.get(("note_corrected", note["id"]), note["seq"]), " ".join(boxes)
        for response in note["responses"]:
            yield seqs["note_responded", response["id"]], response["words"]
            if response["answer"]:
                yield seqs["note_answered", response["id"]], response["answer"]["words"]


def _summaries(lines: list[Any], summaries: list[Any]) -> Iterator[tuple[int, str]]:
    seqs = {(it["kind"] in SETTLED, it["id"]): it["seq"] for it in lines if it["kind"].startswith("summary_")}
    for summary in summaries:
        yield seqs[False, summary["id"]], summary["words"]
        if summary["settled_words"]:
            yield seqs[True, summary["id"]], summary["settled_words"]


def _plan(plan: Any, progress: Any) -> Iterator[tuple[int, str]]:
    """Nothing in it is written over: every wording that there has been."""
    for item in plan["goals"] + plan["actions"]:
        yield from ((step["seq"], step["words"]) for step in item["history"])
    for half in progress["rounds"]:
        yield from ((rating["seq"], rating["words"]) for rating in half["ratings"])
    for evaluation in progress["evaluations"]:
        yield from ((view["seq"], f"{view['worked']} {view['change']}".strip()) for view in evaluation["views"])


def _files(files: list[Any]) -> Iterator[tuple[int, str]]:
    """What they are called, and what can be seen."""
    for file in files:
        if file["name"]:
            yield file["seq"], f"{re.sub('[._-]', ' ', file['name'])} {file['caption']}".strip()


@dataclass
class Stems:
    """Of texts: where in them which stem stands."""

    known: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    async def learn(self, db: AsyncSession, texts: Iterable[str]) -> None:
        new = sorted(set(texts) - self.known.keys())
        self.known |= {it: {} for it in new}
        for n, lexeme, positions in (await db.execute(STEMS, {"texts": new})).all():
            self.known[new[n]][lexeme] = set(positions)

    def stand_together(self, words: str, here: dict[str, set[int]]) -> bool:
        """In this order and with the same distances: small words between them keep their room."""
        wanted = [(at, stem) for stem, places in self.known[words].items() for at in places]
        first, beginning = min(wanted)
        return any(
            all(start + at - first in here.get(stem, ()) for at, stem in wanted) for start in here.get(beginning, ())
        )


@dataclass(frozen=True)
class Query:
    """`any_of`: a or b, whole words both. Otherwise all `words` and `phrases`, none of `without`; `last` may be a
    beginning."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    last: str = ""

    def __str__(self) -> str:
        parts = [*self.words, *(f'"{it}"' for it in self.phrases), *(f"-{it}" for it in self.without)]
        return " ".join(
            [*parts, *([" or ".join(self.any_of)] if self.any_of else []), *([self.last] if self.last else [])]
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.words, *self.phrases, *self.without, *self.any_of, self.last)

    def finds(self, stems: Stems, here: dict[str, set[int]]) -> bool:
        """Words that leave no stem ("og") ask for nothing; and whoever asks for nothing finds nothing."""
        if self.any_of:
            return any(stems.known[it] and stems.stand_together(it, here) for it in self.any_of)
        if not any(it and stems.known[it] for it in (*self.words, *self.phrases, self.last)):
            return False
        if any(stems.known[it] and stems.stand_together(it, here) for it in self.without):
            return False
        if not all(stems.stand_together(it, here) for it in (*self.words, *self.phrases) if stems.known[it]):
            return False
        return not self.last or self._ends(stems, here)

    def _ends(self, stems: Stems, here: dict[str, set[int]]) -> bool:
        if not stems.known[self.last]:
            return True
        return stems.stand_together(self.last, here) or self._begins(self.last, here)

    @staticmethod
    def _begins(word: str, here: dict[str, set[int]]) -> bool:
        return len(word) > 1 and any(stem.startswith(word.lower()) for stem in here)


def queries(texts: Iterable[str], count: int) -> list[Query]:
    """Of words that stand somewhere, for this person or for others: whole, bent, begun, together, without."""
    choose = random.Random(7)  # noqa: S311 the same in every run
    runs = [it for it in (re.findall(r"[^\W_]+", words) for words in sorted(set(texts))) if len(it) > 2]
    return [_query(choose, choose.choice(runs), choose.choice(choose.choice(runs))) for _ in range(count)]


def _query(choose: random.Random, run: list[str], elsewhere: str) -> Query:
    def begun(word: str) -> str:
        return word[: choose.randint(2, max(2, len(word)))]

    one, other, at = choose.choice(run), choose.choice(run), choose.randrange(len(run) - 1)
    return choose.choice(
        (
            Query(last=one),
            Query(last=begun(one)),
            Query(last=one.upper() + choose.choice(("", "en", "ne", "s", "et"))),
            Query(words=(one,), last=other),
            Query(words=(one,), last=begun(elsewhere)),
            Query(words=(other,), without=(elsewhere,)),
            Query(without=(elsewhere,), last=one),
            Query(without=(one,)),
            Query(phrases=(" ".join(run[at : at + choose.randint(2, 4)]),)),
            Query(phrases=(" ".join(run[at : at + 2]),), last=elsewhere),
            Query(any_of=(one, elsewhere)),
        )
    )
