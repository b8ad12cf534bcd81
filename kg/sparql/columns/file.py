"""The files of columns beside a store, opened for reading.

A term's number is its place in the order of terms' hashes. For each property there are its subjects
and objects, as two columns of numbers in the order of subjects, and two in the order of objects;
beside them, all statements in the order of subjects, and of objects. Each statement is there once,
with a number for the set of graphs in which it stands. All of it is mapped into memory, so that all
processes share what one has read.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.files import sha256_of
from kg.sparql.columns.tree import Unrecognised

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
"""Subjects, then objects, then sets of graphs."""
BY_OBJECT: Final = "by-object.npy"
"""Objects, then subjects, then sets of graphs."""
FROM_SUBJECTS: Final = "from-subjects.npy"
"""All statements: subjects, properties, objects, sets of graphs."""
FROM_OBJECTS: Final = "from-objects.npy"
"""All statements: objects, properties, subjects, sets of graphs."""
SETS: Final = "sets.npy"
"""Where the graphs of each set begin."""
GRAPHS: Final = "graphs.npy"
"""The graphs of all sets, one after the other."""
FILES: Final = (
    *(TERMS, OFFSETS, HASHES, DAYS),
    *(PROPERTIES, BY_SUBJECT, BY_OBJECT, FROM_SUBJECTS, FROM_OBJECTS, SETS, GRAPHS),
)
KNOWN: Final = 2_000
"""Terms whose numbers are kept, at most."""
DIGESTS: Final = "digests.json"
"""What the other files must be."""


def _standing(graphs: Numbers, allowed: Any) -> Any:
    """The places of some sets of graphs in a column of them."""
    (sets,) = np.nonzero(allowed)
    return np.flatnonzero(graphs == sets[0] if len(sets) == 1 else allowed[graphs])


def kinds(column: Numbers) -> int:
    """How many numbers a column has that is in order."""
    return int(np.count_nonzero(np.diff(column))) + bool(len(column))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Terms that a property relates, in the order of the first column, then of the second."""

    first: Numbers
    second: Numbers
    graphs: Numbers
    """The set of graphs in which each is stated."""
    kinds: int
    """How many there are of the first."""

    @property
    def once(self) -> bool:
        """Whether each of the first column is there once."""
        return self.kinds == len(self.first)

    def of(self, number: int) -> Numbers:
        """Those of the second column that stand beside a term, in their order."""
        ends = np.array([number, number + 1], np.int32)  # of another type, all would be copied
        begin, end = self.first.searchsorted(ends)
        return self.second[begin:end]

    def where(self, allowed: Any) -> Pairs:
        """Those of some sets of graphs."""
        kept = _standing(self.graphs, allowed)
        first = self.first[kept]
        return Pairs(first, self.second[kept], self.graphs[kept], kinds(first))


@dataclass(frozen=True, slots=True)
class Triples:
    """All statements in the order of one end, then of properties, then of the other end."""

    first: Numbers
    properties: Numbers
    second: Numbers
    graphs: Numbers
    """The set of graphs in which each is stated."""

    def where(self, allowed: Any) -> Triples:
        """Those of some sets of graphs."""
        kept = _standing(self.graphs, allowed)
        return Triples(
            self.first[kept], self.properties[kept], self.second[kept], self.graphs[kept]
        )


@dataclass(frozen=True, slots=True)
class Property:
    """What a property relates: from subjects to objects, and back."""

    to: Pairs
    back: Pairs

    def where(self, allowed: Any) -> Property:
        """What it relates in some sets of graphs."""
        return Property(self.to.where(allowed), self.back.where(allowed))


NOWHERE: Final = np.zeros(0, np.int32)
"""The graphs of what no statement says."""
_NO_PAIRS: Final = Pairs(NOWHERE, NOWHERE, NOWHERE, 0)
NOTHING: Final = Property(_NO_PAIRS, _NO_PAIRS)
"""What a term relates that is no property."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of graphs, by their numbers."""

    begins: NDArray[np.int64]
    """Where the graphs of each begin, and where those of the last end."""
    graphs: Numbers

    def keys(self) -> Any:
        """A number for each set with each of its graphs, in their order."""
        sets = np.repeat(np.arange(len(self.begins) - 1), np.diff(self.begins))
        return (sets << 32) | self.graphs

    def having(self, graphs: Any) -> Any:
        """Of each whether it has one of some graphs."""
        found = np.zeros(len(self.begins) - 1, bool)
        found[(self.keys() >> 32)[np.isin(self.graphs, graphs)]] = True
        return found


