"""Custody is decided by somebody who has just logged in."""

import pytest

from tests.conftest import Village


@pytest.fixture(autouse=True)
def everybody_has_just_logged_in(village: Village) -> None:
    """However long ago this run began."""
    village.rows("update sessions set fresh_at = now() returning id")
