"""What the worker tells at ten and fifteen, on the day that it was."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import text

from app.dates import DENMARK
from app.db import transaction
from app.journal import Kind
from demo.world.stage import Stage

BIRTHDAYS = {10: Kind.child_turned_10, 15: Kind.child_turned_15}
TOLD_AT = time(7)


async def tell_birthdays(stage: Stage, after: datetime, until: datetime) -> None:
    """Those that fall between the two, into the family's thread."""
    story, thread = stage.story, stage.threads.get(0)
    for years, kind in BIRTHDAYS.items():
        day = date(story.born.year + years, story.born.month, 1) + timedelta(days=story.born.day - 1)
        at = datetime.combine(day, TOLD_AT, DENMARK)
        if thread and after < at <= until:
            async with transaction(stage.owner) as db:
                await db.execute(text("set local role rundtom_authz"))
                values = {"thread": thread, "case": story.case, "kind": kind}
                await db.execute(text("select tell_birthday(:thread, :case, :kind)"), values)
            stage.planned[thread].append(at)
