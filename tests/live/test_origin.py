"""Who may open a socket, and what may be said in it."""

from uuid import UUID

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.conftest import Village
from tests.people_of import Place, until

# {0}: our own port. What a browser would send for another site, or a program that is none.
ORIGINS = [
    "https://evil.example",
    "null",
    "",
    "*",
    "localhost:{0}",
    "http://localhost",
    "http://localhost:1",
    "http://localhost:{0}1",
    "https://localhost:{0}",
    "ws://localhost:{0}",
    "HTTP://localhost:{0}",
    "http://LOCALHOST:{0}",
    "http://localhost.:{0}",
    "http://localhost:{0}/",
    "http://localhost:{0}.evil.example",
    "http://localhost.evil.example:{0}",
    "http://evil.localhost:{0}",
    "http://evil@localhost:{0}",
    "http://[::1]:{0}",
    "http://localhost:{0} http://evil.example",
    "http://evil.example, http://localhost:{0}",
]


def test_no_other_site_opens_a_socket_with_our_cookie(village: Village) -> None:
    port = village.url.rpartition(":")[2]
    for origin in ORIGINS:
        with (
            pytest.raises(InvalidStatus) as refused,
            village["mother"].listens(origin=origin.format(port) or " "),
        ):
            pass
        assert refused.value.response.status_code == 403, origin
    print(f"{len(ORIGINS)} foreign origins, 0 sockets opened")
    with village["mother"].listens():
        pass


def test_a_socket_without_any_origin_is_refused(village: Village) -> None:
    """No browser leaves it out."""
    cookie = "; ".join(f"{name}={value}" for name, value in village["mother"].browser.cookies.items())
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"{village.url.replace('http', 'ws', 1)}/api/live", additional_headers={"Cookie": cookie}),
    ):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hej",
        "{}",
        "[]",
        '{"thread":"x","after":0}',
        f'{{"thread":"{UUID(int=1)}"}}',
        f'{{"thread":"{UUID(int=1)}","after":-1}}',
        f'{{"thread":"{UUID(int=1)}","after":0,"as":"caseworker"}}',
        f'{{"thread":"{UUID(int=1)}","after":9e99}}',
    ],
)
def test_what_no_client_of_ours_says_closes_the_socket(village: Village, said: str) -> None:
    with village["mother"].listens() as ear:
        ear.ws.send(said)
        until(lambda: ear.closed == 4400)


def test_a_binary_frame_closes_the_socket_and_hurts_nobody(village: Village, family: Place) -> None:
    with village["mother"].listens() as ear:
        ear.ws.send(b"\x00\xff")
        until(lambda: ear.closed is not None)
    assert ear.closed == 4400
    village["mother"].writes(family, "Stadig her")
