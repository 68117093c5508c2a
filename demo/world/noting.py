"""Notes, what is corrected in them and what the family says to them; and where we are now."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.models import Membership
from app.notes import actions as notes
from app.notes.models import NoteVersion
from app.notes.reads import WORDS, newest_version
from app.notes.shapes import NewAnswer, NewNote, NewResponse, NoteCorrection
from app.summaries import actions as summaries
from app.summaries.shapes import NewSummary, Rejection
from demo.world.people import person_id
from demo.world.stage import Stage
from demo.world.story import Deed

ANSWERED_WITHIN = 7  # days; what a municipality begins with (NOTE_ANSWER_DAYS)


class Noting(Stage):
    async def publish(self, deed: Deed) -> None:
        words = dict(deed.what["words"])
        async with self.in_thread(deed) as (db, member):
            heard = await _places(db, member, words.pop("heard", []))
            new = NewNote(id=deed.what["id"], heard=heard, **words)
            await notes.publish_note(db, member, new)
        self.noted[deed.thread, deed.what["number"]] = self.spoke(deed)

    async def correct_note(self, deed: Deed) -> None:
        """What the correction does not name stays as it stood."""
        words = dict(deed.what["words"])
        async with self.in_thread(deed) as (db, member):
            before = await newest_version(db, member, deed.what["note"])
            if "heard" in words:
                words["heard"] = await _places(db, member, words["heard"])
            new = NoteCorrection(version=before.version, **(_words(before) | words))
            await notes.correct_note(db, member, deed.what["note"], new)
        self.spoke(deed)

    async def respond(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            read = await newest_version(db, member, deed.what["note"])
            said = {key: deed.what[key] for key in ("id", "kind", "box", "words")}
            new = NewResponse(version=read.version, **said)
            await notes.respond_to_note(db, member, deed.what["note"], new, ANSWERED_WITHIN)
        self.spoke(deed)

    async def answer(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await notes.answer_response(db, member, deed.what["response"], NewAnswer(words=deed.what["words"]))
        self.spoke(deed)

    async def sum_up(self, deed: Deed) -> None:
        new = NewSummary(id=deed.what["id"], words=deed.what["words"])
        async with self.in_thread(deed) as (db, member):
            await summaries.propose_summary(db, member, new.id, new.words, None)
        self.spoke(deed)

    async def confirm(self, deed: Deed) -> None:
        async with self.in_thread(deed) as (db, member):
            await summaries.confirm_summary(db, member, deed.what["summary"])
        self.spoke(deed)

    async def reject(self, deed: Deed) -> None:
        no = Rejection(words=deed.what["words"])
        async with self.in_thread(deed) as (db, member):
            await summaries.reject_summary(db, member, deed.what["summary"], no.words, None)
        self.spoke(deed)


async def _places(db: AsyncSession, member: Member, who: list[str]) -> list[UUID]:
    """Of these people in the thread, in the order that they are named."""
    named = [person_id(each) for each in who]
    here = select(Membership.person_id, Membership.id).where(
        Membership.thread_id == member.thread, Membership.person_id.in_(named)
    )
    places = {row.person_id: row.id for row in await db.execute(here)}
    return [places[person] for person in named]


def _words(version: NoteVersion) -> dict[str, Any]:
    return {key: getattr(version, key) for key in WORDS}
