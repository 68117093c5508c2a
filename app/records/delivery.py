"""A copy leaves as a file. It is made when the request's transaction is over, so that no connection waits for paper;
and the place is asked for anew when it is made: what was ended meanwhile leaves nothing."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from app.access.door import Member, still_here
from app.dates import DENMARK
from app.records.paper import paper_of
from app.records.printing import printer
from app.records.shapes import Copy, Format, Wanted

TYPES = {Format.json: "application/json", Format.pdf: "application/pdf"}


class Delivery(Response):
    """Its name tells nobody on a shared computer whom it is about."""

    def __init__(self, request: Request, places: Sequence[Member], told: dict[str, Any], wanted: Wanted) -> None:
        self._request, self._places, self._wanted = request, places, wanted
        self._copy = Copy.model_validate(told)
        super().__init__()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        made = await self._make()
        await still_here(self._request, self._places)
        day = self._copy.taken_at.astimezone(DENMARK).date()
        disposition = f"attachment; filename*=UTF-8''rundtom-{day}.{self._wanted.format}"
        answer = Response(made, media_type=TYPES[self._wanted.format], headers={"Content-Disposition": disposition})
        await answer(scope, receive, send)

    async def _make(self) -> bytes:
        if self._wanted.format is Format.json:
            return self._copy.model_dump_json(indent=1).encode()
        return await printer.print(paper_of(self._copy, self._wanted.language))
