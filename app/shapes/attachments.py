"""A shared file, as several rooms answer it."""

from datetime import datetime
from uuid import UUID

from app.attachments.models import State
from app.files.kinds import Media
from app.shapes import Answer, Author


class AttachmentOut(Answer):
    """`at`: when it was shared; `size` in bytes; `width` and `height` of a picture; `thumbnail`: whether there is a
    small one. A file that was withdrawn, or that the scanner stopped, has neither name nor words any more."""

    id: UUID
    seq: int
    at: datetime
    author: Author
    state: State
    name: str | None
    caption: str | None
    media: Media
    size: int
    width: int | None
    height: int | None
    thumbnail: bool
    may_withdraw: bool
