"""A file of a release, as lists of downloads and descriptions name it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.files import sha256_of


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name in the release, its media type, what it holds in a sentence."""

    name: str
    media: str
    says: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: how long it is, and its SHA-256."""

    file: File
    bytes: int
    sha256: str


def measure(file: File, folder: Path) -> Written:
    """A written file's length and digest."""
    path = folder / file.name
    return Written(file, path.stat().st_size, sha256_of(path))
