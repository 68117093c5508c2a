"""The load: ten rooms of six people with open pages. The same for every side, and the same in every run."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

import orjson

from benchmarks.clients import Http, Socket

ROOMS, PEOPLE = 10, 6
TEXT = "Emil var glad for gruppearbejdet i dag, og han spurgte selv, om han må være med igen i morgen. ".ljust(300, ".")
PATIENCE_S = 20
CREATED = 201


@dataclass(frozen=True)
class Seat:
    """Somebody's place in a room, and how this side knows him or her."""

    thread: str
    path: str | None  # where to post; None: by the socket
    headers: str


@dataclass
class Post:
    """Times in seconds of the monotonic clock. `others`: how many do not have it yet."""

    id: str
    sent: float
    others: int
    done: asyncio.Future[None]
    acknowledged: float = 0
    delivered: float = 0

    def heard(self) -> None:
        self.others -= 1
        if self.others == 0:
            self.delivered = time.monotonic()
            if not self.done.done():
                self.done.set_result(None)


_numbers = count(1)


def next_id() -> str:
    """Ids as a client would make them, except that every run makes the same ones."""
    return str(UUID(int=next(_numbers) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4))


class Person:
    """Somebody with a page open: hears what comes, and posts."""

    def __init__(self, seat: Seat, port: int) -> None:
        self.seat = seat
        self.posts: dict[str, Post] = {}  # those on their way to this person
        self.seq = 0
        self._socket = Socket(port, seat.headers, self._hear)
        self._http = Http(port, seat.headers)
        self._in_sync: asyncio.Future[None] | None = None
        self._posted: asyncio.Future[None] | None = None

    async def arrive(self, after: int = 0) -> None:
        """Open the page; return when it has all that came after this seq."""
        self._in_sync = asyncio.get_running_loop().create_future()
        await self._socket.open()
        self._socket.say(orjson.dumps({"thread": self.seat.thread, "after": after}))
        await self._in_sync

    async def post(self, readers: "list[Person]") -> Post:
        """Return when it is acknowledged. The readers are all in the room but the writer."""
        done = asyncio.get_running_loop().create_future()
        post = Post(next_id(), time.monotonic(), len(readers), done)
        for reader in readers:
            reader.posts[post.id] = post
        body = orjson.dumps({"id": post.id, "text": TEXT})
        if self.seat.path is None:
            self._posted = asyncio.get_running_loop().create_future()
            self._socket.say(body)
            await self._posted
        else:
            status, answer = await self._http.post(self.seat.path, body)
            assert status == CREATED, answer
        post.acknowledged = time.monotonic()
        return post

    def leave(self) -> None:
        self._socket.close()
        self._http.close()

    def _hear(self, payload: bytes) -> None:
        frame = orjson.loads(payload)
        if "posted" in frame:
            assert self._posted
            self._posted.set_result(None)
            return
        self.seq = frame["seq"]
        for entry in frame["entries"]:
            if post := self.posts.pop(entry["id"], None):
                post.heard()
        if self._in_sync and not self._in_sync.done():
            self._in_sync.set_result(None)


@dataclass
class Rooms:
    """Everybody of one side, with pages open."""

    seats: list[list[Seat]]
    port: int
    people: list[list[Person]] = field(default_factory=list)

    async def open(self) -> None:
        self.people = [[Person(seat, self.port) for seat in room] for room in self.seats]
        await asyncio.gather(*(person.arrive() for room in self.people for person in room))

    def close(self) -> None:
        for room in self.people:
            for person in room:
                person.leave()

    async def post(self, room: int, turn: int) -> Post:
        """The writer changes from round to round, so that a connection stays in use."""
        people = self.people[room]
        writer = people[turn % len(people)]
        return await writer.post([person for person in people if person is not writer])

    async def steady(self, turn: int, posts: int, per_second: float) -> list[Post]:
        """Posts at fixed moments, whether the one before has come through or not."""
        start, tasks = time.monotonic(), []
        for number in range(posts):
            await asyncio.sleep(start + number / per_second - time.monotonic())
            tasks.append(asyncio.create_task(self.post(number % len(self.people), turn)))
        return await self._all_heard(await asyncio.gather(*tasks))

    async def flat_out(self, turn: int, seconds: float) -> list[Post]:
        """In every room somebody posts again as soon as the last post is acknowledged."""
        end = time.monotonic() + seconds

        async def write(room: int) -> list[Post]:
            posts = []
            while time.monotonic() < end:
                posts.append(await self.post(room, turn))
            return posts

        rooms = await asyncio.gather(*(write(room) for room in range(len(self.people))))
        return await self._all_heard([post for posts in rooms for post in posts])

    async def _all_heard(self, posts: list[Post]) -> list[Post]:
        await asyncio.wait_for(asyncio.gather(*(post.done for post in posts)), PATIENCE_S)
        return posts


def crowd(seats: list[list[Seat]], port: int, size: int) -> Iterator[Person]:
    """Many more open pages, spread evenly over the same seats."""
    everybody = [seat for room in zip(*seats, strict=True) for seat in room]
    for number in range(size):
        yield Person(everybody[number % len(everybody)], port)
