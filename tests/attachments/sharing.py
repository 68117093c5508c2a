"""Files as people have them, and how somebody shares one."""

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import httpx2
import pikepdf
from PIL import Image

from app.files.kinds import TYPES, Media
from tests.people_of import Place, Someone

CAMERA = "Kamera fra Solbæk"
# Degrees, minutes, seconds: somewhere that nobody must be able to find.
GPS = {1: "N", 2: (55.0, 40.0, 31.75), 3: "E", 4: (12.0, 34.0, 6.25)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>55,40.5N</exif:GPSLatitude></x:xmpmeta>'


def told_by_a_camera() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x8825] = CAMERA, 6, GPS  # who made it, lying on its side, where
    return exif


@cache
def drawing(width: int = 320, height: int = 200) -> Image.Image:
    return Image.effect_noise((width, height), 40).convert("RGB")


@cache
def photo(width: int = 320, height: int = 200) -> bytes:
    """As a phone takes it: with the place, the camera, words, and another picture hidden behind."""
    out = BytesIO()
    drawing(width, height).save(out, "JPEG", exif=told_by_a_camera(), comment=b"taget hjemme", xmp=XMP)
    return out.getvalue()


@cache
def pdf(text: bytes = b"Referat") -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    page.Contents = document.make_stream(b"BT /F1 12 Tf 20 200 Td (" + text + b") Tj ET")
    document.docinfo["/Author"] = "Mette Holm"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


Parts = dict[str, str | bytes]
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
AUTHOR = "<a>Mette Holm, Skovvej 3</a>"


def links(*them: tuple[str, str, str, str]) -> str:
    """Id, kind, target, and `External` or nothing."""
    lines = ""
    for name, kind, target, mode in them:
        where = f' TargetMode="{mode}"' if mode else ""
        lines += f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"{where}/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def word(changes: Parts | None = None, *more: tuple[str, str, str, str], body: str = "") -> bytes:
    """A document with a photo and an author. `more`: further links of its document."""
    types = f'<Override PartName="/word/document.xml" ContentType="{TYPES[Media.docx]}.main+xml"/>'
    types += f'<Override PartName="/docProps/core.xml" ContentType="{PACKAGE}/core-properties+xml"/>'
    core = ("rId2", "metadata/core-properties", "docProps/core.xml", "")
    names = f'xmlns:w="{W}" xmlns:r="{RELATIONS}"'
    body = f"<w:body><w:p><w:r><w:t>Referat</w:t></w:r></w:p>{body}</w:body>"
    parts: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": links(("rId1", "officeDocument", "word/document.xml", ""), core),
        "docProps/core.xml": AUTHOR,
        "word/document.xml": f"<w:document {names}>{body}</w:document>",
        "word/_rels/document.xml.rels": links(("rId9", "image", "media/image1.jpeg", ""), *more),
        "word/media/image1.jpeg": photo(),
    }
    return zipped(parts | (changes or {}))


def odt(changes: Parts | None = None, body: str = "<text:p>Referat</text:p>") -> bytes:
    names = 'xmlns:xlink="http://www.w3.org/1999/xlink" '
    names += " ".join(f'xmlns:{it}="{ODF}:{it}:1.0"' for it in ("draw", "office", "script", "text"))
    entries = "".join(f'<m:file-entry m:full-path="{path}"/>' for path in ("/", "content.xml", "meta.xml"))
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    parts: Parts = {
        "mimetype": TYPES[Media.odt],
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}:manifest:1.0">{entries}</m:manifest>',
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        "meta.xml": AUTHOR,
    }
    return zipped(parts | (changes or {}))


def shares(who: Someone, place: Place, data: bytes, name: str = "", **more: Any) -> httpx2.Response:
    """`more`: id, circle, caption."""
    headers = {"X-File-Name": quote(name), "X-File-Caption": quote(more.pop("caption", ""))}
    query = {"id": str(uuid4())} | more
    return who.browser.post(f"{place.path}/attachments", params=query, content=data, headers=headers)


def shared(
    who: Someone, place: Place, data: bytes | None = None, name: str = "skovtur.jpg", **more: Any
) -> dict[str, Any]:
    added: dict[str, Any] = who.did(shares(who, place, photo() if data is None else data, name, **more))
    return added


def path(place: Place, attachment: dict[str, Any], what: str = "file") -> str:
    return f"{place.path}/attachments/{attachment['id']}/{what}"


def listed(who: Someone, place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.did(who.get(f"{place.path}/attachments"))["attachments"]
    return found
