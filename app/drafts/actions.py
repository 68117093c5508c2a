"""Keeping what is being written. One's own: neither a right nor an event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.drafts import reads
from app.drafts.models import Draft, Form
from app.drafts.shapes import Keeping
from app.errors import Conflict, NotFound, NotLoggedIn

# Goes on from the version that the writer knows, or from whatever the same tab kept last: that answer may have been
# lost.
KEEP = text("""
    insert into drafts as d (person_id, form, thread_id, about, id, writer, text, version)
    values (:person, :form, :thread, :about, :id, :writer, :text, extract(epoch from clock_timestamp()) * 1000)
    on conflict (person_id, form, thread_id, about) do update
       set id = excluded.id, writer = excluded.writer, text = excluded.text, saved_at = now(),
           version = greatest(excluded.version, d.version + 1)
     where d.version = :version or d.writer = excluded.writer
    returning version, saved_at
""")


async def keep_draft(db: AsyncSession, member: Member, form: Form, about: UUID, draft: Keeping) -> tuple[int, datetime]:
    """Answers the new version, and when. NotFound: what it is about is not in this thread. Conflict draft_elsewhere:
    another tab or device has gone on from there; draft_sent: it is no draft any more. NotLoggedIn: somebody else is."""
    if not await reads.is_here(db, member, about):
        raise NotFound
    if draft.id != about and await reads.is_here(db, member, draft.id):
        raise Conflict("draft_sent")
    return await _keep(db, member.person, member.thread, form, about, draft)


async def keep_home_draft(db: AsyncSession, person: UUID, form: Form, draft: Keeping) -> tuple[int, datetime]:
    return await _keep(db, person, None, form, person, draft)


async def _keep(
    db: AsyncSession, person: UUID, thread: UUID | None, form: Form, about: UUID, draft: Keeping
) -> tuple[int, datetime]:
    if draft.person != person:
        raise NotLoggedIn
    values = draft.model_dump() | {"person": person, "thread": thread, "form": form.value, "about": about}
    row = (await db.execute(KEEP, values)).one_or_none()
    if row is None:
        raise Conflict("draft_elsewhere")
    return row.version, row.saved_at


async def drop_draft(db: AsyncSession, member: Member, form: Form, about: UUID, draft: UUID) -> None:
    """It is given up. What another screen has begun in its place meanwhile, by another id, stays."""
    await _drop(db, member.person, member.thread, form, about, draft)


async def drop_home_draft(db: AsyncSession, person: UUID, form: Form, draft: UUID) -> None:
    await _drop(db, person, None, form, person, draft)


async def _drop(db: AsyncSession, person: UUID, thread: UUID | None, form: Form, about: UUID, draft: UUID) -> None:
    mine = (Draft.person_id == person, Draft.thread_id.is_not_distinct_from(thread), Draft.form == form)
    await db.execute(delete(Draft).where(*mine, Draft.about == about, Draft.id == draft))
