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

Alter = Callable[..., Release]


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
def altered(release: Release, tmp_path: Path) -> Alter:
    """Makes the release again with other quads added, or another summary."""
    return alterer(release, lambda: tmp_path)


@pytest.fixture(scope="module")
def altered_once(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Alter:
    """The same for fixtures of a module, whose tests only read what it makes."""
    return alterer(release, lambda: tmp_path_factory.mktemp("altered"))


def alterer(release: Release, place: Callable[[], Path]) -> Alter:
    """Makes the release again, each time in a folder of a place."""

    def alter(*quads: Quad, **summary: object) -> Release:
        folder = place() / "altered"
        folder.mkdir()
        store = Store(str(folder / "store"))
        store.bulk_extend([*release.store, *united(quads)])
        store.flush()
        (folder / "release.json").write_text(json.dumps(release.summary | summary), "utf-8")
        return open_release(folder.parent, folder.name)

    return alter
