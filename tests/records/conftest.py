import pytest

from tests.conftest import Village
from tests.records.story import Everything, everything


@pytest.fixture(scope="session")
def story(village: Village) -> Everything:
    """Read by all tests of this room, changed by none."""
    return everything(village)
