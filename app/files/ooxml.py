"""docx, xlsx, pptx: what can be reached from the document by its links; nothing else is packed again.

Macros, ActiveX, embedded files and what is fetched from elsewhere: refused, so that somebody makes a PDF of it.
Authors, companies, printers, templates and other words about the document: left out.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from app.files import archive
from app.files.archive import Parts, parse, written
from app.files.kinds import OOXML as TYPES
from app.files.kinds import Media, Refused

TYPES_PART = "[Content_Types].xml"
MAIN = {
    f"{TYPES}wordprocessingml.document.main+xml": Media.docx,
    f"{TYPES}spreadsheetml.sheet.main+xml": Media.xlsx,
    f"{TYPES}presentationml.presentation.main+xml": Media.pptx,
}
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
# By the last word of a link's kind. Left out with what they lead to: who, where and by which program.
LEFT_OUT = {
    "attachedTemplate", "changesInfo", "classificationlabels", "commentAuthors", "core-properties", "custom-properties",
    "customProperty", "customXml", "customXmlProps", "extended-properties", "extendedProperties", "metadata", "package",
    "people", "person", "printerSettings", "recipientData", "revisionInfo", "thumbnail", "webSettings",
}  # fmt: skip
ACTIVE = {
    "aFChunk", "activeXControlBinary", "attachedToolbars", "audio", "connections", "control", "ctrlProp", "ddeLink",
    "externalLink", "queryTable",
    "externalLinkPath", "frame", "keyMapCustomizations", "media", "oleObject", "subDocument", "ui", "vbaProject",
    "vbaProjectSignature", "video", "webextension", "webextensiontaskpanes", "wordVbaData", "xlMacrosheet",
}  # fmt: skip
# Comments need their authors to be read at all in a presentation.
KEPT = {"commentAuthors"}
ENDINGS = (".xml", ".rels", ".vml")
R = re.compile(r"\{http://(schemas\.openxmlformats\.org|purl\.oclc\.org)/.*/relationships\}")
# Fields that fetch or start something when the document is opened or printed.
FIELDS = re.compile(r"\b(DDE|DDEAUTO|IMPORT|INCLUDEPICTURE|INCLUDETEXT|LINK|MACROBUTTON)\b")


def clean_ooxml(parts: Parts) -> tuple[Media, bytes]:
    types = parse(parts[TYPES_PART])
    media = _media(types)
    kept = dict(_reached(parts))
    for it in types.findall(OVERRIDE):
        if it.get("PartName", "").lstrip("/") not in kept:
            types.remove(it)
    return media, archive.pack(kept | {TYPES_PART: written(types)}, TYPES_PART)


def _media(types: etree._Element) -> Media:
    declared = {it.get("ContentType", "") for it in types}
    if any("macroEnabled" in it or "vbaProject" in it or "activeX" in it for it in declared):
        raise Refused("file_active")
    found = [MAIN[it] for it in declared if it in MAIN]
    if len(found) != 1:
        raise Refused("file_type")
    return found[0]


def _reached(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """Each part that a link leads to, cleaned, and the links that it has itself. The first is the document."""
    waiting, known = [""], {""}
    while waiting:
        part = waiting.pop()
        links, gone = _links(parts, part)
        if part:
            yield part, _cleaned(part, parts[part], gone)
        if links is not None:
            yield _links_of(part), written(links)
            for it in links:
                target = _target(part, it)
                if it.get("TargetMode") != "External" and target not in known:
                    if target not in parts:
                        raise Refused("file_broken")
                    known.add(target)
                    waiting.append(target)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, link: etree._Element) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target", ""))).lstrip("/")


def _links(parts: Parts, part: str) -> tuple[etree._Element | None, set[str]]:
    """What a part leads to, without what is left out; and by which names that went."""
    content = parts.get(_links_of(part))
    if content is None:
        return None, set()
    links, gone = parse(content), set()
    for it in links.findall(RELATION):
        kind = it.get("Type", "").rpartition("/")[2]
        if kind in LEFT_OUT - KEPT:
            gone.add(it.get("Id", ""))
            links.remove(it)
        elif kind in ACTIVE or (it.get("TargetMode") == "External" and not _is_seen(kind, it)):
            raise Refused("file_active")
    return links, gone


def _is_seen(kind: str, link: etree._Element) -> bool:
    return kind == "hyperlink" and archive.is_address(link.get("Target", ""))


def _cleaned(name: str, content: bytes, gone: set[str]) -> bytes:
    if not name.lower().endswith(ENDINGS):
        return archive.picture(name, content)
    root = parse(content)
    said = "".join(it.text or "" for it in root.iter("{*}instrText"))
    said += " ".join(value for it in root.iter("{*}fldSimple") for value in map(str, it.attrib.values()))
    if FIELDS.search(said):
        raise Refused("file_active")
    if gone:
        _forget(root, gone)
    return written(root)


def _forget(root: etree._Element, gone: set[str]) -> None:
    """What spoke of a link that went: a printer of a sheet that stays, else the whole element."""
    for it in list(root.iter("{*}*")):
        for key in [key for key, value in it.attrib.items() if R.match(str(key)) and value in gone]:
            parent = it.getparent()
            if etree.QName(it).localname == "pageSetup" or parent is None:
                del it.attrib[key]
            else:
                parent.remove(it)
                break
