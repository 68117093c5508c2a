"""The steps of a case, and the clocks that began with them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.stages import actions as stages
from app.stages.growing import made
from app.stages.models import Stage as Row
from app.stages.shapes import NewStage
from demo.world.stage import Stage
from demo.world.story import Deed

NEW: TypeAdapter[NewStage] = TypeAdapter(NewStage)
FIXED = ("due_at", "complain_until", "plan_due_at")  # by the clocks, when a step begins


class Staging(Stage):
    async def take_on(self, deed: Deed) -> None:
        new = NEW.validate_python({"id": deed.what["id"]} | deed.what["form"])
        async with self.in_thread(deed) as (db, member):
            await stages.move_stage(db, member, new)
        self.spoke(deed)


async def begin_clocks(db: AsyncSession) -> None:
    """Every step has its own moment by now: its clocks are begun anew from there, by the product's own rule."""
    before: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in await db.scalars(select(Row).order_by(Row.thread_id, Row.seq)):
        kept = (column.key for column in Row.__mapper__.column_attrs if column.key != "found_by")
        told = {key: getattr(row, key) for key in kept}
        grown = made(before[row.thread_id], told)
        for key in FIXED:
            setattr(row, key, grown.get(key))
        before[row.thread_id].append(told | {key: grown.get(key) for key in FIXED})
    await db.flush()
