"""What holds for every HTTP request before any room sees it, and for every answer after: one plain ASGI layer.

Websockets pass untouched: the live room checks their Origin itself.
"""

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooBig, refuse
from app.html import is_page
from app.settings import BUILD, Settings

BODY_LIMIT = 64 * 1024
# The one address that takes more: a file, in its own measure.
FILES = re.compile(r"/api/cases/[^/]+/threads/[^/]+/attachments")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
UNUSED = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope hid idle-detection"
    " magnetometer microphone midi payment serial usb xr-spatial-tracking"
)

Headers = list[tuple[bytes, bytes]]


def install(app: FastAPI, settings: Settings) -> None:
    """Outside everything, so that the answer to an unexpected error has the headers too."""
    build = app.build_middleware_stack
    app.build_middleware_stack = lambda: Shield(build(), settings)  # type: ignore[method-assign]


class Shield:
    """Refuses foreign hosts, foreign origins and long bodies; puts the security headers on every answer; and tells the
    book of what was served (app/access/looks.py) of each answer that leaves."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.origins = {origin.encode() for origin in settings.origins}
        self.hosts = {urlsplit(origin).netloc.encode() for origin in settings.origins}
        self.headers = security_headers(secure=settings.secure)
        # A browser that says nothing of where it comes from names no Origin for a form either, and would be refused.
        self.page_headers = security_headers(secure=settings.secure, referrer="same-origin")
        self.file_limit = settings.file_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = self.page_headers if is_page(scope["path"]) else self.headers
                message["headers"] = [*message.get("headers", ()), *ours, *_caching(scope["path"], message)]
                scope["app"].state.served.answered(scope, message["status"])
            await send(message)

        scope.setdefault("state", {})["at"] = datetime.now(UTC)
        headers = dict(scope["headers"])
        limit = self._limit(scope)
        if refusal := self._refusal(scope, headers, limit):
            await refuse(Request(scope), *refusal)(scope, receive, send_safely)
        else:
            await self.app(scope, _counted(receive, limit), send_safely)

    def _limit(self, scope: Scope) -> int:
        is_file = scope["method"] == "POST" and FILES.fullmatch(scope["path"])
        return self.file_limit if is_file else BODY_LIMIT

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes], limit: int) -> tuple[int, str] | None:
        """Status and code. A browser names Origin on every unsafe request; what comes without is no browser."""
        # A container's own health check knows no public name, and learns nothing.
        if headers.get(b"host") not in self.hosts and not scope["path"].startswith("/api/health/"):
            return 421, "wrong_origin"
        if scope["method"] not in SAFE_METHODS:
            if headers.get(b"origin", next(iter(self.origins))) not in self.origins:
                return 403, "wrong_origin"
            if headers.get(b"sec-fetch-site", b"none") not in (b"same-origin", b"none"):
                return 403, "wrong_origin"
        if int(headers.get(b"content-length", b"0")) > limit:
            return (413, "too_large") if limit == BODY_LIMIT else (413, "file_too_big")
        return None


def _counted(receive: Receive, limit: int) -> Receive:
    """A body without a length is counted as it comes."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413) if limit == BODY_LIMIT else TooBig
        return message

    return counted


def _caching(path: str, message: Message) -> Headers:
    if path.startswith(("/api/", "/auth/")) or is_page(path):
        return [(b"cache-control", b"no-store")]
    if path.startswith("/_app/immutable/") and message["status"] < 400:
        return [(b"cache-control", b"public, max-age=31536000, immutable")]
    return [(b"cache-control", b"no-cache")]


def security_headers(*, secure: bool, referrer: str = "no-referrer") -> Headers:
    policy = (
        "default-src 'none'",
        " ".join(["script-src 'self'", *_inline_script_hashes()]),
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html",
    )
    headers = {
        "content-security-policy": "; ".join(policy),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in UNUSED.split()),
        "referrer-policy": referrer,
        "x-content-type-options": "nosniff",
    }
    if secure:
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _inline_script_hashes() -> list[str]:
    """The screens' start script stands in the page; the policy names it by its hash and lets no other run."""
    page = BUILD / "index.html"
    scripts = INLINE_SCRIPT.findall(page.read_bytes()) if page.exists() else []
    return [f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts]
