"""An S3-compatible store of the tests: what obstore asks of one, over HTTP, in this process."""

import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def lying(self) -> dict[str, bytes]:
        server: Any = self.server
        found: dict[str, bytes] = server.lying
        return found

    def log_message(self, *_: object) -> None:
        pass

    def says(self, status: int, body: bytes = b"", **headers: str) -> None:
        assert self.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=us/")
        self.send_response(status)
        now = format_datetime(datetime.now(UTC), usegmt=True)
        for name, value in ({"Content_Length": str(len(body)), "ETag": '"x"', "Last_Modified": now} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        self.lying[urlsplit(self.path).path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.says(200)

    def do_DELETE(self) -> None:
        self.lying.pop(urlsplit(self.path).path, None)
        self.says(204)

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert urlsplit(self.path).query == "delete"
        keys = [unquote(part.partition("<")[0]) for part in asked.split("<Key>")[1:]]
        for key in keys:
            self.lying.pop(f"/rundtom/{key}", None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self.says(200, f"<DeleteResult>{gone}</DeleteResult>".encode(), Content_Type="application/xml")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if "list-type" in address.query:
            return self.lists(parse_qs(address.query))
        content = self.lying.get(address.path)
        if content is None:
            return self.says(404, b"<Error><Code>NoSuchKey</Code></Error>")
        if asked := self.headers["Range"]:
            first, last = map(int, asked.removeprefix("bytes=").split("-"))
            part = content[first : last + 1]
            return self.says(206, part, Content_Range=f"bytes {first}-{first + len(part) - 1}/{len(content)}")
        return self.says(200, content)

    def lists(self, query: dict[str, list[str]]) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        found = "".join(
            f"<Contents><Key>{key.removeprefix('/rundtom/')}</Key><LastModified>{now}</LastModified>"
            f'<ETag>"x"</ETag><Size>{len(content)}</Size></Contents>'
            for key, content in self.lying.items()
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
        self.says(200, body.encode(), Content_Type="application/xml")


class Bucket(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.lying: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


def bucket() -> Bucket:
    served = Bucket()
    threading.Thread(target=served.serve_forever, daemon=True).start()
    return served
