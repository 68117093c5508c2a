"""Search in what the viewer may read, and in nothing else (doors/search.sql)."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.search.shapes import Before

PAGE = 20  # hits
LAST_WORD = re.compile(r'(?:^|[^\w"-])(\w{2,})$')  # not the one that must not be there (-far)
START, STOP = "\x02", "\x03"  # around what is found; taken out of the words first
BEFORE, LENGTH = 70, 240  # signs of an excerpt: in front of the first that is found, and all of it

# What the words ask for: as on the web ("together", -without, or), and the last of them may be the beginning of a word.
# Nothing when they name nothing to look for: only words as common as "og", or only what must not be there.
UNDERSTAND = text("""
    with words as (
        select websearch_to_tsquery('danish', :words) as whole, websearch_to_tsquery('danish', :before_last) as rest,
               cast(nullif(cast(phraseto_tsquery('simple', :last) as text), '') || ':*' as tsquery) as beginning)
    select cast(whole || coalesce(rest && beginning, '') as text) from words where querytree(whole) not in ('', 'T')
""")
# What is found is marked in the hits of this page only.
FIND = text("""
    select f.*, ts_headline('danish', translate(f.words, :marks, ''), cast(:query as tsquery), :headline) as marked
      from find_words(cast(:query as tsquery), :case, :at, :thread, :seq, :limit) f
""")
HEADLINE = f"StartSel={START},StopSel={STOP},HighlightAll=true"


async def understood(db: AsyncSession, words: str) -> str | None:
    """What is looked for, as PostgreSQL writes it; None when these words name nothing."""
    last = LAST_WORD.search(words)
    split = {"before_last": "", "last": ""}
    if last and words.count('"') % 2 == 0:
        split = {"before_last": words[: last.start(1)], "last": last[1]}
    query: str | None = (await db.execute(UNDERSTAND, {"words": words} | split)).scalar_one_or_none()
    return query


async def search(
    db: AsyncSession, words: str, case: UUID | None = None, before: Before | None = None
) -> tuple[dict[str, Any], list[UUID]]:
    """The newest hits, and by which places of the viewer's they are shown. A case that is not his has none."""
    query = await understood(db, words)
    if query is None:
        return {"understood": False, "hits": [], "earlier": False}, []
    older = {"at": None, "thread": None, "seq": None} if before is None else before.model_dump()
    values = {"query": query, "case": case, "limit": PAGE + 1, "marks": START + STOP, "headline": HEADLINE}
    rows = (await db.execute(FIND, values | older)).mappings().all()
    found = {"understood": True, "hits": [_hit(row) for row in rows[:PAGE]], "earlier": len(rows) > PAGE}
    return found, [row["place"] for row in rows[:PAGE]]


def _hit(row: Any) -> dict[str, Any]:
    entry = row["entry"]
    told = {key: entry.get(key) for key in ("about", "author", "kind", "words_of")}
    return dict(row) | told | {"case": row["case_id"], "thread": row["thread_id"], "excerpt": excerpt(row["marked"])}


def excerpt(marked: str) -> list[dict[str, Any]]:
    """All that fits, from some words before the first that is found, in pieces: what is found, and what stands between.
    Never markup."""
    marked = " ".join(marked.split())
    first = max(marked.find(START), 0)
    cut = first > BEFORE and len(marked) - 2 * marked.count(START) > LENGTH
    start = marked.find(" ", first - BEFORE, first) + 1 if cut else 0
    pieces, left = [], LENGTH
    for piece in re.split(f"({START}[^{STOP}]*{STOP})", marked[start:]):
        words = piece.strip(START + STOP)
        pieces.append({"text": words[:left], "found": piece.startswith(START)})
        left -= len(words)
        if left < 0:
            break
    return _ellipses(pieces, before=start > 0, after=left < 0)


def _ellipses(pieces: list[dict[str, Any]], *, before: bool, after: bool) -> list[dict[str, Any]]:
    """Cut between words, as far as there are any."""
    if before:
        pieces.insert(0, {"text": "… ", "found": False})
    if after:
        last = pieces[-1]
        last["text"] = last["text"] if last["found"] else last["text"].rpartition(" ")[0]
        pieces.append({"text": " …", "found": False})
    return [it for it in pieces if it["text"]]
