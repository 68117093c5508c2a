"""A file on its way out: never as something that a browser opens as a page of ours."""

import re
from collections.abc import AsyncIterator
from time import monotonic
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.access.door import Member, still_here
from app.attachments.models import Attachment
from app.errors import NoSuchRange, NotFound, NotLoggedIn
from app.files.kinds import Media
from app.files.store import SMALL, Span, Store

CONTENT = {media.type: {"schema": {"type": "string", "format": "binary"}} for media in Media}
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The bytes", "content": CONTENT},
    206: {"description": "The part that was asked for", "content": CONTENT},
}
ASKED_EVERY_S = 0.5
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def wanted(asked: str | None, whole: int) -> Span | None:
    """One range of bytes; None for all of it, also when several are asked for, or in words that mean nothing.
    NoSuchRange: it begins where there is nothing any more."""
    found = RANGE.fullmatch(asked or "")
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        start, end = max(0, whole - int(found[2])), whole
    else:
        start, end = int(found[1]), min(whole, int(found[2] or whole - 1) + 1)
        if found[2] and int(found[2]) < start:
            return None
    if start >= end:
        raise NoSuchRange(headers={"Content-Range": f"bytes */{whole}"})
    return Span(start, end, whole)


class Sending:
    """Answers with a file, or a part of it. Nosniff, no-store and same-origin stand on every answer (middleware.py)."""

    def __init__(self, request: Request) -> None:
        # A part is only asked for on top of what one has: without a mark to know it by, that is the whole.
        self._range = None if "if-range" in request.headers else request.headers.get("range")
        self._only_head = request.method == "HEAD"
        self._request = request

    async def file(self, store: Store, it: Attachment, member: Member) -> Response:
        return await self._answer(store, str(it.key), Media(it.media), it.name or "", member)

    async def thumbnail(self, store: Store, it: Attachment, member: Member) -> Response:
        return await self._answer(store, f"{it.key}{SMALL}", Media.jpeg, f"{it.name}.jpg", member)

    async def _answer(self, store: Store, key: str, media: Media, name: str, member: Member) -> Response:
        try:
            whole = await store.size(key)
        except FileNotFoundError:
            raise NotFound from None
        span = wanted(self._range, whole)
        headers = {
            "Accept-Ranges": "bytes",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Length": str(span.end - span.start if span else whole),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if span:
            headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{whole}"
        status = 206 if span else 200
        if self._only_head:
            return Response(None, status, headers, media.type)
        return StreamingResponse(self._while_here(store.read(key, span), member), status, headers, media.type)

    async def _while_here(self, pieces: AsyncIterator[bytes], member: Member) -> AsyncIterator[bytes]:
        """However slowly somebody reads: when the place has ended, the rest does not leave, and the line is cut."""
        asked = monotonic()
        async for piece in pieces:
            if monotonic() - asked > ASKED_EVERY_S:
                try:
                    await still_here(self._request, [member])
                except (NotFound, NotLoggedIn):
                    return
                asked = monotonic()
            yield piece


Send = Annotated[Sending, Depends(Sending)]
