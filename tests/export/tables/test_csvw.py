"""The description of the tables: every column is described, and every cell is what it says."""

import csv
import datetime as dt
import json
import re

import pytest

from kg.export.column import FOLDER, load_table
from kg.export.csvw import METADATA
from kg.export.tables import FILES, PANEL, TABLES

NAMES = [*TABLES, PANEL]
every_table = pytest.mark.parametrize("name", NAMES)
PARSE = {
    "string": str,
    "anyURI": lambda text: re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text)[0],
    "date": dt.date.fromisoformat,
    "integer": int,
    "number": float,
    "decimal": lambda text: re.fullmatch(r"[+-]?\d+(\.\d+)?", text)[0],
    "boolean": {"true": True, "false": False}.__getitem__,
}
"""How a cell of each datatype is read (https://www.w3.org/TR/tabular-data-model/#parsing-cells)."""


def described(export):
    return json.loads((export.folder / METADATA).read_text("utf-8"))


def table(export, name):
    (found,) = [t for t in described(export)["tables"] if t["url"] == f"{name}.csv"]
    return found


def test_it_says_that_cells_may_look_like_formulas(invented_export):
    assert "not as formulas" in described(invented_export)["dc:description"]


def test_every_table_is_described_and_nothing_else(each_export):
    assert [t["url"] for t in described(each_export)["tables"]] == [f"{n}.csv" for n in NAMES]
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(NAMES)
    assert {f.name for f in FILES} == {METADATA, *(f"{n}.csv" for n in NAMES)}


@every_table
def test_a_file_has_exactly_the_columns_described(name, each_export):
    schema = table(each_export, name)["tableSchema"]
    with (each_export.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    assert head == [column["name"] for column in schema["columns"]]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in head)


@every_table
def test_every_column_has_a_sentence(name):
    stated = load_table(name)
    assert stated.title and stated.says.endswith(".")
    assert all(len(column.says) > 5 and not column.says.endswith(".") for column in stated.columns)


@every_table
def test_every_cell_parses_as_its_datatype(name, each_export):
    columns = {c["name"]: c for c in table(each_export, name)["tableSchema"]["columns"]}
    for row in each_export.rows(name):
        for key, text in row.items():
            column = columns[key]
            parts = text.split(column["separator"]) if "separator" in column else [text]
            for part in filter(None, parts):
                PARSE[column["datatype"]](part)
            assert text or not column.get("required"), (key, row)


@every_table
def test_keys_are_unique_and_references_are_kept(name, each_export):
    schema = table(each_export, name)["tableSchema"]
    rows = each_export.rows(name)
    for key in schema.get("primaryKey", ()):
        assert len({row[key] for row in rows}) == len(rows)
    for foreign in schema.get("foreignKeys", ()):
        target = foreign["reference"]
        others = each_export.rows(target["resource"].removesuffix(".csv"))
        known = {row[target["columnReference"]] for row in others}
        assert {row[foreign["columnReference"]] for row in rows} <= known


def test_the_panel_names_its_periods():
    assert any(column.names == "periods" for column in load_table("panel").columns)


def test_an_independent_reader_finds_the_tables_to_be_as_described(each_export):
    csvw = pytest.importorskip("csvw", reason="csvw is not installed")
    group = csvw.TableGroup.from_file(each_export.folder / METADATA)
    assert {str(t.url) for t in group.tables} == {f"{name}.csv" for name in NAMES}
    group.check_referential_integrity(strict=True)
    for found in group.tables:
        name = str(found.url).removesuffix(".csv")
        assert sum(1 for _ in found.iterdicts(strict=True)) == len(each_export.rows(name))
