"""Two releases to ask: the shipped one, and that of the invented workspace."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.question import Answer, ask, load_question
from kg.release.build import build
from kg.release.read import Release, open_release
from kg.workspace import SHIPPED, open_workspace
from paths import FIXTURES

Ask = Callable[..., Answer]


def built(root: Path, releases: Path) -> Release:
    build(open_workspace(root), releases, jobs=1)
    return open_release(releases)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the shipped workspace, built without the articles' texts."""
    return built(SHIPPED, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the invented workspace of three articles."""
    return built(FIXTURES / "aven", tmp_path_factory.mktemp("invented"))


def asker(release: Release) -> Ask:
    def asked(name: str, **given: str) -> Answer:
        return ask(release.store, load_question(name), given, release.names)

    return asked


@pytest.fixture(scope="session")
def asked(shipped: Release) -> Ask:
    """Asks the shipped release: asked("withdrawals", place="palmyra")."""
    return asker(shipped)


@pytest.fixture(scope="session")
def asked_aven(invented: Release) -> Ask:
    """Asks the release of the invented workspace."""
    return asker(invented)
