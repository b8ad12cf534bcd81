"""The files of a release: what people download, cite and load elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.export import citation, codebook, dataset, formats, geo, sampling, tables
from kg.export.dataset import About
from kg.export.file import File, Written, measure
from kg.export.sampling import Sampling
from kg.files import write_whole
from kg.names import Names
from kg.store import open_store

__all__ = ["ABOUT", "FILES", "File", "catalogue", "export", "list_files", "measure"]

_BUILT: Final = (
    File("metadata.nq", "application/n-quads", "What the release says of itself."),
    File(
        "release.json", "application/json", "The release in short: digest, version, date, counts."
    ),
    File("report.txt", "text/plain", "What the shapes said of the graph."),
    File("report.json", "application/json", "The same for programs."),
    File("report.ttl", "text/turtle", "The same as a SHACL report."),
)
_LISTING: Final = (
    File("files.json", "application/json", "This list for programs, with lengths and checksums."),
    File("SHA256SUMS", "text/plain", "The checksums of all files: sha256sum --check SHA256SUMS"),
)
CONTENT: Final[tuple[File, ...]] = (
    *formats.FILES,
    *tables.FILES,
    *geo.FILES,
    *codebook.FILES,
    *sampling.FILES,
    *citation.FILES,
    *_BUILT,
)
"""All files that hold, or account for, what was found."""
ABOUT: Final[tuple[File, ...]] = (*dataset.FILES, _LISTING[0])
"""What is said of these files, and where each stands: all of it follows from them."""
FILES: Final[tuple[File, ...]] = (*CONTENT, *dataset.FILES, *_LISTING)
"""All files of a release, in the order in which a list shows them."""


def export(folder: Path, said: Sampling) -> list[Written]:
    """Writes CONTENT beside a release's data.nq, metadata.nq, release.json and store."""
    summary: dict[str, Any] = json.loads((folder / "release.json").read_text("utf-8"))
    names = Names(summary["base"])
    store = open_store(folder / "store")
    formats.write(names, folder)
    tables.write(store, names, folder)
    geo.write(store, names, folder)
    codebook.write(store, names, summary, folder)
    sampling.write(store, names, folder, said)
    citation.write(summary, folder)
    return [measure(file, folder) for file in CONTENT]


def catalogue(folder: Path, place: str, written: list[Written], previous: str | None) -> None:
    """Writes ABOUT, for the release whose folder will be called `place`.

    `previous` is the digest of the version before.
    """
    summary: dict[str, Any] = json.loads((folder / "release.json").read_text("utf-8"))
    dataset.write(About(Names(summary["base"]), summary, place, previous), written, folder)
    list_files([*written, *(measure(file, folder) for file in dataset.FILES)], folder)


def list_files(written: Iterable[Written], folder: Path) -> None:
    """Writes files.json: every file but itself and SHA256SUMS, which holds the digest of it."""
    listed = [
        {
            "name": one.file.name,
            "media": one.file.media,
            "says": one.file.says,
            "bytes": one.bytes,
            "sha256": one.sha256,
        }
        for one in written
    ]
    content = json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / "files.json", content.encode())
