"""The rows of a map as CSV, JSON and GeoJSON. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any, Final

from server.map.atlas import View
from server.map.base import load
from server.map.day import Row
from server.map.places import Place

FORMS: Final = ("csv", "json", "geojson")
_OUTLINES: Final = "syria-iraq"
Label = Callable[[str], str]


def written_as(form: str, view: View, label: Label) -> str:
    """The rows in one of FORMS."""
    made = {"json": _json, "csv": _csv, "geojson": _geojson}[form]
    return made(view, label)


def record(row: Row, view: View, label: Label) -> dict[str, Any]:
    """A row as programs read it: the columns of who-held, with labels and the position."""
    one, place = row.holding, view.picture.places[row.holding.place]
    days = {
        "sinceEarliest": one.since_earliest,
        "sinceLatest": one.since_latest,
        "lastAttested": one.last_attested,
        "endEarliest": one.end_earliest,
        "endLatest": one.end_latest,
    }
    return {
        "place": one.place,
        "placeLabel": place.shown.text,
        "longitude": place.point[0] if place.point else None,
        "latitude": place.point[1] if place.point else None,
        "date": view.day.isoformat(),
        "origin": one.origin,
        "originLabel": label(one.origin) if one.origin else None,
        "holder": one.holder,
        "holderLabel": label(one.holder),
        "state": row.state,
        "age": row.age,
        "conflicting": row.conflicting or None,
        "originsDisagree": one.place in view.picture.disagree or None,
        "degree": row.degree,
        "situation": row.situation,
        "extent": row.extent,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "disputed": one.disputed or None,
        "period": one.period,
    }


def _json(view: View, label: Label) -> str:
    rows = [record(row, view, label) for row in view.picture.rows]
    found = {
        "date": view.day.isoformat(),
        "origin": view.origin,
        "horizon": view.picture.horizon,
        "extent": view.extent,
        "rows": [{k: v for k, v in one.items() if v is not None} for one in rows],
        "unknown": [
            {"place": place.iri, "placeLabel": place.shown.text, "point": place.point}
            for place in view.unknown
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _csv(view: View, label: Label) -> str:
    rows = [record(row, view, label) for row in view.picture.rows]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0] if rows else _columns())
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _columns() -> list[str]:
    return [
        *("place", "placeLabel", "longitude", "latitude", "date", "origin", "originLabel"),
        *("holder", "holderLabel", "state", "age", "conflicting", "originsDisagree"),
        *("degree", "situation", "extent", "sinceEarliest", "sinceLatest", "lastAttested"),
        *("endEarliest", "endLatest", "disputed", "period"),
    ]


def _cell(value: Any) -> Any:
    """An empty cell for nothing; a truth as SPARQL writes it."""
    return "" if value is None else "true" if value is True else value


def _geojson(view: View, label: Label) -> str:
    """A feature a row (https://www.rfc-editor.org/rfc/rfc7946); no geometry where none is known."""
    features = [
        {
            "type": "Feature",
            "geometry": _geometry(view.picture.places[row.holding.place]),
            "properties": record(row, view, label),
        }
        for row in view.picture.rows
    ]
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"
    )


def _geometry(place: Place) -> dict[str, Any] | None:
    if place.outline:
        rings = load(_OUTLINES).regions[place.outline]
        return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return {"type": "Point", "coordinates": place.point} if place.point else None
