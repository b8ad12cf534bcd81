"""Entering what was withdrawn in the workspace, so that no build brings it back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.files import write_whole
from kg.release.read import open_release
from kg.release.retired import retired_of
from kg.release.withdrawals import Withdrawal
from kg.retired import FILE, Retired, written
from kg.workspace import Workspace


def unentered(workspace: Workspace, releases: Path, done: Withdrawal) -> list[Retired]:
    """The ids withdrawn that retired.toml does not have, by id."""
    known = {entry.id for entry in workspace.retired}
    found: dict[str, Retired] = {}
    for pair in done.replaced:
        release = open_release(releases, pair.successor)
        for entry in retired_of(release.store, release.names):
            same = (entry.state, str(entry.on), entry.because)
            if same == ("withdrawn", done.on, done.because) and entry.id not in known:
                found[entry.id] = entry
    return [entry for _, entry in sorted(found.items())]


def retire(workspace: Workspace, entries: Iterable[Retired]) -> None:
    """Adds entries at the end of retired.toml."""
    path = workspace.root / FILE
    before = path.read_bytes() if path.is_file() else b""
    added = written(entries).encode()
    if added:
        write_whole(path, before + added if before else added.lstrip(b"\n"))
