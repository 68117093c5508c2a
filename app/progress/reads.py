"""How it goes: the same figures, halves of a year and lateness for everybody in the thread."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, Role
from app.dates import DENMARK, overdue, today
from app.errors import NotFound
from app.journal import AUTHOR

# Who says how the child is: TOPI asks two professionals and the parents, twice a year.
PARENTS = frozenset({Role.custody_holder, Role.foster_parent, Role.parent})
PROFESSIONALS = frozenset({Role.caseworker, Role.professional})
# Who speaks for the family at an evaluation.
FAMILY_SIDE = PARENTS | FAMILY
PROFESSIONALS_ASKED, PARENTS_ASKED = 2, 1


def _views(table: str, columns: str, at: str, since: str = "") -> TextClause:
    """What was said, with who wrote it and whose view it is."""
    return text(f"""
        select x.id, x.seq, x.{at} as at, {columns}, {AUTHOR.format("a")} as author, {AUTHOR.format("v")} as "of",
               v.person_id as of_person
          from {table} x join events e on e.thread_id = x.thread_id and e.seq = x.seq
          join memberships a on a.id = e.actor_id join memberships v on v.id = coalesce(x.words_of, a.id)
         where x.thread_id = :thread {since} order by x.seq
    """)  # noqa: S608 called with what stands below


# A scale is shown with its goal, a view with its evaluation: where these are in the member's history.
SCALES = _views("scales", "x.goal_id as goal, x.before, x.now, x.hoped", "given_at")
WELLBEING = _views("wellbeing", "x.colour, x.words", "rated_at", "and x.seq > :history")
EVALUATION_VIEWS = _views("evaluation_views", "x.evaluation_id as evaluation, x.worked, x.change", "given_at")
GOALS = text("select g.id from goals g where g.thread_id = :thread and g.seq > :history")
EVALUATIONS = text(f"""
    select x.id, x.seq, x.due_on, x.planned_at as at, {AUTHOR.format("a")} as author
      from evaluations x join events e on e.thread_id = x.thread_id and e.seq = x.seq
      join memberships a on a.id = e.actor_id
     where x.thread_id = :thread and x.seq > :history order by x.seq
""")  # noqa: S608 as above


async def progress(db: AsyncSession, member: Member) -> dict[str, Any]:
    """Everything in the member's history, oldest first."""
    scales, rated = await _rows(db, member, SCALES), await _rows(db, member, WELLBEING)
    days, views = await _rows(db, member, EVALUATIONS), await _rows(db, member, EVALUATION_VIEWS)
    goals = {it["id"] for it in await _rows(db, member, GOALS)}
    return {
        "scales": [it for it in scales if it["goal"] in goals],
        "rounds": rounds(rated, today()),
        "evaluations": evaluations(days, views),
    }


async def _rows(db: AsyncSession, member: Member, query: TextClause) -> list[dict[str, Any]]:
    values = {"thread": member.thread, "history": member.history_from}
    return [dict(row) for row in (await db.execute(query, values)).mappings()]


def half_of(day: date) -> date:
    """The first day of the half-year that it lies in."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def rounds(rated: Sequence[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """By halves of a year, in Denmark; within one, the last word of each counts and the others stay to be read."""
    halves: dict[date, list[dict[str, Any]]] = {}
    for rating in rated:
        halves.setdefault(half_of(_day_of(rating["at"])), []).append(rating)
    halves.setdefault(half_of(day), [])
    return [
        {
            "starts_on": starts_on,
            "ratings": ratings,
            "professionals_missing": max(0, PROFESSIONALS_ASKED - _voices(ratings, PROFESSIONALS)),
            "parents_missing": max(0, PARENTS_ASKED - _voices(ratings, PARENTS)),
        }
        for starts_on, ratings in sorted(halves.items())
    ]


def _day_of(at: datetime) -> date:
    return at.astimezone(DENMARK).date()


def _voices(ratings: Sequence[dict[str, Any]], roles: frozenset[Role]) -> int:
    return len({it["of_person"] for it in ratings if it["of"]["role"] in roles})


def evaluations(days: Sequence[dict[str, Any]], views: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Held when both sides have said theirs; replaced when a newer day was set before that."""
    newest = days[-1]["id"] if days else None
    return [
        evaluation(day, [it for it in views if it["evaluation"] == day["id"]], newest=day["id"] == newest)
        for day in days
    ]


def evaluation(day: dict[str, Any], views: Sequence[dict[str, Any]], *, newest: bool) -> dict[str, Any]:
    heard = {it["of"]["role"] for it in views}
    sides = {"family": FAMILY_SIDE, "professionals": PROFESSIONALS}
    missing = [side for side, roles in sides.items() if not heard & roles]
    state = "held" if not missing else "waiting" if newest else "replaced"
    late = state == "waiting" and overdue(day["due_on"])
    return day | {"views": list(views), "missing": missing, "state": state, "late": late}


async def one(db: AsyncSession, member: Member, kind: str, wanted: UUID) -> dict[str, Any]:
    """One of the scales, ratings or evaluations; NotFound when I cannot see it."""
    known = await progress(db, member)
    rows = [rating for half in known["rounds"] for rating in half["ratings"]] if kind == "ratings" else known[kind]
    found = next((row for row in rows if row["id"] == wanted), None)
    if found is None:
        raise NotFound
    return dict(found)
