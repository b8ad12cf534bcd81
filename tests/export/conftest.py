"""The invented workspace as a release with a version, an article under a licence of its own."""

import shutil
from pathlib import Path

import pytest

from kg.release.build import build
from kg.release.read import Release, open_release
from kg.workspace import FILE, open_workspace
from paths import FIXTURES

OWN_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path_factory.mktemp("exports") / "aven"))
    with (root / FILE).open("a", encoding="utf-8") as settings:
        settings.write(f'version = "2026.1"\n[licences]\naven-courier = "{OWN_LICENCE}"\n')
    build(open_workspace(root), root / "releases", jobs=1)
    return open_release(root / "releases", "2026.1")
