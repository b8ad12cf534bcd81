"""The canonical form of a graph: its N-Quads, each line once, by code point; and its digest.

Anyone can recompute it: `LC_ALL=C sort -u data.nq | sha256sum`. Sorting goes through files, so that
memory does not grow with the graph.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Final

WIDE: Final = 200
"""How many runs are merged at once: each is an open file."""


@dataclass(slots=True)
class Runs:
    """The lines of a graph in the making, as sorted runs in a folder."""

    folder: Path
    _number: int = 0
    _paths: list[Path] = field(default_factory=list)

    def add(self, lines: Iterable[bytes]) -> None:
        """Sorts some lines in memory and keeps them as a run."""
        self._write(sorted(set(lines)))

    def merged(self) -> Iterator[bytes]:
        """All lines in order, each once."""
        while len(self._paths) > WIDE:
            some = [self._paths.pop(0) for _ in range(WIDE)]
            self._write(_merge(some))
            for path in some:
                path.unlink()
        yield from _merge(self._paths)

    def _write(self, lines: Iterable[bytes]) -> None:
        path = self.folder / f"run-{self._number}"
        self._number += 1
        with path.open("wb") as run:
            run.writelines(lines)
        self._paths.append(path)


def _merge(paths: Iterable[Path]) -> Iterator[bytes]:
    last = None
    with ExitStack() as stack:
        for line in heapq.merge(*(stack.enter_context(path.open("rb")) for path in paths)):
            if line != last:
                yield line
            last = line


def write_lines(lines: Iterable[bytes], path: Path) -> str:
    """Writes lines to a file; the SHA-256 of it."""
    sha = hashlib.sha256()
    with path.open("wb") as out:
        for line in lines:
            out.write(line)
            sha.update(line)
    return sha.hexdigest()


def file_digest(file: BufferedReader) -> str:
    """The SHA-256 of an open file."""
    return hashlib.file_digest(file, "sha256").hexdigest()
