"""Finding a release by what people call it: a digest or its beginning, a version, a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kg.errors import ReleaseError, suggest
from kg.release.publish import CURRENT
from kg.release.read import Release, open_release
from kg.release.versions import VERSIONS

SHORTEST: Final = 4
"""How many characters of a digest name a release."""
_DIGEST: Final = re.compile(r"(?:sha256[:-])?([0-9a-f]{4,64})")


def find_release(releases: Path, name: str) -> Release:
    """The release of a name: `current`, 2026.1, b5abd504, sha256:…, or the path of its folder.

    Raises ReleaseError with the nearest names where there is none, or more than one.
    """
    beside = (folder / name / "release.json" for folder in (releases, releases / VERSIONS))
    if not Path(name).is_absolute() and any(path.is_file() for path in beside):
        return open_release(releases, name)
    if (Path(name) / "release.json").is_file():
        return open_release(Path(name).parent, Path(name).name)
    found = _by_digest(releases, name)
    if len(found) == 1:
        return open_release(releases, found[0])
    if found:
        raise ReleaseError(
            f"'{name}' is the beginning of {len(found)} releases: {', '.join(found)}. "
            "Write one of these names, or a version."
        )
    raise _unknown(releases, name)


def find_editions(releases: Path, digest: str, edition: str = "") -> list[Release]:
    """The releases of a whole digest, first the one of an edition, then as they were made.

    Several may have the same data, and say other things of themselves. Raises ReleaseError where
    there is none.
    """
    found = [open_release(releases, name) for name in _by_digest(releases, digest)]
    if not found:
        raise _unknown(releases, digest)
    return sorted(found, key=lambda release: release.edition != edition)


def made_before(name: str) -> tuple[int, str]:
    """What names of folders are sorted by, so that of one digest the one made first comes first.

    >>> sorted(["471e.10", "471e", "471e.2"], key=made_before)
    ['471e', '471e.2', '471e.10']
    """
    return len(name), name


def _unknown(releases: Path, name: str) -> ReleaseError:
    known = suggest(name, _names(releases), "releases")
    return ReleaseError(f"{releases}: there is no release '{name}'; {known}.")


def _by_digest(releases: Path, name: str) -> list[str]:
    """The folders whose name begins as the digest does; all of the digest must be theirs."""
    match = _DIGEST.fullmatch(name)
    if not match:
        return []
    begin = (one for one in _folders(releases) if one.partition(".")[0].startswith(match[1][:16]))
    return sorted((one for one in begin if _has(releases / one, match[1])), key=made_before)


def _has(folder: Path, digest: str) -> bool:
    summary = (folder / "release.json").read_text("utf-8")
    return len(digest) <= 16 or f"sha256:{digest}" in summary


def _folders(releases: Path) -> list[str]:
    return sorted(
        path.parent.name
        for path in releases.glob("*/release.json")
        if path.parent.name != CURRENT and not path.parent.name.startswith(".")
    )


def _names(releases: Path) -> list[str]:
    versions = [path.parent.name for path in releases.glob(f"{VERSIONS}/*/release.json")]
    pointer = [CURRENT] if (releases / CURRENT / "release.json").is_file() else []
    return [*pointer, *versions, *_folders(releases)]
