"""The database: engine, Base and Db (one transaction per request, committed before the answer leaves)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Computed, DateTime, MetaData, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.errors import Problem

# Seconds or milliseconds after which the server rather says "try again" than lets a request hang.
POOL_WAIT_S = 2
LIMITS = "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # No INSERT … RETURNING: what comes back is checked against the SELECT policy, before the place exists.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 read by SQLAlchemy
    type_annotation_map = {str: Text(), datetime: DateTime(timezone=True)}  # noqa: RUF012 read by SQLAlchemy


def found_by(*words: str) -> Mapped[str | None]:
    """The column that a search compares (app/search): these words, reduced to their Danish stems by the database itself
    whenever they are written. Erased words leave nothing. Never read into the app."""
    together = " || ' ' || ".join(words)
    stems = Computed(f"to_tsvector('danish'::regconfig, {together})", persisted=True)
    return mapped_column(TSVECTOR, stems, deferred=True, deferred_raiseload=True)


def make_engine(url: str, *, size: int = 10, **options: Any) -> AsyncEngine:
    """Parameters are hidden from errors and logs: they are people's words."""
    return create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={"options": LIMITS, "connect_timeout": POOL_WAIT_S},
        **options,
    )


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """One transaction: committed when the block ends well, rolled back otherwise."""
    async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as db, db.begin():
        yield db


async def answers(engine: AsyncEngine) -> None:
    """Raises when the database does not."""
    async with transaction(engine) as db:
        await db.execute(text("select 1"))


async def as_person(db: AsyncSession, person: UUID) -> None:
    """Say who asks, for the rest of this transaction only: row level security answers accordingly.

    Transaction-local on purpose: a pooled connection must not carry somebody to its next borrower.
    Requests get their identity from `enter_session` instead; this is for the command line, the demo and tests.
    """
    await db.execute(text("select set_config('app.person_id', :person, true)"), {"person": str(person)})


async def _per_request(request: Request) -> AsyncIterator[AsyncSession]:
    refused: Problem | None = None
    async with transaction(request.app.state.engine) as db:
        try:
            yield db
        except Problem as problem:
            if not problem.keeps:
                raise
            refused = problem
    if refused is not None:
        raise refused


# scope="function": the commit happens before the answer leaves. The default scope answers 201 and then fails to commit.
Db = Annotated[AsyncSession, Depends(_per_request, scope="function")]
