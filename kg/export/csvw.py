"""What every column means, for programs: CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import json
from typing import Any, Final

from kg.export.column import SEPARATOR, Column, Table

METADATA: Final = "csv-metadata.json"
_NOTE: Final = (
    "An empty cell is what is not stated. Several values in a cell are joined by '; ', which "
    "within a value is written ';'. Ids are the last part of an IRI; an id of an unexpected kind "
    "has its kind before it (article/…). Cells are exactly what was stated, also where one begins "
    "with '=', '+', '-' or '@': let a spreadsheet import them as text, not as formulas. Values of "
    "schemes are named as in the codebook. Labels are English where there is an English one. "
    "GeoNames, Wikidata and ISO 3166 codes stand only where an editor judged a place to be the "
    "same as that gazetteer's; actor ids of UCDP and country codes of Gleditsch and Ward are not "
    "given."
)


def describe(tables: list[Table], summary: dict[str, Any]) -> str:
    """The metadata document of all tables, given what release.json says."""
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": summary["title"],
        "dc:description": _NOTE,
        "dc:license": [{"@id": one} for one in summary["licences"]],
        "dc:identifier": summary["digest"],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [_table(table, tables) for table in tables],
    }
    return json.dumps(group, ensure_ascii=False, indent=1) + "\n"


def _table(table: Table, others: list[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if keys := [column.name for column in table.columns if column.key]:
        schema["primaryKey"] = keys
    if references := [_reference(c, others) for c in table.columns if c.names]:
        schema["foreignKeys"] = references
    if any(column.name == "iri" for column in table.columns):
        schema["aboutUrl"] = "{+iri}"
    return {
        "url": table.file,
        "dc:title": table.title,
        "dc:description": table.says,
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.says,
        "datatype": column.datatype,
        "null": "",
    }
    if column.many:
        about["separator"] = SEPARATOR
    if column.key:
        about["required"] = True
    return about


def _reference(column: Column, others: list[Table]) -> dict[str, Any]:
    named = next(table for table in others if table.name == column.names)
    key = next(other.name for other in named.columns if other.key)
    target = {"resource": named.file, "columnReference": key}
    return {"columnReference": column.name, "reference": target}
