"""The canonical form of a graph: its N-Quads, each line once, by code point; and its digest.

Anyone can recompute it: `LC_ALL=C sort -u data.nq | sha256sum`. Sorting goes through files, so that
memory does not grow with the graph.
"""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final

RUN: Final = 100_000
"""How many lines are sorted in memory at once."""


def write_canonical(lines: Iterable[bytes], path: Path) -> tuple[str, int]:
    """Writes the lines in canonical order; their SHA-256 and how many there are."""
    sha, count = hashlib.sha256(), 0
    with path.open("wb") as out:
        for line in sorted_unique(lines, path.parent):
            out.write(line)
            sha.update(line)
            count += 1
    return sha.hexdigest(), count


def sorted_unique(lines: Iterable[bytes], folder: Path) -> Iterator[bytes]:
    """The lines in order, each once; runs are kept in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(dir=folder) as aside, ExitStack() as stack:
        runs = [stack.enter_context(run.open("rb")) for run in _write_runs(lines, Path(aside))]
        yield from _unique(heapq.merge(*runs))


def _write_runs(lines: Iterable[bytes], folder: Path) -> Iterator[Path]:
    remaining = iter(lines)
    number = 0
    while run := sorted(set(islice(remaining, RUN))):
        path = folder / str(number)
        path.write_bytes(b"".join(run))
        yield path
        number += 1


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line


def file_digest(file: BufferedReader) -> str:
    """The SHA-256 of an open file."""
    return hashlib.file_digest(file, "sha256").hexdigest()
