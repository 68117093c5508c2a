"""odt, ods, odp: the parts that OpenDocument needs, without scripts, embedded objects and who wrote it."""

import re

from lxml import etree

from app.files import archive
from app.files.archive import Parts, parse, written
from app.files.kinds import TYPES, Media, Refused

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
MEDIA = {TYPES[media]: media for media in (Media.odp, Media.ods, Media.odt)}
XLINK = "{http://www.w3.org/1999/xlink}href"
SCRIPTS = (
    "{*}event-listeners",
    "{*}script",
    "{*}scripts",
    "{*}dde-source",
    "{*}applet",
    "{*}plugin",
    "{*}dde-connection-decl",
)
# An embedded document of the same kind (a chart, a formula) is parts like the document's own, one folder further in.
KEPT = re.compile(r"(?:Object \d+/)?(?:content|styles)\.xml|(?:Object \d+/)?Pictures/[^/]+")
ACTIVE = re.compile(r"Basic/|Scripts/|Object \d+$|.*\.(?:class|jar|js|py)$")
FULL_PATH = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"


def clean_odf(parts: Parts) -> tuple[Media, bytes]:
    media = MEDIA.get(parts[MIMETYPE].decode("ascii", "replace").strip())
    if media is None:
        raise Refused("file_type")
    manifest = parse(parts.get(MANIFEST, b""))
    if manifest.find(".//{*}encryption-data") is not None:
        raise Refused("file_locked")
    if any(ACTIVE.match(name) for name in parts):
        raise Refused("file_active")
    kept = {name: _cleaned(name, content, parts) for name, content in parts.items() if KEPT.fullmatch(name)}
    if "content.xml" not in kept:
        raise Refused("file_broken")
    for it in list(manifest):
        path = it.get(FULL_PATH, "")
        if path != "/" and path not in kept and not any(name.startswith(path) for name in kept if path.endswith("/")):
            manifest.remove(it)
    whole = kept | {MIMETYPE: media.type.encode(), MANIFEST: written(manifest)}
    return media, archive.pack(whole, MIMETYPE)


def _cleaned(name: str, content: bytes, parts: Parts) -> bytes:
    if not name.endswith(".xml"):
        return archive.picture(name, content)
    root = parse(content)
    for it in list(root.iter(*SCRIPTS)):
        if (parent := it.getparent()) is not None:
            parent.remove(it)
    for it in root.iter("{*}*"):
        _check_link(it, parts)
    return written(root)


def _check_link(it: etree._Element, parts: Parts) -> None:
    """A link that is tapped may lead elsewhere; what the program fetches by itself lies in the file."""
    target = str(it.get(XLINK, ""))
    if not target:
        return
    inside = target.removeprefix("./")
    if etree.QName(it).localname == "a":
        fine = archive.is_address(target)
    else:
        fine = target.startswith("#") or inside in parts or any(name.startswith(f"{inside}/") for name in parts)
    if not fine:
        raise Refused("file_active")
