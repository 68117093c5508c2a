from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.may import MAY, WHEN_CLOSED, Act, Role
from app.errors import NotFound

ADMIN = text("select works_as('admin')")


async def permissions(db: AsyncSession) -> list[tuple[Act, bool, frozenset[Role]]]:
    """Each act, whether a closed thread allows it too, and by which roles. NotFound for all but administrators."""
    if not (await db.execute(ADMIN)).scalar_one():
        raise NotFound
    return [(act, act in WHEN_CLOSED, frozenset(role for role in Role if act in MAY[role])) for act in Act]
