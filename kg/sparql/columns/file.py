"""The files of columns beside a store, opened for reading.

A term's number is its place in the order of terms' hashes. For each property there are its subjects
and objects, as two columns of numbers in the order of subjects, and two in the order of objects;
beside them, all statements in the order of subjects, and of objects. All of it is mapped into
memory, so that all processes share what one has read.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.files import sha256_of

Numbers: TypeAlias = NDArray[np.int32]

TERMS: Final = "terms.nt"
"""Each term as N-Triples spells it, a line each."""
OFFSETS: Final = "offsets.npy"
"""Where each begins."""
HASHES: Final = "hashes.npy"
DAYS: Final = "days.npy"
"""Of plain days YYYYMMDD, of all other terms 0."""
PROPERTIES: Final = "properties.npy"
"""Of each its number, where it begins and ends, how many subjects it has, and objects."""
BY_SUBJECT: Final = "by-subject.npy"
"""Subjects, then objects."""
BY_OBJECT: Final = "by-object.npy"
"""Objects, then subjects."""
FROM_SUBJECTS: Final = "from-subjects.npy"
"""All statements: subjects, properties, objects."""
FROM_OBJECTS: Final = "from-objects.npy"
"""All statements: objects, properties, subjects."""
FILES: Final = (
    *(TERMS, OFFSETS, HASHES, DAYS),
    *(PROPERTIES, BY_SUBJECT, BY_OBJECT, FROM_SUBJECTS, FROM_OBJECTS),
)
DIGESTS: Final = "digests.json"
"""What the other files must be."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Terms that a property relates, in the order of the first column, then of the second."""

    first: Numbers
    second: Numbers
    kinds: int
    """How many there are of the first."""

    def of(self, number: int) -> Numbers:
        """Those of the second column that stand beside a term, in their order."""
        ends = np.array([number, number + 1], np.int32)  # of another type, all would be copied
        begin, end = self.first.searchsorted(ends)
        return self.second[begin:end]


@dataclass(frozen=True, slots=True)
class Triples:
    """All statements in the order of one end, then of properties, then of the other end."""

    first: Numbers
    properties: Numbers
    second: Numbers


@dataclass(frozen=True, slots=True)
class Property:
    """What a property relates: from subjects to objects, and back."""

    to: Pairs
    back: Pairs


_NO_PAIRS: Final = Pairs(np.zeros(0, np.int32), np.zeros(0, np.int32), 0)
NOTHING: Final = Property(_NO_PAIRS, _NO_PAIRS)
"""What a term relates that is no property."""


@dataclass(frozen=True, slots=True)
class Source:
    """One side of a property: its subjects, or its objects."""

    predicate: int
    objects: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """All terms of a source: in their order, in that of days, and as folded text, a line each.

    A line begins with its break.
    """

    numbers: Numbers
    by_day: Numbers
    days: Numbers
    """The days of these; 0 for what is no plain day."""
    text: str
    begins: NDArray[np.int64]
    """Where each line begins; nothing where the text would be too long."""


@dataclass(frozen=True, slots=True)
class Order:
    """Terms in the engine's order, and their numbers with the place of each."""

    terms: list[str]
    numbers: Numbers
    places: Numbers


@dataclass(slots=True)
class Columns:
    """Columns opened for reading; what was learnt of them is kept, as they never change."""

    folder: Path
    size: int = field(init=False)
    """How many terms there are: one that is not among them gets a number from there."""
    properties: dict[int, Property] = field(init=False)
    days: Numbers = field(init=False)
    subjects: Triples = field(init=False)
    objects: Triples = field(init=False)
    turn: Lock = field(default_factory=Lock)
    """One query at a time learns and asks."""
    orders: dict[Source, Order] = field(default_factory=dict)
    listed: dict[Source, Listed | None] = field(default_factory=dict)
    wanted: set[Source] = field(default_factory=set)
    """What somebody who could not wait would have listed."""
    _terms: mmap.mmap | bytes = field(init=False)
    _offsets: NDArray[np.int64] = field(init=False)
    _hashes: NDArray[np.uint64] = field(init=False)

    def __post_init__(self) -> None:
        def read(name: str) -> Any:
            return np.asarray(np.load(self.folder / name, mmap_mode="r"))

        with (self.folder / TERMS).open("rb") as file:
            whole = file.seek(0, 2)
            self._terms = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if whole else b""
        self._offsets, self._hashes, self.days = read(OFFSETS), read(HASHES), read(DAYS)
        self.size = len(self._hashes)
        self.subjects = Triples(*read(FROM_SUBJECTS))
        self.objects = Triples(*read(FROM_OBJECTS))
        to, back = read(BY_SUBJECT), read(BY_OBJECT)
        self.properties = {
            number: Property(
                Pairs(to[0, begin:end], to[1, begin:end], subjects),
                Pairs(back[0, begin:end], back[1, begin:end], objects),
            )
            for number, begin, end, subjects, objects in read(PROPERTIES).tolist()
        }

    def term(self, number: int) -> str:
        """A term as N-Triples spells it."""
        begin, end = self._offsets[number : number + 2].tolist()
        return self._terms[begin : end - 1].decode()

    def pairs(self, source: Source) -> Pairs:
        """The pairs whose first column a source is."""
        relates = self.properties.get(source.predicate, NOTHING)
        return relates.back if source.objects else relates.to

    def terms(self, numbers: Numbers) -> list[str]:
        """The terms of some numbers."""
        begins = self._offsets[numbers].tolist()
        ends = self._offsets[numbers + 1].tolist()
        terms = self._terms
        return [terms[b : e - 1].decode() for b, e in zip(begins, ends, strict=True)]

    def number(self, term: str) -> int | None:
        """The number of a term, where there is that term."""
        hashed = _hash(term)
        place = int(self._hashes.searchsorted(hashed))
        while place < self.size and self._hashes[place] == hashed:
            if self.term(place) == term:
                return place
            place += 1
        return None

    def length(self, numbers: Numbers) -> int:
        """How many bytes some terms have."""
        return int((self._offsets[numbers + 1] - self._offsets[numbers]).sum())


def _hash(term: str) -> Any:
    """As DuckDB's md5_number_lower has it."""
    digest = hashlib.md5(term.encode(), usedforsecurity=False).digest()
    return np.uint64(int.from_bytes(digest[8:], "little"))


def open_columns(folder: Path) -> Columns | None:
    """The columns of a folder, or None where there are none that can be read here.

    So it is where a file is not what it was when it was made.
    """
    path = folder / DIGESTS
    try:
        digests = json.loads(path.read_text("utf-8"))
        whole = all(sha256_of(folder / name) == digest for name, digest in digests.items())
        return Columns(folder) if whole and digests else None
    except (OSError, ValueError, AttributeError):
        return None
