"""Whatever is sent: what comes out is on the closed list, harmless, and tells nobody where a photo was taken."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from app.files.kinds import TYPES, Media
from app.text import text
from tests.attachments.hostile import every
from tests.attachments.hostility import EVIL, Hostile
from tests.attachments.sharing import CAMERA, path, shares
from tests.conftest import Village
from tests.people_of import Place

BEGINS = {Media.jpeg: b"\xff\xd8\xff", Media.png: b"\x89PNG", Media.pdf: b"%PDF-"}
TELLS = (EVIL, CAMERA.encode(), b"GPS", b"Exif", b"adobe:ns:meta", b"Skovvej", b"Mette Holm", b"taget hjemme")
ACTS = (
    b"<script",
    b"<html",
    b"<svg",
    b"<?php",
    b"javascript:",
    b"/JavaScript",
    b"/Launch",
    b"/OpenAction",
    b"<!DOCTYPE",
)
REFUSED = {413: {"file_unpacks"}, 415: {"file_active", "file_type"}}
REFUSED[422] = {"file_broken", "file_empty", "file_locked", "file_pixels"}
SLOWEST_S = 45


@pytest.fixture(scope="module")
def place(village: Village) -> Place:
    return village["caseworker"].opens_dialogue("mother")


def unpacked(media: Media, data: bytes) -> bytes:
    """Everything that stands in it, as it stands there and with every packing undone."""
    if media is Media.pdf:
        out = BytesIO()
        with pikepdf.open(BytesIO(data)) as opened:
            opened.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                compress_streams=False,
            )
        return data + out.getvalue()
    if media not in (Media.jpeg, Media.png):
        with ZipFile(BytesIO(data)) as packed:
            return data + b"".join(packed.read(name) + name.encode() for name in packed.namelist())
    return data


def trouble(village: Village, place: Place, sent: Hostile) -> tuple[str, list[str]]:
    """What became of it, and what is wrong with that."""
    mother = village["mother"]
    began = time.monotonic()
    answer = shares(mother, place, sent.data, sent.name)
    wrong = ["too slow"] if time.monotonic() - began > SLOWEST_S else []
    if answer.status_code != 201:
        code = answer.json()["code"]
        if code not in REFUSED.get(answer.status_code, set()) or answer.json()["title"] != text(f"error.{code}", "da"):
            wrong.append(f"{answer.status_code} {answer.text}")
        return code, wrong + (
            [f"refused by {code}, not by {sent.code or 'nothing'}"] if sent.code not in ("?", code) else []
        )
    if sent.code not in ("", "?"):
        wrong.append(f"taken, not refused by {sent.code}")
    added = answer.json()
    for what in ("file", "thumbnail") if added["thumbnail"] else ("file",):
        served = mother.get(path(place, added, what))
        media = Media.jpeg if what == "thumbnail" else Media(added["media"])
        if served.headers["content-type"] != TYPES[media] or not served.content.startswith(
            BEGINS.get(media, b"PK\x03\x04")
        ):
            wrong.append(f"served as {served.headers['content-type']}")
        for name, value in (("content-disposition", "attachment; "), ("x-content-type-options", "nosniff")):
            if not served.headers[name].startswith(value):
                wrong.append(f"{name}: {served.headers[name]}")
        if "default-src 'none'; sandbox" not in served.headers.get_list("content-security-policy"):
            wrong.append("no sandbox")
        if not added["name"].endswith(f".{Media(added['media']).ending}") or set("/\\\u202e") & set(added["name"]):
            wrong.append(f"called {added['name']!r}")
        inside = unpacked(media, served.content)
        wrong += [f"{what} holds {it!r}" for it in TELLS + ACTS if it in inside]
    return "taken", wrong


def test_of_300_hostile_files_none_comes_out_as_it_was_meant(village: Village, place: Place) -> None:
    sent = every()
    _ = village["mother"]
    with ThreadPoolExecutor(3) as together:
        became = list(together.map(lambda it: trouble(village, place, it), sent))
    counted = Counter((it.family, code) for it, (code, _) in zip(sent, became, strict=True))
    print(f"\n{len(sent)} hostile files")
    for (family, code), times in sorted(counted.items()):
        print(f"  {family:28} {code:14} {times:4}")
    wrong = [
        f"{it.family} #{n} ({it.name}, {len(it.data)} bytes): {what}"
        for n, (it, (_, what)) in enumerate(zip(sent, became, strict=True))
        if what
    ]
    assert wrong == []
    assert len(sent) >= 300
    assert {code for _, code in counted} == {"taken"} | {code for codes in REFUSED.values() for code in codes}
