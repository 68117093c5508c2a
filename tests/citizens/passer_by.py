"""Somebody without a login, who reads the pages and sends the form as a browser without script would."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx2
import psycopg
from fastapi import FastAPI

from app.concerns.citizen_form import FORM_TYPE
from app.embedded import Urls, conninfo

START = "/concerns/public"
DANGER, FORM, RECEIVED = f"{START}/danger", f"{START}/form", f"{START}/received"
ID = re.compile(r'name="id" value="([0-9a-f-]{36})"')
WORRY = {
    "child_name": "Emil",
    "child_age": "6 år",
    "child_place": "Solbæk Skole",
    "area": "home",
    "words": "Han går alene hjem hver dag.\r\n\r\nHan fryser.",
    "child_words": "",
    "parents_told": "no",
    "parents_words": "",
    "relation": "nabo",
    "who": "named",
    "name": "Gerda Thorsen",
    "contact": "12 34 56 78",
    "subject": "",
}
# Everything that holds words, whichever table it stands in: what waits to be done, too.
PLACES = """
select format('%I.%I', table_schema, table_name), quote_ident(column_name) from information_schema.columns
 join information_schema.tables using (table_schema, table_name)
where table_type = 'BASE TABLE' and table_schema in ('public', 'protected', 'jobs')
  and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'tsvector')"""


RECEIPT = """
insert into concern_steps (concern_id, id, person_id, name, title, step, way)
values (%(one)s, gen_random_uuid(), %(person)s, 'x', 'x', 'receipted', 'phone')"""


class PasserBy:
    def __init__(self, app: FastAPI, url: str, address: str) -> None:
        transport = httpx2.ASGITransport(app, client=(address, 4711))
        self.browser = httpx2.AsyncClient(transport=transport, base_url=url, headers={"Accept-Language": "da"})

    async def reads(self, path: str, **headers: str) -> httpx2.Response:
        return await self.browser.get(path, headers=headers)

    async def opens_form(self) -> dict[str, str]:
        """What the form holds before anybody has written in it."""
        answer = await self.reads(FORM)
        return {"id": ID.findall(answer.text)[0]}

    async def sends(self, fields: dict[str, str], path: str = FORM, **headers: str) -> httpx2.Response:
        return await self.sends_raw(urlencode(fields).encode(), path, **headers)

    async def sends_raw(self, body: bytes, path: str = FORM, **headers: str) -> httpx2.Response:
        return await self.browser.post(path, content=body, headers={"Content-Type": FORM_TYPE} | headers)

    async def worries(self, **changes: str) -> httpx2.Response:
        return await self.sends(await self.opens_form() | WORRY | changes)


@dataclass
class Street:
    app: FastAPI
    urls: Urls
    url: str
    _known: dict[str, PasserBy] = field(default_factory=dict)

    def somebody(self, address: str = "192.0.2.1") -> PasserBy:
        if address not in self._known:  # a browser takes longer to make than a thousand forms
            self._known[address] = PasserBy(self.app, self.url, address)
        return self._known[address]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(conninfo(self.urls.admin)) as db:
            return db.execute(query, values).fetchall()

    def kept(self) -> int:
        return int(self.rows("select count(*) from concerns")[0][0])

    def takes_out(self, who: str) -> None:
        """Everything that has come, when its notifier has been rung up: as somebody who is to handle it."""
        with psycopg.connect(conninfo(self.urls.web)) as db:
            [(person,)] = self.rows("select person_id from identities where subject = %s", who)
            db.execute("select set_config('app.person_id', %s, true)", [str(person)])
            for (one,) in self.rows("select id from concerns"):
                db.execute(RECEIPT, {"one": one, "person": person})
                assert db.execute("select take_out_concern(%s, %s, 'x')", [one, uuid4()]).fetchone() == ("taken_out",)

    def where_it_says(self, words: str) -> list[str]:
        return where_in(self.urls, words)


def where_in(urls: Urls, words: str) -> list[str]:
    """In which columns of which tables these words stand, as a part of whatever is there."""
    with psycopg.connect(conninfo(urls.admin)) as db:
        search = " union all ".join(
            f"select '{table}.{column}' where exists (select 1 from {table} where {column}::text ilike %(words)s)"
            for table, column in db.execute(PLACES)
        )
        return [place for (place,) in db.execute(search, {"words": f"%{words}%"})]


def is_sent(answer: httpx2.Response) -> bool:
    return (answer.status_code, answer.headers.get("location")) == (303, RECEIVED)
