"""The closed list of what may be shared. What a file is called, or says it is, counts for nothing: its bytes do."""

from enum import StrEnum


class Refused(Exception):
    """A file that is not taken, by the code of its text (error.<code>)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Media(StrEnum):
    """What is stored and served; each by the one type and ending that belong to it."""

    docx = "docx"
    jpeg = "jpeg"
    odp = "odp"
    ods = "ods"
    odt = "odt"
    pdf = "pdf"
    png = "png"
    pptx = "pptx"
    xlsx = "xlsx"

    @property
    def type(self) -> str:
        return TYPES[self]

    @property
    def ending(self) -> str:
        return "jpg" if self is Media.jpeg else self.value


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TYPES = {
    Media.docx: f"{OOXML}wordprocessingml.document",
    Media.jpeg: "image/jpeg",
    Media.odp: f"{ODF}presentation",
    Media.ods: f"{ODF}spreadsheet",
    Media.odt: f"{ODF}text",
    Media.pdf: "application/pdf",
    Media.png: "image/png",
    Media.pptx: f"{OOXML}presentationml.presentation",
    Media.xlsx: f"{OOXML}spreadsheetml.sheet",
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def sniff(data: bytes) -> str:
    """Which cleaner a file is for: a name of Pillow's for images, `pdf`, or `zip`. By its very first bytes: what begins
    as something else and is a picture further on is refused."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    # Office keeps what is locked with a password in its old container.
    raise Refused("file_locked" if data.startswith(OLE) and LOCKED_OFFICE in data else "file_type")
