"""Opening a release: everything downstream reads one, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import ReleaseError
from kg.names import Names
from kg.release.build import CURRENT
from kg.store import Store, open_store


@dataclass(frozen=True)
class Release:
    """One release on disk."""

    folder: Path
    summary: dict[str, Any]

    @property
    def names(self) -> Names:
        """Mints the release's IRIs."""
        return Names(self.summary["base"])

    @property
    def digest(self) -> str:
        """The digest that names it: sha256:…"""
        return str(self.summary["digest"])

    @cached_property
    def store(self) -> Store:
        """The store, opened for reading. Raises ReleaseError where it is broken."""
        try:
            return open_store(self.folder / "store")
        except OSError as error:
            raise ReleaseError(
                f"{self.folder}: the store is broken ({error}). Build again."
            ) from None


def open_release(releases: Path, name: str = CURRENT) -> Release:
    """A release of a folder of releases by its name. Raises ReleaseError where there is none."""
    folder = releases / name
    try:
        summary = json.loads((folder / "release.json").read_text("utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"{folder}: there is no release. Run `whoholds build` first.") from None
    except ValueError as error:
        raise ReleaseError(f"{folder}/release.json is broken ({error}). Build again.") from None
    return Release(folder.resolve(), summary)
