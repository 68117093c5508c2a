"""The people of the policies' world at work, by the product's own actions. What they do stands in story.py."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.access.door import Member, Viewer, member_of, token_hash
from app.access.may import Role
from app.cases import actions as cases
from app.cases.shapes import FamilyPerson, NewCase
from app.dates import today
from app.db import as_person, transaction
from app.embedded import Urls, conninfo
from app.invitations import actions as invitations
from app.invitations.shapes import Proposal
from app.notes import actions as notes
from app.notes.models import Box, ResponseKind
from app.notes.shapes import NewAnswer, NewNote, NewResponse, NoteCorrection
from app.summaries import actions as summaries
from app.threads import actions as threads
from tests.village import BY_KEY

CASES = {"sofie": "Sofie", "ida": "Ida"}


@dataclass(repr=False)
class World:
    urls: Urls
    web: AsyncEngine
    worker: AsyncEngine
    names: dict[Any, str] = field(default_factory=dict)  # what a row's key is called in the tables typed by hand
    ids: dict[str, UUID] = field(default_factory=dict)  # and back
    tokens: dict[str, str] = field(default_factory=dict)  # mailed secrets and sessions

    def call(self, name: str, id_: UUID) -> UUID:
        self.names[id_], self.ids[name] = name, id_
        return id_

    def admin(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            cursor = db.execute(statement.encode(), values or None)  # none: percent signs as they stand
            return cursor.fetchall() if cursor.description else []

    @asynccontextmanager
    async def as_(self, who: str) -> AsyncIterator[AsyncSession]:
        async with transaction(self.web) as db:
            await as_person(db, self.ids[who])
            yield db

    @asynccontextmanager
    async def in_(self, who: str, thread: str) -> AsyncIterator[tuple[AsyncSession, Member]]:
        async with self.as_(who) as db:
            case = self.ids[CASES.get(thread, "Emil")]
            yield db, await member_of(db, self.ids[who], case, self.ids[thread])

    def viewer(self, who: str) -> Viewer:
        email = BY_KEY[who].email
        return Viewer(self.ids[who], BY_KEY[who].name, email, "da", email, uuid4(), 30, None, None, True)  # type: ignore[arg-type]

    @property
    def parameters(self) -> dict[str, str]:
        """For SQL that speaks of rows by name."""
        return self.tokens | {name: str(id_) for name, id_ in self.ids.items()}

    # -- what people do ------------------------------------------------------------------------------------------------
    async def opens_case(self, who: str, case: str, thread: str, family: list[tuple[str, bool]]) -> None:
        people = [
            FamilyPerson(
                name=key,
                email=f"{key}@demo.example",
                capacity="familie",
                role=Role.custody_holder if custody else Role.relative,
            )
            for key, custody in family
        ]
        async with self.as_(who) as db:
            [job] = (await db.execute(text("select id from employments"))).scalars()
            new = NewCase(child_name=case, employment=job, purpose=thread, family=people, with_family_department=False)
            opened, first = await cases.open_case(db, self.viewer(who), new)
        self.call(case, opened)
        self.call(thread, first)

    async def opens_thread(self, who: str, thread: str, *others: str) -> None:
        async with self.in_(who, "family") as (db, member):
            query = text("select id, person_id from memberships where thread_id = :thread and ended_at is null")
            places = (await db.execute(query, {"thread": member.thread})).all()
            chosen = [place.id for place in places if self.names[place.person_id] in others]
            self.call(thread, await threads.open_thread(db, member, None, thread, chosen))

    async def writes(self, who: str, thread: str, words: str) -> None:
        async with self.in_(who, thread) as (db, member):
            said = self.ids.get(words) or self.call(words, uuid4())
            await threads.post_message(db, member, said, words, None)

    async def notes(self, who: str, thread: str, words: str) -> None:
        async with self.in_(who, thread) as (db, member):
            await notes.publish_note(db, member, NewNote(id=self.call(words, uuid4()), resources=words))

    async def corrects_note(self, who: str, thread: str, note: str) -> None:
        async with self.in_(who, thread) as (db, member):
            await notes.correct_note(db, member, self.ids[note], NoteCorrection(version=1, resources=note.upper()))

    async def responds(self, who: str, thread: str, note: str, words: str) -> None:
        said = NewResponse(
            id=self.call(words, uuid4()), kind=ResponseKind.missing, box=Box.whole, version=1, words=words
        )
        async with self.in_(who, thread) as (db, member):
            await notes.respond_to_note(db, member, self.ids[note], said, 10)

    async def answers(self, who: str, thread: str, response: str) -> None:
        async with self.in_(who, thread) as (db, member):
            await notes.answer_response(db, member, self.ids[response], NewAnswer(words="x"))

    async def sums_up(self, who: str, thread: str, words: str) -> None:
        async with self.in_(who, thread) as (db, member):
            await summaries.propose_summary(db, member, self.call(words, uuid4()), words, None)

    async def confirms(self, who: str, thread: str, summary: str) -> None:
        async with self.in_(who, thread) as (db, member):
            await summaries.confirm_summary(db, member, self.ids[summary])

    async def corrects_late(self, who: str, thread: str, words: str) -> None:
        self.admin("update messages set posted_at = now() - interval '11 minutes' where id = %s", self.ids[words])
        async with self.in_(who, thread) as (db, member):
            await threads.correct_message(db, member, self.ids[words], words.upper())

    async def looks(self, who: str, thread: str) -> None:
        async with self.in_(who, thread) as (db, m):
            await db.execute(text("select look(:places, 'get_thread', now())"), {"places": [m.id]})
            await threads.mark_read(db, m, 1)

    async def proposes(self, who: str, thread: str, guest: str, name: str = "", *, history: bool = False) -> None:
        """A custody holder's own proposal is agreed with that."""
        proposal = Proposal(
            name=guest, email=BY_KEY[guest].email, capacity="gæst", role="professional", purpose="x",
            kinds=["everyday"], ends_on=today() + timedelta(days=30), history=history,
        )  # fmt: skip
        async with self.in_(who, thread) as (db, member):
            self.call(f"+{name or guest}", await invitations.propose_invitation(db, member, proposal))

    async def mails(self, name: str) -> None:
        """The worker's part: a secret goes out."""
        self.tokens[f"secret of {name}"] = token = uuid4().hex
        async with transaction(self.worker) as db:
            values = {"i": self.ids[f"+{name}"], "hash": token_hash(token)}
            assert (await db.execute(text("select * from issue_invitation(:i, :hash)"), values)).one()
            await db.execute(text("select invitation_sent(:i)"), values)

    async def opens_link(self, guest: str, name: str = "") -> None:
        async with self.as_(guest) as db:
            await invitations.open_invitation(db, self.viewer(guest), self.tokens[f"secret of {name or guest}"])

    async def comes_in(self, guest: str, name: str = "", *, history: bool) -> None:
        """Four events: proposed, sent, opened, joined."""
        await self.proposes("mother", "family", guest, name, history=history)
        await self.mails(name or guest)
        await self.opens_link(guest, name)
        async with self.as_(guest) as db:
            await invitations.redeem_invitation(db, self.viewer(guest), self.tokens[f"secret of {name or guest}"])

    async def is_ended(self, who: str, by: str, thread: str) -> None:
        async with self.in_(by, thread) as (db, member):
            query = text("select id from memberships where thread_id = :t and person_id = :p and ended_at is null")
            place = (await db.execute(query, {"t": member.thread, "p": self.ids[who]})).scalar_one()
            await threads.end_membership(db, member, place, None)
