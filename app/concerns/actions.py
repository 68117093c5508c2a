"""Notifying, and what is done with a notification: assessed, receipted, passed on, settled."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks import Clock, due
from app.concerns.models import ConcernSource
from app.concerns.shapes import CitizensConcern, NewConcern
from app.dates import now
from app.errors import Invalid, NotAllowed

RECEIVE = text("select receive_concern(:id, :source, cast(:said as jsonb), cast(:dates as jsonb))")


async def notify(db: AsyncSession, new: NewConcern) -> None:
    """By somebody at work, in whatever job: the duty is personal, and nobody's leave is asked (barnets lov § 133). The
    same id and content again: it has been received. Invalid danger_elsewhere: not a word of it is kept here."""
    if new.danger:
        raise Invalid("danger_elsewhere")
    said = new.model_dump(mode="json", exclude={"id", "danger", "employment"}) | {"employment_id": new.employment}
    await _receive(db, new, ConcernSource.professional, said)


async def receive_from_citizen(db: AsyncSession, new: CitizensConcern) -> None:
    """Without a login, named or anonymous. Never refused because nobody is there to receive it. Invalid id_reused."""
    said = new.model_dump(mode="json", exclude={"id", "unit"}) | {"unit_id": new.unit}
    if new.anonymous:  # the database drops it too; it does not even travel there
        said |= {"notifier_name": "", "notifier_contact": ""}
    await _receive(db, new, ConcernSource.citizen, said)


async def _receive(
    db: AsyncSession, new: NewConcern | CitizensConcern, source: ConcernSource, said: dict[str, Any]
) -> None:
    values = {"id": new.id, "source": source, "said": _json(said), "dates": _json(_dates(now()))}
    became = (await db.execute(RECEIVE, values)).scalar_one()
    if became == "not_allowed":
        raise NotAllowed
    if became != "received":
        raise Invalid("id_reused")


def _dates(at: datetime) -> dict[str, Any]:
    assessed = due(Clock.danger_assessment, at)
    return {
        "received_at": at,
        "assess_red_at": assessed.red_at or assessed.at,
        "assess_due_at": assessed.at,
        "receipt_due_on": due(Clock.receipt, at).day,
        "settle_due_on": due(Clock.screening, at).day,
    }


def _json(values: dict[str, Any]) -> str:
    return orjson.dumps(values).decode()
