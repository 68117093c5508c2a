"""The cast at work: somebody of the village, logged in through the real provider, with a browser of his or her own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import orjson
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from app.dates import today
from tests.village import BY_KEY, Persona

SOON_S = 5


def until(true: Callable[[], Any], seconds: float = SOON_S) -> Any:
    """Wait for something to become true; what it was."""
    deadline = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return value


@dataclass(frozen=True)
class Place:
    """A thread, as an address."""

    case: str
    thread: str

    @property
    def path(self) -> str:
        return f"/api/cases/{self.case}/threads/{self.thread}"


class Someone:
    def __init__(self, url: str, persona: Persona) -> None:
        self.persona, self.url = persona, url
        self.browser = httpx2.Client(base_url=url, timeout=20)
        answer = self.browser.get("/auth/login", params={"login_hint": persona.key}, follow_redirects=True)
        assert self.get("/api/me").status_code == 200, answer.text

    def get(self, path: str, **query: Any) -> httpx2.Response:
        return self.browser.get(path, params=query or None)

    def post(self, path: str, **body: Any) -> httpx2.Response:
        return self.browser.post(path, json=body)

    def put(self, path: str, **body: Any) -> httpx2.Response:
        return self.browser.put(path, json=body)

    def did(self, answer: httpx2.Response) -> Any:
        assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def sees(self, place: Place) -> Any:
        return self.did(self.get(place.path))

    def reads(self, place: Place, **query: Any) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.did(self.get(f"{place.path}/messages", **query))["entries"]
        return entries

    def texts(self, place: Place) -> list[str | None]:
        return [entry["text"] for entry in self.reads(place, limit=100) if entry["kind"] == "message_posted"]

    def writes(self, place: Place, text: str, **more: Any) -> Any:
        return self.did(self.post(f"{place.path}/messages", **{"id": str(uuid4()), "text": text, **more}))

    def place_of(self, place: Place, who: str) -> dict[str, Any]:
        """How somebody of the cast (or of this address) stands in the thread."""
        name = BY_KEY[who].name
        found: dict[str, Any] = next(
            it for it in self.sees(place)["people"] if it["name"] == name and not it["ended_at"]
        )
        return found

    def opens_dialogue(self, *family: str, **changes: Any) -> Place:
        """Open a dialogue with these of the cast as custody holders."""
        jobs = self.did(self.get("/api/me"))["employments"]
        body = {
            "child_name": "Emil",
            "employment": jobs[0]["id"] if jobs else None,
            "capacity": None if jobs else "mor",
            "purpose": "Hvordan går det med Emil?",
            "family": [
                {"name": BY_KEY[key].name, "email": BY_KEY[key].email, "capacity": "forælder", "role": "custody_holder"}
                for key in family
            ],
            "with_family_department": False,
        }
        opened = self.did(self.post("/api/cases", **body | changes))
        return Place(opened["id"], opened["thread"])

    def proposes(self, place: Place, who: str, **changes: Any) -> dict[str, Any]:
        body = {
            "name": BY_KEY[who].name,
            "email": BY_KEY[who].email,
            "capacity": "lærer",
            "role": "professional",
            "purpose": "At I kan tale om skolen sammen",
            "kinds": ["everyday", "school"],
            "ends_on": (today() + timedelta(days=90)).isoformat(),
            "history": False,
        }
        proposed: dict[str, Any] = self.did(self.post(f"{place.path}/invitations", **body | changes))
        return proposed

    def agrees(self, place: Place, invitation: dict[str, Any], until: str | None = None) -> Any:
        return self.did(self.post(f"{place.path}/invitations/{invitation['id']}/agreement", until=until))

    def invitation(self, place: Place, invitation: dict[str, Any]) -> Any:
        return self.did(self.get(f"{place.path}/invitations/{invitation['id']}"))

    def consents(self, place: Place) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.did(self.get(f"{place.path}/consents"))["consents"]
        return found

    def withdraws(self, place: Place, consent: dict[str, Any]) -> Any:
        return self.did(self.post(f"{place.path}/consents/{consent['id']}/withdrawal"))

    def accepts(self, token: str) -> Place:
        redeemed = self.did(self.post("/api/invitations/redemption", token=token))
        return Place(redeemed["case"], redeemed["thread"])

    def ends(self, place: Place, who: str) -> Any:
        return self.did(self.post(f"{place.path}/memberships/{self.place_of(place, who)['membership']}/ending"))

    @contextmanager
    def listens(self, *places: Place, after: int = 0, origin: str | None = None) -> Iterator["Ear"]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        headers = {"Cookie": cookie}
        address = self.url.replace("http", "ws", 1) + "/api/live"
        with connect(address, origin=origin or self.url, additional_headers=headers, compression=None) as ws:  # type: ignore[arg-type]
            ear = Ear(ws)
            for place in places:
                ear.ask(thread=place.thread, after=after)
            until(lambda: {frame["thread"] for frame in ear.frames} >= {place.thread for place in places})
            yield ear


@dataclass
class Ear:
    """An open socket: all that came, and how it ended."""

    ws: ClientConnection
    frames: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    closed: int | None = None

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(ConnectionClosed):
            for message in self.ws:
                self.raw.append(message if isinstance(message, bytes) else message.encode())
                self.frames.append(orjson.loads(message))
        self.closed = self.ws.protocol.close_code

    def ask(self, **what: Any) -> None:
        self.ws.send(orjson.dumps(what).decode())

    @property
    def texts(self) -> list[str]:
        return [it["text"] for frame in self.frames for it in frame["entries"] if it["kind"] == "message_posted"]

    def hears(self, text: str) -> None:
        until(lambda: text in self.texts)
