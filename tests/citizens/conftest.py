"""The pages in front of the house: the app in this process, on a database of its own, and whoever comes by."""

from collections.abc import AsyncIterator

import pytest

from app.db import make_engine
from app.embedded import Urls
from app.main import create_app
from app.rates import limiter
from app.settings import get_settings
from tests.citizens.passer_by import Street
from tests.conftest import settle
from tests.database import Server


@pytest.fixture(scope="package")
async def town(server: Server) -> AsyncIterator[Urls]:
    urls = server.clone()
    await settle(urls, "https://idp.example")
    yield urls
    server.drop(urls)


@pytest.fixture
async def street(town: Urls) -> AsyncIterator[Street]:
    """The cast is at work, nobody has written yet, and nobody has used up anything."""
    app = create_app()
    app.state.engine = make_engine(town.web)
    street = Street(app, town, get_settings().public_url)
    street.rows("with steps as (delete from concern_steps) delete from concerns returning id")
    limiter.storage.reset()
    yield street
    await app.state.engine.dispose()
    limiter.storage.reset()
