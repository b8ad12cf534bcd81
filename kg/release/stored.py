"""What queries read of a release: its store, and beside it columns where these can be made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.sparql.columns import is_installed
from kg.store import make_store


def store(folder: Path, files: Iterable[Path]) -> None:
    """Makes both of some N-Quads, in a release's folder."""
    make_store(folder / "store", files)
    if is_installed():
        from kg.sparql.columns.make import make_columns  # without DuckDB there are none

        make_columns(folder / "columns", folder / "store")
