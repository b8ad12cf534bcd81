"""Who's On First, as a table of tabs with a line of column names; the names of a row in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.errors import Finding, FindingsError
from kg.gazetteer.record import Record, distinct

COLUMNS: Final = (
    *("wof_id", "name", "placetype", "country", "lat", "lon", "region_id", "county_id"),
    *("geonames_id", "wikidata_id", "is_current", "names"),
)
"""What is read; others may stand between. `names` is `eng_x_preferred=Aven | ara_x_variant=…`."""
_TYPES: Final = {
    "country": "country",
    "region": "governorate",
    "county": "district",
    "locality": "village",
    "neighbourhood": "area",
    "campus": "facility",
}
"""https://github.com/whosonfirst/whosonfirst-placetypes, as our place types."""


def read_whos_on_first(lines: Iterable[str], path: str) -> Iterator[Record]:
    """The records of the rows, in order. Raises FindingsError at a row that cannot be read."""
    head: list[str] = []
    countries: dict[str, str] = {}
    rows = list(enumerate((line.rstrip("\r\n").split("\t") for line in lines), start=1))
    if rows:
        head = rows[0][1]
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        expected = f"columns are missing from the first line: {', '.join(missing)}"
        raise FindingsError([Finding(path, 1, f"{expected}. Give a table of Who's On First.")])
    cells = [(number, dict(zip(head, row, strict=False))) for number, row in rows[1:] if any(row)]
    for _, row in cells:
        if row["placetype"] == "country":
            countries[row["country"]] = f"wof:{row['wof_id']}"
    for number, row in cells:
        try:
            yield _record(row, countries)
        except (KeyError, ValueError) as error:
            message = f"not a row of Who's On First: {error}. Expected {len(head)} cells."
            raise FindingsError([Finding(path, number, message)]) from None


def _record(row: dict[str, str], countries: dict[str, str]) -> Record:
    named = [name.partition("=") for name in row["names"].split(" | ") if "=" in name]
    country = countries.get(row["country"])
    parents = (f"wof:{row[level]}" for level in ("county_id", "region_id") if row[level])
    identifier = f"wof:{int(row['wof_id'])}"
    return Record(
        id=identifier,
        type=_TYPES[row["placetype"]],
        label=_labels(row["name"], {kind: words for kind, _, words in reversed(named)}),
        point=(float(row["lat"]), float(row["lon"])),
        country=row["country"],
        parents=tuple(p for p in (*parents, country) if p and p != identifier),
        names=distinct([row["name"], *(words for _, _, words in named)]),
        geonames=f"geonames:{row['geonames_id']}" if row["geonames_id"] else None,
        wikidata=f"wikidata:{row['wikidata_id']}" if row["wikidata_id"] else None,
        current={"1": True, "0": False}.get(row["is_current"]),
    )


def _labels(name: str, preferred: dict[str, str]) -> dict[str, str]:
    english = preferred.get("eng_x_preferred", name)
    labels = {"en": english, "ar": preferred.get("ara_x_preferred", "")}
    return {language: distinct([words])[0] for language, words in labels.items() if distinct([words])}
