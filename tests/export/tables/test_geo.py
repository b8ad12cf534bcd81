"""The maps: GeoJSON and GeoPackage hold the periods, and other programs read them."""

import json
import sqlite3
import struct
from contextlib import closing

import pytest

from kg.export.geo import GEOJSON, GEOPACKAGE


def features(export):
    return json.loads((export.folder / GEOJSON).read_text("utf-8"))["features"]


def asked(export, query):
    with closing(sqlite3.connect(export.folder / GEOPACKAGE)) as database:
        return database.execute(query).fetchall()


def plain(value):
    """A property as periods.csv writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def same(text, value):
    return plain(value) == text or (isinstance(value, float) and float(text) == value)


def test_there_is_one_feature_a_period_with_its_columns(each_export):
    found, rows = features(each_export), each_export.rows("periods")
    assert [f["id"] for f in found] == [row["iri"] for row in rows]
    for feature, row in zip(found, rows, strict=True):
        assert list(feature["properties"]) == list(row)
        assert all(same(text, feature["properties"][key]) for key, text in row.items())


def test_a_feature_stands_at_its_place_or_nowhere(each_export):
    for feature in features(each_export):
        at = feature["properties"]
        if at["longitude"] is None:
            assert feature["geometry"] is None
        else:
            assert feature["geometry"]["type"] == "Point"
            assert feature["geometry"]["coordinates"] == [at["longitude"], at["latitude"]]


def test_a_collection_without_features_is_a_collection(tmp_path):
    from pyoxigraph import Store

    from kg.export import geo
    from kg.names import Names

    (tmp_path / "release.json").write_text('{"date": "2026-03-06"}', "utf-8")
    geo.write(Store(), Names(), tmp_path)
    assert json.loads((tmp_path / GEOJSON).read_text("utf-8"))["features"] == []


def test_the_geopackage_has_what_its_standard_requires(each_export):
    content = (each_export.folder / GEOPACKAGE).read_bytes()
    assert content[:16] == b"SQLite format 3\x00"
    assert content[68:72] == b"GPKG"
    assert struct.unpack(">i", content[60:64]) == (10300,)
    assert asked(each_export, "PRAGMA integrity_check") == [("ok",)]
    assert asked(each_export, "PRAGMA foreign_key_check") == []
    systems = asked(each_export, "SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id")
    assert systems == [(-1,), (0,), (4326,)]
    described = "SELECT table_name, data_type, last_change, srs_id FROM gpkg_contents"
    change = f"{each_export.release.summary['date']}T00:00:00.000Z"
    assert asked(each_export, described) == [("periods", "features", change, 4326)]
    geometry = "SELECT * FROM gpkg_geometry_columns"
    assert asked(each_export, geometry) == [("periods", "geom", "POINT", 4326, 0, 0)]


def test_the_geopackages_points_are_those_of_the_features(each_export):
    blobs = asked(each_export, "SELECT iri, geom FROM periods ORDER BY fid")
    for feature, (iri, blob) in zip(features(each_export), blobs, strict=True):
        assert iri == feature["id"]
        if feature["geometry"] is None:
            assert blob is None
        else:
            assert blob[:8] == b"GP\x00\x01" + struct.pack("<i", 4326)
            assert list(struct.unpack("<BIdd", blob[8:])[2:]) == feature["geometry"]["coordinates"]


def test_gdal_reads_both(each_export):
    pyogrio = pytest.importorskip("pyogrio", reason="pyogrio, which brings GDAL, is not installed")
    rows = each_export.rows("periods")
    for name in (GEOJSON, GEOPACKAGE):
        found = pyogrio.read_info(each_export.folder / name)
        assert (found["features"], found["crs"]) == (len(rows), "EPSG:4326")
        assert set(found["fields"]) >= set(rows[0])
    meta, _, geometry, fields = pyogrio.raw.read(each_export.folder / GEOPACKAGE)
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert list(columns["iri"]) == [row["iri"] for row in rows]
    assert sum(blob is not None for blob in geometry) == sum(bool(r["longitude"]) for r in rows)
    assert str(columns["begin_latest"].dtype).startswith("datetime64")
