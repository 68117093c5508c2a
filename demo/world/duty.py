"""Coming on duty for some hours, and going off."""

from datetime import UTC, datetime

from sqlalchemy import text, update

from app.access.may import Role
from app.access.models import Membership
from app.db import transaction
from app.duty.actions import open_duty_access
from app.duty.shapes import NewDutyAccess
from demo.world.people import job_id
from demo.world.stage import Stage
from demo.world.story import Deed


class OnDuty(Stage):
    async def come_on_duty(self, deed: Deed) -> None:
        new = NewDutyAccess(
            child_name=self.story.child,
            child_born=self.story.born,
            employment=job_id(deed.who),
            reason=deed.what["reason"],
        )
        async with self.as_person(deed.who) as (db, _):
            await open_duty_access(db, new)
        await self.told_everywhere(deed)

    async def go_off_duty(self, deed: Deed) -> None:
        async with transaction(self.owner) as db:
            over = update(Membership).where(Membership.case_id == self.story.case, Membership.role == Role.on_duty)
            await db.execute(over.values(ends_at=datetime.now(UTC)))
        async with transaction(self.worker) as db:
            await db.execute(text("select end_duty_places()"))
        await self.told_everywhere(deed)
