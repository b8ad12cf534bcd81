"""Looking names up: the same, the same in another transliteration, or nearly the same."""

from __future__ import annotations

import gzip
import importlib.resources
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.folding import fold
from kg.gazetteer.fold import key, skeleton
from kg.gazetteer.record import Record, from_line, to_line

HEAD: Final = "whoholds gazetteer 1"
"""The first line of a gazetteer's file, and the version of its layout."""
NEAREST: Final = 8
"""How many keys that are nearly the same are looked at."""
LIKENESS: Final = 80.0
"""How like a key has to be, of 100: below, two names of one place are rare."""
_MOST: Final = 1 << 13
"""How many records are kept that were read: memory stays flat over any number of articles."""


class Gazetteer:
    """The places of one file, found by name or id; each is read from its line when asked for.

    The lines of records are sorted by id, those of the index by skeleton and key, so that both are
    searched as they stand.
    """

    def __init__(self, records: list[str], index: list[str]) -> None:
        self._records = records
        self._index = index
        self._alike: dict[str, tuple[list[str], int]] = {}
        self._read = lru_cache(maxsize=_MOST)(from_line)
        self._row = lru_cache(maxsize=_MOST)(partial(bisect_left, records))

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return map(from_line, self._records)

    def record(self, identifier: str) -> Record | None:
        """The record of an id such as wof:85632413, or None."""
        at = self._row(f"{identifier}\t")
        if at < len(self) and self._records[at].startswith(f"{identifier}\t"):
            return self._read(self._records[at])
        return None

    def exact(self, name: str) -> list[Record]:
        """The records with this very name, but for case and marks, in the order of their ids."""
        wanted = fold(name)
        return [r for r in self.folded(name) if any(fold(n) == wanted for n in r.names)]

    def folded(self, name: str) -> list[Record]:
        """The records with this name in any transliteration, in the order of their ids."""
        name_key = key(name)
        start = f"{skeleton(name_key)} {name_key}\t"
        at = bisect_left(self._index, start)
        if name_key and at < len(self._index) and self._index[at].startswith(start):
            return self._rows(self._index[at])
        return []

    def near(self, name: str, limit: int = NEAREST) -> list[tuple[Record, float]]:
        """The records whose names have nearly the same key, with the likeness (0–100) of the keys.

        The first consonant has to be the same; the most alike come first.
        """
        from rapidfuzz import fuzz, process

        name_key = key(name)
        if not name_key:
            return []
        keys, first = self._same_start(skeleton(name_key)[0])
        alike = process.extract(
            name_key, keys, scorer=fuzz.ratio, processor=None, limit=limit, score_cutoff=LIKENESS
        )
        found: dict[str, tuple[Record, float]] = {}
        for _, likeness, at in alike:
            for record in self._rows(self._index[first + at]):
                found.setdefault(record.id, (record, likeness))
        return list(found.values())

    def _rows(self, line: str) -> list[Record]:
        rows = line.split("\t")[1].split()
        return [self._read(self._records[int(row)]) for row in rows]

    def _same_start(self, letter: str) -> tuple[list[str], int]:
        if letter not in self._alike:
            start = bisect_left(self._index, letter)
            end = bisect_left(self._index, chr(ord(letter) + 1))
            lines = self._index[start:end]
            keys = [line[line.index(" ") + 1 : line.index("\t")] for line in lines]
            self._alike[letter] = keys, start
        return self._alike[letter]


def read(content: bytes, name: str) -> Gazetteer:
    """The gazetteer that a file's bytes hold; its name is for the message of InputError."""
    try:
        lines = gzip.decompress(content).decode().split("\n")
    except (OSError, EOFError, UnicodeDecodeError):
        lines = [""]
    head, _, counted = lines[0].partition(": ")
    if head != HEAD or not counted.isdecimal():
        raise InputError(
            f"{name}: not a gazetteer of this version (its first line should begin '{HEAD}'). "
            "Make one with `whoholds gazetteer build`."
        )
    count = int(counted)
    return Gazetteer(lines[1 : count + 1], lines[count + 1 :])


@cache
def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer of a file, or the one that ships with the package: read once."""
    if path is None:
        shipped = importlib.resources.files("kg.gazetteer") / "places.gz"
        return read(shipped.read_bytes(), "the gazetteer of the package")
    try:
        return read(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from None


def write(records: Sequence[Record]) -> bytes:
    """The bytes of a gazetteer's file: the same records, in any order, give the same bytes."""
    ordered = sorted(records, key=lambda record: f"{record.id}\t")
    rows: dict[str, list[int]] = {}
    for row, record in enumerate(ordered):
        for name_key in sorted({key(name) for name in record.names} - {""}):
            rows.setdefault(f"{skeleton(name_key)} {name_key}", []).append(row)
    index = sorted(f"{start}\t{' '.join(map(str, found))}" for start, found in rows.items())
    lines = [f"{HEAD}: {len(ordered)}", *map(to_line, ordered), *index]
    return gzip.compress("\n".join(lines).encode(), mtime=0)
