"""The columns of a release: made beside its store, of all its graphs, each statement once.

DuckDB gives each term a number and sorts; what is too much for its memory goes through files.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import duckdb
import numpy as np
from pyoxigraph import RdfFormat, Store

from kg.files import sha256_of
from kg.sparql.columns.days import day_of
from kg.sparql.columns.file import (
    BY_OBJECT,
    BY_SUBJECT,
    DAYS,
    DIGESTS,
    FILES,
    FROM_OBJECTS,
    FROM_SUBJECTS,
    GRAPHS,
    HASHES,
    OFFSETS,
    PROPERTIES,
    SETS,
    TERMS,
    Numbers,
    kinds,
)
from kg.store import open_store

MEMORY: Final = "256MB"
"""What a making takes at most."""
LITTLE: Final = "96MB"
"""What a making takes where that is enough: the build around it has had as much before."""
AT_ONCE: Final = 50_000
"""Terms that are read at once."""
STATEMENTS: Final = 500_000
"""Statements that are sorted at once, about."""

_LINES: Final = """
CREATE TEMP TABLE lines AS
SELECT s, p, right(line, 9)::INTEGER AS g,
  substr(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 14) AS o
FROM (SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p FROM read_csv(?,
  header = false, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = '\\t', quote = '',
  escape = '', max_line_size = 8000000, buffer_size = 16000000))
"""
"""N-Triples write a tabulator within a literal as \\t: so there is one column."""
_NUMBERED: Final = b" %09d\n"
"""What follows each statement: the number of its graph."""
_GRAPHS: Final = """
CREATE TEMP TABLE graphs AS SELECT unnest(?::VARCHAR[]) AS term
"""
_TERMS: Final = """
CREATE TEMP TABLE sorted AS
SELECT hash, term FROM (
  SELECT term, md5_number_lower(term) AS hash FROM (SELECT s AS term FROM lines
    UNION SELECT p FROM lines UNION SELECT o FROM lines UNION SELECT term FROM graphs))
ORDER BY hash, term;
CREATE TABLE terms AS SELECT rowid::INTEGER AS id, hash, term FROM sorted ORDER BY rowid;
DROP TABLE sorted
"""
"""In the order of their hashes, so that a term is found without a look at all."""
_QUADS: Final = """
CREATE TEMP TABLE properties AS
SELECT id, term FROM terms WHERE term IN (SELECT DISTINCT p FROM lines);
CREATE TEMP TABLE begun AS
SELECT t.id AS s, q.id AS p, o, g FROM lines JOIN terms t ON t.term = s
JOIN properties q ON q.term = p;
DROP TABLE lines;
CREATE TEMP TABLE whole AS SELECT s, p, t.id AS o, g FROM begun JOIN terms t ON t.term = o;
DROP TABLE begun;
CREATE TABLE quads AS FROM whole ORDER BY p, s, o;
DROP TABLE whole
"""
"""One join with all terms after the other: two at once would take twice the memory."""


def make_columns(folder: Path, store: Path) -> None:
    """Writes the union of a store on disk as columns, into a new folder.

    There are none where DuckDB cannot make them within its memory, or a term has more than eight
    million bytes: then the engine answers alone.
    """
    folder.mkdir()
    lines = folder / "statements.nt"
    try:
        _make(folder, lines, _dump(open_store(store), lines))
        lines.unlink()
    except duckdb.Error:
        shutil.rmtree(folder)


def _dump(store: Store, path: Path) -> list[str]:
    """Writes all statements as N-Triples, the number of its graph behind each; the graphs."""
    graphs = sorted(store.named_graphs(), key=str)
    with path.open("wb") as file:
        for number, graph in enumerate(graphs):
            numbered = _Numbered(file, _NUMBERED % number)
            store.dump(numbered, RdfFormat.N_TRIPLES, from_graph=graph)  # type: ignore[arg-type]
    return list(map(str, graphs))


class _Numbered(io.RawIOBase):
    """Writes lines into a file, each with an end of its own."""

    def __init__(self, file: BinaryIO, end: bytes) -> None:
        self._file, self._end = file, end

    def write(self, lines: Any) -> int:
        """Writes some."""
        self._file.write(bytes(lines).replace(b"\n", self._end))
        return len(lines)


def _make(folder: Path, lines: Path, graphs: list[str]) -> None:
    """Makes the files in as little memory as it takes. Raises DuckDB's Error."""
    try:
        _write(folder, lines, graphs, LITTLE)
    except duckdb.OutOfMemoryException:
        _write(folder, lines, graphs, MEMORY)


def _write(folder: Path, lines: Path, graphs: list[str], memory: str) -> None:
    spill = folder / "spill"
    shutil.rmtree(spill, ignore_errors=True)
    spill.mkdir()
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "threads": 1,
        "temp_directory": str(spill),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(spill / "made.duckdb"), config=settings) as made:
        made.execute("SET enable_progress_bar = false")  # it would stand in a build's output
        made.execute(_LINES, [str(lines)])
        made.execute(_GRAPHS, [graphs])
        for table in (_TERMS, _QUADS):
            made.execute(table)
        _write_terms(folder, made)
        sets = _Sets(made)
        _write_pairs(folder, made, sets)
        _write_triples(folder / FROM_SUBJECTS, "spo", made, sets)
        _write_triples(folder / FROM_OBJECTS, "ops", made, sets)
        sets.write(folder)
    shutil.rmtree(spill)
    digests = {name: sha256_of(folder / name) for name in FILES}
    (folder / DIGESTS).write_text(json.dumps(digests, indent=1), "utf-8")


