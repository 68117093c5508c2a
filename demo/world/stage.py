"""What every kind of deed needs: the story being played, who acts where, and what is remembered of it for later."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.access.door import Member, Viewer, member_of
from app.access.models import Membership
from app.db import as_person, transaction
from app.threads.models import Thread
from demo.world.people import email_of, person_id
from demo.world.story import Deed, Story
from tests.village import BY_KEY


class Stage:
    """Remembers of each thread when its events are to have happened (`planned`), who wrote its lines (`spoken`: seq
    and person) and how many of the newest a person has not read yet (`unread`). `accepted`: when each invitation is to
    have been accepted."""

    def __init__(self, owner: AsyncEngine, web: AsyncEngine, worker: AsyncEngine) -> None:
        self.owner, self.web, self.worker = owner, web, worker
        self.planned: dict[UUID, list[datetime]] = defaultdict(list)
        self.accepted: dict[UUID, datetime] = {}
        self.spoken: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
        self.unread: dict[tuple[UUID, str], int] = {}

    def begin(self, story: Story) -> None:
        self.story = story
        self.threads: dict[int, UUID] = {}
        self.invited: dict[tuple[str, str], UUID] = {}
        self.links: dict[UUID, str] = {}
        self.noted: dict[tuple[int, int], int] = {}  # where in its thread each note stands

    @asynccontextmanager
    async def as_person(self, who: str) -> AsyncIterator[tuple[AsyncSession, Viewer]]:
        async with transaction(self.web) as db:
            await as_person(db, person_id(who))
            yield db, _viewer(who, self.story.family.get(who, {}).get("name"))

    @asynccontextmanager
    async def in_thread(self, deed: Deed) -> AsyncIterator[tuple[AsyncSession, Member]]:
        async with self.as_person(deed.who) as (db, viewer):
            yield db, await member_of(db, viewer.person, self.story.case, self.threads[deed.thread])

    async def last_seq(self, deed: Deed) -> int:
        async with transaction(self.owner) as db:
            return (await db.get_one(Thread, self.threads[deed.thread])).last_seq

    async def told_everywhere(self, deed: Deed) -> None:
        """Several threads have a line more."""
        for number, thread in self.threads.items():
            planned = self.planned[thread]
            planned += [deed.at] * (await self.last_seq(replace(deed, thread=number)) - len(planned))

    def spoke(self, deed: Deed) -> int:
        """The line that was just written: its seq."""
        thread = self.threads[deed.thread]
        seq = len(self.planned[thread]) + 1
        self.spoken[thread].append((seq, deed.who))
        return seq


def place_in(member: Member, who: str) -> Select[UUID]:
    return select(Membership.id).where(Membership.thread_id == member.thread, Membership.person_id == person_id(who))


def _viewer(who: str, name: str | None) -> Viewer:
    return Viewer(
        person=person_id(who),
        name=name or (BY_KEY[who].name if who in BY_KEY else who),
        email=email_of(who),
        language="da",
        verified_email=email_of(who),
        session=uuid4(),
        idle_minutes=30,
        expires_at=datetime.now(UTC) + timedelta(hours=1),
        idle_ends_at=datetime.now(UTC) + timedelta(hours=1),
        fresh=True,
    )
