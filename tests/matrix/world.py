"""The world that the matrix is asked about: made by the product's own routes, jobs and mails, before anybody tries.

Emil   family   everybody who has a place, of every role; those whose place has ended, expired, or is paused.
       side     mother and caseworker, a guest (and whoever is on duty); the father has left it.
Eva    the same circle as Emil's; closed.
Ada    the same circle, under risk screening.
Bo     the colleague's case: another child of the same department. boy10 waits in it.
Cia    the neighbour's case, in another municipality.

Every text that anybody stores carries a marker of its own (zq0000zq), so that whatever is answered can be asked: is
this for you to see? Who may is worked out in tests/canary, by a list typed by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
from fastapi import FastAPI

from app.access.door import token_hash
from app.access.sessions import Login, sign_in
from app.dates import today
from app.db import make_engine, transaction
from app.embedded import Urls, conninfo
from app.jobs import run_worker
from app.people import actions as people
from app.people.models import EmploymentRole, UnitKind
from app.settings import get_settings
from tests.attachments.sharing import photo
from tests.conftest import TOKEN, Mailbox
from tests.matrix.inside import Answer, ask
from tests.matrix.people import EXTRAS, ISSUER, PEOPLE, STALE, UNITS, Person
from tests.matrix.spot import Spot

MARKER = re.compile(r"zq\d{4}zq")
GUESTS = tuple(person for person in PEOPLE if person.as_guest)
FAMILY = tuple(person for person in PEOPLE if person.family)


@dataclass
class World:
    urls: Urls
    app: FastAPI
    mailbox: Mailbox
    sessions: dict[str, str] = field(default_factory=dict)  # who: token
    persons: dict[str, str] = field(default_factory=dict)  # who: id
    spots: dict[str, Spot] = field(default_factory=dict)  # state: where
    secrets: dict[str, str] = field(default_factory=dict)  # invitation: mailed token
    marked: list[str] = field(default_factory=list)  # what each marker was made for

    # -- markers -------------------------------------------------------------------------------------------------------
    def mark(self, what: str) -> str:
        self.marked.append(what)
        return f"zq{len(self.marked) - 1:04}zq"

    def words(self, what: str) -> str:
        return f"{what} {self.mark(what)}"

    def what(self, marker: str) -> str:
        return self.marked[int(marker.strip("zq"))]

    def email(self, who: str) -> str:
        if who not in self._emails:
            self._emails[who] = f"{self.mark(f'address of {who}')}@demo.example"
        return self._emails[who]

    def name(self, who: str) -> str:
        if who not in self._names:
            self._names[who] = self.words(f"name of {who}")
        return self._names[who]

    def __post_init__(self) -> None:
        self._emails: dict[str, str] = {}
        self._names: dict[str, str] = {}

    @property
    def today(self) -> str:
        return today().isoformat()

    @property
    def tomorrow(self) -> str:
        return (today() + timedelta(days=1)).isoformat()

    # -- asking --------------------------------------------------------------------------------------------------------
    async def ask(self, who: str, method: str, path: str, /, **body: Any) -> Answer:
        return await ask(self.app, self.sessions.get(who), method, path, body if method != "GET" else None)

    async def did(self, who: str, method: str, path: str, /, **body: Any) -> Any:
        answer = await self.ask(who, method, path, **body)
        assert answer.status < 300, f"{who} {method} {path}: {answer.status} {answer.body.decode()}"
        return answer.json if answer.body else None

    def admin(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            cursor = db.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    # -- people --------------------------------------------------------------------------------------------------------
    async def settle(self) -> None:
        """Who they are, by the provider's word, and where they work."""
        engine = make_engine(self.urls.owner, size=1)
        async with transaction(engine) as db:
            units = {key: await people.know_unit(db, self.words(f"unit {key}"), UnitKind(UNITS[key])) for key in UNITS}
            for person in (*PEOPLE, *EXTRAS):
                id_ = await people.know_identity(db, ISSUER, person.key, self.name(person.key), self.email(person.key))
                self.persons[person.key] = str(id_)
                if person.employed:
                    unit, role = person.employed
                    title = self.words(f"title of {person.key}")
                    await people.employ(db, id_, units[unit], title, EmploymentRole(role))
        await engine.dispose()

    async def logs_in(self, who: str) -> str:
        async with transaction(self.app.state.engine) as db:
            told = {"sid": self.words("sid"), "id_token": self.words(f"id token of {who}")}
            fresh = datetime.now(UTC) + timedelta(hours=1)  # however long it takes to ask everything
            named = {"issuer": ISSUER, "subject": who, "name": self.name(who), "email": self.email(who)}
            return await sign_in(db, Login(**named, **told, acr="high", idle_minutes=600, fresh_at=fresh))

    async def everybody_logs_in(self) -> None:
        for person in (*PEOPLE, *EXTRAS):
            self.sessions[person.key] = await self.logs_in(person.key)
        self.sessions["loggedout"] = await self.logs_in("mother")
        self.sessions[STALE] = await self.logs_in("colleague")
        self.persons[STALE] = self.persons["colleague"]
        for who, change in (("loggedout", "ended_at = now()"), (STALE, "fresh_at = now() - interval '1 hour'")):
            self.admin(f"update sessions set {change} where token_hash = %s", token_hash(self.sessions[who]))

    # -- what people do ------------------------------------------------------------------------------------------------
    async def opens_case(self, who: str, child: str, family: Iterable[Person], **more: Any) -> Spot:
        jobs = (await self.did(who, "GET", "/api/me"))["employments"]
        named = self.words(f"name of the child {child}")
        opened = await self.did(
            who, "POST", "/api/cases",
            child_name=named, employment=jobs[0]["id"], capacity=None,
            purpose=self.words(f"purpose of {child}"), with_family_department=False,
            family=[
                {"name": self.name(it.key), "email": self.email(it.key), "role": it.family,
                 "capacity": self.words(f"capacity of {it.key} at {child}")}
                for it in family
            ],
            **more,
        )  # fmt: skip
        return Spot(opened["id"], opened["thread"], child=named, born=more.get("child_born", ""))

    async def opens_thread(self, who: str, spot: Spot, what: str, members: list[str] | None = None) -> Spot:
        """With these, or with everybody that one shares a thread of the case with."""
        known = (await self.did(who, "GET", f"/api/cases/{spot.case}"))["people"]
        names = [self.name(it) for it in members] if members is not None else [it["name"] for it in known]
        chosen = [it["membership"] for it in known if it["name"] in names]
        opened = await self.did(
            who, "POST", f"/api/cases/{spot.case}/threads", purpose=self.words(f"purpose of {what}"), members=chosen
        )
        return Spot(spot.case, opened["id"])

    async def writes(self, who: str, spot: Spot, what: str) -> str:
        said = await self.did(who, "POST", f"{spot.path}/messages", id=str(uuid4()), text=self.words(what))
        spot.own["message", who] = said["id"]
        return str(said["id"])

    def boxes(self, what: str) -> dict[str, Any]:
        """What a note says, box by box."""
        texts = {key: self.words(f"{key} of {what}") for key in ("challenges", "resources", "proposals", "child_view")}
        return texts | {"child_view_choice": "own_words"}

    async def notes(self, who: str, spot: Spot, what: str, id_: str = "") -> str:
        note = await self.did(who, "POST", f"{spot.path}/notes", id=id_ or str(uuid4()), **self.boxes(what))
        spot.own["note", who] = note["id"]
        return str(note["id"])

    async def responds(self, who: str, spot: Spot, note: str, what: str) -> str:
        """Something is not right in it."""
        said = {"id": str(uuid4()), "kind": "not_right", "box": "whole", "version": 1, "words": self.words(what)}
        await self.did(who, "POST", f"{spot.path}/notes/{note}/responses", **said)
        return said["id"]

    async def sums_up(self, who: str, spot: Spot, what: str) -> str:
        proposed = {"id": str(uuid4()), "words": self.words(what)}
        await self.did(who, "POST", f"{spot.path}/summary", **proposed)
        return proposed["id"]

    async def shares(self, who: str, spot: Spot, what: str) -> str:
        """A small picture, with words to it."""
        path, shared = f"{spot.path}/attachments?id={uuid4()}", photo(32, 20)
        told = {f"x-file-{it}": quote(self.words(f"{it} of {what}")) for it in ("name", "caption")}
        answer = await ask(self.app, self.sessions[who], "POST", path, shared, **told)
        assert answer.status == 201, answer.body
        spot.own["attachment", who] = answer.json["id"]
        return str(answer.json["id"])

    async def proposes(self, who: str, spot: Spot, guest: str, role: str, *, history: bool = True) -> str:
        proposed = await self.did(
            who, "POST", f"{spot.path}/invitations", role=role, name=self.name(guest), email=self.email(guest),
            capacity=self.words(f"capacity of {guest}"), purpose=self.words(f"purpose of inviting {guest}"),
            ends_on=(today() + timedelta(days=90)).isoformat(), history=history, kinds=["everyday", "school"],
        )  # fmt: skip
        return str(proposed["id"])

    async def agree(self, spot: Spot, invitation: str, *givers: str) -> None:
        for giver in givers:
            await self.did(giver, "POST", f"{spot.path}/invitations/{invitation}/agreement")

    async def mails(self) -> None:
        """The worker's part: whatever waits goes out, and each secret is known by its invitation."""
        await run_worker(get_settings(), wait=False)
        tokens = self.admin("select token_hash, invitation_id from invitation_tokens")
        of = {bytes(hash_): str(invitation) for hash_, invitation in tokens}
        for mail in self.mailbox.mails:
            # The mail server is the whole run's: other worlds' mails lie there too.
            if (found := TOKEN.search(self.mailbox.body(mail))) and token_hash(found[1]) in of:
                self.secrets[of[token_hash(found[1])]] = found[1]

    def place(self, who: str, spot: Spot) -> str:
        """The newest place of somebody in a thread, whatever has become of it."""
        [(place, *_), *_] = self.admin(
            "select id from memberships where thread_id = %s and person_id = %s order by starts_at desc",
            spot.thread, self.persons[who],
        )  # fmt: skip
        return str(place)


def marked(answer: bytes) -> set[str]:
    return set(MARKER.findall(answer.decode(errors="replace")))  # a file is bytes
