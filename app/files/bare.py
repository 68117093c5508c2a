"""Pictures that stand inside a document keep their bytes, without what they say beside the picture."""

import re
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to be seen. Everything else in it is said, not shown.
PNG_CHUNKS = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"pHYs",
    b"sBIT",
    b"bKGD",
}
APP0, APP2, APP14, APP15, COMMENT, END, SCAN = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE, 0xD9, 0xDA
# How a JPEG is measured, its colours, and how Adobe stores them; the place and the camera stand in the others.
JPEG_SEGMENTS = {APP0: b"JFIF", APP2: b"ICC_PROFILE", APP14: b"Adobe"}
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # inside a scan, a plain 255 is followed by 0


def bare_picture(data: bytes) -> bytes:
    """The same picture; unchanged when it is neither JPEG nor PNG. What hangs behind its end is cut off."""
    if data.startswith(b"\xff\xd8\xff"):
        return data[:2] + b"".join(_jpeg(data))
    if data.startswith(PNG):
        return PNG + b"".join(_png(data))
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while found := NEXT_MARKER.search(data, at):
        at, marker = found.start(), data[found.start() + 1]
        if marker == END:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == SCAN:
            following = NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
        if _is_shown(marker, data[at + 4 : end]):
            yield data[at:end]
        at = end


def _is_shown(marker: int, content: bytes) -> bool:
    if APP0 <= marker <= APP15:
        return marker in JPEG_SEGMENTS and content.startswith(JPEG_SEGMENTS[marker])
    return marker != COMMENT


def _png(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind in PNG_CHUNKS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
