"""The door of the other house: a caseworker of the case, and to everybody else there is no such page.

It writes no look: a line about it in the log that the family reads would be the tip. read_screenings() in
doors/screening.sql keeps one where the family has no key to.
"""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from app.access.door import CurrentViewer, Member, member_of
from app.access.looks import Showing
from app.access.may import Act
from app.db import Db
from app.errors import NotFound


async def _screener(viewer: CurrentViewer, db: Db, case: UUID, shows: Showing) -> Member:
    shows.counted(0)  # of what the family reads about
    member = await member_of(db, viewer.person, case)
    if not member.may(Act.screen_risk):
        raise NotFound
    return member


Screener = Annotated[Member, Depends(_screener, scope="function")]
