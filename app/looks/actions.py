"""Ask why: a conversation with whoever looked."""

from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member, member_of
from app.access.may import GUESTS, Act, Role
from app.access.models import Membership
from app.errors import Conflict, NotFound
from app.looks import reads
from app.text import text
from app.threads.actions import open_thread, post_message
from app.threads.reads import co_members


async def ask_why(db: AsyncSession, member: Member, look: UUID, words: str | None) -> UUID:
    """Open a conversation about this look; answers it. Asked again: the same one.

    With whoever looked, if that person has a place here and may write; otherwise with the caseworker. A child is not
    alone with guests: the caseworker is asked along. Conflict nobody_to_ask: neither is there.
    """
    member.must(Act.see_looks)
    asked = await reads.asked_about(db, member.person, member.case, look)
    if asked is None:
        raise NotFound
    circle = _whom(member, asked.person_id, await co_members(db, member))
    if not circle:
        raise Conflict("nobody_to_ask")
    # Its name is content that everybody in it reads, so it is in the municipality's language.
    made = uuid5(look, str(member.person))
    thread = await open_thread(db, member, made, text("looks.question_purpose"), [place.id for place in circle])
    if words is not None:
        me = await member_of(db, member.person, member.case, thread)
        await post_message(db, me, uuid5(thread, "question"), words, None)
    return thread


def _whom(member: Member, looker: UUID | None, places: list[Membership]) -> list[Membership]:
    others = [place for place in places if place.person_id != member.person]
    asked = [place for place in others if place.person_id == looker and Role(place.role) is not Role.on_duty][:1]
    caseworkers = [place for place in others if Role(place.role) is Role.caseworker]
    alone_with_guest = member.role is not Role.custody_holder and all(Role(place.role) in GUESTS for place in asked)
    if alone_with_guest:
        return [*asked, *caseworkers[:1]] if caseworkers else []
    return asked or caseworkers[:1]
