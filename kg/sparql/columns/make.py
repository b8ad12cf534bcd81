"""The columns of a release: made beside its store, of the union of all its graphs.

DuckDB gives each term a number and sorts; what is too much for its memory goes through files.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from pyoxigraph import RdfFormat

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
    HASHES,
    OFFSETS,
    PROPERTIES,
    TERMS,
    Numbers,
)
from kg.store import UNION, open_store

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
SELECT s, p, substr(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS o
FROM (SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p FROM read_csv(?,
  header = false, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = '\\t', quote = '',
  escape = '', max_line_size = 8000000, buffer_size = 16000000))
"""
"""N-Triples write a tabulator within a literal as \\t: so there is one column."""
_TERMS: Final = """
CREATE TEMP TABLE sorted AS
SELECT hash, term FROM (
  SELECT term, md5_number_lower(term) AS hash FROM (
    SELECT s AS term FROM lines UNION SELECT p FROM lines UNION SELECT o FROM lines))
ORDER BY hash, term;
CREATE TABLE terms AS SELECT rowid::INTEGER AS id, hash, term FROM sorted ORDER BY rowid;
DROP TABLE sorted
"""
"""In the order of their hashes, so that a term is found without a look at all."""
_TRIPLES: Final = """
CREATE TEMP TABLE properties AS
SELECT id, term FROM terms WHERE term IN (SELECT DISTINCT p FROM lines);
CREATE TEMP TABLE begun AS
SELECT t.id AS s, q.id AS p, o FROM lines JOIN terms t ON t.term = s
JOIN properties q ON q.term = p;
DROP TABLE lines;
CREATE TEMP TABLE whole AS SELECT s, p, t.id AS o FROM begun JOIN terms t ON t.term = o;
DROP TABLE begun;
CREATE TABLE triples AS FROM whole ORDER BY p, s, o;
DROP TABLE whole
"""
"""One join with all terms after the other: two at once would take twice the memory."""


def make_columns(folder: Path, store: Path) -> None:
    """Writes the union of a store on disk as columns, into a new folder.

    There are none where DuckDB cannot make them within its memory, or a term has more than eight
    million bytes: then the engine answers alone.
    """
    folder.mkdir()
    lines = folder / "union.nt"
    try:
        open_store(store).dump(output=str(lines), format=RdfFormat.N_TRIPLES, from_graph=UNION)
        _make(folder, lines)
        lines.unlink()
    except duckdb.Error:
        shutil.rmtree(folder)


def _make(folder: Path, lines: Path) -> None:
    """Makes the files from N-Triples in as little memory as it takes. Raises DuckDB's Error."""
    try:
        _write(folder, lines, LITTLE)
    except duckdb.OutOfMemoryException:
        _write(folder, lines, MEMORY)


def _write(folder: Path, lines: Path, memory: str) -> None:
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
        for table in (_TERMS, _TRIPLES):
            made.execute(table)
        _write_terms(folder, made)
        _write_pairs(folder, made)
        _write_triples(folder / FROM_SUBJECTS, "spo", made)
        _write_triples(folder / FROM_OBJECTS, "ops", made)
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


class _Rows:
    """A file of an array, written piece by piece: mapped, all of it would be in memory."""

    def __init__(self, path: Path, shape: tuple[int, int]) -> None:
        self._file = path.open("wb")
        self._width = shape[1]
        described = {"descr": "<i4", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, described)
        self._begin = self._file.tell()
        self._file.truncate(self._begin + 4 * shape[0] * shape[1])

    def put(self, row: int, begin: int, numbers: Numbers) -> None:
        """Writes numbers at a place of a row."""
        self._file.seek(self._begin + 4 * (row * self._width + begin))
        self._file.write(np.ascontiguousarray(numbers, "<i4").tobytes())

    def close(self) -> None:
        """Ends the writing."""
        self._file.close()


def _write_pairs(folder: Path, made: Any) -> None:
    """Subjects and objects, property by property, in two orders; and where each property begins."""
    found = made.execute("SELECT p, count(*) FROM triples GROUP BY p ORDER BY p").fetchall()
    size = sum(many for _, many in found)
    files = [_Rows(folder / name, (2, size)) for name in (BY_SUBJECT, BY_OBJECT)]
    properties, begin = np.zeros((len(found), 5), np.int64), 0
    for number, (predicate, many) in enumerate(found):
        query = "SELECT s, o FROM triples WHERE p = ?"
        pairs = made.execute(query, [predicate]).fetchnumpy()
        kinds = []
        for file, first, last in zip(files, "so", "os", strict=True):
            order = np.lexsort((pairs[last], pairs[first]))
            leading = pairs[first][order]
            file.put(0, begin, leading)
            file.put(1, begin, pairs[last][order])
            kinds.append(1 + np.count_nonzero(np.diff(leading)))
        properties[number] = predicate, begin, begin + many, *kinds
        begin += many
    for file in files:
        file.close()
    np.save(folder / PROPERTIES, properties)


def _write_triples(path: Path, order: str, made: Any) -> None:
    """All statements in an order of their subjects (s), properties (p) and objects (o)."""
    (size,) = made.execute("SELECT count(*) FROM triples").fetchone()
    (terms,) = made.execute("SELECT count(*) FROM terms").fetchone()
    written = _Rows(path, (3, size))
    begin, step = 0, terms // (size // STATEMENTS + 1) + 1
    for least in range(0, terms, step):
        query = f"SELECT s, p, o FROM triples WHERE {order[0]} >= ? AND {order[0]} < ?"
        found = made.execute(query, [least, least + step]).fetchnumpy()
        sorted_ = np.lexsort([found[letter] for letter in reversed(order)])
        end = begin + len(sorted_)
        for row, letter in enumerate(order):
            written.put(row, begin, found[letter][sorted_])
        begin = end
    written.close()
