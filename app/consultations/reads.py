from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models import Consultation
from app.dates import overdue
from app.errors import NotFound

WORKER = "jsonb_build_object('name', {0}name, 'title', {0}title)"  # by the alias, and how the columns begin
# What is mine: asked by me, or mine to answer. Open ones first, of those the first to be answered; then the newest.
HEADS = text(f"""
    select c.id, c.area, c.asked_at, c.due_on, u.name as unit, first.written_at as answered_at,
           {WORKER.format("c.")} as asker, {WORKER.format("c.receiver_")} as receiver, c.person_id = :me as mine,
           x.consultation_id is not null as closed, last.person_id = c.person_id as asked_last,
           case when x.consultation_id is not null then jsonb_build_object(
                'outcome', x.outcome, 'words', x.words, 'at', x.closed_at) end as closure
      from consultations c join units u on u.id = c.unit_id
      left join consultation_closures x on x.consultation_id = c.id
      left join lateral (select l.written_at from consultation_lines l
            where l.consultation_id = c.id and l.person_id <> c.person_id
            order by l.written_at, l.id limit 1) first on true
      left join lateral (select l.person_id from consultation_lines l
            where l.consultation_id = c.id order by l.written_at desc, l.id desc limit 1) last on true
     where c.id = any (cast((select my_consultations()) as uuid[])) and (cast(:one as uuid) is null or c.id = :one)
     order by closed, case when x.consultation_id is null then c.due_on end, c.asked_at desc limit 200
""")  # noqa: S608 put together from what stands above

LINES = text("""
    select id, name, title, words, written_at as at, person_id = :me as mine
      from consultation_lines where consultation_id = :one order by written_at, id
""")

PASSINGS = text(f"""
    select name, {WORKER.format("to_")} as "to", passed_at as at
      from consultation_passings where consultation_id = :one order by passed_at, id
""")  # noqa: S608 put together from what stands above


async def consultations(db: AsyncSession, me: UUID) -> list[dict[str, Any]]:
    return await _heads(db, me, None)


async def consultation(db: AsyncSession, me: UUID, one: UUID) -> dict[str, Any]:
    """NotFound for whoever neither asked nor answers."""
    found = await _heads(db, me, one)
    if not found:
        raise NotFound
    head, values = found[0], {"me": me, "one": one}
    lines = (await db.execute(LINES, values)).mappings().all()
    passings = (await db.execute(PASSINGS, values)).mappings().all()
    colleagues: Sequence[Any] = []
    if not head["mine"] and not head["closed"]:
        colleagues = (await db.execute(text("select * from colleagues_for(:one)"), {"one": one})).mappings().all()
    may = [] if head["closed"] else ["write", "close" if head["mine"] else "pass_on"]
    return head | {"lines": lines, "passings": passings, "colleagues": colleagues, "may": may}


async def advised_by(db: AsyncSession, one: UUID) -> Row[Any] | None:
    """Who goes on with what I asked: doors/consultations.sql. Nobody, if I did not ask it."""
    return (await db.execute(text("select * from advised_by(:one)"), {"one": one})).one_or_none()


async def seen(db: AsyncSession, one: UUID) -> Consultation | None:
    """If I asked it, or am to answer it."""
    mine = select(Consultation).where(Consultation.id == one, text("consultations.id = any (my_consultations())"))
    found: Consultation | None = await db.scalar(mine)
    return found


async def _heads(db: AsyncSession, me: UUID, one: UUID | None) -> list[dict[str, Any]]:
    rows = (await db.execute(HEADS, {"me": me, "one": one})).mappings()
    return [dict(row) | {"waits_for": _waits_for(row), "late": _late(row)} for row in rows]


def _waits_for(row: Any) -> str | None:
    if row["closed"]:
        return None
    return "receiver" if row["asked_last"] else "asker"


def _late(row: Any) -> bool:
    return row["answered_at"] is None and not row["closed"] and overdue(row["due_on"])


async def waiting_for_me(db: AsyncSession, me: UUID) -> list[dict[str, Any]]:
    """What home asks: to answer; to read the answer and say what came of it; and that an answer to me is late."""
    return [
        head | {"what": "answer" if not head["mine"] else "late" if head["late"] else "answered"}
        for head in await consultations(db, me)
        if head["waits_for"] == ("asker" if head["mine"] else "receiver") or head["late"]
    ]


async def led(db: AsyncSession) -> list[dict[str, Any]]:
    """What waits in a leader's units (doors/consultations.sql); empty for everybody else."""
    rows = (await db.execute(text("select * from waiting_consultations()"))).mappings()
    return [dict(row) | {"late": overdue(row["due_on"])} for row in rows]
