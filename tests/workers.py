"""Which tests go to the same process of a run with several: those of a file, and those of one world."""

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling


class OneWorld(LoadFileScheduling):
    """What asks about the world of the matrix stays together: it is made, and every cell tried, once in a process."""

    def _split_scope(self, nodeid: str) -> str:
        in_it = nodeid.startswith(("tests/canary/", "tests/matrix/"))
        return "tests/matrix" if in_it else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)  # unknown in a run of one process without xdist
def pytest_xdist_make_scheduler(config: Any, log: Any) -> OneWorld:
    return OneWorld(config, log)
