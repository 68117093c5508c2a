"""Files that somebody could mean harm with, by family. EVIL stands in each where it would act, or tell."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pillow_heif
from PIL.PngImagePlugin import PngInfo

from app.files.kinds import OLE
from tests.attachments.documents import office_that_acts, pdfs_that_act
from tests.attachments.hostility import EVIL, NAMES, PAGE, Hostile, Made
from tests.attachments.sharing import XMP, drawing, odt, pdf, photo, told_by_a_camera, word, zipped


def every() -> list[Hostile]:
    found = []
    for family, make in FAMILIES.items():
        for number, (data, code) in enumerate(make()):
            found.append(Hostile(family, data, code, NAMES[number % len(NAMES)]))
    return found


def pages() -> Made:
    """Wrong type: what a browser would run."""
    starts = (
        b"",
        b"\xef\xbb\xbf",
        b"\n\n",
        b"<!-- %PDF-1.7 -->",
        b"\xff\xfe",
        b"GIF89a/*",
        b"\x00",
        b"BM",
        b"id3 ",
        b"   ",
    )
    for start in starts:
        yield start + PAGE, "file_type"
        yield start + b"<html xmlns='http://www.w3.org/1999/xhtml'><body onload=alert(1)>" + EVIL, "file_type"
        yield start + b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>" + EVIL, "file_type"


def drawings() -> Made:
    """SVG, plain, packed and inside other XML."""
    for inner in (
        b"<script>" + EVIL + b"</script>",
        b"<a href='javascript:" + EVIL + b"'>x</a>",
        b"<foreignObject>" + PAGE + b"</foreignObject>",
        b"<image href='http://evil.example/" + EVIL + b"'/>",
        b"<use href='data:image/svg+xml," + EVIL + b"'/>",
    ):
        svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'>" + inner + b"</svg>"
        for start in (b"", b"<?xml version='1.0'?>", b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"):
            yield start + svg, "file_type"
        yield b"\x1f\x8b\x08" + zlib.compress(svg), "file_type"


def programs() -> Made:
    for start in (
        b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n", b"\xca\xfe\xba\xbe", b"<?php ", b"@echo off\r\n", b"MSCF",
        b"L\x00\x00\x00\x01\x14\x02",        b"\xcf\xfa\xed\xfe", b"{\\rtf1\\object ", b"\x1f\x8b\x08", b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c", b"%!PS-Adobe",
    ):  # fmt: skip
        yield start + EVIL * 20, "file_type"
    yield OLE + EVIL * 40, "file_type"
    yield OLE + "EncryptedPackage".encode("utf-16-le") + EVIL, "file_locked"
    for inside in ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "index.html", "evil.exe"):
        yield zipped({inside: EVIL}), "file_type"
    yield b"", "file_empty"


def other_pictures() -> Made:
    """Pictures and films of kinds that are not on the list."""
    for kind in ("GIF", "BMP", "TIFF", "ICO", "TGA", "PPM", "PCX", "SGI"):
        out = BytesIO()
        drawing().convert("RGB").save(out, kind)
        yield out.getvalue() + PAGE, "file_type"
    for brand in (b"isom", b"mp42", b"avif", b"qt  "):
        yield b"\x00\x00\x00\x18ftyp" + brand + EVIL * 9, "file_type"


def photos_that_tell() -> Made:
    """Of every kind that is taken, with the place in every way that it can stand there."""
    image, exif = drawing(), told_by_a_camera()
    for size in ((320, 200), (64, 64), (200, 320), (33, 77)):
        small = image.resize(size)
        told = PngInfo()
        told.add_text("Comment", EVIL.decode())
        told.add_itxt("XML:com.adobe.xmp", XMP.decode())
        told.add_text("GPS", "55.67, 12.56", zip=True)
        for kind, more in (
            ("JPEG", {"exif": exif}),
            ("JPEG", {"exif": exif, "xmp": XMP, "comment": EVIL, "progressive": True}),
            ("JPEG", {"icc_profile": b"\0" * 40 + EVIL * 9, "exif": exif}),
            ("PNG", {"exif": exif, "pnginfo": told}),
            ("PNG", {"pnginfo": told, "icc_profile": EVIL * 9}),
            ("WEBP", {"exif": exif.tobytes(), "xmp": XMP}),
            ("WEBP", {"exif": exif.tobytes(), "icc_profile": EVIL * 9, "lossless": True}),
        ):
            out = BytesIO()
            small.save(out, kind, **more)  # type: ignore[arg-type]
            yield out.getvalue(), ""
        out = BytesIO()
        pillow_heif.from_pillow(small).save(out, exif=exif.tobytes(), xmp=XMP)
        yield out.getvalue(), ""
        out = BytesIO()
        small.convert("CMYK").save(out, "JPEG", exif=exif, comment=EVIL)
        yield out.getvalue(), ""
        out = BytesIO()
        small.save(out, "MPO", save_all=True, append_images=[small], exif=exif)
        yield out.getvalue(), ""


def two_in_one() -> Made:
    """Polyglots: a good file that is also something else."""
    png, webp = BytesIO(), BytesIO()
    drawing().save(png, "PNG")
    drawing().save(webp, "WEBP")
    jar, script = zipped({"META-INF/MANIFEST.MF": EVIL, "x.js": EVIL}), b"\n*/=1;" + EVIL + b"/*"
    behind = (PAGE, jar, script, b"<?php " + EVIL, b"MZ\x90" + EVIL * 30, photo() + EVIL)
    for good in (photo(), png.getvalue(), webp.getvalue()):
        for other in behind:
            yield good + other, ""
    commented = BytesIO()
    drawing().save(commented, "JPEG", comment=PAGE)
    yield commented.getvalue(), ""
    for other in behind:
        yield pdf() + other, ""
        yield other + pdf(), "?" if other.startswith((b"\xff\xd8", b"PK")) else "file_type"
    for good in (word(), odt()):
        for other in (PAGE, b"MZ" + EVIL, b"%PDF-1.4 " + EVIL):
            yield other + good, "?" if other.startswith(b"%PDF") else "file_type"
            yield good + other, "?"
    yield zipped({"index.html": PAGE}) + word(), "?"


def too_many_pixels() -> Made:
    """A few hundred bytes that say that they are a wall."""
    for side in (50_000, 8_000, 30_000, 65_535, 2**31 - 1):
        for colours in (0, 2, 6):
            head = struct.pack(">IIBBBBB", side, side, 8, colours, 0, 0, 0)
            body = zlib.compress(bytes(10_000))
            yield (
                b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, (b"IHDR", b"IDAT", b"IEND"), (head, body, b""))),
                "?" if side > 2**16 else "file_pixels",
            )
    for side in (65_500, 9_000):
        claimed = bytearray(photo())
        at = claimed.find(b"\xff\xc0")
        claimed[at + 5 : at + 9] = struct.pack(">HH", side, side)
        yield bytes(claimed), "file_pixels"
    for side in (16_383, 16_000, 10_000):
        size = (side - 1).to_bytes(3, "little")
        body = b"WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00" + size * 2 + b"ANIM\x06\x00\x00\x00" + bytes(6)
        yield b"RIFF" + len(body).to_bytes(4, "little") + body, "?"


def chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def zip_bombs() -> Made:
    zeros = bytes(300 * 1024 * 1024)
    huge = BytesIO()
    with ZipFile(huge, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", zeros)
    yield huge.getvalue(), "file_unpacks"
    yield word({"word/document.xml": zeros[: 90 * 1024 * 1024]}), "file_unpacks"
    yield odt({"content.xml": zeros[: 120 * 1024 * 1024]}), "file_unpacks"
    yield word({f"word/{number}.xml": zeros[: 1024 * 1024] for number in range(150)}), "file_unpacks"
    yield word({f"word/{number}.xml": b"x" for number in range(4000)}), "file_unpacks"
    yield word({"word/media/image1.jpeg": huge.getvalue()}), "?"
    yield word({"word/embeddings/x.zip": huge.getvalue()}, ("r7", "package", "embeddings/x.zip", "")), "?"
    lies = bytearray(word({"word/document.xml": zeros[: 50 * 1024 * 1024]}))
    at = lies.rfind(b"PK\x01\x02", 0, lies.rfind(b"word/document.xml"))
    lies[at + 24 : at + 28] = (10).to_bytes(4, "little")  # says that it is ten bytes long
    yield bytes(lies), "?"
    laughs = "<!DOCTYPE x [<!ENTITY a 'haha'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)
    )
    yield word({"word/document.xml": f"{laughs}]><x>&m;</x>"}), "?"
    yield word({"word/document.xml": "<a>" * 100_000}), "file_broken"
    stream = pikepdf.new()
    stream.add_blank_page().Contents = stream.make_stream(zeros[: 200 * 1024 * 1024])
    out = BytesIO()
    stream.save(out)
    yield out.getvalue(), ""


def broken() -> Made:
    out = BytesIO()
    pillow_heif.from_pillow(drawing()).save(out)
    png = BytesIO()
    drawing().save(png, "PNG")
    for good in (photo(), png.getvalue(), out.getvalue(), word(), odt(), pdf()):
        for part in (0.1, 0.35, 0.6, 0.9):
            yield good[: int(len(good) * part)], "?" if good == pdf() else "file_broken"
        shaken = bytearray(good)
        for at in range(40, len(shaken), 97):
            shaken[at] ^= 0xA5
        yield bytes(shaken), "?"


FAMILIES: dict[str, Callable[[], Made]] = {
    "broken": broken,
    "office that acts": office_that_acts,
    "other pictures and films": other_pictures,
    "pages": pages,
    "PDFs that act": pdfs_that_act,
    "photos that tell": photos_that_tell,
    "programs": programs,
    "SVG": drawings,
    "too many pixels": too_many_pixels,
    "two in one": two_in_one,
    "zip bombs": zip_bombs,
}
