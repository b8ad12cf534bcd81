"""The invented workspace, to be changed and served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paths import FIXTURES


@pytest.fixture
def workspace(tmp_path, aven_releases) -> Path:
    """With a release."""
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path / "valley"))
    shutil.copytree(aven_releases, root / "releases", symlinks=True)
    return root
