"""The releases that a folder holds and their files, as far as they may be downloaded.

A file is served if its release lists it in SHA256SUMS and it is what it seems: nothing else in the
folder, or outside it, can be reached by any name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.export import FILES, File
from kg.release.publish import CURRENT, SUMS
from kg.release.read import SUMMARY, Release
from kg.release.versions import VERSIONS
from kg.release.withdrawals import successors

_RELEASE: Final = re.compile(r"[0-9a-f]{16}(?:\.[1-9][0-9]*)?")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SUM: Final = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: where it is, what it is, how long, its SHA-256 if one is recorded."""

    path: Path
    file: File
    bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A release to download from: the name in its address, and the versions it is known by.

    `former` are the names of releases in whose place it stands since something was withdrawn.
    """

    name: str
    folder: Path
    summary: dict[str, Any]
    versions: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    current: bool = False

    @property
    def said(self) -> str:
        """What people call it: its version, else the begin of its digest."""
        return self.versions[-1] if self.versions else self.name


def editions(release: Release) -> list[Edition]:
    """The current release, then the others beside it, the newest first."""
    releases = release.folder.parent
    known = {release.folder, *_folders(releases)}
    versions = _pointers(releases / VERSIONS, _NAME, known)
    former = _pointers(releases, _RELEASE, known)
    found = []
    for folder in sorted(known):
        current = folder == release.folder
        summary = release.summary if current else _json(folder / "release.json")
        if isinstance(summary, dict) and summary.keys() >= SUMMARY:
            cited, replaced = (_leading_to(folder, links) for links in (versions, former))
            found.append(Edition(folder.name, folder, summary, cited, replaced, current))
    return sorted(found, key=lambda one: (one.current, str(one.summary["date"])), reverse=True)


def find_edition(release: Release, name: str) -> Edition | None:
    """The release of a name in an address: current, a version, or the name of its folder."""
    for one in editions(release):
        if name in (one.name, *one.versions, *one.former) or (one.current and name == CURRENT):
            return one
    return None


def _folders(releases: Path) -> Iterator[Path]:
    masked = successors(releases)
    for folder in releases.iterdir():
        named = _RELEASE.fullmatch(folder.name) and folder.name not in masked
        if named and folder.is_dir() and not folder.is_symlink():
            yield folder


def _pointers(folder: Path, form: re.Pattern[str], known: set[Path]) -> dict[str, Path]:
    """The links of a folder that are named so and lead to a release, and to which."""
    if folder.is_symlink() or not folder.is_dir():
        return {}
    links = {path.name: path.resolve() for path in folder.iterdir() if path.is_symlink()}
    return {name: to for name, to in links.items() if form.fullmatch(name) and to in known}


def _leading_to(folder: Path, pointers: dict[str, Path]) -> tuple[str, ...]:
    return tuple(sorted(name for name, to in pointers.items() if to == folder))


def downloads(folder: Path) -> list[Download]:
    """The files of a release that its sums list, with what it says that each is."""
    sums, known = _sums(folder), _described(folder)
    names = (*known, *sorted(sums.keys() - known.keys()))
    there = (name for name in names if name in {*sums, SUMS} and _is_plain(folder / name))
    return [_download(folder / name, known.get(name), sums.get(name)) for name in there]


def _download(path: Path, file: File | None, digest: str | None) -> Download:
    plain = file or File(path.name, "application/octet-stream", "")
    return Download(path, plain, path.stat().st_size, digest)


def _described(folder: Path) -> dict[str, File]:
    """What the files of a release are, in its own order: as it says, else as releases now do."""
    rows = _json(folder / "files.json")
    keys = ("name", "media", "says")
    said = [
        File(*(str(row[key]) for key in keys))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and all(key in row for key in keys)
    ]
    return {file.name: file for file in FILES} | {file.name: file for file in said}


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _sums(folder: Path) -> dict[str, str]:
    """The recorded SHA-256 of each file, by name."""
    path = folder / SUMS
    lines = path.read_text("utf-8").splitlines() if _is_plain(path) else []
    found = (_SUM.fullmatch(line) for line in lines)
    return {one[2]: one[1] for one in found if one and _NAME.fullmatch(one[2])}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
