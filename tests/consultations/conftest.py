"""The kindergarten's questions go to the caseworker, and to her colleague while she is away."""

from collections.abc import Iterator

import pytest

from tests.conftest import Village
from tests.consultations.asking import KINDERGARTEN, routed


@pytest.fixture(autouse=True)
def _rule(village: Village) -> Iterator[None]:
    with routed(village, KINDERGARTEN, "caseworker", "colleague"):
        yield
