"""Whose yes counts: everybody's with custody, and from 15; a child's own where none of them is there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import FAMILY, Act, Role

DECIDERS = FAMILY - {Role.child}
PRESENT = text(
    "select distinct m.thread_id from memberships m"
    " where m.thread_id = any(:threads) and in_force(m) and m.role = any(:roles)"
)
# The same rule inside a statement, about a place `m`.
SETTLES = """(m.role in ('custody_holder', 'young_person') or m.role = 'child' and not exists (
            select 1 from memberships o where o.thread_id = m.thread_id and in_force(o)
               and o.role in ('custody_holder', 'young_person')))"""


async def deciders(db: AsyncSession, threads: Sequence[UUID]) -> dict[UUID, frozenset[Role]]:
    """In each of these threads, the roles whose yes counts."""
    values = {"threads": list(threads), "roles": [role.value for role in DECIDERS]}
    present = set((await db.execute(PRESENT, values)).scalars())
    return {thread: DECIDERS if thread in present else frozenset({Role.child}) for thread in threads}


async def settles(db: AsyncSession, member: Member, act: Act) -> bool:
    """Whether it is this member's to say yes or no."""
    return member.may(act) and member.role in (await deciders(db, [member.thread]))[member.thread]
