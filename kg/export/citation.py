"""CITATION.cff: how to cite a release. It holds no identifier but the release's own digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from kg.export.file import File
from kg.files import write_whole
from kg.mapping.codec import quote

FILES: Final = (File("CITATION.cff", "application/yaml", "How to cite this release."),)

_SPDX: Final = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
}
_MESSAGE: Final = "If you use this release, please cite it with its digest."
_SEVERAL: Final = "Its graphs stand under these licences, all of which are to be kept: {}"


def write(summary: dict[str, Any], folder: Path) -> None:
    """Writes CITATION.cff from what release.json says."""
    write_whole(folder / "CITATION.cff", citation(summary).encode())


def citation(summary: dict[str, Any]) -> str:
    """The release in the Citation File Format, https://citation-file-format.github.io, 1.2.0."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {quote(_MESSAGE)}",
        f"title: {quote(summary['title'])}",
        "type: dataset",
        "authors:",
        f"  - name: {quote(summary['publisher'])}",
        *([f"version: {quote(summary['version'])}"] if summary["version"] else ()),
        f"date-released: {summary['date']}",
        *_licensed(summary["licences"]),
        "identifiers:",
        "  - type: other",
        f"    value: {quote(summary['digest'])}",
        '    description: "SHA-256 of data.nq"',
    ]
    return "\n".join(lines) + "\n"


def _licensed(licences: list[str]) -> list[str]:
    """The licence; several are told in words, as those that the format lists leave a choice."""
    if len(licences) > 1:
        return [f"abstract: {quote(_SEVERAL.format(', '.join(licences)))}"]
    found = _SPDX.get(licences[0])
    return [*([f"license: {found}"] if found else ()), f"license-url: {quote(licences[0])}"]
