"""On which lines of a TOML file a table and its keys stand, so that a finding can point there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\" ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)(?:\s*\.\s*[A-Za-z0-9_-]+)*\s*=")
_LONG_STRING: Final = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Lines:
    """First and last line (from 1) of every table header and key."""

    tables: dict[tuple[str, ...], int]
    keys: dict[tuple[tuple[str, ...], str], tuple[int, int]]

    def of(self, table: tuple[str, ...], key: str | None = None) -> int:
        """The line of a key, else of its table, else of what is around it, else 1."""
        if key is not None and (table, key) in self.keys:
            return self.keys[table, key][0]
        while table and table not in self.tables:
            inline = table[:-1], table[-1]
            if inline in self.keys:
                return self.keys[inline][0]
            table = table[:-1]
        return self.tables.get(table, 1)


def index_lines(source: str) -> Lines:
    """Where everything stands. Array tables are numbered: the second [[part]] is ("part", "2")."""
    tables: dict[tuple[str, ...], int] = {}
    keys: dict[tuple[tuple[str, ...], str], tuple[int, int]] = {}
    counts: dict[str, int] = {}
    table: tuple[str, ...] = ()
    open_key: tuple[tuple[str, ...], str] | None = None
    in_string = False
    for number, line in enumerate(source.split("\n"), 1):
        if not in_string and (header := _HEADER.match(line)):
            table, open_key = _table_path(header, counts), None
            tables.setdefault(table, number)
        elif not in_string and (key := _KEY.match(line)):
            open_key = (table, key[1])
            keys.setdefault(open_key, (number, number))
        elif open_key and (in_string or (line.strip() and not line.lstrip().startswith("#"))):
            keys[open_key] = (keys[open_key][0], number)
        if len(_LONG_STRING.findall(line)) % 2:
            in_string = not in_string
    return Lines(tables, keys)


def _table_path(header: re.Match[str], counts: dict[str, int]) -> tuple[str, ...]:
    path = tuple(part.strip().strip('"') for part in header[2].split("."))
    if header[1] == "[[":
        counts[header[2]] = counts.get(header[2], 0) + 1
        return (*path, str(counts[header[2]]))
    return path
