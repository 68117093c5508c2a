"""The plan in a thread, and how it goes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.access.door import Member
from app.access.models import Membership
from app.dates import today
from app.plans import actions as plans
from app.plans.shapes import NewAction, NewActionChange, NewGoal, NewGoalChange
from app.progress import actions as progress
from app.progress.shapes import NewEvaluation, NewEvaluationView, NewScale, NewWellbeing
from demo.world.people import made_id
from demo.world.stage import Stage
from demo.world.story import Deed
from tests.village import BY_KEY


class Planning(Stage):
    """A line of a `.plan.toml`: when, who, what, a name for it, and the fields of its form. What it is about goes by
    the name of that; people go by their keys; days count from today."""

    async def goal(self, deed: Deed) -> None:
        await self._do(deed, lambda db, member, told: plans.set_goal(db, member, NewGoal(**told)))

    async def goal_change(self, deed: Deed) -> None:
        about = self._about(deed)
        await self._do(deed, lambda db, member, told: plans.change_goal(db, member, about, NewGoalChange(**told)))

    async def action(self, deed: Deed) -> None:
        await self._do(deed, lambda db, member, told: plans.plan_action(db, member, NewAction(**told)))

    async def action_change(self, deed: Deed) -> None:
        about = self._about(deed)
        await self._do(deed, lambda db, member, told: plans.change_action(db, member, about, NewActionChange(**told)))

    async def scale(self, deed: Deed) -> None:
        await self._do(deed, lambda db, member, told: progress.give_scale(db, member, NewScale(**told)))

    async def wellbeing(self, deed: Deed) -> None:
        await self._do(deed, lambda db, member, told: progress.rate_wellbeing(db, member, NewWellbeing(**told)))

    async def evaluation(self, deed: Deed) -> None:
        await self._do(deed, lambda db, member, told: progress.plan_evaluation(db, member, NewEvaluation(**told)))

    async def view(self, deed: Deed) -> None:
        about = self._about(deed)
        await self._do(deed, lambda db, member, told: progress.evaluate(db, member, about, NewEvaluationView(**told)))

    async def _do(self, deed: Deed, act: Any) -> None:
        async with self.in_thread(deed) as (db, member):
            await act(db, member, await self._told(db, member, deed))
        self.spoke(deed)

    async def _told(self, db: Any, member: Member, deed: Deed) -> dict[str, Any]:
        told: dict[str, Any] = {"id": deed.what["id"]} | deed.what["form"]
        told.pop("about", None)
        if "goal" in told:
            told["goal"] = self._named(told["goal"])
        for key in ("owner", "words_of"):
            if key in told:
                told[key] = await db.scalar(self._place(member, told[key]))
        for key in ("due_on", "starts_on"):
            if key in told:
                told[key] = today() + timedelta(days=told[key])
        return told

    def _place(self, member: Member, who: str) -> Select[UUID]:
        """By name: a child too young to log in has a place under a person that nobody knows."""
        name = self.story.family[who]["name"] if who in self.story.family else BY_KEY[who].name
        return select(Membership.id).where(Membership.thread_id == member.thread, Membership.name == name)

    def _about(self, deed: Deed) -> UUID:
        return self._named(deed.what["form"]["about"])

    def _named(self, name: str) -> UUID:
        return made_id("plan", self.story.key, name)
