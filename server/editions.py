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

from kg.export.file import File
from kg.release.publish import CURRENT, SUMS
from kg.release.read import SUMMARY, Release

VERSIONS: Final = "versions"
FILES: Final = "files.json"
_RELEASE: Final = re.compile(r"[0-9a-f]{16}(?:\.[1-9][0-9]*)?")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SUM: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_KNOWN: Final = (
    File(
        "data.nq",
        "application/n-quads",
        "All statements with their graphs; its SHA-256 is the digest.",
    ),
    File("metadata.nq", "application/n-quads", "What the release says of itself."),
    File("release.json", "application/json", "The release in short: digest, date, title, licence."),
    File("report.txt", "text/plain", "The report of the validation, for people."),
    File("report.json", "application/json", "The report of the validation, for programs."),
    File("report.ttl", "text/turtle", "The report of the validation, in SHACL's own terms."),
    File(FILES, "application/json", "This list of files, for programs."),
    File(SUMS, "text/plain", "The SHA-256 of every file, to check them with sha256sum -c."),
)
"""What the files of every release are, where it does not say it itself."""
_MEDIA: Final = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
}


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
    for folder in releases.iterdir():
        if _RELEASE.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
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
    """The files of a release: in its own order if it gives one, with what each is."""
    sums = _sums(folder)
    files = (*_described(folder), *_KNOWN)
    known = {file.name: file for file in reversed(files)}
    order = [file.name for file in files]
    names = [name for name in (*sums, SUMS) if _is_plain(folder / name)]
    names.sort(key=lambda name: (order.index(name) if name in order else len(order), name))
    return [_download(folder / name, known.get(name), sums.get(name)) for name in names]


def _download(path: Path, file: File | None, digest: str | None) -> Download:
    media = _MEDIA.get(path.suffix, "application/octet-stream")
    return Download(path, file or File(path.name, media, ""), path.stat().st_size, digest)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _sums(folder: Path) -> dict[str, str]:
    """The recorded SHA-256 of each file, by name."""
    path = folder / SUMS
    lines = path.read_text("utf-8").splitlines() if _is_plain(path) else []
    found = (_SUM.fullmatch(line) for line in lines)
    return {one[2]: one[1] for one in found if one and _NAME.fullmatch(one[2])}


def _described(folder: Path) -> list[File]:
    """What the release itself says that its files are."""
    found = _json(folder / FILES)
    rows = found if isinstance(found, list) else []
    keys = ("name", "media", "says")
    return [
        File(*(str(row[key]) for key in keys))
        for row in rows
        if isinstance(row, dict) and all(key in row for key in keys)
    ]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
