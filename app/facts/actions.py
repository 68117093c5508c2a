"""An adult keeps where he or she lives and can be met, and shows it to chosen co-members, one by one.

Nothing here is recorded in a thread: a line there would tell the others that there is something to know.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.access.may import PRIVATE_READERS, Act
from app.errors import NotFound
from app.facts import reads
from app.facts.models import FactGrant, FactKind, FactLook, PrivateFact

# Whose reading the owner is told of: theirs who are here by work or by invitation. The family's own reading is shown
# to nobody (frontend rule 9).
LOOK = text("""
    insert into fact_looks (id, fact_id, owner_id, membership_id)
    select gen_random_uuid(), g.fact_id, g.owner_id, g.membership_id
      from memberships m join fact_grants g on g.membership_id = m.id join private_facts f on f.id = g.fact_id
     where m.person_id = :me and m.case_id = :case and in_force(m) and m.role <> all (:private)
       and f.case_id = :case and f.owner_id <> :me and g.ended_at is null
""")


async def read_facts(db: AsyncSession, member: Member) -> dict[str, Any]:
    """One's own, and what others show one. Whose fact it is, is told of the reading, and nobody else."""
    private = [role.value for role in PRIVATE_READERS]
    await db.execute(LOOK, {"me": member.person, "case": member.case, "private": private})
    return await reads.facts_page(db, member)


async def keep_fact(db: AsyncSession, member: Member, kind: FactKind, words: str) -> UUID:
    """Shown to nobody until the owner says to whom."""
    member.must(Act.keep_private_facts)
    fact = PrivateFact(id=uuid4(), case_id=member.case, owner_id=member.person, kind=kind, text=words)
    db.add(fact)
    await db.flush()
    return fact.id


async def change_fact(db: AsyncSession, member: Member, fact_id: UUID, words: str) -> None:
    """A new address is shown to nobody: whoever was shown the old one has not been shown this one."""
    member.must(Act.keep_private_facts)
    fact = await reads.my_fact(db, member, fact_id)
    for grant in await reads.open_grants(db, fact):
        grant.ended_at = datetime.now(UTC)
    fact.text, fact.written_at = words, datetime.now(UTC)
    await db.flush()


async def erase_fact(db: AsyncSession, member: Member, fact_id: UUID) -> None:
    """Nothing of it is kept, nor to whom it was shown."""
    member.must(Act.keep_private_facts)
    fact = await reads.my_fact(db, member, fact_id)
    for table in (FactLook, FactGrant):
        await db.execute(delete(table).where(table.fact_id == fact.id))
    await db.delete(fact)
    await db.flush()


async def show_fact(db: AsyncSession, member: Member, fact_id: UUID, membership: UUID) -> UUID:
    """Show it to one co-member, for as long as that place lasts; again is the same grant. NotFound: no co-member."""
    member.must(Act.keep_private_facts)
    fact = await reads.my_fact(db, member, fact_id)
    if membership not in {place.id for place in await reads.to_show_to(db, member)}:
        raise NotFound
    for grant in await reads.open_grants(db, fact):
        if grant.membership_id == membership:
            return grant.id
    grant = FactGrant(id=uuid4(), fact_id=fact.id, owner_id=member.person, membership_id=membership)
    db.add(grant)
    await db.flush()
    return grant.id


async def take_back(db: AsyncSession, member: Member, fact_id: UUID, grant_id: UUID) -> None:
    member.must(Act.keep_private_facts)
    fact = await reads.my_fact(db, member, fact_id)
    grant = next((it for it in await reads.open_grants(db, fact) if it.id == grant_id), None)
    if grant is None:
        raise NotFound
    grant.ended_at = datetime.now(UTC)
    await db.flush()
