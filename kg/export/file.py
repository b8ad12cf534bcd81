"""A file of a release, as lists of downloads and descriptions name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name in the release, its media type, what it holds in a sentence."""

    name: str
    media: str
    says: str
