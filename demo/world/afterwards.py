"""What remains when the world has been played: its dates, and what the cast has read of it."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

from app.access.door import member_of
from app.access.models import Membership
from app.db import as_person, transaction
from app.threads.actions import mark_read as mark_thread_read
from demo.world.people import person_id
from demo.world.play import Player
from demo.world.staging import begin_clocks
from tests.village import CAST

DATING = (Path(__file__).parent / "dating.sql").read_text().strip().removesuffix(";").split(";\n")
TEMPORARY = ("planned (thread_id uuid, seq bigint, at timestamptz)", "taken (invitation_id uuid, at timestamptz)")


async def settle_dates(player: Player) -> None:
    """As owner: everything happened when it was to have happened. The rooms' own times follow the journal's."""
    events = [
        {"thread": thread, "seq": seq, "at": at}
        for thread, times in player.planned.items()
        for seq, at in enumerate(times, start=1)
    ]
    accepted = [{"invitation": invitation, "at": at} for invitation, at in player.accepted.items()]
    async with transaction(player.owner) as db:
        for table in (
            "planned (thread_id uuid, seq bigint, at timestamptz)",
            "taken (invitation_id uuid, at timestamptz)",
        ):
            await db.execute(text(f"create temp table {table} on commit drop"))
        await db.execute(text("insert into planned values (:thread, :seq, :at)"), events)
        await db.execute(text("insert into taken values (:invitation, :at)"), accepted)
        for statement in DATING:
            await db.execute(text(statement))
        await begin_clocks(db)


async def mark_read(player: Player) -> None:
    """The cast has read everything but the newest lines that a file calls unread."""
    for persona in CAST:
        async with transaction(player.web) as db:
            await as_person(db, person_id(persona.key))
            mine = select(Membership).where(
                Membership.person_id == person_id(persona.key), Membership.ended_at.is_(None)
            )
            for place in (await db.scalars(mine.where(Membership.ended_at.is_(None)))).all():
                member = await member_of(db, place.person_id, place.case_id, place.thread_id)
                await mark_thread_read(db, member, _read_to(player, place.thread_id, persona.key))


def _read_to(player: Player, thread: UUID, who: str) -> int:
    lines = player.unread.get((thread, who), 0)
    by_others = [seq for seq, author in player.spoken[thread] if author != who]
    return by_others[-lines] - 1 if lines else len(player.planned[thread])
