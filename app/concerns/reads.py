from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks import day_of
from app.concerns.models import Concern, ConcernStep, ConcernStepKind
from app.dates import end_of, overdue
from app.errors import NotFound

# What I sent, and what is mine to handle; of the others, each step's rows are hidden anyway.
DONE = "exists (select 1 from concern_steps s where s.concern_id = c.id and s.step = '{0}')"
HEADS = text(f"""
    select c.id, c.source, c.anonymous, c.area, c.child_name, c.child_details, c.words, c.child_words, c.parents_told,
           c.parents_words, c.received_at, c.assess_red_at, c.assess_due_at, c.receipt_due_on, c.settle_due_on,
           c.notifier_name, c.notifier_title, c.notifier_contact, c.relation, u.name as unit, told.mine,
           case when told.name is not null
                then jsonb_build_object('name', told.name, 'title', told.title) end as handler, told.way as receipt_way,
           told.receipted_at, told.settled_at, told.became,
           told.settled_at is not null as settled, c.anonymous or told.receipted_at is not null as receipted,
           {DONE.format("danger_assessed")} as assessed
      from concerns_told(:one) told join concerns c on c.id = told.id left join units u on u.id = c.unit_id
     order by c.received_at desc
""")  # noqa: S608 put together from what stands above

# For whoever is to handle it alone.
STEPS = text("""
    select s.id, s.step, s.name, s.title, s.done_at as at, s.words, s.way, s.outcome, s.nameless_why, s.silent_why,
           case when s.to_id is not null then jsonb_build_object('name', s.to_name, 'title', s.to_title) end as "to",
           case when t.id is not null then jsonb_build_object('case', t.case_id, 'thread', t.id) end as place
      from concern_steps s left join threads t on t.id = s.thread_id
     where s.concern_id = :one and s.concern_id = any (concerns_to_handle()) order by s.done_at, s.id
""")
MOST = 200
Row = Mapping[str, Any] | RowMapping


async def concerns(db: AsyncSession) -> list[dict[str, Any]]:
    """What waits for me comes first, by its last moment; then the newest."""
    return sorted(await _heads(db, None), key=_turn)[:MOST]


async def concern(db: AsyncSession, one: UUID) -> dict[str, Any]:
    """NotFound for whoever neither sent it nor is to handle it."""
    if (found := await still_mine(db, one)) is None:
        raise NotFound
    return found


async def still_mine(db: AsyncSession, one: UUID) -> dict[str, Any] | None:
    """Whoever stood in and has done the last of it reads it no more."""
    found = await _heads(db, one)
    if not found:
        return None
    [head] = found
    notifier = None
    if not head["anonymous"]:
        notifier = {key: head[f"notifier_{key}"] for key in ("name", "title", "contact")} | {
            "relation": head["relation"]
        }
    steps = (await db.execute(STEPS, {"one": one})).mappings().all()
    may = _may(head)
    colleagues = await _colleagues(db, one) if "pass_on" in may else []
    return head | {"notifier": notifier, "steps": steps, "may": may, "colleagues": colleagues}


async def seen(db: AsyncSession, one: UUID) -> tuple[Concern | None, bool]:
    """The notification, if I may read it; and whether it is mine to handle."""
    told = text("select id = any (concerns_to_handle()) as handles from concerns_told(:one)")
    if (found := (await db.execute(told, {"one": one})).one_or_none()) is None:
        return None, False
    return await db.get(Concern, one), found.handles


async def done(db: AsyncSession, one: UUID, but: UUID) -> dict[str, ConcernStep]:
    """What was done with it, each once, but for this step itself (which comes again when an answer was lost)."""
    known = select(ConcernStep).where(ConcernStep.concern_id == one, ConcernStep.id != but)
    return {step.step: step for step in await db.scalars(known) if step.step != ConcernStepKind.passed_on}


async def waiting_for_me(db: AsyncSession) -> list[dict[str, Any]]:
    """What home asks: to handle what is mine; and that a receipt to me is late."""
    return [
        {**head, "what": "unreceipted" if head["mine"] else head["next"]}
        for head in await concerns(db)
        if head["next"] and (head["late"] or not head["mine"])
    ]


async def led(db: AsyncSession) -> list[dict[str, Any]]:
    """What waits in a leader's units (doors/concerns.sql); empty for everybody else."""
    rows = (await db.execute(text("select * from waiting_concerns()"))).mappings()
    return sorted(({**row} | waits(row) for row in rows), key=lambda row: (row["due_at"], row["asked_at"]))


def waits(row: Row, *, told_only: bool = False) -> dict[str, Any]:
    """What comes first of what is still to be done with it. `told_only`: to its notifier the receipt alone is owed."""
    still: list[tuple[datetime, str]] = []
    if not row["settled"] and not told_only:
        still.append((end_of(row["settle_due_on"]), "settle"))
        if not row["assessed"]:
            still.append((row["assess_due_at"], "assess"))
    if not row["receipted"]:
        still.append((end_of(row["receipt_due_on"]), "receipt"))
    if not still:
        return {"next": None, "due_at": None, "due_on": None, "late": False, "presses": False}
    due_at, step = min(still)
    presses = overdue(row["assess_red_at"] if step == "assess" else due_at)
    return {"next": step, "due_at": due_at, "due_on": day_of(due_at), "late": overdue(due_at), "presses": presses}


async def _heads(db: AsyncSession, one: UUID | None) -> list[dict[str, Any]]:
    rows = (await db.execute(HEADS, {"one": one})).mappings()
    return [dict(row) | waits(row, told_only=row["mine"]) for row in rows]


async def _colleagues(db: AsyncSession, one: UUID) -> list[dict[str, Any]]:
    rows = (await db.execute(text("select * from colleagues_of_concern(:one)"), {"one": one})).mappings()
    return [dict(row) for row in rows]


def _may(head: Mapping[str, Any]) -> list[str]:
    if head["mine"]:
        return []
    return (
        ["assess"] * (not head["assessed"] and not head["settled"])
        + ["receipt"] * (not head["receipted"])
        + ["settle"] * (not head["settled"])
        + ["pass_on"] * (head["next"] is not None)
    )


def _turn(head: Mapping[str, Any]) -> tuple[bool, bool, float, float]:
    """Mine to do before what I only wait for, and what is settled last."""
    due: datetime | None = head["due_at"]
    return (due is None, head["mine"], due.timestamp() if due else 0, -head["received_at"].timestamp())
