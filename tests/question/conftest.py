"""Two releases to ask: the shipped one, and that of the invented workspace."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.question import Answer, ask, load_question
from kg.release.read import Release, open_release

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def shipped(shipped_releases: Path) -> Release:
    """The release of the shipped workspace, built without the articles' texts."""
    return open_release(shipped_releases)


@pytest.fixture(scope="session")
def invented(aven_releases: Path) -> Release:
    """The release of the invented workspace of three articles."""
    return open_release(aven_releases)


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
