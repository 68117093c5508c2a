"""A PDF is written anew: its pages as they look, without what acts, hides or tells who made it."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from app.files.bare import bare_picture
from app.files.kinds import Refused

# What a reader needs of the document as a whole. Not here: OpenAction, AA, Metadata, Collection, AF, Perms, PieceInfo …
ROOT = {"/Type", "/Pages", "/Version", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/Dests", "/Names"}
ROOT |= {"/AcroForm", "/OCProperties", "/PageLabels", "/PageLayout", "/PageMode", "/ViewerPreferences", "/Extensions"}
FORM = {"/Fields", "/DA", "/DR", "/Q", "/NeedAppearances"}
ACTIONS = {"/GoTo", "/Named", "/URI"}
HARMLESS = ("http://", "https://", "mailto:", "tel:")
SAID = ("/AA", "/AF", "/EF", "/JS", "/JavaScript", "/Metadata", "/OPI", "/PieceInfo", "/Ref", "/XFA")
ACTIVE_NOTES = {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound", "/TrapNet"}
PAGES = 2000
DEEP = 60


def clean_pdf(data: bytes) -> bytes:
    """The same pages. A password that only forbids printing is no secret and is left out; any other is refused."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            cleaned = _cleaned(pdf)
        with pikepdf.open(BytesIO(cleaned), attempt_recovery=False) as pdf:  # what was mended reads as whole
            _check_pages(pdf)
        return cleaned
    except pikepdf.PasswordError:
        raise Refused("file_locked") from None


def _cleaned(pdf: pikepdf.Pdf) -> bytes:
    _check_pages(pdf)
    _only(pdf.Root, ROOT)
    _only(pdf.Root.get("/AcroForm"), FORM)
    _only(pdf.Root.get("/Names"), {"/Dests"})
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        _drop_active_notes(page.obj)
    for it in pdf.objects:
        _disarm(it, 0)
    out = BytesIO()
    pdf.save(out, encryption=False, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _check_pages(pdf: pikepdf.Pdf) -> None:
    if not 0 < len(pdf.pages) <= PAGES:
        raise Refused("file_broken")


def _only(part: Any, keys: set[str]) -> None:
    if isinstance(part, Dictionary):
        for key in set(part.keys()) - keys:
            del part[key]


def _drop_active_notes(page: Dictionary) -> None:
    notes = page.get("/Annots")
    if isinstance(notes, Array):
        kept = [it for it in notes if isinstance(it, Dictionary) and str(it.get("/Subtype")) not in ACTIVE_NOTES]
        page["/Annots"] = Array(kept)


def _disarm(it: Any, depth: int) -> None:
    """This object and what stands directly in it; what it points at stands in the list by itself."""
    if depth > DEEP:
        raise Refused("file_broken")
    if isinstance(it, Stream):
        _bare(it)
    if isinstance(it, Dictionary | Stream):
        for key in SAID:
            if key in it and not (key == "/Metadata" and depth == 0 and it.get("/Type") == Name.Catalog):
                del it[key]
        _drop_actions(it)
        children = [value for _, value in it.items()]
    else:
        children = list(it) if isinstance(it, Array) else []
    for child in children:
        if isinstance(child, Dictionary | Array) and not child.is_indirect:
            _disarm(child, depth + 1)


def _drop_actions(it: Any) -> None:
    """What happens on a tap: going to a page, or an address that one can see. Nothing else, and nothing by itself."""
    action = it.get("/A")
    if isinstance(action, Dictionary) and not _is_harmless(action):
        del it["/A"]
    if "/OpenAction" in it:
        del it["/OpenAction"]
    if str(it.get("/S", "")) in ACTIONS and "/Next" in it:
        del it["/Next"]


def _is_harmless(action: Dictionary) -> bool:
    kind = str(action.get("/S", ""))
    return kind in ACTIONS and (kind != "/URI" or str(action.get("/URI", "")).lower().startswith(HARMLESS))


def _bare(stream: Stream) -> None:
    """Its bytes stand here, not in another file; and a photo says nothing of where it was taken."""
    for key in ("/F", "/FFilter", "/FDecodeParms"):
        if key in stream:
            del stream[key]
    filters = stream.get("/Filter")
    if filters == Name.DCTDecode or (isinstance(filters, Array) and list(filters) == [Name.DCTDecode]):
        told: Any = stream.get("/DecodeParms")
        stream.write(bare_picture(stream.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=told)
