"""The cases that somebody sees to: what each waits for, and how long it has been quiet.

What waits is told by the rooms that it comes of, by the same reads as on home; here it is only laid out by whom it
waits for. A heading's number is counted from the list that it opens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.may import PRIVATE_READERS
from app.caseload.shapes import Heading
from app.cases.reads import DATES, PROPOSED
from app.dates import days_since, overdue, today
from app.hand_overs.reads import balls, proposed
from app.joint_concerns.reads import to_receive
from app.journal import LINES
from app.plans.reads import waiting
from app.stages.models import StageStep
from app.stages.reads import standings
from app.summaries.reads import unconfirmed

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]
NEAR: Final = timedelta(days=7)  # a follow-up is agreed for its day: until then nobody waits for it

# One row a thread of mine in each case that I have the ball of, or stand in for, as one of the municipality's people.
# The journal is read from its end, by its own key, until somebody is found.
HELD = text("""
    select m.id as membership, m.case_id, m.thread_id as thread, c.child_name, u.name as unit, t.kind,
           (c.deputy_id = m.person_id) is true as deputy,
           exists (select 1 from closures x where x.thread_id = t.id and x.reopened_at is null) as closed,
           heard.at as family_at, t.opened_at, coalesce(last.at, t.opened_at) as last_at
      from memberships m
      join cases c on c.id = m.case_id and m.person_id in (c.holder_id, c.deputy_id)
      join threads t on t.id = m.thread_id
      left join units u on u.id = c.unit_id
      left join lateral (
             select e.at from events e
              where e.thread_id = t.id and e.seq > m.history_from and e.kind = any(:lines) and e.actor_id is not null
              order by e.seq desc limit 1) last on true
      left join lateral (
             select e.at from events e join memberships a on a.id = e.actor_id and a.role = any(:family)
              where e.thread_id = t.id and e.seq > m.history_from and e.kind = any(:lines)
              order by e.seq desc limit 1) heard on true
     where m.person_id = :person and in_force(m) and m.role <> all(:family)
     order by m.case_id, t.kind <> 'family', t.opened_at
""")
OWED = text(f"{DATES} select * from dates where what <> 'place_ends'")  # noqa: S608 from what stands there
CONSENTS = text(f"{PROPOSED} and cardinality(waits_for(i, null)) > 0 order by i.proposed_at")

BARE: Final = dict.fromkeys(("due_on", "item", "name", "seq", "step", "words")) | {"late": False}
UNDER: Final[dict[Heading, Callable[[Row, int], bool]]] = {
    Heading.us: lambda case, _: bool(case["us"]),
    Heading.family: lambda case, _: bool(case["family"]),
    Heading.late: lambda case, _: any(it["late"] for it in case["us"] + case["family"]),
    Heading.quiet: lambda case, days: not case["closed"] and case["family_silent"] >= days,
}


async def caseload(db: AsyncSession, person: UUID, silence_days: int) -> tuple[dict[str, Any], list[UUID]]:
    """What somebody sees to, and by which places of his it is shown."""
    who = {"person": person, "family": list(PRIVATE_READERS), "lines": list(LINES)}
    held = (await db.execute(HELD, who)).mappings().all()
    by_case: dict[UUID, list[Any]] = {}
    for thread in held:
        by_case.setdefault(thread["case_id"], []).append(thread)
    waits = await _waits(db, person) if held else {}
    stood = {row["case_id"]: row for row in await standings(db, person)} if held else {}
    whose = await balls(db, person) if held else {}
    cases = [
        _case(threads, waits, stood.get(case), whose.get(case, {}).get("ball"), silence_days)
        for case, threads in by_case.items()
    ]
    cases.sort(key=_pressing)
    counts = [{"heading": it, "cases": sum(it in case["under"] for case in cases)} for it in Heading]
    return {"silence_days": silence_days, "counts": counts, "cases": cases}, [it["membership"] for it in held]


async def _waits(db: AsyncSession, person: UUID) -> dict[str, Rows]:
    """What waits in all cases of mine, by whom it waits for."""
    plans = await waiting(db, person)
    dates = (await db.execute(OWED, {"person": person})).mappings()
    owed = [dict(row) | {"due_on": row["on"], "late": overdue(row["on"])} for row in dates]
    handed = [row | {"what": "hand_over"} for row in await proposed(db, person)]
    handed += [row | {"what": "receipt", "item": row["concern"]} for row in await to_receive(db, person)]
    actions = [row | {"what": "action"} for row in plans["days"]]
    consents = (await db.execute(CONSENTS, {"person": person, "today": today()})).mappings()
    asked = [dict(row) | {"what": "status"} for row in await unconfirmed(db, person)]
    asked += [row | {"what": "plan"} for row in plans["proposed"]]
    asked += [dict(row) | {"what": "consent", "item": row["invitation"]} for row in consents]
    return {
        "us": owed + handed + [row for row in actions if not row["of_family"]],
        "family": asked + [row for row in actions if row["of_family"]],
    }


def _case(
    threads: Sequence[Row], waits: Mapping[str, Rows], stood: Row | None, ball: Row | None, silence_days: int
) -> dict[str, Any]:
    first = threads[0]
    us = [*_of(first["case_id"], waits["us"]), *_step(first["thread"], stood)]
    case = {
        "id": first["case_id"],
        "child_name": first["child_name"],
        "unit": first["unit"],
        "thread": first["thread"],
        "deputy": first["deputy"],
        "closed": first["closed"] or (stood is not None and stood["step"] == StageStep.closed),
        "standing": stood and dict(stood) | {"at": ball},
        "us": sorted(us, key=_soonest),
        "family": sorted(_of(first["case_id"], waits["family"]), key=_soonest),
        **_silence(threads),
    }
    return case | {"under": [heading for heading, counts in UNDER.items() if counts(case, silence_days)]}


def _silence(threads: Sequence[Row]) -> dict[str, Any]:
    """From a family that nobody has heard of, since the first conversation began."""
    heard = [it["family_at"] for it in threads if it["family_at"]]
    since = max(heard) if heard else min(it["opened_at"] for it in threads)
    last = max(it["last_at"] for it in threads)
    return {"family_heard": bool(heard), "family_silent": days_since(since), "silent": days_since(last)}


def _step(thread: UUID, stood: Row | None) -> Iterable[dict[str, Any]]:
    """The municipality's next step, once somebody waits for it."""
    if stood is None or stood["next"] is None:
        return
    planned = stood["next"] == StageStep.followed_up and not overdue(stood["due_at"] - NEAR)
    if not planned:
        what = "signature" if stood["waits_for_second"] else "stage"
        when = {"due_on": stood["due_on"], "late": stood["late"]}
        yield BARE | when | {"what": what, "thread": thread, "step": stood["next"]}


def _of(case: UUID, rows: Rows) -> Rows:
    return [BARE | row for row in rows if row["case_id"] == case]


def _soonest(row: Row) -> tuple[date, str]:
    return row["due_on"] or date.max, row["what"]


def _pressing(case: Row) -> tuple[bool, date, str]:
    first = min((_soonest(row)[0] for row in case["us"] + case["family"]), default=date.max)
    return Heading.late not in case["under"], first, case["child_name"]
