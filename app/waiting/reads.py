"""One list of whatever a leader's units owe somebody, whichever room it comes of. A further kind is one line here."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.contacts.reads import waiting_callbacks
from app.notes.reads import waiting_answers
from app.stages.reads import late_stages, waiting_signatures
from app.waiting.shapes import WaitingKind

KINDS = {
    WaitingKind.callback: waiting_callbacks,
    WaitingKind.response: waiting_answers,
    WaitingKind.signature: waiting_signatures,
    WaitingKind.stage: late_stages,
}


async def waiting(db: AsyncSession) -> list[dict[str, Any]]:
    """What is due first stands first; empty for whoever leads nothing."""
    known = [{"step": None, **row, "kind": kind} for kind, read in KINDS.items() for row in await read(db)]
    return sorted(known, key=lambda row: (row["due_on"], row["asked_at"]))
