"""One file, made anew in a process of its own: what bursts here bursts alone, without the app's memory or secrets.

Started by clean.py. Writes FOLDER/file and perhaps FOLDER/thumbnail, and says what it found in one line of JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from app.files.archive import unpack
from app.files.images import clean_image
from app.files.kinds import Media, Refused, sniff
from app.files.odf import MIMETYPE, clean_odf
from app.files.ooxml import TYPES_PART, clean_ooxml
from app.files.pdf import clean_pdf

MEMORY = 1536 * 1024 * 1024
SECONDS = 30
LARGEST = 128 * 1024 * 1024


@dataclass
class Found:
    """`refused`: why it is not taken; then nothing else counts."""

    refused: str | None = None
    media: Media | None = None
    width: int | None = None
    height: int | None = None


def limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def clean(source: Path, folder: Path) -> Found:
    data = source.read_bytes()
    if not data:
        raise Refused("file_empty")
    found = sniff(data)
    if found == "pdf":
        media, file = Media.pdf, clean_pdf(data)
    elif found == "zip":
        media, file = _office(data)
    else:
        media, file, thumbnail, (width, height) = clean_image(data, found)
        (folder / "thumbnail").write_bytes(thumbnail)
        (folder / "file").write_bytes(file)
        return Found(media=media, width=width, height=height)
    (folder / "file").write_bytes(file)
    return Found(media=media)


def _office(data: bytes) -> tuple[Media, bytes]:
    parts = unpack(data)
    if TYPES_PART in parts:
        return clean_ooxml(parts)
    if MIMETYPE in parts:
        return clean_odf(parts)
    raise Refused("file_type")


def main(source: str, folder: str) -> None:
    limit()
    try:
        told = clean(Path(source), Path(folder))
    except Refused as refused:
        told = Found(refused=refused.code)
    except Exception:  # whatever a parser says of a file that lies: the file is broken
        told = Found(refused="file_broken")
    print(json.dumps(asdict(told)))  # noqa: T201 how the parent is told
