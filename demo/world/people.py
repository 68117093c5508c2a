"""Who there is in Solbæk: the cast, who can log in, and others, whom nobody can be."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.contacts.models import ContactCard, Within
from app.people.models import Employment, Identity, Person, Unit
from tests.village import BY_KEY, CAST, UNITS

HERE = Path(__file__).parent
DEMO = uuid5(NAMESPACE_DNS, "demo.example")
NOBODY = "urn:rundtom:demo:nobody"  # no provider answers to this name
SINCE = datetime(2024, 1, 8, 8, tzinfo=UTC)
RECEIVES_NEW = "caseworker"
CARDS = {  # numbers that are nobody's
    "caseworker": ("70 00 10 11", "mandag til torsdag kl. 8-9", Within.next_day),
    "colleague": ("70 00 10 12", "mandag til torsdag kl. 12-13", Within.next_day),
    "teacher": ("70 00 20 21", "hverdage kl. 14-15", Within.two_days),
}


def made_id(*parts: object) -> UUID:
    """The same id at every load, so that a link survives a reset."""
    return uuid5(DEMO, "/".join(map(str, parts)))


def person_id(key: str) -> UUID:
    return made_id("person", key)


def email_of(key: str) -> str:
    return f"{key}@demo.example"


def others() -> dict[str, str]:
    """Everybody who is not in the cast, by key: the helpers of people.toml and the families of the case files."""
    named = tomllib.loads((HERE / "people.toml").read_text())
    for file in case_files():
        family = tomllib.loads(file.read_text())["family"]
        named |= {key: each["name"] for key, each in family.items() if key not in BY_KEY}
    return named


def name_of(key: str, named: dict[str, str]) -> str:
    return BY_KEY[key].name if key in BY_KEY else named[key]


def case_files() -> list[Path]:
    return sorted(file for file in HERE.glob("[0-9][0-9]-*.toml") if file.suffixes == [".toml"])


def told_in(file: Path) -> dict[str, Any]:
    """What a case's file says. Where the family writes much, notes, plan and contact of
    their thread have files of their own."""
    told = tomllib.loads(file.read_text())
    for beside in (file.with_suffix(f".{part}.toml") for part in ("notes", "plan", "contact")):
        if beside.exists():
            told["threads"][0] |= tomllib.loads(beside.read_text())
    return told


async def settle(db: AsyncSession, issuer: str) -> None:
    """As owner: units, people, identities and employments. Safe to run again, also for another issuer."""
    units = [{"id": made_id("unit", key), "name": name, "kind": kind} for key, (name, kind) in UNITS.items()]
    named = {persona.key: persona.name for persona in CAST} | others()
    persons = [
        {"id": person_id(key), "name": name, "email": email_of(key), "created_at": SINCE} for key, name in named.items()
    ]
    identities = _identities(named, issuer)
    for table, rows in (
        (Unit, units),
        (Person, persons),
        (Identity, identities),
        (Employment, _jobs()),
        (ContactCard, _cards()),
    ):
        await db.execute(insert(table).on_conflict_do_nothing(), rows)


def _identities(named: dict[str, str], issuer: str) -> list[dict[str, Any]]:
    """No provider has vouched for the addresses of those whom nobody can log in as."""
    return [
        {
            "issuer": issuer if key in BY_KEY else NOBODY,
            "subject": key,
            "person_id": person_id(key),
            "email": email_of(key) if key in BY_KEY else None,
        }
        for key in named
    ]


def _jobs() -> list[dict[str, Any]]:
    return [
        {
            "id": job_id(persona.key),
            "person_id": person_id(persona.key),
            "unit_id": made_id("unit", persona.employed[0]),
            "title": persona.employed[1],
            "role": persona.employed[2],
            "receives_new": persona.key == RECEIVES_NEW,
            "started_on": date(2024, 1, 8),
        }
        for persona in CAST
        if persona.employed
    ]


def _cards() -> list[dict[str, Any]]:
    return [
        {"employment_id": job_id(key), "phone": phone, "hours": hours, "answers_within": within, "written_at": SINCE}
        for key, (phone, hours, within) in CARDS.items()
    ]


def job_id(key: str) -> UUID:
    return made_id("employment", key)
