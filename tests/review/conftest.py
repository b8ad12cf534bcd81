"""A draft on the desk: an invented article with what rules might propose of it."""

import shutil
from collections.abc import Iterator

import pytest

from kg.review.desk import Desk
from kg.review.session import sit_down
from kg.workspace import Workspace, open_workspace
from paths import FIXTURES

SLUG = "tarn-ford"


@pytest.fixture
def valley(aven: Workspace) -> Workspace:
    """The invented workspace with a fourth article, of which there is only a draft."""
    folder = aven.root / "articles" / SLUG
    folder.mkdir()
    for name in ("mapping.toml", "proposed.toml"):
        shutil.copy(FIXTURES / "review" / name, folder)
    shutil.copy(FIXTURES / "review" / "tarn-ford.txt", aven.root / "texts")
    return open_workspace(aven.root)


@pytest.fixture
def desk(valley: Workspace) -> Iterator[Desk]:
    """The first reviewer's desk."""
    desk = sit_down(valley, SLUG, "reviewer-1")
    yield desk
    desk.journal.close()
