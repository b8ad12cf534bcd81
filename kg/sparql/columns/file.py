"""The file of columns beside a store: made from it, and opened for reading."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

from pyoxigraph import RdfFormat, Store

from kg.store import UNION, open_store

FILE: Final = "columns.duckdb"
MEMORY: Final = "256MB"
"""What each reading process may take, and a making at most."""
LITTLE: Final = "96MB"
"""What a making takes where that is enough: the build around it has had as much before."""

KEPT: Final = "memory"
"""The database of tables that outlast a query, which is in no file."""
MANY: Final = 200_000
"""How many entries of a kind are kept in memory, about."""

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
_NUMBERS: Final = r"""
CREATE TABLE numbers AS
SELECT id, number, whole FROM (
  SELECT id, term LIKE '%#integer>' AS whole,
    try_cast(regexp_extract(term, '^"([+-]?[0-9.]+)"', 1) AS DECIMAL(38, 18)) AS number
  FROM terms
  WHERE regexp_matches(term, '"\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal)>$'))
WHERE number IS NOT NULL ORDER BY id
"""
"""Integers and decimals as exact numbers: their sums are what adding them up gives."""


def is_installed() -> bool:
    """Whether DuckDB is there, without which there are no columns."""
    return importlib.util.find_spec("duckdb") is not None


def make_columns(folder: Path, store: Path) -> None:
    """Writes the union of a store on disk as columns, into a new folder.

    There are none without DuckDB, nor where it cannot make them within its memory, or a term has
    more than eight million bytes: then the engine answers alone.
    """
    if not is_installed():
        return
    from duckdb import Error

    folder.mkdir()
    lines = folder / "union.nt"
    try:
        open_store(store).dump(output=str(lines), format=RdfFormat.N_TRIPLES, from_graph=UNION)
        _make(folder / FILE, lines)
        lines.unlink()
    except Error:
        shutil.rmtree(folder)


def _make(path: Path, lines: Path) -> None:
    """Makes the file from N-Triples in as little memory as it takes. Raises DuckDB's Error."""
    from duckdb import OutOfMemoryException

    try:
        _write(path, lines, LITTLE)
    except OutOfMemoryException:
        path.unlink(missing_ok=True)
        _write(path, lines, MEMORY)


def _write(path: Path, lines: Path, memory: str) -> None:
    """Makes the file. What does not fit into memory goes through files."""
    import duckdb

    spill = path.with_name("spill")
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "threads": 1,
        "temp_directory": str(spill),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(path), config=settings) as made:
        made.execute("SET enable_progress_bar = false")  # it would stand in a build's output
        made.execute(_LINES, [str(lines)])
        for table in (_TERMS, _TRIPLES, _NUMBERS):
            made.execute(table)
        made.execute("CHECKPOINT")
    shutil.rmtree(spill, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Order:
    """Terms in the engine's order, and the table that has the place of each."""

    terms: list[str]
    table: str


@dataclass(slots=True)
class Columns:
    """A file of columns, opened for reading; what was learnt of it is kept, as it never changes."""

    path: Path
    opened: Any = field(init=False)
    turn: Lock = field(default_factory=Lock)
    """One query at a time learns and asks."""
    size: int = field(init=False)
    """How many terms it has: a term that it has not gets a number from there."""
    ids: dict[str, int] = field(default_factory=dict)
    spelling: dict[int, str] = field(default_factory=dict)
    lists: dict[str, list[tuple[int | None, ...]]] = field(default_factory=dict)
    """The terms that a variable can be, by the SQL that lists them."""
    orders: dict[str, Order] = field(default_factory=dict)
    """The order of such a list."""
    stores: dict[str, Store] = field(default_factory=dict)
    """Its terms in a store of their own, for the engine to read."""

    def __post_init__(self) -> None:
        import duckdb

        settings: dict[str, Any] = {"memory_limit": MEMORY, "threads": 1, "temp_directory": ""}
        self.opened = duckdb.connect(":memory:", config=settings)
        path = str(self.path).replace("'", "''")
        self.opened.execute(f"ATTACH '{path}' AS stored (READ_ONLY)")
        for table in ("terms", "triples", "numbers"):
            self.opened.execute(f"CREATE VIEW {table} AS FROM stored.{table}")
        self.opened.execute("SET enable_external_access = false")
        (self.size,) = self.opened.execute("SELECT count(*) FROM terms").fetchone()

    def close(self) -> None:
        """Lets go of the file."""
        self.opened.close()


def open_columns(folder: Path) -> Columns | None:
    """The columns of a folder, or None where there are none that can be read here.

    So it is without DuckDB, or with one that is older than that which wrote them.
    """
    path = folder / FILE
    if not (path.is_file() and is_installed()):
        return None
    from duckdb import Error

    try:
        return Columns(path)
    except Error:
        return None
