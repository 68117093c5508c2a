"""Sessions live in the database; the browser holds a random token and the database only its hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.door import token_hash
from app.access.models import Session

ABSOLUTE_HOURS = 10


@dataclass(frozen=True)
class Login:
    """What the provider said, after every check. `email` only if the provider verified it.

    `fresh_at`: when the provider last saw the person, if it said so. `issuer_key`: which way in it was.
    """

    issuer: str
    subject: str
    name: str
    email: str | None
    acr: str
    sid: str | None
    id_token: str
    idle_minutes: int
    issuer_key: str = ""
    fresh_at: datetime | None = None


@dataclass(frozen=True)
class SignedOut:
    issuer: str
    id_token: str


class SteppedUp(StrEnum):
    """What came of a step-up: the session has a new token, or it has ended, or it had ended before."""

    same_person = "same_person"
    other_person = "other_person"
    gone = "gone"


def _new_token() -> str:
    return secrets.token_urlsafe(32)


async def sign_in(db: AsyncSession, login: Login, device: str = "other") -> str:
    """Start a session and answer its token: 32 random bytes, told once."""
    token = _new_token()
    statement = text(
        "select sign_in(:hash, :issuer, :subject, :name, :email, :acr, :sid, :id_token, :idle_minutes, :hours,"
        " :issuer_key, :device, :fresh_at)"
    )
    values = {"hash": token_hash(token), "hours": ABSOLUTE_HOURS, "device": device, **vars(login)}
    await db.execute(statement, values)
    return token


async def step_up(db: AsyncSession, token: str, session: UUID, login: Login) -> tuple[SteppedUp, str]:
    """The same session under a new token; if it was somebody else who logged in, no session at all."""
    new = _new_token()
    statement = text("select step_up(:old, :session, :hash, :issuer, :subject, :acr, :sid, :id_token, :fresh_at)")
    values = {"old": token_hash(token), "session": session, "hash": token_hash(new), **vars(login)}
    return SteppedUp((await db.execute(statement, values)).scalar_one()), new


async def sign_out(db: AsyncSession, token: str) -> SignedOut | None:
    """End the session at once, in its open sockets too. None when it had ended already."""
    statement = text("select issuer, id_token from sign_out(:hash)")
    row = (await db.execute(statement, {"hash": token_hash(token)})).one_or_none()
    return SignedOut(row.issuer, row.id_token) if row else None


async def hear_logout(db: AsyncSession, issuer: str, jti: str, sid: str | None, subject: str | None) -> bool:
    """End the provider's session `sid`, or all that it knows of this subject; False when it was heard before."""
    statement = text("select hear_logout(:issuer, :jti, :sid, :subject)")
    values = {"issuer": issuer, "jti": jti, "sid": sid, "subject": subject}
    return bool((await db.execute(statement, values)).scalar_one())


async def way_in(db: AsyncSession, session: UUID) -> str:
    """The key of the issuer that a session of one's own came by."""
    return (await db.execute(select(Session.issuer_key).where(Session.id == session))).scalar_one()
