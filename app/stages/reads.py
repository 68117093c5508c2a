from datetime import date
from statistics import fmean, median
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import Act
from app.dates import DENMARK, today
from app.errors import NotFound
from app.hand_overs.reads import balls
from app.journal import AUTHOR
from app.stages import steps
from app.stages.models import StageStep
from app.stages.shapes import Span

# Of my places, or of the one in :thread, what lies in my history.
MINE = """
      from memberships m join stages s on s.thread_id = m.thread_id and s.seq > m.history_from
     where m.person_id = :person and in_force(m) and (cast(:thread as uuid) is null or m.thread_id = :thread)
     order by s.thread_id, s.seq
"""
# What the fold needs, without the words: home reads it of every case.
FOLDED = text(f"""
    select m.case_id, s.id, s.step, s.happened_at, s.about, s.outcome, s.track, s.grounds, s.new_eyes, s.due_at,
           s.plan_due_at {MINE}
""")
STAGES = text(f"""
    select s.*, {AUTHOR.format("a")} as author from (
        select s.thread_id, s.id, s.seq, s.person_id, s.step, s.happened_at, s.recorded_at, s.words, s.about,
               s.outcome, s.track, s.grounds, s.child_view_choice, s.child_view, s.involved, s.committee,
               s.complain_until, s.measure, s.weeks, s.oral, s.new_eyes, s.due_at, s.plan_due_at {MINE}) s
      join events e on e.thread_id = s.thread_id and e.seq = s.seq join memberships a on a.id = e.actor_id
     order by s.thread_id, s.seq
""")  # noqa: S608 put together from what stands above
Rows = list[dict[str, Any]]
# A year, and its halves: month and day.
FROM = {None: (1, 1), 1: (1, 1), 2: (7, 1)}
UNTIL = {None: (12, 31), 1: (6, 30), 2: (12, 31)}


async def standings(db: AsyncSession, person: UUID) -> Rows:
    """Where each of one's cases is, as far as one may see. `at` is who has the ball, and asked apart."""
    known: dict[UUID, Rows] = {}
    for row in await _rows(db, FOLDED, person, None):
        known.setdefault(row["case_id"], []).append(row)
    stood = ((case, steps.standing(rows)) for case, rows in known.items())
    return [{"case_id": case} | at for case, at in stood if at is not None]


async def standing(db: AsyncSession, member: Member) -> dict[str, Any] | None:
    """Where the case of this thread is, told in the thread that its steps lie in."""
    return await _at_whom(db, member, await _rows(db, FOLDED, member.person, member.thread))


async def history(db: AsyncSession, member: Member) -> Rows:
    """The steps in this thread that the member sees, oldest first."""
    return await _rows(db, STAGES, member.person, member.thread)


async def way_before(db: AsyncSession, sending: UUID) -> Rows:
    """All of it, whatever of it the sender sees: doors/joint_concerns.sql."""
    rows = await db.execute(text("select * from way_before(:sending)"), {"sending": sending})
    return [dict(row) for row in rows.mappings()]


async def stages(db: AsyncSession, member: Member) -> dict[str, Any]:
    rows = await history(db, member)
    waiting = steps.unsigned(rows)
    signs = waiting is not None and member.may(Act.co_sign) and await is_new_here(db, member)
    return {
        "standing": await _at_whom(db, member, rows),
        "steps": [_told(row, rows) for row in rows],
        "may_follow": steps.may_follow(rows) if member.may(Act.move_stage) and await is_family(db, member) else [],
        "serious": steps.serious(rows),
        "track": steps.track(rows),
        "to_sign": waiting["id"] if waiting and signs else None,
    }


async def stage(db: AsyncSession, member: Member, stage_id: UUID) -> dict[str, Any]:
    rows = await history(db, member)
    found = next((row for row in rows if row["id"] == stage_id), None)
    if found is None:
        raise NotFound
    return _told(found, rows)


async def waiting_signatures(db: AsyncSession) -> Rows:
    """Assessments in a leader's units that wait for somebody who is new to the case; none for anybody else."""
    return [row for row in await _led(db) if row["waits_for_second"]]


async def late_stages(db: AsyncSession) -> Rows:
    """In a leader's units, the next step of a case that is late for any other reason; none for anybody else."""
    return [row for row in await _led(db) if row["late"] and not row["waits_for_second"]]


async def _led(db: AsyncSession) -> Rows:
    known: dict[UUID, Rows] = {}
    for row in (await db.execute(text("select * from led_stages()"))).mappings():
        known.setdefault(row["thread_id"], []).append(dict(row))
    stood = [rows[0] | (steps.standing(rows) or {}) for rows in known.values()]
    return [row | {"asked_at": row["happened_at"], "step": row["next"]} for row in stood]


async def intervals(db: AsyncSession, year: int | None, half: int | None) -> dict[str, Any]:
    """How long the ways through were that began in this year, or half of it, in a leader's units; none for others.
    Each number is counted from the ways that have come so far."""
    begun = year or today().year
    first, last = date(begun, *FROM[half]), date(begun, *UNTIL[half])
    rows = await db.execute(text("select * from led_intervals(:first, :last)"), {"first": first, "last": last})
    ways = [dict(row) for row in rows.mappings()]
    figures = [_figure(span, [way[span] for way in ways if way[span] is not None]) for span in Span]
    return {"first": first, "last": last, "intervals": figures, "ways": ways}


def _figure(span: Span, days: list[int]) -> dict[str, Any]:
    known = {"median": median(days), "mean": round(fmean(days), 1)} if days else {"median": None, "mean": None}
    return known | {"span": span, "count": len(days)}


async def is_family(db: AsyncSession, member: Member) -> bool:
    """Whether this is the case's family thread: its steps lie there, and nowhere else."""
    kind = text("select kind = 'family' from threads where id = :thread")
    return bool((await db.execute(kind, {"thread": member.thread})).scalar_one())


async def is_new_here(db: AsyncSession, member: Member) -> bool:
    """Whether this person has never worked on the case, nor signed for it."""
    return bool((await db.execute(text("select is_new_to(:case, null)"), {"case": member.case})).scalar_one())


async def _rows(db: AsyncSession, statement: TextClause, person: UUID, thread: UUID | None) -> Rows:
    return [dict(row) for row in (await db.execute(statement, {"person": person, "thread": thread})).mappings()]


async def _at_whom(db: AsyncSession, member: Member, rows: Rows) -> dict[str, Any] | None:
    known = steps.standing(rows)
    if known is None:
        return None
    return known | {"at": (await balls(db, member.person, member.case)).get(member.case, {}).get("ball")}


def _told(row: dict[str, Any], rows: Rows) -> dict[str, Any]:
    """A complaint that came after its last day is kept all the same, and says so."""
    until = next((it["complain_until"] for it in rows if it["id"] == row["about"]), None)
    complained = row["step"] == StageStep.complained and until is not None
    return row | {"in_time": row["happened_at"].astimezone(DENMARK).date() <= until if complained else None}
