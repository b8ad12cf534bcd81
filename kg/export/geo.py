"""Periods of control for maps: GeoJSON and GeoPackage, one feature a period, at its place's point.

RFC 7946 (https://www.rfc-editor.org/rfc/rfc7946) and GeoPackage 1.3
(https://www.geopackage.org/spec130/). A period of a place without a point has no geometry.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Store

from kg.export.cell import row
from kg.export.column import Column, load_table
from kg.export.facts import Facts
from kg.export.file import File
from kg.names import Names

GEOJSON: Final = "periods.geojson"
GEOPACKAGE: Final = "periods.gpkg"

FILES: Final = (
    File(GEOJSON, "application/geo+json", "The periods of control as points, for maps on the web."),
    File(
        GEOPACKAGE,
        "application/geopackage+sqlite3",
        "The periods of control as points, for QGIS, R and GDAL.",
    ),
)

Feature = dict[str, Any]
"""A period's columns, empty ones None, numbers and booleans as such."""

_WGS_84: Final = 4326
_WGS_84_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    ("WGS 84", _WGS_84, "EPSG", _WGS_84, _WGS_84_WKT, "longitude, latitude in degrees"),
)
_SQL_TYPES: Final = {
    "date": "DATE",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}
_SCHEMA: Final = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
_APPLICATION: Final = 0x47504B47
_VERSION: Final = 10300


def write(store: Store, names: Names, folder: Path) -> None:
    """Writes FILES from the store of a release into its folder, which has its release.json."""
    facts = Facts(store, names, folder.parent)
    date = json.loads((folder / "release.json").read_text("utf-8"))["date"]
    _write_geojson(folder / GEOJSON, features(facts))
    _write_geopackage(folder / GEOPACKAGE, features(facts), date)


def features(facts: Facts) -> Iterator[Feature]:
    """Every period of control, in the order of periods.csv."""
    table = load_table("periods")
    for thing in facts.each(table.each):
        cells = zip(table.columns, row(table, thing, facts), strict=True)
        yield {column.name: _typed(column, text) for column, text in cells}


def _typed(column: Column, text: str) -> Any:
    if text and column.datatype == "boolean":
        return text == "true"
    numbers = {"integer": int, "number": float}
    return numbers.get(column.datatype, str)(text) if text else None


def _point(feature: Feature) -> tuple[float, float] | None:
    x, y = feature["longitude"], feature["latitude"]
    return None if x is None or y is None else (x, y)


def _write_geojson(path: Path, found: Iterator[Feature]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, feature in enumerate(found):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(_geojson(feature), ensure_ascii=False))
        file.write("\n]}\n")


def _geojson(feature: Feature) -> dict[str, Any]:
    point = _point(feature)
    return {
        "type": "Feature",
        "id": feature["iri"],
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": feature,
    }


def _write_geopackage(path: Path, found: Iterator[Feature], date: str) -> None:
    """The same features, the same bytes: no clock, and no page that an earlier write left."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = MEMORY")
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(f"BEGIN; {_SCHEMA}")
        _add_features(database, found)
        _describe(database, date)
        database.execute("COMMIT")


def _add_features(database: sqlite3.Connection, found: Iterator[Feature]) -> None:
    columns = load_table("periods").columns
    types = "".join(f', "{c.name}" {_SQL_TYPES.get(c.datatype, "TEXT")}' for c in columns)
    database.execute(
        f"CREATE TABLE periods (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT{types})"
    )
    rows = ((None, _blob(_point(feature)), *feature.values()) for feature in found)
    _insert(database, "periods", rows, 2 + len(columns))


def _describe(database: sqlite3.Connection, date: str) -> None:
    table = load_table("periods")
    extent = database.execute(
        "SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM periods"
    ).fetchone()
    contents = ("periods", "features", table.title, table.says, f"{date}T00:00:00.000Z")
    _insert(database, "gpkg_spatial_ref_sys", _SYSTEMS, 6)
    _insert(database, "gpkg_contents", [(*contents, *extent, _WGS_84)], 10)
    geometry = ("periods", "geom", "POINT", _WGS_84, 0, 0)
    _insert(database, "gpkg_geometry_columns", [geometry], 6)


def _insert(
    database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], width: int
) -> None:
    places = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 (our tables)


def _blob(point: tuple[float, float] | None) -> bytes | None:
    """A point as GeoPackage has it: a header (little-endian, no envelope), then WKB."""
    if point is None:
        return None
    header = struct.pack("<2sBBi", b"GP", 0, 1, _WGS_84)
    return header + struct.pack("<BIdd", 1, 1, *point)
