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

__all__ = ["FILES", "File", "export", "list_files", "measure"]

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
FILES: Final[tuple[File, ...]] = (*CONTENT, *dataset.FILES, *_LISTING)
"""All files of a release, in the order in which a list shows them."""


def export(folder: Path, said: Sampling, previous: str | None = None) -> None:
    """Writes the files of a release beside its data.nq, metadata.nq, release.json and store.

    `previous` is the digest of the version before.
    """
    summary: dict[str, Any] = json.loads((folder / "release.json").read_text("utf-8"))
    names = Names(summary["base"])
    store = open_store(folder / "store")
    formats.write(names, folder)
    tables.write(store, names, folder)
    geo.write(store, names, folder)
    codebook.write(store, names, summary, folder)
    sampling.write(store, names, folder, said)
    citation.write(summary, folder)
    written = [measure(file, folder) for file in CONTENT]
    dataset.write(About(names, summary, previous), written, folder)
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
