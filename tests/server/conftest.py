"""The invented workspace as a release, and applications that show it with and without its texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad, Store

from kg.release.read import Release, open_release
from kg.workspace import Workspace, open_workspace
from paths import FIXTURES
from server import create_app
from union import united


@pytest.fixture(scope="session")
def valley() -> Workspace:
    return open_workspace(FIXTURES / "aven")


@pytest.fixture(scope="session")
def releases(aven_releases: Path) -> Path:
    return aven_releases


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    return open_release(releases)


@pytest.fixture(scope="session")
def client(release: Release, valley: Workspace) -> FlaskClient:
    """A client of the release with the articles' texts attached."""
    return create_app(release, valley.content).test_client()


@pytest.fixture(scope="session")
def bare(release: Release) -> FlaskClient:
    """A client of the release where no text is attached."""
    return create_app(release).test_client()


@pytest.fixture
def altered(release: Release, tmp_path: Path) -> Callable[..., Release]:
    """Makes the release again with other quads added, or another summary."""

    def alter(*quads: Quad, **summary: object) -> Release:
        folder = tmp_path / "altered"
        folder.mkdir()
        store = Store(str(folder / "store"))
        store.extend([*release.store, *united(quads)])
        store.flush()
        (folder / "release.json").write_text(json.dumps(release.summary | summary), "utf-8")
        return open_release(tmp_path, "altered")

    return alter
