"""The invented workspace as an application on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.release.read import open_release
from server import create_app


@pytest.fixture(scope="session")
def app(aven_releases: Path) -> Callable:
    return create_app(open_release(aven_releases))
