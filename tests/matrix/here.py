"""The world, made once for all the tests that ask about it, whichever folder they stand in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from app.attachments import receiving
from app.embedded import Urls
from app.files.clean import Cleaned, clean
from app.settings import get_settings
from tests.conftest import Mailbox
from tests.database import Server
from tests.matrix.everything import Everything, logged, try_everything
from tests.matrix.story import make_world
from tests.matrix.world import World


@dataclass
class Here:
    urls: Urls
    environment: dict[str, str]
    logged: list[str] = field(default_factory=list)  # while it was made
    world: World | None = None
    everything: Everything | None = None


_here: dict[int, Here] = {}
_cleaned: dict[bytes, tuple[Cleaned, bytes, bytes]] = {}


async def clean_once(source: Path, folder: Path) -> Cleaned:
    """Who may share is asked a thousand times, with one photo: it is made anew once, and remembered."""
    key = source.read_bytes()  # noqa: ASYNC240 some hundred bytes, in a test
    if key not in _cleaned:
        made = await clean(source, folder)
        assert made.thumbnail
        _cleaned[key] = made, made.file.read_bytes(), made.thumbnail.read_bytes()
    made, file, thumbnail = _cleaned[key]
    (folder / "file").write_bytes(file)
    (folder / "thumbnail").write_bytes(thumbnail)
    return replace(made, file=folder / "file", thumbnail=folder / "thumbnail")


@asynccontextmanager
async def the_world(server: Server, mailbox: Mailbox) -> AsyncIterator[Here]:
    """With the settings that it is made under: the app in this process reads them as it goes."""
    if id(server) not in _here:
        urls, mail = server.clone(), {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mailbox.port)}
        mail["DATA_DIR"] = mkdtemp(prefix="rundtom-world-")
        _here[id(server)] = Here(urls, urls.as_environment() | mail)
    here = _here[id(server)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "clean", clean_once)
        for name, value in here.environment.items():
            patch.setenv(name, value)
        get_settings.cache_clear()
        if here.world is None:
            with logged(here.logged):
                here.world = await make_world(here.urls, mailbox)
        yield here
    get_settings.cache_clear()


async def everything(here: Here) -> Everything:
    assert here.world is not None
    if here.everything is None:
        here.everything = await try_everything(here.world)
    return here.everything
