"""Gone means gone, also for somebody who reads a file as slowly as he can."""

import os
import socket
import time
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image

from tests.attachments.sharing import path, shared
from tests.conftest import Village
from tests.people_of import Place


def large_picture() -> bytes:
    """Noise that one can see through: it stays large."""
    out = BytesIO()
    Image.frombytes("RGBA", (1600, 1600), os.urandom(1600 * 1600 * 4)).save(out, "PNG")
    return out.getvalue()


def test_a_download_ends_with_the_place(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher", history=True)
    added = shared(village["mother"], family, large_picture(), name="larm.png")
    teacher = village["teacher"]
    cookies = "; ".join(f"{name}={value}" for name, value in teacher.browser.cookies.items())
    address = urlsplit(teacher.url)
    assert address.hostname
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((address.hostname, address.port or 80))
        ask = f"GET {path(family, added)} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n\r\n"
        line.sendall(ask.encode())
        head = line.recv(4096)
        assert b"200 OK" in head
        village["mother"].ends(family, "teacher")
        time.sleep(1)
        line.settimeout(20)
        read = len(head)
        while piece := line.recv(65536):
            read += len(piece)
    assert 0 < read < added["size"], "what had left already, and no more"
