"""Ten thousand things that somebody might send to a form that anybody can reach: the same ones every time."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes, urlencode
from uuid import UUID

from app.concerns.citizen_form import FIELDS, FORM_TYPE, TEXTS
from tests.citizens.passer_by import FORM, WORRY

SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "${{<%[%'\"}}%\\.",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;&#60;b&#62;",
    "{0.__class__}{child_name}{most}",
)
SQL = (
    "'; drop table concerns; --",
    "' or '1'='1",
    "\\'; select pg_sleep(10); --",
    "$$; truncate persons; $$",
    "%s %(id)s :id",
)
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2f",
    "file:///etc/passwd",
    "C:\\windows\\win.ini",
    "//evil.example/",
    "/\\evil",
)
LINES = (
    "a\r\nSet-Cookie: a=b",
    "\n\nLocation: https://evil.example",
    "\r\rHTTP/1.1 200 OK",
    "%0d%0aX: y",
    "\u2028\u2029\u0085",
)
SIGNS = (
    "\u202eevil\u202c",
    "\u2066\u2067\u2069",
    "\u200b\ufeff",
    "Z\u0351\u036b\u0343a" * 40,
    "\U0001f469\u200d\U0001f467" * 9,
)
SIGNS += (
    "\u0000",
    "\x01\x1b[31m",
    "\uffff\ufffe",
    "\U0010ffff",
    "\u2800",
    "ﷺ" * 90,
    "اسم الطفل",
    "İıſßﬃ",
    "\ud7ff\ue000",
)
NUMBERS = ("NaN", "1e999", "-1", "9" * 400, "0x10", "null", "true", "[]", "{}", "undefined")
WORDS = (*SCRIPTS, *SQL, *PATHS, *LINES, *SIGNS, *NUMBERS)
KINDS = (
    "application/json", "multipart/form-data; boundary=x", "text/plain", "application/xml", "", "/", ";;;",
    "application/x-www-form-urlencodedx", "application/x-www-form-urlencoded, text/html", "é", "a" * 5000,
)  # fmt: skip
ORIGINS = ("https://evil.example", "null", "", "http://localhost", "é", "http://localhost:8000.evil.example")


@dataclass
class Attack:
    kind: str
    address: str
    body: bytes
    path: str = FORM
    headers: dict[str, bytes] = field(default_factory=dict)


class Attacker:
    """Half of it comes from one address, the rest from many; some addresses are neighbours in one network."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 the same every time
        self.used: list[str] = []

    def attacks(self, number: int) -> Iterator[Attack]:
        ways = list(self.ways.items())
        for _ in range(number):
            [(name, (_, way))] = self.chance.choices(ways, [weight for _, (weight, _) in ways])
            attack = way(self)
            attack.kind = name
            yield attack

    def address(self) -> str:
        if self.chance.random() < 0.5:
            return "192.0.2.66"
        if self.chance.random() < 0.5:
            return f"2001:db8:0:{self.chance.randrange(8):x}::{self.chance.randrange(1, 2**16):x}"
        return f"198.51.100.{self.chance.randrange(1, 150)}"

    def sends(self, body: bytes, path: str = FORM, **headers: str) -> Attack:
        given = {"content-type": FORM_TYPE} | {name.replace("_", "-"): value for name, value in headers.items()}
        return Attack("", self.address(), body, path, {name: value.encode() for name, value in given.items()})

    def fresh(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def filled(self, **changes: str) -> dict[str, str]:
        fields = WORRY | {"id": self.fresh()} | changes
        self.used.append(fields["id"])
        return fields

    def valid(self) -> Attack:
        return self.sends(urlencode(self.filled(words=self.chance.choice(SCRIPTS + SQL + PATHS))).encode())

    def replayed(self) -> Attack:
        return self.sends(urlencode(self.filled(id=self.chance.choice(self.used or [self.fresh()]))).encode())

    def words(self) -> Attack:
        """In some fields, whatever they are for, what is no answer to them."""
        fields = self.filled()
        for name in self.chance.sample(FIELDS, self.chance.randrange(1, 6)):
            fields[name] = " ".join(self.chance.choices(WORDS, k=self.chance.randrange(1, 4)))
        return self.sends(urlencode(fields).encode())

    def long(self) -> Attack:
        name = self.chance.choice((*TEXTS, "name", "child_name", "subject"))
        sign = self.chance.choice("aåع\U0001f469")
        return self.sends(urlencode(self.filled(**{name: sign * self.chance.randrange(150, 12_000)})).encode())

    def huge(self) -> Attack:
        return self.sends(b"words=" + b"a" * self.chance.choice((65_530, 65_536, 65_537, 200_000)))

    def binary(self) -> Attack:
        return self.sends(self.chance.randbytes(self.chance.randrange(0, 400)))

    def escaped_binary(self) -> Attack:
        some = quote_from_bytes(self.chance.randbytes(self.chance.randrange(1, 60)), safe="").encode()
        return self.sends(urlencode(self.filled()).encode() + b"&" + self.chance.choice((b"words=", b"", b"x=")) + some)

    def many(self) -> Attack:
        name = self.chance.choice((b"words", b"id", b"f%d", b"words[%d]"))
        fields = [name % i if b"%d" in name else name for i in range(self.chance.choice((2, 31, 1000, 9000)))]
        return self.sends(b"&".join(it + b"=1" for it in fields)[:60_000])

    def mistyped(self) -> Attack:
        return self.sends(urlencode(self.filled()).encode(), content_type=self.chance.choice(KINDS))

    def elsewhere(self) -> Attack:
        sent = {self.chance.choice(("origin", "sec_fetch_site")): self.chance.choice((*ORIGINS, "cross-site"))}
        return self.sends(urlencode(self.filled()).encode(), **sent)

    def trapped(self) -> Attack:
        return self.sends(urlencode(self.filled(subject=self.chance.choice(SCRIPTS))).encode())

    def asked(self) -> Attack:
        """Something in the address, and in what the browser says of itself."""
        query = urlencode({self.chance.choice(("lang", "next", "id")): self.chance.choice(WORDS).replace("\0", "")})
        return self.sends(
            urlencode(self.filled(area="")).encode(), f"{FORM}?{query}", accept_language=self.chance.choice(KINDS)
        )

    def missing(self) -> Attack:
        fields = self.filled()
        for name in self.chance.sample(sorted(fields), self.chance.randrange(1, 8)):
            del fields[name]
        return self.sends(urlencode(fields).encode())

    ways: dict[str, tuple[int, Callable[["Attacker"], Attack]]] = {  # noqa: RUF012 how often, and what
        "asked": (4, asked),
        "binary": (8, binary),
        "elsewhere": (6, elsewhere),
        "escaped_binary": (6, escaped_binary),
        "huge": (3, huge),
        "long": (5, long),
        "many": (5, many),
        "missing": (8, missing),
        "mistyped": (6, mistyped),
        "replayed": (8, replayed),
        "trapped": (6, trapped),
        "valid": (15, valid),
        "words": (20, words),
    }
