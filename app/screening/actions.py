"""Signs of honour conflict or negative social control: nobody is invited until a risk assessment is signed.

No event and no `must`: the door (access/screener.py) lets in nobody else, and the functions ask again.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import Member
from app.errors import Conflict
from app.journal import refusals
from app.screening.shapes import Sign

TICK = text("select tick_signs(:case, :signs)")
SIGN = text("select sign_screening(:case, :assessment, :addresses)")


async def tick_signs(db: AsyncSession, member: Member, signs: list[Sign]) -> None:
    """Conflict: an assessment is being made already."""
    with refusals():
        ticked = (await db.execute(TICK, {"case": member.case, "signs": [sign.value for sign in signs]})).scalar_one()
    if not ticked:
        raise Conflict


async def sign_screening(db: AsyncSession, member: Member, assessment: str, addresses: list[str]) -> None:
    """Whoever is not named gets the link that waited. Conflict: nothing is open."""
    values = {"case": member.case, "assessment": assessment, "addresses": addresses}
    with refusals():
        signed = (await db.execute(SIGN, values)).scalar_one()
    if not signed:
        raise Conflict
