"""The public log of withdrawals, which also says which release took the place of which.

Writing it is the one step by which a withdrawal takes effect: from then on every name of a masked
release leads to its successor. Folders and pointers are put in order after it, and again by the
next command that has the folder to itself, should this one be killed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.errors import ReleaseError
from kg.files import write_whole
from kg.release.versions import VERSIONS

LOG: Final = "withdrawals.json"
KEPT: Final = ".withdrawn"
"""Where the operator finds what is no longer served."""
POINTER: Final = ".current"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A release and its masked successor: the names of their folders and their digests."""

    name: str
    digest: str
    successor: str
    successor_digest: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was withdrawn, when and why, and the releases that were replaced."""

    withdrawn: str
    on: str
    because: str
    replaced: tuple[Replaced, ...]


def read_withdrawals(releases: Path) -> tuple[Withdrawal, ...]:
    """The log of a folder of releases, oldest first. Raises ReleaseError where it is broken."""
    path = releases / LOG
    try:
        found = json.loads(path.read_text("utf-8"))
        return tuple(
            Withdrawal(
                one["withdrawn"],
                one["on"],
                one["because"],
                tuple(Replaced(**pair) for pair in one["replaced"]),
            )
            for one in found
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReleaseError(
            f"{path} is broken ({error}). Bring back the last copy of it: without the log, what "
            "was withdrawn could be served again."
        ) from None


def write_withdrawals(releases: Path, log: Iterable[Withdrawal]) -> None:
    """Replaces the log in one step."""
    content = json.dumps([asdict(one) for one in log], indent=2, ensure_ascii=False) + "\n"
    write_whole(releases / LOG, content.encode())


def folder_of(releases: Path, name: str) -> Path:
    """The folder that a name or pointer leads to: of a masked release, its successor's."""
    folder = (releases / name).resolve()  # first, as what it leads to may be replaced meanwhile
    after = successors(releases)
    return folder.with_name(after[folder.name]) if folder.name in after else folder


def successors(releases: Path) -> dict[str, str]:
    """Which folder now answers for each that was replaced, through any number of withdrawals."""
    log = read_withdrawals(releases)
    next_of = {pair.name: pair.successor for one in log for pair in one.replaced}
    return {name: _last(name, next_of) for name in next_of}


def _last(name: str, next_of: dict[str, str]) -> str:
    while name in next_of:
        name = next_of[name]
    return name


def settle(releases: Path) -> None:
    """Moves replaced releases away, and makes every pointer lead to their successors."""
    after = successors(releases)
    for old, new in after.items():
        folder = releases / old
        if folder.is_dir() and not folder.is_symlink():
            _move_away(folder)
        if not folder.is_symlink():
            point(folder, new)
    for link in _pointers(releases):
        target = link.readlink()
        if target.name in after:
            point(link, str(target.with_name(after[target.name])))


def _move_away(folder: Path) -> None:
    kept = folder.with_name(KEPT)
    kept.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(kept / folder.name, ignore_errors=True)
    folder.rename(kept / folder.name)


def _pointers(releases: Path) -> Iterator[Path]:
    for folder in (releases, releases / VERSIONS):
        found = folder.iterdir() if folder.is_dir() else ()
        yield from (path for path in found if path.is_symlink())


def purge(releases: Path, withdrawal: Withdrawal) -> None:
    """Deletes the releases that a withdrawal replaced."""
    for pair in withdrawal.replaced:
        shutil.rmtree(releases / KEPT / pair.name, ignore_errors=True)


def point(link: Path, target: str) -> None:
    """Makes a symbolic link, or another one of it, in one step."""
    releases = link.parent.parent if link.parent.name == VERSIONS else link.parent
    aside = releases / f"{POINTER}.{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
