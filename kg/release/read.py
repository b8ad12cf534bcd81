"""Opening a release: everything downstream reads one, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ReleaseError
from kg.files import sha256_of
from kg.names import Names
from kg.release.publish import CURRENT
from kg.release.versions import VERSIONS
from kg.release.withdrawals import folder_of
from kg.sparql.columns import is_installed
from kg.store import Store, open_store
from kg.workspace import VERSION

if TYPE_CHECKING:
    from kg.sparql.columns.file import Columns

METADATA: Final = "metadata.nq"
"""What a release says of itself, as its graph `graph/metadata` has it."""
SUMMARY: Final = {
    "digest",
    "version",
    "date",
    "quads",
    "articles",
    "base",
    "title",
    "publisher",
    "licence",
    "horizon",
    "excerpt",
}
"""What release.json says of a release."""


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
    def edition(self) -> str:
        """What tells it from others of its digest: of the SHA-256 of its metadata the begin.

        Two releases may have the same data, and another title or version, which can be asked for,
        too. "" where it says nothing of itself.
        """
        path = self.folder / METADATA
        return sha256_of(path)[:16] if path.is_file() else ""

    @property
    def version(self) -> str | None:
        """The version that people cite, such as 2026.1, if it has one."""
        return self.summary["version"]  # type: ignore[no-any-return]

    @cached_property
    def written(self) -> datetime:
        """When it was written, to the second.

        Not the day it is dated, which two releases may share.
        """
        seconds = (self.folder / "release.json").stat().st_mtime
        return datetime.fromtimestamp(int(seconds), UTC)

    @cached_property
    def store(self) -> Store:
        """The store, opened for reading. Raises ReleaseError where it is missing or broken."""
        try:
            return open_store(self.folder / "store")
        except OSError as error:
            raise ReleaseError(
                f"{self.folder}: the store is missing or broken ({error}). Build again."
            ) from None

    @property
    def columns_at_hand(self) -> Columns | None:
        """Its columns, if somebody has had them opened."""
        return self.__dict__.get("columns")

    @cached_property
    def columns(self) -> Columns | None:
        """Its columns, opened for reading, or None where it has none or NumPy is not installed."""
        if not is_installed():
            return None
        from kg.sparql.columns.file import open_columns

        return open_columns(self.folder / "columns")


def licences_of(summary: dict[str, Any]) -> list[str]:
    """The licences of a release's graphs, all to be kept by whoever passes on what is in several.

    Of a release that does not list them, that of its workspace; none where it states none.
    """
    return list(summary.get("licences") or filter(None, [summary["licence"]]))


def open_release(releases: Path, name: str = CURRENT) -> Release:
    """A release of a folder of releases by its name or its version; of a masked one, its successor.

    Raises ReleaseError where there is none, or its summary or store is missing or broken.
    """
    versioned = VERSION.fullmatch(name)
    # At once: a build may move the pointer meanwhile.
    folder = folder_of(releases, f"{VERSIONS}/{name}" if versioned else name)
    path = folder / "release.json"
    try:
        summary = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ReleaseError(
            f"{releases / name}: there is no release. Run `whoholds build` first."
        ) from None
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} is broken ({error}). Build again.") from None
    if not isinstance(summary, dict) or (missing := SUMMARY - summary.keys()):
        what = f"no {', '.join(sorted(missing))}" if isinstance(summary, dict) else "no object"
        raise ReleaseError(f"{path} is broken ({what}). Build again.")
    release = Release(folder, summary)
    _ = release.store  # opened now, so that a broken one is told here and not amid an answer
    return release
