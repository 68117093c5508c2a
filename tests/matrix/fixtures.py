"""For the conftest of each folder that asks about the world."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Mailbox
from tests.database import Server
from tests.matrix.everything import Everything
from tests.matrix.here import Here, the_world
from tests.matrix.here import everything as try_once
from tests.matrix.world import World


@pytest.fixture(scope="package")
async def here(server: Server, mailbox: Mailbox) -> AsyncIterator[Here]:
    async with the_world(server, mailbox) as here:
        yield here


@pytest.fixture(scope="package")
async def world(here: Here) -> World:
    assert here.world is not None
    return here.world


@pytest.fixture(scope="package")
async def everything(here: Here) -> Everything:
    return await try_once(here)
