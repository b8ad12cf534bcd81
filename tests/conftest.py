"""What all tests share: no network, a small invented workspace, the articles' texts if present."""

import gc
import os
import shutil
from pathlib import Path

import pytest

from kg.mapping.document import Mapping
from kg.release.build import build
from kg.workspace import SHIPPED, Workspace, open_workspace
from network import refuse_network
from paths import FIXTURES, ROOT

LONG = ("browser", "validate", "withdraw")
"""Folders whose files take longest."""
MANY = 200_000
"""So many new objects may wait between tests before garbage is sought among them."""


def pytest_collection_modifyitems(items):
    """The long files come first: one that comes last keeps one process busy and the other idle."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture(scope="session", autouse=True)
def _garbage_is_sought_between_tests():
    """In the thread of the tests: what the engine made in one thread must not end in another."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def _what_a_module_leaves_is_looked_at_once():
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_goes():
    yield
    if gc.get_count()[0] > MANY:
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    with pytest.MonkeyPatch.context() as patch:
        refuse_network(patch)
        yield


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch):
    """No setting of the person who runs the tests reaches them."""
    monkeypatch.delenv("WHOHOLDS_HOME", raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the articles' texts, which are not in the repository."""
    folder = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared")
    if not (folder / "articles").is_dir():
        pytest.skip("needs ../shared: the articles' texts")
    return folder


@pytest.fixture
def aven(tmp_path: Path) -> Workspace:
    """The invented workspace of three articles, in a folder of its own that a test may change."""
    return open_workspace(Path(shutil.copytree(FIXTURES / "aven", tmp_path / "aven")))


@pytest.fixture(scope="session")
def aven_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases of the invented workspace: one, which no test may change."""
    folder = tmp_path_factory.mktemp("aven-releases")
    build(open_workspace(FIXTURES / "aven"), folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def shipped_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases of the shipped workspace: one, without its articles' texts, for all to read."""
    folder = tmp_path_factory.mktemp("shipped-releases")
    build(open_workspace(SHIPPED), folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def aven_text() -> str:
    """The text of the first invented article: 361 characters, the format's example."""
    return (FIXTURES / "aven" / "texts" / "aven.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def aven_mapping() -> Mapping:
    """The mapping of the first invented article."""
    return open_workspace(FIXTURES / "aven").mapping("aven")
