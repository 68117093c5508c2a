"""Many guests at once: what a thousand invitations would make, written straight into the database.

Each row is a copy of one that the product made, so that it is as the product makes them today.
"""

from dataclasses import dataclass
from uuid import UUID

import psycopg

from app.embedded import Urls, conninfo
from benchmarks.sides import Side

PERSONS = "insert into persons (id, name) select id, 'Gæst' from unnest(%s::uuid[]) id"
# The token of a guest's session is the guest's id.
SESSIONS = """
    insert into sessions select (jsonb_populate_record(like_.row, jsonb_build_object(
        'id', gen_random_uuid(), 'person_id', guest.id, 'token_hash', sha256(guest.id::text::bytea)))).*
    from (select s as row from sessions s limit 1) as like_, unnest(%s::uuid[]) as guest (id)"""
PLACES = """
    insert into memberships select (jsonb_populate_record(like_.row, jsonb_build_object(
        'id', guest.id, 'person_id', guest.id, 'role', 'professional', 'name', 'Gæst', 'capacity', 'lærer'))).*
    from unnest(%s::uuid[], %s::uuid[]) as guest (id, thread), lateral (
        select m as row from memberships m where m.thread_id = guest.thread limit 1) as like_"""


@dataclass(frozen=True)
class Guest:
    """Somebody with a place in a thread; `id` is the person's, the place's and the session's secret."""

    id: str
    room: int
    thread: str
    headers: str


def let_in(side: Side, urls: Urls, first: int, count: int) -> list[Guest]:
    """So many guests, spread evenly over the threads. Numbered from `first`: every run makes the same ones."""
    guests = []
    for number in range(count):
        room, who = number % len(side.seats), str(UUID(int=first + number))
        guests.append(Guest(who, room, side.seats[room][0].thread, f"Cookie: rundtom={who}\r\n"))
    ids = [guest.id for guest in guests]
    with psycopg.connect(conninfo(urls.admin)) as admin:
        admin.execute(PERSONS, (ids,))
        admin.execute(SESSIONS, (ids,))
        admin.execute(PLACES, (ids, [guest.thread for guest in guests]))
    return guests
