"""What the tables of a release hold: their columns, as the files in columns/ state them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.names import KINDS

FOLDER: Final = Path(__file__).parent / "columns"
SEPARATOR: Final = "; "
_TYPES: Final = {
    "iri": "anyURI",
    "date": "date",
    "integer": "integer",
    "count": "integer",
    "decimal": "decimal",
    "longitude": "number",
    "latitude": "number",
    "flag": "boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which values (a property path from the row's thing), written as what."""

    name: str
    form: str
    says: str
    path: str = ""
    only: str = ""
    """The kind of thing that values must be: claim. Others are left out."""
    many: bool = False
    key: bool = False
    names: str = ""
    """The table in whose key each cell is found."""

    @property
    def datatype(self) -> str:
        """The datatype of its cells (https://www.w3.org/TR/tabular-data-model/#datatypes)."""
        return _TYPES.get(self.form, "string")

    @property
    def is_id(self) -> bool:
        """Whether its cells are ids of things."""
        return self.form in KINDS or self.form == "id"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row a thing of a class, unless the class is left empty."""

    name: str
    title: str
    says: str
    each: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """claims.csv"""
        return f"{self.name}.csv"


@cache
def load_table(name: str) -> Table:
    """A table by name: the file columns/claims.toml says what claims.csv holds.

    place = { of = "wh:place", as = "place", many = true, says = "where" }
    """
    stated = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    columns = tuple(_column(key, about) for key, about in stated["columns"].items())
    return Table(name, stated["title"], stated["says"], stated.get("each", ""), columns)


def _column(name: str, about: dict[str, str | bool]) -> Column:
    renamed = {"as": "form", "of": "path"}
    return Column(name, **{renamed.get(key, key): value for key, value in about.items()})  # type: ignore[arg-type]
