"""The invented workspace, to be changed and served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.release.build import build
from kg.workspace import open_workspace
from paths import FIXTURES


@pytest.fixture
def workspace(tmp_path) -> Path:
    """With a release."""
    root = shutil.copytree(FIXTURES / "aven", tmp_path / "valley")
    build(open_workspace(root), root / "releases", jobs=1)
    return root
