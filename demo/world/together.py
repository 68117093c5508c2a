"""Notifications that notifier and family write together."""

from app.joint_concerns import actions as joint
from app.joint_concerns.shapes import NewJointConcern, NewJointPart
from demo.world.people import made_id
from demo.world.stage import Stage
from demo.world.story import Deed


class Together(Stage):
    """A line of `together`: when, who, what, a name for it, and the fields of its form. A part is of the one of that
    name."""

    async def begin_together(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await joint.begin_joint_concern(db, member, NewJointConcern(id=deed.what["id"], **deed.what["form"]))
        self.spoke(deed)

    async def write_together(self, deed: Deed) -> None:
        form = dict(deed.what["form"])
        about = made_id("together", self.story.key, form.pop("about"))
        async with self.in_thread(deed) as (db, member):
            await joint.write_joint_part(db, member, about, NewJointPart(id=deed.what["id"], **form))
        self.spoke(deed)
