"""Office files are zips: unpacked within limits, believed in nothing that they say of themselves, and packed anew."""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from app.files.bare import bare_picture
from app.files.kinds import Refused

ENTRIES = 3000
UNPACKED = 200 * 1024 * 1024
RATIO = 200  # of all parts together: text that people wrote is packed 3 to 30 times smaller
LEAST = 1024 * 1024  # below which a ratio says nothing
LOCKED = 0x1
PACKED = (ZIP_STORED, ZIP_DEFLATED)  # as office programs do; each other way has errors of its own
SAFE_NAME = re.compile(r"[^\x00-\x1f\\:*?\"<>|]+")
LONGEST_ADDRESS = 2000
HARMLESS = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)
PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a")
# Made by Office itself for what it draws: no program runs in them, and they hold no camera's words.
DRAWINGS = re.compile(rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a|\x01\0\x09\0", re.DOTALL)
PICTURED = (".emf", ".gif", ".jpeg", ".jpg", ".png", ".wmf")
# No entities, no addresses fetched, nothing deeper or longer than a parser should hold.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)

Parts = dict[str, bytes]


def unpack(data: bytes) -> Parts:
    """Every part, by its name. Read to the end with a count: the sizes written in a zip are only claims."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            return _parts(packed, len(data))
    except (BadZipFile, RuntimeError, zlib.error, EOFError):  # RuntimeError: what zipfile does not know how to read
        raise Refused("file_broken") from None


def _parts(packed: ZipFile, size: int) -> Parts:
    entries = [it for it in packed.infolist() if not it.is_dir()]
    if len(entries) > ENTRIES:
        raise Refused("file_unpacks")
    parts: Parts = {}
    left = min(UNPACKED, max(LEAST, RATIO * size))
    for entry in entries:
        _check(entry, parts)
        with packed.open(entry) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Refused("file_unpacks")
        parts[entry.filename] = content
    return parts


def _check(entry: ZipInfo, parts: Parts) -> None:
    if entry.flag_bits & LOCKED:
        raise Refused("file_locked")
    name = entry.filename
    steps = name.split("/")
    fits = SAFE_NAME.fullmatch(name) and not {"", ".", ".."} & set(steps) and name not in parts
    if not fits or entry.compress_type not in PACKED:
        raise Refused("file_broken")


def pack(parts: Parts, first: str) -> bytes:
    """One part after the other, `first` in front; no dates, no words of who packed it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name in sorted(parts, key=lambda it: (it != first, it)):
            # An OpenDocument file is known by a first part that lies there unpacked.
            how = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            packed.writestr(ZipInfo(name), parts[name], how)
    return out.getvalue()


def parse(content: bytes) -> etree._Element:
    """One part's XML. None that brings its own grammar: no office program writes one."""
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError:
        raise Refused("file_broken") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("file_active")
    return root


def written(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def picture(name: str, content: bytes) -> bytes:
    """A picture inside a document. Anything that is none of these may be a program, or another file."""
    if not name.lower().endswith(PICTURED) or not (PICTURES.match(content) or DRAWINGS.match(content)):
        raise Refused("file_active")
    return bare_picture(content)


def is_address(target: str) -> bool:
    """A link that somebody sees and taps; not one that the program follows by itself."""
    return len(target) <= LONGEST_ADDRESS and HARMLESS.match(target) is not None
