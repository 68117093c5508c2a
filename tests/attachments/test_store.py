"""Where the bytes lie: in a folder or an S3-compatible store, by the same few words; what nobody speaks of goes."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.files import store as stores
from app.files.store import SMALL, Span, Store, make_store
from app.settings import Settings
from tests.attachments.bucket import Bucket, bucket
from tests.attachments.sharing import shared
from tests.conftest import Village
from tests.people_of import Place, until


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return make_store(Settings(data_dir=tmp_path))
    served: Bucket = request.getfixturevalue("served")
    secrets = {"endpoint": served.url, "access_key_id": "us", "secret_access_key": "secret", "region": "eu-north-1"}
    return make_store(Settings(files_url="s3://rundtom/files", files_options=secrets))


@pytest.fixture
def served() -> Bucket:
    return bucket()


async def test_what_is_put_there_is_read_and_erased(store: Store, tmp_path: Path) -> None:
    key, file = uuid4(), tmp_path / "it"
    file.write_bytes(bytes(range(256)) * 4000)
    for name in (str(key), f"{key}{SMALL}"):
        await store.put(name, file)
    assert await store.size(str(key)) == 1_024_000
    assert b"".join([piece async for piece in store.read(str(key))]) == file.read_bytes()
    part = [piece async for piece in store.read(str(key), Span(1000, 1010, 1_024_000))]
    assert b"".join(part) == file.read_bytes()[1000:1010]
    for _ in range(2):
        await store.erase(key)
    with pytest.raises(FileNotFoundError):
        await store.size(str(key))
    with pytest.raises(FileNotFoundError):
        await store.size(f"{key}{SMALL}")


async def test_what_has_lain_there_for_a_while_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, file = uuid4(), tmp_path / "it"
    file.write_bytes(b"x")
    await store.put(str(key), file)
    await store.put(f"{key}{SMALL}", file)
    assert [it async for keys in store.settled_keys() for it in keys] == []
    monkeypatch.setattr(stores, "SETTLED", timedelta(seconds=-5))
    assert {it async for keys in store.settled_keys() for it in keys} == {key}


async def test_a_store_elsewhere_is_spoken_to_under_cover(served: Bucket) -> None:
    """In the clear only on this machine: anywhere else the secret would be read on its way."""
    secrets = {"endpoint": served.url.replace("127.0.0.1", "storage.example"), "region": "x", "skip_signature": "true"}
    store = make_store(Settings(files_url="s3://rundtom", files_options=secrets))
    with pytest.raises(Exception, match=r"(?i)http"):
        await store.size("x")


def test_what_no_row_speaks_of_is_swept_away(village: Village, family: Place) -> None:
    """A process that was killed between storing and committing leaves bytes; the clock finds them, and only them."""
    added = shared(village["mother"], family)
    [(kept,)] = village.rows("select key from attachments where id = %s", added["id"])
    assert isinstance(kept, UUID)
    left = uuid4()
    folder = Path(village.environment["DATA_DIR"], "files")
    for name in (str(left), f"{left}{SMALL}"):
        (folder / name).write_bytes(b"x")
    fresh = uuid4()
    (folder / str(fresh)).write_bytes(b"x")
    long_ago = folder.stat().st_mtime - 3 * 3600
    for name in (str(left), f"{left}{SMALL}", str(kept)):
        os.utime(folder / name, (long_ago, long_ago))
    job = "row('clock', 'clock:sweep_files', 0, null, null, '{\"timestamp\": 1}', null)"
    job = f"array[{job}::jobs.procrastinate_job_to_defer_v1]"
    village.rows(f"select jobs.procrastinate_defer_jobs_v1({job}) from set_config('search_path', 'jobs', false)")
    until(lambda: village.files(left) == [], 20)
    assert len(village.files(kept)) == 2
    assert len(village.files(fresh)) == 1
