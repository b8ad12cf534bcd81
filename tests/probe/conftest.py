"""The invented workspace as an application on loopback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from paths import FIXTURES
from server import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Callable:
    folder = tmp_path_factory.mktemp("probed")
    build(open_workspace(FIXTURES / "aven"), folder, jobs=1)
    return create_app(open_release(folder))
