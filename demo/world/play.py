"""The world is played through the product's own actions, each deed as its person."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.access.door import member_of
from app.access.may import Role
from app.access.models import Membership
from app.cases.actions import open_case
from app.cases.shapes import FamilyPerson, NewCase
from app.dates import DENMARK
from app.db import transaction
from app.invitations.models import Invitation
from app.threads import actions as threads
from app.threads.models import Message
from app.threads.reads import co_members
from app.threads.shapes import Closing, Correction, NewMessage, NewThread
from demo.world.birthdays import tell_birthdays
from demo.world.duty import OnDuty
from demo.world.inviting import Inviting
from demo.world.noting import Noting
from demo.world.people import email_of, job_id, made_id, person_id
from demo.world.planning import Planning
from demo.world.reaching import Reaching
from demo.world.staging import Staging
from demo.world.story import Deed, Story
from demo.world.together import Together

NOTE = re.compile(r"#note (\d+)")


class Player(Noting, Planning, Reaching, Together, Staging, Inviting, OnDuty):
    """Plays one story after the other. What a deed's verb means is the method of that name, here or in the parents."""

    async def play(self, story: Story) -> None:
        self.begin(story)
        told = story.deeds[0].at  # nothing is told of a birthday from before the dialogue
        for deed in story.deeds:
            await tell_birthdays(self, told, deed.at)
            told = deed.at
            await getattr(self, deed.verb)(deed)
            planned = self.planned[self.threads[deed.thread]]
            planned += [deed.at] * (await self.last_seq(deed) - len(planned))
        await tell_birthdays(self, told, datetime.now(DENMARK))
        for number, thread in enumerate(story.threads):
            self.unread |= {(self.threads[number], who): lines for who, lines in thread.get("unread", {}).items()}

    # Opening -------------------------------------------------------------------------------------------------------
    async def open_case(self, deed: Deed) -> None:
        story, opener = self.story, deed.who
        is_family = opener in story.family
        new = NewCase(
            id=story.case,
            child_name=story.child,
            child_born=story.born,
            employment=None if is_family else job_id(opener),
            capacity=story.family[opener]["as"] if is_family else None,
            purpose=story.threads[0]["purpose"],
            family=[_family_person(key, each) for key, each in story.family.items() if key != opener],
            with_family_department=is_family,
        )
        async with self.as_person(opener) as (db, viewer):
            _, self.threads[0] = await open_case(db, viewer, new)
            welcomes = await db.execute(select(Invitation.email, Invitation.id).where(Invitation.case_id == story.case))
            self.invited |= {("welcome", email.split("@")[0]): invitation for email, invitation in welcomes}

    async def open_thread(self, deed: Deed) -> None:
        wanted = {person_id(who) for who in deed.what["members"]}
        async with self.as_person(deed.who) as (db, viewer):
            member = await member_of(db, viewer.person, self.story.case)
            young = {self.story.family[who]["name"] for who in deed.what["members"] if self.story.too_young(who)}
            known = await co_members(db, member)
            places = [place.id for place in known if place.person_id in wanted or place.name in young]
            made = made_id("thread", self.story.key, deed.thread)
            new = NewThread(id=made, purpose=deed.what["purpose"], members=places)
            self.threads[deed.thread] = await threads.open_thread(db, member, new.id, new.purpose, new.members)

    async def close(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await threads.close_thread(db, member, None, Closing(reason=deed.what["reason"]).reason)

    async def reopen(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await threads.reopen_thread(db, member)

    # Writing -------------------------------------------------------------------------------------------------------
    async def say(self, deed: Deed) -> None:
        new = NewMessage(id=deed.what["id"], text=self.linked(deed))
        async with self.in_thread(deed) as (db, member):
            entry = await threads.post_message(db, member, new.id, new.text, None)
        self.spoken[self.threads[deed.thread]].append((entry["seq"], deed.who))

    async def write_down(self, deed: Deed) -> None:
        """What a child too young to log in has said. `spoken` is by who wrote: nobody else has read it so far."""
        new = NewMessage(id=deed.what["id"], text=deed.what["text"])
        async with self.in_thread(deed) as (db, member):
            child = select(Membership.id).where(
                Membership.thread_id == member.thread,
                Membership.role == Role.child,
                Membership.name == deed.what["child"],
            )
            entry = await threads.write_down_words(db, member, new.id, new.text, (await db.scalars(child)).one(), None)
        self.spoken[self.threads[deed.thread]].append((entry["seq"], deed.who))

    async def correct(self, deed: Deed) -> None:
        """What is corrected late keeps its earlier text: so the message must be as old as it is to be."""
        message, posted = deed.what["id"], datetime.now(UTC) - deed.what["after"]
        async with transaction(self.owner) as db:
            old = await db.get_one(Message, (self.threads[deed.thread], message))
            old.posted_at = posted
        async with self.in_thread(deed) as (db, member):
            await threads.correct_message(db, member, message, Correction(text=deed.what["text"]).text)

    async def withdraw(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await threads.withdraw_message(db, member, deed.what["id"])

    def linked(self, deed: Deed) -> str:
        """`#note 2` is the second note that the file tells of in this thread: a link goes to where it stands."""
        return NOTE.sub(lambda told: f"#{self.noted[deed.thread, int(told[1])]}", deed.what["text"])


def _family_person(key: str, each: dict[str, Any]) -> FamilyPerson:
    role = Role.custody_holder if each.get("custody") else Role.child if each.get("child") else Role.relative
    return FamilyPerson(name=each["name"], email=email_of(key), capacity=each["as"], role=role)