class Statements(Protocol):
    """What is stated, everywhere or in some graphs."""

    @property
    def subjects(self) -> Triples:
        """All statements in the order of subjects."""

    @property
    def objects(self) -> Triples:
        """All statements in the order of objects."""

    def property(self, number: int) -> Property:
        """What a term relates."""


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
    """Terms by their numbers: as these are, the place of each in the order, and in that order."""

    numbers: Numbers
    places: Numbers
    ranked: Numbers


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
    sets: Sets = field(init=False)
    turn: Lock = field(default_factory=Lock)
    """One query at a time learns and asks."""
    orders: dict[Source, Order] = field(default_factory=dict)
    listed: dict[Source, Listed | None] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    """The numbers of terms that queries named."""
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
                _pairs(to[:, begin:end], subjects), _pairs(back[:, begin:end], objects)
            )
            for number, begin, end, subjects, objects in read(PROPERTIES).tolist()
        }
        self.sets = Sets(read(SETS), read(GRAPHS))

    def property(self, number: int) -> Property:
        """What a term relates."""
        return self.properties.get(number, NOTHING)

    def term(self, number: int, longest: int | None = None) -> str:
        """A term as N-Triples spells it. Raises Unrecognised if it has more bytes than allowed."""
        begin, end = self._offsets[number : number + 2].tolist()
        if longest is not None and end - begin > longest:
            raise Unrecognised
        return self._terms[begin : end - 1].decode()

    def pairs(self, source: Source) -> Pairs:
        """The pairs whose first column a source is."""
        relates = self.property(source.predicate)
        return relates.back if source.objects else relates.to

    def terms(self, numbers: Numbers) -> list[str]:
        """The terms of some numbers."""
        begins = self._offsets[numbers].tolist()
        ends = self._offsets[numbers + 1].tolist()
        terms = self._terms
        return [terms[b : e - 1].decode() for b, e in zip(begins, ends, strict=True)]

    def number(self, term: str) -> int | None:
        """The number of a term, where there is that term; that of the last ones is kept."""
        number = self.known.get(term)
        if number is None and (number := self._find(term)) is not None:
            if len(self.known) >= KNOWN:
                self.known.clear()
            self.known[term] = number
        return number

    def numbers(self, terms: Sequence[str]) -> list[int | None]:
        """The numbers of several terms, looked for together; None for each that is not there."""
        hashes = [_hash(term) for term in terms]
        places = self._hashes.searchsorted(np.array(hashes, np.uint64)).tolist()
        return list(map(self._from, places, hashes, terms))

    def _find(self, term: str) -> int | None:
        hashed = _hash(term)
        return self._from(int(self._hashes.searchsorted(hashed)), hashed, term)

    def _from(self, place: int, hashed: Any, term: str) -> int | None:
        """The number of a term, if it is among those of a hash, which begin at some place."""
        while place < self.size and self._hashes[place] == hashed:
            if self.term(place) == term:
                return place
            place += 1
        return None

    def length(self, numbers: Numbers) -> int:
        """How many bytes some terms have."""
        return int((self._offsets[numbers + 1] - self._offsets[numbers]).sum())


def _pairs(rows: Numbers, kinds: int) -> Pairs:
    return Pairs(rows[0], rows[1], rows[2], kinds)


class Chosen:
    """The statements that stand in any of some graphs, each once."""

    def __init__(self, columns: Columns, graphs: Numbers) -> None:
        self._columns = columns
        self._allowed = columns.sets.having(graphs)
        self._properties = dict[int, Property]()

    @cached_property
    def subjects(self) -> Triples:
        """All of them in the order of subjects."""
        return self._columns.subjects.where(self._allowed)

    @cached_property
    def objects(self) -> Triples:
        """All of them in the order of objects."""
        return self._columns.objects.where(self._allowed)

    def property(self, number: int) -> Property:
        """What a term relates in them."""
        if number not in self._properties:
            self._properties[number] = self._columns.property(number).where(self._allowed)
        return self._properties[number]


def _hash(term: str) -> Any:
    """As DuckDB's md5_number_lower has it."""
    digest = hashlib.md5(term.encode(), usedforsecurity=False).digest()
    return np.uint64(int.from_bytes(digest[8:], "little"))


def open_columns(folder: Path) -> Columns | None:
    """The columns of a folder, or None where there are none that can be read here.

    So it is where they were made by another version, or a file is not what it was when it was made.
    """
    path = folder / DIGESTS
    try:
        digests = json.loads(path.read_text("utf-8"))
        whole = all(sha256_of(folder / name) == digest for name, digest in digests.items())
        return Columns(folder) if whole and digests.keys() == set(FILES) else None
    except (OSError, ValueError, AttributeError):
        return None
