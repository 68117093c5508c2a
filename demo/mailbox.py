"""The demo's post office: takes every mail over SMTP and shows it on a local page, so that links can be followed.

`GET /` is for people, `GET /mails.json` for scripts. Mails survive a restart in a file under DATA_DIR.
"""

import html
import json
import re
import threading
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.village import CAST

KEPT = 500
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)]")
NAMES = {persona.email: persona.name for persona in CAST}

PAGE = """<!doctype html>
<html lang="da">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Demoens postkasse</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }}
article {{ border: 1px solid #bfbfbf; border-radius: 4px; padding: 1rem; margin: 1rem 0 }}
h2 {{ font-size: 1.1rem; margin: 0 }}
p {{ margin: .25rem 0 }}
pre {{ font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: .75rem 0 0 }}
a {{ color: #00508c }}
.quiet {{ color: #454545 }}
</style>
<main>
<h1>Demoens postkasse</h1>
<p>Alle mails, som demoen sender, lander her. De nyeste står først. <a href="/">Hent igen</a></p>
{mails}
</main>
</html>
"""
ARTICLE = """<article>
<h2>{subject}</h2>
<p>Til {to}</p>
<p class="quiet"><time datetime="{iso}">{at}</time></p>
<pre>{text}</pre>
</article>
"""
NO_MAILS = '<p class="quiet">Her er ingen mails endnu.</p>'


@dataclass(frozen=True)
class Mail:
    at: str  # ISO 8601, UTC
    to: list[str]
    subject: str
    text: str


class Mailbox:
    """Newest last, in memory and in a file of one JSON object a line."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lock = threading.Lock()
        kept = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self.mails = [Mail(**json.loads(line)) for line in kept][-KEPT:]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain", "html"))
        text = str(body.get_content()).replace("\r\n", "\n") if body else ""
        mail = Mail(datetime.now(UTC).isoformat(), envelope.rcpt_tos, str(message["subject"] or ""), text)
        with self.lock, self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(mail), ensure_ascii=False) + "\n")
            self.mails = [*self.mails, mail][-KEPT:]
        return "250 OK"

    def as_json(self) -> str:
        return json.dumps([asdict(mail) for mail in reversed(self.mails)], ensure_ascii=False)

    def as_page(self) -> str:
        return PAGE.format(mails="".join(_article(mail) for mail in reversed(self.mails)) or NO_MAILS)


def _article(mail: Mail) -> str:
    at = datetime.fromisoformat(mail.at).astimezone(ZoneInfo("Europe/Copenhagen"))
    to = ", ".join(f"{NAMES[address]} ({address})" if address in NAMES else address for address in mail.to)
    return ARTICLE.format(
        subject=html.escape(mail.subject),
        to=html.escape(to),
        iso=html.escape(mail.at),
        at=f"{at:%d.%m.%Y kl. %H.%M}",
        text=_with_links(mail.text.strip()),
    )


def _with_links(text: str) -> str:
    parts, end = [], 0
    for link in LINK.finditer(text):
        url = html.escape(link[0])
        parts += [html.escape(text[end : link.start()]), f'<a href="{url}">{url}</a>']
        end = link.end()
    return "".join(parts) + html.escape(text[end:])


class _Page(BaseHTTPRequestHandler):
    mailbox: Mailbox

    def do_GET(self) -> None:
        if self.path == "/":
            self.answer("text/html", self.mailbox.as_page())
        elif self.path == "/mails.json":
            self.answer("application/json", self.mailbox.as_json())
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        )
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 http.server's name
        """Silent: the demo's terminal shows the table of people."""


def open_mailbox(file: Path, host: str, web_port: int, smtp_port: int) -> ExitStack:
    """Serve both ports from threads until the stack is closed."""
    mailbox = Mailbox(file)
    with ExitStack() as opening:
        smtp = Controller(mailbox, hostname=host, port=smtp_port, ready_timeout=10)
        smtp.start()
        opening.callback(smtp.stop)
        web = ThreadingHTTPServer((host, web_port), type("Page", (_Page,), {"mailbox": mailbox}))
        opening.callback(web.server_close)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        opening.callback(web.shutdown)
        return opening.pop_all()