def _write_terms(folder: Path, made: Any) -> None:
    """All terms, one a line in the order of their numbers; where each begins, and what it is."""
    (size,) = made.execute("SELECT count(*) FROM terms").fetchone()
    offsets = np.zeros(size + 1, np.int64)
    days = np.zeros(size, np.int32)
    with (folder / TERMS).open("wb") as file:
        for number, term in enumerate(_terms(made, size)):
            file.write(line := f"{term}\n".encode())
            offsets[number + 1] = offsets[number] + len(line)
            days[number] = day_of(term)
    np.save(folder / OFFSETS, offsets)
    np.save(folder / DAYS, days)
    hashes = made.execute("SELECT hash FROM terms ORDER BY id").fetchnumpy()["hash"]
    np.save(folder / HASHES, hashes.astype(np.uint64))


def _terms(made: Any, size: int) -> Iterator[str]:
    for begin in range(0, size, AT_ONCE):
        span = [begin, begin + AT_ONCE - 1]
        query = "SELECT term FROM terms WHERE id BETWEEN ? AND ? ORDER BY id"
        yield from (term for (term,) in made.execute(query, span).fetchall())


class _Sets:
    """The sets of graphs in which statements stand: first those of one graph each."""

    def __init__(self, made: Any) -> None:
        found = made.execute(
            "SELECT id FROM graphs g JOIN terms t ON t.term = g.term ORDER BY g.term"
        )
        self._graphs = found.fetchnumpy()["id"].astype(np.int32)
        self._known = dict[bytes, int]()

    def of(self, found: Mapping[str, Any], letters: str) -> list[Numbers]:
        """Statements in an order of subjects (s), properties (p) and objects (o), each once.

        Last comes the set of each.
        """
        order = np.lexsort([found["g"], *(found[letter] for letter in reversed(letters))])
        columns = [found[letter][order] for letter in letters]
        graphs = found["g"][order]
        begins = np.flatnonzero(_changes(columns))
        sets, ends = graphs[begins], np.append(begins[1:], len(graphs))
        for place in np.flatnonzero(ends - begins > 1).tolist():
            sets[place] = self._number(graphs[begins[place] : ends[place]])
        return [*(column[begins] for column in columns), sets]

    def _number(self, graphs: Numbers) -> int:
        """The number of a set of several."""
        return self._known.setdefault(graphs.tobytes(), len(self._graphs) + len(self._known))

    def write(self, folder: Path) -> None:
        """Writes the graphs of each."""
        several = [np.frombuffer(one, np.int32) for one in self._known]
        sizes = [*[1] * len(self._graphs), *map(len, several)]
        np.save(folder / SETS, np.cumsum([0, *sizes], dtype=np.int64))
        members = [self._graphs, *(np.sort(self._graphs[one]) for one in several)]
        np.save(folder / GRAPHS, np.concatenate(members))


def _changes(columns: Sequence[Numbers]) -> Any:
    """Where rows begin that are not the same as the one before."""
    changes = np.zeros(len(columns[0]), bool)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return changes


class _Rows:
    """A file of an array, whose rows are written piece by piece: mapped, all were in memory."""

    def __init__(self, path: Path, rows: int) -> None:
        self._path = path
        self._parts = [path.with_suffix(f".{row}") for row in range(rows)]
        self._files = [part.open("wb") for part in self._parts]

    def put(self, rows: Iterable[Any]) -> None:
        """Writes what follows of each row."""
        for file, numbers in zip(self._files, rows, strict=True):
            file.write(np.ascontiguousarray(numbers, "<i4").tobytes())

    def close(self) -> None:
        """Ends the writing."""
        shape = len(self._files), self._files[0].tell() // 4
        with self._path.open("wb") as whole:
            described = {"descr": "<i4", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(whole, described)
            for file, part in zip(self._files, self._parts, strict=True):
                file.close()
                with part.open("rb") as row:
                    shutil.copyfileobj(row, whole)
                part.unlink()


def _write_pairs(folder: Path, made: Any, sets: _Sets) -> None:
    """Subjects and objects, property by property, in two orders; and where each property begins."""
    found = made.execute("SELECT DISTINCT p FROM quads ORDER BY p").fetchall()
    to, back = (_Rows(folder / name, 3) for name in (BY_SUBJECT, BY_OBJECT))
    properties, begin = np.zeros((len(found), 5), np.int64), 0
    for number, (predicate,) in enumerate(found):
        query = "SELECT s, o, g FROM quads WHERE p = ?"
        subjects, objects, of = sets.of(made.execute(query, [predicate]).fetchnumpy(), "so")
        to.put((subjects, objects, of))
        order = np.lexsort((subjects, objects))
        back.put((objects[order], subjects[order], of[order]))
        ends = begin + len(of), kinds(subjects), kinds(objects[order])
        properties[number] = predicate, begin, *ends
        begin += len(of)
    to.close()
    back.close()
    np.save(folder / PROPERTIES, properties)


def _write_triples(path: Path, letters: str, made: Any, sets: _Sets) -> None:
    """All statements in an order of their subjects (s), properties (p) and objects (o)."""
    (size,) = made.execute("SELECT count(*) FROM quads").fetchone()
    (terms,) = made.execute("SELECT count(*) FROM terms").fetchone()
    written, step = _Rows(path, 4), terms // (size // STATEMENTS + 1) + 1
    for least in range(0, terms, step):
        query = f"SELECT s, p, o, g FROM quads WHERE {letters[0]} >= ? AND {letters[0]} < ?"
        found = made.execute(query, [least, least + step]).fetchnumpy()
        written.put(sets.of(found, letters))
    written.close()
