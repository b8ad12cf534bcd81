"""Versions: names like 2026.1 that people cite. Each is given once, to one release, for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kg.workspace import VERSION

VERSIONS: Final = "versions"


def named(releases: Path, version: str) -> str | None:
    """The name of the folder that a version stands for, or None while it stands for none."""
    link = releases / VERSIONS / version
    return link.readlink().name if link.is_symlink() else None


def give(releases: Path, version: str, name: str) -> None:
    """Lets a version stand for a release.

    This happens before the release is moved to its name: were the build killed between, the same
    build would find its version kept, and no other could take it.
    """
    if named(releases, version) is None:
        link = releases / VERSIONS / version
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(Path("..") / name)


def previous(releases: Path, version: str) -> str | None:
    """The digest of the release of the version before, where there is one."""
    links = (releases / VERSIONS).glob("*")
    versions = (p.name for p in links if VERSION.fullmatch(p.name))
    earlier = sorted((v for v in versions if order(v) < order(version)), key=order)
    if not earlier:
        return None
    try:
        summary = json.loads((releases / VERSIONS / earlier[-1] / "release.json").read_bytes())
        return str(summary["digest"])
    except (OSError, ValueError, KeyError):
        return None


def order(version: str) -> tuple[int, ...]:
    """What versions are sorted by: their numbers, as numbers."""
    return tuple(map(int, version.split(".")))
