"""The 404 door: who is asking, and does this place exist for them. Opening a case or a thread writes the look."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Boolean, ColumnElement, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.looks import look_at_case
from app.access.may import MAY, WHEN_CLOSED, Act, Role
from app.access.models import IN_FORCE, Membership
from app.db import Db, transaction
from app.errors import Conflict, NotAllowed, NotFound, NotLoggedIn
from app.settings import get_settings


@dataclass(frozen=True)
class Viewer:
    """Somebody with a session. `verified_email` is what the provider vouched for at this login.

    `idle_ends_at`: when the session ends if nothing more is done. `fresh`: the provider has just seen the person.
    """

    person: UUID
    name: str
    email: str | None
    language: str
    verified_email: str | None
    session: UUID
    idle_minutes: int
    expires_at: datetime
    idle_ends_at: datetime
    fresh: bool


@dataclass(frozen=True)
class Member:
    """A person in one thread, in one named capacity. `id` is the membership's."""

    id: UUID
    person: UUID
    case: UUID
    thread: UUID
    role: Role
    name: str
    capacity: str
    history_from: int
    closed: bool

    def may(self, act: Act) -> bool:
        return act in MAY[self.role] and not (self.closed and act not in WHEN_CLOSED)

    def must(self, act: Act) -> None:
        """NotAllowed when the role may not; Conflict thread_closed when nobody may, for the time being."""
        if act not in MAY[self.role]:
            raise NotAllowed
        if not self.may(act):
            raise Conflict("thread_closed")

    def may_list(self) -> list[Act]:
        shown = [act for act in Act if self.may(act)]
        return [act for act in shown if act is not (Act.close_thread if self.closed else Act.reopen_thread)]


ENTER_SESSION = text("select * from enter_session(:hash, :active)")
ENTER_THREAD = text("select * from enter_thread(:hash, :case, :thread, :active)")


def token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def by_hand(request: Request) -> bool:
    """Whether somebody sits there: what an open page fetches by itself, pictures too, keeps nobody logged in."""
    return request.headers.get("x-background") != "1" and request.headers.get("sec-fetch-dest") != "image"


async def enter(db: AsyncSession, token: str | None, *, active: bool) -> Viewer | None:
    """Find the session and take on its person for this transaction, in one statement."""
    if not token:
        return None
    row = (await db.execute(ENTER_SESSION, {"hash": token_hash(token), "active": active})).one_or_none()
    if row is None:
        return None
    return Viewer(
        person=row.person_id,
        name=row.name,
        email=row.person_email,
        language=row.language,
        verified_email=row.verified_email,
        session=row.session_id,
        idle_minutes=row.idle_minutes,
        expires_at=row.expires_at,
        idle_ends_at=row.idle_ends_at,
        fresh=row.fresh,
    )


async def _viewer(request: Request, db: Db) -> Viewer:
    viewer = await enter(db, request.cookies.get(get_settings().cookie_name), active=by_hand(request))
    if viewer is None:
        raise NotLoggedIn
    return viewer


CurrentViewer = Annotated[Viewer, Depends(_viewer, scope="function")]


async def _fresh_viewer(viewer: CurrentViewer) -> Viewer:
    """For what a person who only found the screen open must not be able to do."""
    if not viewer.fresh:
        raise NotAllowed("step_up_needed")
    return viewer


FreshViewer = Annotated[Viewer, Depends(_fresh_viewer, scope="function")]

# Closures belong to a room above; the door knows them by table and id only.
CLOSED: ColumnElement[bool] = literal_column(
    "exists (select 1 from closures c where c.thread_id = memberships.thread_id and c.reopened_at is null)",
    Boolean,
).label("closed")


async def member_of(db: AsyncSession, person: UUID, case: UUID, thread: UUID | None = None) -> Member:
    """The person's place in this thread; without one, the place in the case's family thread, else the oldest."""
    query = (
        select(Membership, CLOSED)
        .where(Membership.person_id == person, Membership.case_id == case)
        .where(IN_FORCE)
        .order_by(
            literal_column("(select t.kind <> 'family' from threads t where t.id = memberships.thread_id)"),
            Membership.starts_at,
        )
        .limit(1)
    )
    if thread is not None:
        query = query.where(Membership.thread_id == thread)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    place = row.Membership
    return Member(
        id=place.id,
        person=person,
        case=case,
        thread=place.thread_id,
        role=Role(place.role),
        name=place.name,
        capacity=place.capacity,
        history_from=place.history_from,
        closed=row.closed,
    )


async def _thread_member(request: Request, db: Db, case: UUID, thread: UUID) -> Member:
    """The session and the place in one statement: everything that is done in a thread waits for it."""
    token = request.cookies.get(get_settings().cookie_name, "")
    values = {"hash": token_hash(token), "case": case, "thread": thread, "active": by_hand(request)}
    row = (await db.execute(ENTER_THREAD, values)).one_or_none()
    if row is None:
        raise NotLoggedIn
    if row.membership_id is None:
        raise NotFound
    member = Member(
        id=row.membership_id,
        person=row.person_id,
        case=case,
        thread=thread,
        role=Role(row.role),
        name=row.name,
        capacity=row.capacity,
        history_from=row.history_from,
        closed=row.closed,
    )
    await look_at_case(request, db, member.id)
    return member


@asynccontextmanager
async def before_body(request: Request, case: UUID, thread: UUID) -> AsyncIterator[tuple[AsyncSession, Member]]:
    """The same door, in a short transaction of its own: whoever may not is told so before a long body is read, and no
    connection waits for a slow one. ThreadMember asks anew when the body is here."""
    async with transaction(request.app.state.engine) as db:
        yield db, await _thread_member(request, db, case, thread)


async def _case_member(request: Request, viewer: CurrentViewer, db: Db, case: UUID) -> Member:
    """What is read of a case as a whole is told to those who share the thread that the reader is a member by."""
    member = await member_of(db, viewer.person, case)
    await look_at_case(request, db, member.id)
    return member


ThreadMember = Annotated[Member, Depends(_thread_member, scope="function")]
CaseMember = Annotated[Member, Depends(_case_member, scope="function")]


async def still_here(request: Request, places: Sequence[Member]) -> None:
    """Asked anew, in a transaction of its own, before something leaves that took a while to make: NotLoggedIn when the
    session has ended meanwhile, NotFound when one of these places has, or reads less than it did."""
    async with transaction(request.app.state.engine) as db:
        token = request.cookies.get(get_settings().cookie_name)
        if await enter(db, token, active=False) is None:
            raise NotLoggedIn
        for place in places:
            now = await member_of(db, place.person, place.case, place.thread)
            if (now.id, now.role, now.history_from) != (place.id, place.role, place.history_from):
                raise NotFound
