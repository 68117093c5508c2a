import pytest

from tests.database import Server
from tests.policies.story import make_world
from tests.policies.world import World


@pytest.fixture(scope="package")
async def world(server: Server) -> World:
    return await make_world(server.clone())
