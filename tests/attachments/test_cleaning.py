"""What a file is after it was made anew: all that people meant to share, and nothing that they did not."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image, ImageCms

from app.files import clean as cleaning
from app.files.bare import bare_picture
from app.files.child import Found, clean
from app.files.kinds import Media
from app.files.names import clean_name
from tests.attachments.documents import changed, with_photo
from tests.attachments.sharing import CAMERA, drawing, odt, photo, told_by_a_camera, word


def cleaned(data: bytes, folder: Path) -> tuple[Found, bytes]:
    (folder / "source").write_bytes(data)
    return clean(folder / "source", folder), (folder / "file").read_bytes()


def test_a_photo_stands_upright_and_is_made_smaller(tmp_path: Path) -> None:
    found, file = cleaned(photo(4400, 2000), tmp_path)  # lying on its side, says the camera
    assert (found.width, found.height) == (1364, 3000)
    assert Image.open(BytesIO(file)).size == (1364, 3000)
    with Image.open(tmp_path / "thumbnail") as small:
        assert small.size == (218, 480)
        assert not small.getexif()
        assert small.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_the_colours_of_a_phone_stay_what_they_were(tmp_path: Path) -> None:
    """Brought over into those of every screen; the profile itself, in which anything may stand, does not come along."""
    red = Image.new("RGB", (40, 40), (200, 30, 30))
    plain, told = BytesIO(), BytesIO()
    red.save(plain, "PNG")
    red.save(told, "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for source in (plain, told):
        _, file = cleaned(source.getvalue(), tmp_path)
        with Image.open(BytesIO(file)) as out:
            assert "icc_profile" not in out.info
            assert max(abs(a - b) for a, b in zip(out.convert("RGB").getpixel((9, 9)), (200, 30, 30), strict=True)) <= 4  # type: ignore[arg-type]


def test_what_is_seen_through_stays_so(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGBA", (60, 60), (0, 90, 200, 90)).save(out, "PNG")
    found, file = cleaned(out.getvalue(), tmp_path)
    assert found.media is Media.png
    assert Image.open(BytesIO(file)).getpixel((5, 5)) == (0, 90, 200, 90)
    with Image.open(tmp_path / "thumbnail") as small:
        assert small.format == "JPEG"


def test_a_screen_is_not_blurred(tmp_path: Path) -> None:
    screen = Image.new("RGB", (300, 200), "white")
    screen.paste((10, 20, 30), (20, 20, 90, 60))
    out = BytesIO()
    screen.save(out, "PNG")
    found, file = cleaned(out.getvalue(), tmp_path)
    assert found.media is Media.png
    assert Image.open(BytesIO(file)).tobytes() == screen.tobytes()


def test_a_photo_inside_a_document_says_no_more_than_it_shows(tmp_path: Path) -> None:
    _, file = cleaned(word(), tmp_path)
    with ZipFile(BytesIO(file)) as packed:
        names = packed.namelist()
        inside = packed.read("word/media/image1.jpeg")
        text = packed.read("word/document.xml")
    kept = ["word/_rels/document.xml.rels", "word/document.xml", "word/media/image1.jpeg"]
    assert names == ["[Content_Types].xml", "_rels/.rels", *kept]
    assert b"Referat" in text
    assert CAMERA.encode() not in inside
    assert Image.open(BytesIO(inside)).tobytes() == Image.open(BytesIO(photo())).tobytes(), "not a dot is changed"
    _, document = cleaned(changed(with_photo), tmp_path)
    with pikepdf.open(BytesIO(document)) as opened:
        kept = opened.pages[0].get_images()["/P"]
        assert kept.read_raw_bytes() == inside
        assert (int(kept.Width), int(kept.Height)) == (320, 200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_bare_picture_is_the_same_picture(kind: str) -> None:
    for options in ({}, {"progressive": True}, {"optimize": True}, {"restart_marker_rows": 2}):
        out = BytesIO()
        drawing().save(out, kind, exif=told_by_a_camera(), **options)  # type: ignore[arg-type]
        bare = bare_picture(out.getvalue() + b"hemmeligt bagved")
        assert CAMERA.encode() not in bare
        assert b"hemmeligt" not in bare
        assert Image.open(BytesIO(bare)).tobytes() == Image.open(BytesIO(out.getvalue())).tobytes()


def test_an_open_document_keeps_its_words_and_loses_its_author(tmp_path: Path) -> None:
    link = '<text:a xlink:href="https://www.borger.dk">Læs mere</text:a>'
    found, file = cleaned(odt(body=f"<text:p>Referat {link}</text:p>"), tmp_path)
    assert found.media is Media.odt
    with ZipFile(BytesIO(file)) as packed:
        assert packed.namelist() == ["mimetype", "META-INF/manifest.xml", "content.xml"]
        assert packed.infolist()[0].compress_type == 0, "known by its first bytes"
        assert "borger.dk" in packed.read("content.xml").decode()
        assert b"meta.xml" not in packed.read("META-INF/manifest.xml")


def test_what_is_tapped_in_a_document_still_leads_there(tmp_path: Path) -> None:
    _, file = cleaned(word(None, ("rId7", "hyperlink", "https://www.borger.dk", "External")), tmp_path)
    with ZipFile(BytesIO(file)) as packed:
        assert b"https://www.borger.dk" in packed.read("word/_rels/document.xml.rels")


def test_a_file_that_bursts_bursts_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is held to its memory, and has nothing of ours: no environment, no open files."""
    script = (
        "import os, sys; from app.files import child; child.limit(); assert not os.environ.get('DATABASE_URL')\n"
        "try: bytearray(4 * 1024 ** 3)\nexcept MemoryError: print('held')"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], env={}, capture_output=True, text=True, check=True)
    assert done.stdout == "held\n"


async def test_one_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "SECONDS", 0.01)
    (tmp_path / "source").write_bytes(photo())
    with pytest.raises(Exception, match="file_broken"):
        await cleaning.clean(tmp_path / "source", tmp_path)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Skovtur æøå.JPG", "Skovtur æøå.pdf"),
        ("C:\\Users\\Mette Holm\\brev.docx", "brev.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.pdf"),
        ("a\x00b\x1fc\u200bd.html", "abcd.pdf"),
        ("Referat 12.11", "Referat 12.11.pdf"),
        ("foto.html.jpg", "foto.html.pdf"),
        ('<img src=x onerror="x">', "img src=x onerror= x.pdf"),
        ("...", "fil.pdf"),
        ("", "fil.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("e\u0301t", "ét.pdf"),
        ("x" * 500, "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_words_and_does_nothing(said: str, called: str) -> None:
    assert clean_name(said, Media.pdf, "fil") == called
