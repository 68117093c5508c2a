"""How often one person may do a thing. Counted per person, never per case: a shared counter would tell of others."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from typing import Any
from uuid import UUID

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.access.door import CaseMember, CurrentViewer, ThreadMember
from app.errors import TooMany
from app.settings import get_settings

limiter = MovingWindowRateLimiter(MemoryStorage())


def spend(item: RateLimitItem, *who: str) -> None:
    """Count one use; TooMany with the seconds to wait when there are none left."""
    if not limiter.hit(item, *who):
        raise _too_many(item, *who)


def _too_many(item: RateLimitItem, *who: str) -> TooMany:
    reset = limiter.get_window_stats(item, *who).reset_time
    return TooMany(retry_after=max(1, int(reset - time.time()) + 1))


@contextmanager
def spending(item: RateLimitItem, *who: str) -> Iterator[None]:
    """The same around what is done: what could not even be read is not counted, all else is, refused or not.

    Fifty mistyped addresses must not keep anybody from inviting for a day.
    """
    if not limiter.test(item, *who):
        raise _too_many(item, *who)
    try:
        yield
    except RequestValidationError:
        raise
    except Exception:
        limiter.hit(item, *who)
        raise
    spend(item, *who)


def _per_minute() -> RateLimitItem:
    return RateLimitItemPerMinute(get_settings().posts_per_minute)


async def _post(member: ThreadMember) -> AsyncIterator[None]:
    with spending(_per_minute(), "post", str(member.person)):
        yield


async def _draft(member: ThreadMember) -> AsyncIterator[None]:
    """Kept as one types: counted apart, so that it never uses up what one may send."""
    with spending(_per_minute(), "draft", str(member.person)):
        yield


async def _home_draft(viewer: CurrentViewer) -> AsyncIterator[None]:
    with spending(_per_minute(), "draft", str(viewer.person)):
        yield


async def _keep(member: CaseMember) -> AsyncIterator[None]:
    with spending(_per_minute(), "post", str(member.person)):
        yield


async def _try_token(viewer: CurrentViewer) -> AsyncIterator[None]:
    with spending(_per_minute(), "token", str(viewer.person)):
        yield


async def _outside(viewer: CurrentViewer) -> AsyncIterator[None]:
    """In no thread (advice, notifications): counted with what is posted in the threads."""
    with spending(_per_minute(), "post", str(viewer.person)):
        yield


async def _search(viewer: CurrentViewer) -> AsyncIterator[None]:
    rate = RateLimitItemPerMinute(get_settings().searches_per_minute)
    with spending(rate, "search", str(viewer.person)):
        yield


async def _invite(viewer: CurrentViewer) -> AsyncIterator[None]:
    with spending(RateLimitItemPerDay(get_settings().invitations_per_day), "invite", str(viewer.person)):
        yield


async def _on_duty(viewer: CurrentViewer) -> AsyncIterator[None]:
    """Wrong names count too: nobody tries through the children of a department."""
    with spending(RateLimitItemPerDay(get_settings().duty_accesses_per_day), "duty", str(viewer.person)):
        yield


async def _copy(viewer: CurrentViewer) -> AsyncIterator[None]:
    with spending(RateLimitItemPerHour(get_settings().copies_per_hour), "copy", str(viewer.person)):
        yield


def file_rate(person: UUID) -> None:
    """Before a long body is read: each costs the work of taking it apart, whatever comes of it."""
    spend(RateLimitItemPerHour(get_settings().files_per_hour), "file", str(person))


def form_rate(address: str) -> None:
    """Whatever somebody without a login sends, before its body is read."""
    spend(_per_minute(), "form", _neighbourhood(address))


@contextmanager
def stranger(address: str) -> Iterator[None]:
    """A notification without a login, counted when it is kept: by address, and all of them together. Whoever has used
    up the own ones takes none of everybody's."""
    settings = get_settings()
    counted = (
        (RateLimitItemPerHour(settings.concerns_per_hour), ("concern", _neighbourhood(address))),
        (RateLimitItemPerHour(settings.concerns_per_hour_in_all), ("concerns",)),
    )
    for item, who in counted:
        if not limiter.test(item, *who):
            raise _too_many(item, *who)
    yield
    for item, who in counted:
        spend(item, *who)


def _neighbourhood(address: str) -> str:
    """Of IPv6 the network: whoever has one address there has 2**64."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(int(known) >> 64) if isinstance(known, IPv6Address) else str(known)


# scope="function": counted before the answer leaves, in front of the commit.
PostRate: Any = Depends(_post, scope="function")
CaseRate: Any = Depends(_keep, scope="function")
DraftRate: Any = Depends(_draft, scope="function")
HomeDraftRate: Any = Depends(_home_draft, scope="function")
OutsideRate: Any = Depends(_outside, scope="function")
SearchRate: Any = Depends(_search, scope="function")
TokenRate: Any = Depends(_try_token, scope="function")
InviteRate: Any = Depends(_invite, scope="function")
DutyRate: Any = Depends(_on_duty, scope="function")
CopyRate: Any = Depends(_copy, scope="function")
