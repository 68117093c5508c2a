"""The school's notifications go to the caseworker, and to her colleague while she is away."""

from collections.abc import Iterator

import pytest

from tests.conftest import Village
from tests.consultations.asking import routed
from tests.village import UNITS


@pytest.fixture(autouse=True)
def _rule(village: Village) -> Iterator[None]:
    with routed(village, UNITS["school"][0], "caseworker", "colleague"):
        yield
