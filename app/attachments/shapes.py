from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote
from uuid import UUID

from fastapi import Header, Query
from pydantic import AfterValidator, StringConstraints

from app.files.clean import Cleaned
from app.shapes import Answer, Seq
from app.shapes.attachments import AttachmentOut

# Words beside bytes come as headers, percent-encoded: what stands in an address is written down on the way.
ENCODED = StringConstraints(max_length=4000, pattern=r"^[\x21-\x7e]*$")
CAPTION = 300


def _words(encoded: str) -> str:
    words = " ".join(unquote(encoded, errors="strict").replace("\0", "").split())
    if len(words) > CAPTION:
        raise ValueError("too long")
    return words


EncodedWords = Annotated[str, ENCODED, AfterValidator(_words)]


@dataclass(frozen=True)
class NewAttachment:
    """`id` is made by the client: sending again with the same id, bytes and words stores nothing twice. `name` and
    `caption` (what can be seen, for those who cannot) are percent-encoded UTF-8."""

    id: Annotated[UUID, Query()]
    circle: Annotated[Seq | None, Query()] = None
    name: Annotated[EncodedWords, Header(alias="X-File-Name")] = ""
    caption: Annotated[EncodedWords, Header(alias="X-File-Caption")] = ""


@dataclass
class Received:
    """A file that has come, was made anew, and lies in the store under `key`. `taken`: a row points at it."""

    cleaned: Cleaned
    size: int
    digest: bytes
    key: UUID
    taken: bool = False


class AttachmentList(Answer):
    """Every file of the thread, the newest first. `largest`: how many bytes one may have."""

    attachments: list[AttachmentOut]
    largest: int
