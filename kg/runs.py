"""Sorting more lines than memory holds: they go through files, so that memory does not grow."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

MANY: Final = 50_000
"""How many lines are sorted in memory at once."""
WIDE: Final = 200
"""How many runs are merged at once: each is an open file."""


def in_order(words: Iterable[str], room: Path | None = None) -> Iterator[str]:
    """Words of one line each, sorted by code point, each once; in `room` they are laid aside."""
    with TemporaryDirectory(dir=room) as aside:
        runs = Runs(Path(aside))
        runs.add_all(f"{word}\n".encode() for word in words)
        for line in runs.merged():
            yield line[:-1].decode()


@dataclass(slots=True)
class Runs:
    """Lines in the making, as sorted runs in a folder."""

    folder: Path
    _number: int = 0
    _paths: list[Path] = field(default_factory=list)

    def add(self, lines: Iterable[bytes]) -> None:
        """Sorts some lines in memory and keeps them as a run."""
        self._write(sorted(set(lines)))

    def add_all(self, lines: Iterable[bytes]) -> None:
        """The same, however many they are."""
        rest = iter(lines)
        while some := list(islice(rest, MANY)):
            self.add(some)

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
