"""Making a finished release the current one, whatever else happens at the same moment.

One build at a time has a folder of releases. It writes aside, then moves the finished directory to
its name, then a pointer to it: each is one step, so that readers see the last release or the new.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Final

from kg.errors import ReleaseError
from kg.export import ABOUT
from kg.files import sha256_of, write_whole
from kg.release.versions import give
from kg.release.withdrawals import POINTER, point, settle
from kg.store import open_store

CURRENT: Final = "current"
ASIDE: Final = ".building-"
LOCK: Final = ".lock"
SUMS: Final = "SHA256SUMS"
_NAMING: Final = frozenset(file.name for file in ABOUT)
"""Files that say where the release stands, and so cannot decide it."""


@contextmanager
def locked(releases: Path) -> Iterator[Path]:
    """Has a folder of releases to itself: a folder aside in it, to write in and then removed.

    What a killed build left is removed first.

    Raises ReleaseError while another build is running. The lock is the process's: it ends with it.
    """
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReleaseError(
                f"{releases}: another build is running in this folder. "
                "Wait for its end, or build into another folder with --releases."
            ) from None
        _remove_unfinished(releases)
        settle(releases)
        with tempfile.TemporaryDirectory(
            prefix=ASIDE, dir=releases, ignore_cleanup_errors=True
        ) as aside:
            yield Path(aside)


def _remove_unfinished(releases: Path) -> None:
    for left in releases.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in releases.glob(f"{POINTER}.*"):
        left.unlink(missing_ok=True)


def write_sums(folder: Path) -> None:
    """SHA256SUMS of all files but the store's own, which differ from build to build."""
    write_whole(folder / SUMS, "".join(_sums(folder)).encode())


def _sums(folder: Path) -> Iterator[str]:
    for path in sorted(p for p in folder.iterdir() if p.is_file() and p.name != SUMS):
        yield f"{sha256_of(path)}  {path.name}\n"


def find_place(made: Path, releases: Path, digest: str) -> Path:
    """Where a finished release belongs.

    That is where the same one stands, if it is there already. One of the same quads that says
    something else of itself (another title, say) gets a number to its name: none ever changes.
    """
    names = chain([digest[:16]], (f"{digest[:16]}.{number}" for number in count(2)))
    free = (releases / name for name in names)
    return next(t for t in free if not t.exists() or _content_of(t) == _content_of(made))


def _content_of(folder: Path) -> list[str]:
    """The sums of all files but those that say where the release stands."""
    lines = _sums_of(folder).splitlines() or [line.rstrip() for line in _sums(folder)]
    return [line for line in lines if line.partition("  ")[2] not in _NAMING]


def publish(made: Path, releases: Path, digest: str, version: str = "") -> Path:
    """Moves a finished release to its name, and version and pointer to it; where it stands."""
    target = put(made, releases, digest, version)
    point(releases / CURRENT, target.name)
    _sync(releases)
    return target


def put(made: Path, releases: Path, digest: str, version: str = "") -> Path:
    """Moves a finished release to its name, to which no pointer leads yet but a new version's.

    The same release stays if it is there already and whole.
    """
    _seal(made)
    target = find_place(made, releases, digest)
    if version:
        give(releases, version, target.name)
    if not is_whole(target):
        if target.exists():
            target.rename(made.with_name("broken"))
        made.rename(target)
    _sync(releases)
    return target


def _seal(folder: Path) -> None:
    """Makes the files read-only, and sure to be on the disk before anything points to them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o444)
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sums_of(folder: Path) -> str:
    path = folder / SUMS
    return path.read_text("utf-8") if path.is_file() else ""


def is_whole(folder: Path) -> bool:
    """Whether a release's files are as they were written, and its store opens."""
    try:
        open_store(folder / "store")
        return "".join(_sums(folder)) == _sums_of(folder)
    except OSError:
        return False
