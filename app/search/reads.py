"""Search in what the viewer may read, and in nothing else.

There is no index on the stems, on purpose. It would hold everybody's words: PostgreSQL ignores it behind row level
security (`@@` is not leakproof), and past that it would take the longer the more often the word stands in cases that
are closed to the viewer. So the statement starts from the viewer's own places and goes through what lies in those
threads: some thousand stored lists of stems, and the same work whatever is written anywhere else.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.journal import Kind
from app.search.shapes import Before

PAGE = 20  # hits
LAST_WORD = re.compile(r'(?:^|[^\w"-])(\w{2,})$')  # not the one that must not be there (-far)
START, STOP = "\x02", "\x03"  # around what is found; taken out of the words first
BEFORE, LENGTH = 70, 240  # signs of an excerpt: in front of the first that is found, and all of it
NOTE_SEEN = "join notes n on n.thread_id = x.thread_id and n.id = {} and n.seq > mine.history_from"


@dataclass(frozen=True)
class Source:
    """A table with words in it. `rest`: which of its rows x the thread shows somebody whose history begins at
    mine.history_from."""

    table: str
    at: str
    words: tuple[str, ...]
    rest: str

    def select(self) -> str:
        words = "concat_ws(E'\\n', " + ", ".join(f"nullif(x.{column}, '')" for column in self.words) + ")"
        return f"""
            select x.seq, x.{self.at} as at, {words} as words from {self.table} x {self.rest}
               and x.thread_id = mine.thread_id and x.found_by @@ cast(:query as tsquery)
               and (cast(:at as timestamptz) is null or (x.{self.at}, x.thread_id, x.seq) < (:at, :thread, :seq))
        """  # noqa: S608 put together from the list below


NEWER = "select 1 from note_versions v where (v.thread_id, v.note_id) = (x.thread_id, x.note_id)"
SOURCES = (
    Source("messages", "posted_at", ("text",), "where x.seq > mine.history_from"),
    Source(
        "note_versions",
        "written_at",
        ("challenges", "resources", "proposals", "child_view"),
        NOTE_SEEN.format("x.note_id") + f" where not exists ({NEWER} and v.version > x.version)",
    ),
    Source("responses", "responded_at", ("words",), NOTE_SEEN.format("x.note_id") + " where true"),
    Source(
        "response_answers",
        "answered_at",
        ("words",),
        "join responses r on r.thread_id = x.thread_id and r.id = x.response_id "
        + NOTE_SEEN.format("r.note_id")
        + " where true",
    ),
    Source("summaries", "proposed_at", ("words",), "where x.seq > mine.history_from"),
    Source(
        "summary_settlements",
        "settled_at",
        ("words",),
        "join summaries s on s.thread_id = x.thread_id and s.id = x.summary_id where s.seq > mine.history_from",
    ),
)

# What the words ask for: as on the web ("together", -without, or), and the last of them may be the beginning of a word.
# Null when that says nothing to look for: only words as common as "og", or only what must not be there.
UNDERSTAND = text("""
    with words as (
        select websearch_to_tsquery('danish', :words) as whole, websearch_to_tsquery('danish', :before_last) as rest,
               cast(nullif(cast(phraseto_tsquery('simple', :last) as text), '') || ':*' as tsquery) as beginning)
    select cast(whole || coalesce(rest && beginning, '') as text) from words where querytree(whole) not in ('', 'T')
""")
PERSON = (
    "case when {0}.id is not null then jsonb_build_object("
    "'membership', {0}.id, 'name', {0}.name, 'capacity', {0}.capacity, 'role', {0}.role) end"
)
# What is found is marked in the hits of this page only.
FIND = text(f"""
    with mine as materialized (
        select m.id, m.case_id, m.thread_id, m.history_from from memberships m
         where m.person_id = :person and in_force(m) and (cast(:case as uuid) is null or m.case_id = :case)),
    page as materialized (
        select mine.id as place, mine.case_id, mine.thread_id, x.seq, x.at, x.words
          from mine join lateral ({" union all ".join(source.select() for source in SOURCES)}) x on true
         order by x.at desc, mine.thread_id desc, x.seq desc limit :more)
    select page.place, page.case_id as "case", c.child_name, page.thread_id as thread, t.purpose, e.kind, e.about,
           page.seq, page.at, {PERSON.format("a")} as author, {PERSON.format("w")} as words_of,
           ts_headline('danish', translate(page.words, :marks, ''), cast(:query as tsquery), :headline) as marked
      from page
      join events e on e.thread_id = page.thread_id and e.seq = page.seq
      join threads t on t.id = page.thread_id
      join cases c on c.id = page.case_id
      left join memberships a on a.id = e.actor_id
      left join messages m on e.kind = :message and m.thread_id = page.thread_id and m.seq = page.seq
      left join memberships w on w.id = m.words_of
     order by page.at desc, page.thread_id desc, page.seq desc
""")  # noqa: S608 put together from what stands above
HEADLINE = f"StartSel={START},StopSel={STOP},HighlightAll=true"


async def understood(db: AsyncSession, words: str) -> str | None:
    """What is looked for, as PostgreSQL writes it; None when these words name nothing."""
    last = LAST_WORD.search(words)
    half = last is not None and words.count('"') % 2 == 0
    split = (
        {"before_last": words[: last.start(1)], "last": last[1]} if last and half else {"before_last": "", "last": ""}
    )
    query: str | None = (await db.execute(UNDERSTAND, {"words": words} | split)).scalar_one_or_none()
    return query


async def search(
    db: AsyncSession, person: UUID, words: str, case: UUID | None = None, before: Before | None = None
) -> tuple[dict[str, Any], list[UUID]]:
    """The newest hits, and by which places of mine they are shown. A case that is not mine has none."""
    query = await understood(db, words)
    if query is None:
        return {"understood": False, "hits": [], "earlier": False}, []
    older = {"at": None, "thread": None, "seq": None} if before is None else before.model_dump()
    who = {"person": person, "case": case, "query": query, "more": PAGE + 1}
    values = who | older | {"message": Kind.message_posted, "marks": START + STOP, "headline": HEADLINE}
    rows = (await db.execute(FIND, values)).mappings().all()
    hits = [dict(row) | {"excerpt": excerpt(row["marked"])} for row in rows[:PAGE]]
    found = {"understood": True, "hits": hits, "earlier": len(rows) > PAGE}
    return found, [row["place"] for row in rows[:PAGE]]


def excerpt(marked: str) -> list[dict[str, Any]]:
    """Some words around the first that is found, in pieces: what is found, and what stands between. Never markup."""
    marked = " ".join(marked.split())
    first = max(marked.find(START), 0)
    start = marked.find(" ", first - BEFORE, first) + 1 if first > BEFORE else 0
    pieces, left = [], LENGTH
    for piece in re.split(f"({START}[^{STOP}]*{STOP})", marked[start:]):
        words = piece.strip(START + STOP)
        pieces.append({"text": words[:left], "found": piece.startswith(START)})
        left -= len(words)
        if left < 0:
            break
    return _ellipses([it for it in pieces if it["text"]], before=start > 0, after=left < 0)


def _ellipses(pieces: list[dict[str, Any]], *, before: bool, after: bool) -> list[dict[str, Any]]:
    """Where it is cut: between words, as far as there are any."""
    if before:
        pieces.insert(0, {"text": "… ", "found": False})
    if after and not pieces[-1]["found"]:
        pieces[-1]["text"] = pieces[-1]["text"].rpartition(" ")[0]
    if after:
        pieces.append({"text": " …", "found": False})
    return [it for it in pieces if it["text"]]
