"""A workspace whose one text has what tools trip over."""

import pytest

from exchange.gate import MAPPING, TEXT
from kg.attach import record_positions
from kg.workspace import open_workspace


@pytest.fixture
def gate(tmp_path):
    """The workspace, its text attached and every position recorded."""

    root = tmp_path / "gate"
    for path, content in (
        ("whoholds.toml", 'title = "Salt Gate"\n'),
        ("articles/gate/mapping.toml", MAPPING),
        ("texts/gate.txt", TEXT),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode("utf-8"))
    workspace = open_workspace(root)
    record_positions(workspace, "gate")
    return workspace
