"""The invented workspace as some releases, each a little different from the one before."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.reason.derive import load_rules
from kg.release.build import build
from kg.release.read import Release, open_release
from kg.workspace import open_workspace
from paths import FIXTURES

HOSTILE = "Holm </bdi><script>alert(1)</script> \u202egnp.exe\u009b[2J"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


class Made:
    """A workspace to change, and its releases by the order in which they were built."""

    def __init__(self, root: Path) -> None:
        self.root = Path(shutil.copytree(FIXTURES / "aven", root / "aven"))
        self.releases = root / "releases"

    def build(self) -> Release:
        folder = build(open_workspace(self.root), self.releases, jobs=1)
        return open_release(self.releases, folder.name)

    @property
    def mapping(self) -> Path:
        return self.root / "articles" / "aven" / "mapping.toml"


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    return Made(tmp_path_factory.mktemp("difference"))


def alter(made: Made) -> Release:
    edit(made.mapping, 'type      = "capture"', 'type      = "attack"')
    edit(made.mapping, 'gained-by = ["government-troops"]', 'agent = ["government-troops"]')
    label = HOSTILE.replace("\u009b", "\\u009b").replace("\u202e", "\\u202e")
    edit(made.root / "authorities" / "places.toml", '{ en = "Holm" }', f'{{ en = "{label}" }}')
    return made.build()


def drop(made: Made) -> Release:
    shutil.rmtree(made.root / "articles" / "aven-courier")
    return made.build()


def derive_anew(made: Made) -> Release:
    rules = tuple(replace(r, version="9") if r.name == "periods" else r for r in load_rules())
    with pytest.MonkeyPatch.context() as patch:
        for module in ("reason.derive", "release.metadata"):
            patch.setattr(f"kg.{module}.load_rules", lambda: rules)
        return made.build()


@pytest.fixture(scope="session")
def history(made) -> tuple[Release, ...]:
    """The releases, each built after the one before."""
    return made.build(), alter(made), drop(made), derive_anew(made)


@pytest.fixture(scope="session")
def first(history) -> Release:
    return history[0]


@pytest.fixture(scope="session")
def changed(history) -> Release:
    """A claim of another type, and a hostile name of a place."""
    return history[1]


@pytest.fixture(scope="session")
def fewer(history) -> Release:
    """Without the Courier's article."""
    return history[2]


@pytest.fixture(scope="session")
def anew(history) -> Release:
    """The same workspace, by another version of a rule."""
    return history[3]
