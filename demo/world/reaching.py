"""Calls that were asked for, and what took place outside the thread."""

from uuid import UUID

from sqlalchemy import update

from app.clocks import Clock, due
from app.contacts import actions as contacts
from app.contacts.models import Callback
from app.contacts.shapes import NewCall, NewCallback, NewContact
from app.db import transaction
from demo.world.people import made_id
from demo.world.stage import Stage
from demo.world.story import Deed


class Reaching(Stage):
    """A line of a `.contact.toml`: when, who, what, a name for it, and the fields of its form. A call is about the
    question of that name."""

    async def ask_call(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await contacts.ask_for_callback(db, member, NewCallback(id=deed.what["id"], **deed.what["form"]))
        # What was promised counts from then, not from when the world is played.
        day = due(Clock.callback, deed.at).day
        async with transaction(self.owner) as db:
            await db.execute(update(Callback).where(Callback.id == deed.what["id"]).values(due_on=day))
        self.spoke(deed)

    async def ring(self, deed: Deed) -> None:
        new = NewCall(id=deed.what["id"], reached=deed.what["form"]["reached"])
        async with self.in_thread(deed) as (db, member):
            await contacts.answer_callback(db, member, self._asked(deed), new)
        self.spoke(deed)

    async def log(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await contacts.log_contact(db, member, NewContact(id=deed.what["id"], **deed.what["form"]))
        self.spoke(deed)

    def _asked(self, deed: Deed) -> UUID:
        return made_id("contact", self.story.key, deed.what["form"]["about"])
