"""Who's On First, as a table of tabs under column names; all names of a place stand in one cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.errors import Finding, FindingsError
from kg.gazetteer.record import Record, distinct, point

COLUMNS: Final = (
    *("wof_id", "name", "placetype", "country", "lat", "lon", "region_id", "county_id"),
    *("geonames_id", "wikidata_id", "is_current", "superseded_by", "names"),
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
Row = dict[str, str]


def read_whos_on_first(lines: Iterable[str], path: str) -> list[Record]:
    """The records of the rows, in order. Raises FindingsError with all rows that cannot be read.

    A record that another one of the table supersedes gives it its names and ids, and is left out.
    """
    rows = _rows(lines, path)
    countries = {r["country"]: f"wof:{r['wof_id']}" for _, r in rows if r["placetype"] == "country"}
    found: dict[str, Record] = {}
    findings = []
    for number, row in rows:
        try:
            record = _record(row, countries)
            found[record.id] = record
        except (KeyError, ValueError) as error:
            message = f"not a row of Who's On First: {error}. Expected a cell for every column."
            findings.append(Finding(path, number, message))
    if findings:
        raise FindingsError(findings)
    for _, row in rows:
        _succeed(found, f"wof:{row['wof_id']}", f"wof:{row['superseded_by']}")
    return list(found.values())


def _rows(lines: Iterable[str], path: str) -> list[tuple[int, Row]]:
    cells = [line.rstrip("\r\n").split("\t") for line in lines]
    head = cells[0] if cells else []
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        message = (
            f"the first line lacks the columns {', '.join(missing)}. Expected a table of tabs."
        )
        raise FindingsError([Finding(path, 1, message)])
    rows = enumerate(cells[1:], start=2)
    return [(number, dict(zip(head, row, strict=False))) for number, row in rows if any(row)]


def _record(row: Row, countries: dict[str, str]) -> Record:
    if len(row) < len(COLUMNS):
        raise ValueError(f"{len(row)} cells")
    named = [name.partition("=") for name in row["names"].split(" | ") if "=" in name]
    country = countries.get(row["country"])
    parents = (f"wof:{row[level]}" for level in ("county_id", "region_id") if row[level])
    identifier = f"wof:{int(row['wof_id'])}"
    return Record(
        id=identifier,
        type=_TYPES[row["placetype"]],
        label=_labels(row["name"], {kind: words for kind, _, words in reversed(named)}),
        point=point(row["lat"], row["lon"]),
        country=row["country"],
        parents=tuple(p for p in (*parents, country) if p and p != identifier),
        names=distinct([row["name"], *(words for _, _, words in named)]),
        geonames=f"geonames:{row['geonames_id']}" if row["geonames_id"] else None,
        wikidata=f"wikidata:{row['wikidata_id']}" if row["wikidata_id"] else None,
        current=True if row["is_current"] == "1" else None,
    )


def _labels(name: str, named: dict[str, str]) -> dict[str, str]:
    """The preferred English name, else the row's, and the Arabic one, where they can be read."""
    labels = {"en": named.get("eng_x_preferred", name), "ar": named.get("ara_x_preferred", "")}
    readable = {language: distinct([words]) for language, words in labels.items()}
    return {language: words[0] for language, words in readable.items() if words}


def _succeed(found: dict[str, Record], old: str, new: str) -> None:
    if old == new or old not in found or new not in found:
        return
    first, last = found.pop(old), found[new]
    found[new] = replace(
        last,
        names=distinct((*last.names, *first.names)),
        geonames=last.geonames or first.geonames,
        wikidata=last.wikidata or first.wikidata,
    )
